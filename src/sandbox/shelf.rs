//! Realms that may serve another page: as good as new when only blocks ran in them that leave nothing behind.

use std::cell::{Cell, RefCell};

use super::program::Limits;
use super::realm::Realm;

/// Pages that one realm serves at most.
const MOST_PAGES: u32 = 1000;
/// Growth in bytes after which what is only held by cycles is collected.
const GROWTH: usize = 256 << 10;
/// Bytes that a realm may hold beyond those of a new one: the modules that it has loaded, and the blocks that it knows.
const MOST_BYTES: usize = 4 << 20;

/// What a realm has been through.
#[derive(Debug, Default)]
pub(super) struct History {
    /// Pages that it has served before the one at hand.
    pages: Cell<u32>,
    /// Something ran in it that may have left something behind.
    is_marked: Cell<bool>,
    /// Bytes that it held when it was new.
    at_first: usize,
    /// Bytes that it held after the last collection.
    collected: Cell<usize>,
}

impl History {
    /// That of a realm which is new, and holds so many bytes.
    pub(super) fn of_new(bytes: usize) -> Self {
        Self { at_first: bytes, collected: Cell::new(bytes), ..Self::default() }
    }

    /// Something runs in the realm that may leave something behind: no other page is to see it.
    pub(super) fn mark(&self) {
        self.is_marked.set(true);
    }

    /// Whether only blocks that leave nothing behind have run in the realm so far.
    pub(super) fn is_clean(&self) -> bool {
        !self.is_marked.get()
    }

    /// Whether other pages have used the realm before.
    pub(super) fn is_shared(&self) -> bool {
        self.pages.get() > 0
    }

    /// The number of those pages.
    #[cfg(test)]
    pub(super) fn pages(&self) -> u32 {
        self.pages.get()
    }
}

/// The place of one thread for realms between two pages.
pub(super) struct Shelf {
    realms: RefCell<Vec<Realm>>,
    /// Most realms.
    room: usize,
}

impl Shelf {
    /// A shelf for the realms of so many pages side by side.
    pub(super) fn for_pages(pages: usize) -> Self {
        Self { realms: RefCell::default(), room: pages.max(1) }
    }

    /// A realm that was put here and has these limits; the one that was used last, as its memory is the nearest.
    pub(super) fn take(&self, limits: &Limits) -> Option<Realm> {
        let mut realms = self.realms.borrow_mut();
        let at = realms.iter().rposition(|realm| realm.state.limits == *limits)?;
        Some(realms.remove(at))
    }

    /// Keeps a realm for another page, or throws it away.
    pub(super) fn put(&self, realm: Realm) {
        realm.state.forget();
        if !is_as_good_as_new(&realm) {
            return;
        }
        realm.history.pages.set(realm.history.pages.get() + 1);
        let mut realms = self.realms.borrow_mut();
        realms.push(realm);
        if realms.len() > self.room {
            realms.remove(0);
        }
    }

    /// Throws away what is kept.
    pub(super) fn clear(&self) {
        self.realms.take();
    }

    /// Looks at what was put here last.
    #[cfg(test)]
    pub(super) fn with_last<R>(&self, look: impl FnOnce(&Realm) -> R) -> Option<R> {
        self.realms.borrow().last().map(look)
    }
}

fn is_as_good_as_new(realm: &Realm) -> bool {
    let (state, history) = (&realm.state, &realm.history);
    let is_clean = |realm: &Realm| !realm.has_jobs() && !state.is_spoilt() && !state.usage.was_refused();
    if !history.is_clean() || history.pages.get() + 1 >= MOST_PAGES || !is_clean(realm) {
        return false;
    }
    if state.usage.used() > history.collected.get().saturating_add(GROWTH) {
        realm.collect();
        history.collected.set(state.usage.used());
    }
    // A collection runs nothing, but may find something to be run.
    history.collected.get() <= history.at_first.saturating_add(MOST_BYTES) && is_clean(realm)
}

/// Bytes that a realm holds beyond those of a new one.
pub(super) fn beyond_new(realm: &Realm) -> usize {
    realm.state.usage.used().saturating_sub(realm.history.at_first)
}

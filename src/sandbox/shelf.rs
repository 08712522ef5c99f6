//! Realms that may serve another page: as good as new when only blocks ran in them that leave nothing behind.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::program::Limits;
use super::realm::Realm;

/// Pages that one realm serves at most.
const MOST_PAGES: u32 = 1000;
/// Growth in bytes after which what is only held by cycles is collected.
const GROWTH: usize = 256 << 10;
/// Bytes that a realm may hold beyond those of a new one: the modules that it has loaded, and the blocks that it knows.
const MOST_BYTES: usize = 4 << 20;
/// How much more of both there may be for each page that uses the realm at the time: what such a page holds is no loss.
const EACH_GROWTH: usize = 64 << 10;
const EACH_BYTES: usize = 512 << 10;

/// What a realm has been through.
#[derive(Debug, Default)]
pub(super) struct History {
    /// Pages that have used it and do so no more.
    pages: Cell<u32>,
    /// Pages that use it now, as far as it is one for several at a time.
    guests: Cell<usize>,
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

    /// Whether other pages have used the realm before, or may use it now.
    pub(super) fn is_shared(&self) -> bool {
        self.pages.get() > 0 || self.guests.get() > 0
    }

    /// The number of pages that have used it.
    #[cfg(test)]
    pub(super) fn pages(&self) -> u32 {
        self.pages.get()
    }

    fn is_left_by_one(&self) {
        self.guests.set(self.guests.get().saturating_sub(1));
        self.pages.set(self.pages.get() + 1);
    }
}

/// The place of one thread for realms that may serve another page.
pub(super) struct Shelf {
    realms: RefCell<Vec<Rc<Realm>>>,
    /// Most realms.
    room: usize,
    /// Whether pages use a realm side by side: then it stays here while they do. Each has to be through with its JavaScript
    /// whenever another one runs, or lets others run.
    is_common: bool,
}

impl Shelf {
    /// A shelf for pages one after the other.
    pub(super) fn for_one() -> Self {
        Self { realms: RefCell::default(), room: 1, is_common: false }
    }

    /// A shelf for so many pages side by side.
    pub(super) fn for_many(pages: usize) -> Self {
        Self { realms: RefCell::default(), room: pages.max(1), is_common: true }
    }

    /// A realm that was put here and has these limits; the one that was used last, as its memory is the nearest.
    pub(super) fn take(&self, limits: &Limits) -> Option<Rc<Realm>> {
        let mut realms = self.realms.borrow_mut();
        let at =
            realms.iter().rposition(|realm| realm.state.limits == *limits && (!self.is_common || has_room(realm)))?;
        if !self.is_common {
            return Some(realms.remove(at));
        }
        let realm = realms.get(at)?;
        realm.history.guests.set(realm.history.guests.get() + 1);
        Some(Rc::clone(realm))
    }

    /// A page has a new realm which others may use: here at the same time, if they may at all.
    pub(super) fn offer(&self, realm: &Rc<Realm>) {
        if self.is_common {
            realm.state.make_common();
            realm.history.guests.set(1);
            self.keep(Rc::clone(realm));
        }
    }

    /// A page uses a realm no more: keeps it for others, or throws it away.
    pub(super) fn put(&self, realm: Rc<Realm>) {
        realm.history.is_left_by_one();
        let is_good = is_as_good_as_new(&realm);
        if !realm.state.is_common() {
            if is_good {
                self.keep(realm);
            }
        } else if !is_good {
            // Those that use it still go on with it, unless it is spoilt.
            self.realms.borrow_mut().retain(|kept| !Rc::ptr_eq(kept, &realm));
        }
    }

    fn keep(&self, realm: Rc<Realm>) {
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

    /// How many realms there are.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.realms.borrow().len()
    }

    /// Looks at what was put here last.
    #[cfg(test)]
    pub(super) fn with_last<R>(&self, look: impl FnOnce(&Realm) -> R) -> Option<R> {
        self.realms.borrow().last().map(|realm| look(realm))
    }
}

/// Whether a realm has room for one more page: a quarter of the memory that a page may use, as pages use it together.
fn has_room(realm: &Realm) -> bool {
    !realm.state.is_spoilt() && beyond_new(realm) < realm.state.limits.memory / 4
}

fn is_as_good_as_new(realm: &Realm) -> bool {
    let (state, history) = (&realm.state, &realm.history);
    realm.bury();
    if realm.has_jobs() {
        // Nobody is there any more for whom they are to be run.
        state.spoil();
    }
    let is_clean = |realm: &Realm| !realm.has_jobs() && !state.is_spoilt() && !state.usage.was_refused();
    if !history.is_clean() || history.pages.get() >= MOST_PAGES || !is_clean(realm) {
        return false;
    }
    let guests = history.guests.get();
    if state.usage.used() > history.collected.get().saturating_add(GROWTH + guests * EACH_GROWTH) {
        realm.collect();
        realm.bury();
        history.collected.set(state.usage.used());
    }
    let most = history.at_first.saturating_add(MOST_BYTES + guests * EACH_BYTES);
    history.collected.get() <= most && is_clean(realm)
}

/// Bytes that a realm holds beyond those of a new one.
pub(super) fn beyond_new(realm: &Realm) -> usize {
    realm.state.usage.used().saturating_sub(realm.history.at_first)
}

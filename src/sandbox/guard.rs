//! Keeps one hint from changing the page under the next: what we provide is restored, what a hint added stays.

use super::realm::Realm;
use super::scan::Scan;

/// What is known of the realm's globals.
pub(super) struct Guard {
    /// Whether stock was taken of this realm; from then on it is restored after every hint.
    watching: bool,
    user_globals: Vec<String>,
    /// Globals that were lost with a realm that had to be thrown away.
    lost: Vec<String>,
}

impl Guard {
    pub(super) fn new(lost: Vec<String>) -> Self {
        Self { watching: false, user_globals: Vec::new(), lost }
    }

    pub(super) fn user_globals(&self) -> Vec<String> {
        self.lost.iter().chain(&self.user_globals).cloned().collect()
    }

    /// Whether a realm of the page was thrown away with globals in it.
    pub(super) fn has_lost(&self) -> bool {
        !self.lost.is_empty()
    }

    /// Takes stock of a realm, before the first code that might change it. A hint that can change nothing leaves nothing
    /// behind that could, so it needs no watching; after the first other one, all are watched.
    pub(super) fn watch(&mut self, realm: &Realm) {
        if !self.watching {
            self.watching = true;
            realm.with(|ctx| realm.boot(&ctx, "watch").and_then(|watch| watch.call::<_, ()>(())).ok());
        }
    }

    /// A page script has run: what it changed is the page.
    pub(super) fn accept(&mut self, realm: &Realm) {
        realm.with(|ctx| realm.boot(&ctx, "record").and_then(|record| record.call::<_, ()>(())).ok());
        self.list(realm);
    }

    /// Browser globals that are missing get a getter that says so, as far as the block names them.
    pub(super) fn lack(realm: &Realm, scan: &Scan) {
        if scan.lacking.is_empty() {
            return;
        }
        realm.with(|ctx| realm.boot(&ctx, "lack").and_then(|lack| lack.call::<_, ()>((scan.lacking.clone(),))).ok());
    }

    /// After a hint: restores what it changed. False when that is impossible.
    pub(super) fn after(&mut self, realm: &Realm) -> bool {
        if !self.watching {
            return true;
        }
        realm.state.visit().grant_more_time();
        let restored = realm
            .with(|ctx| realm.boot(&ctx, "restore").and_then(|restore| restore.call::<_, bool>(())).unwrap_or(false));
        self.list(realm);
        restored
    }

    fn list(&mut self, realm: &Realm) {
        let names = realm.with(|ctx| realm.boot(&ctx, "added").and_then(|added| added.call::<_, Vec<String>>(())));
        if let Ok(names) = names {
            self.user_globals = names;
        }
    }

    /// The realm is thrown away.
    pub(super) fn lose(&mut self) {
        self.watching = false;
        self.lost.append(&mut self.user_globals);
    }

    /// In a new realm: what an earlier one had says that it is gone, instead of looking like a misspelt name.
    pub(super) fn mourn(&self, realm: &Realm) {
        if self.lost.is_empty() {
            return;
        }
        let prefix = "a global of an earlier hint whose page had to be thrown away: ";
        realm
            .with(|ctx| realm.boot(&ctx, "lack").and_then(|lack| lack.call::<_, ()>((self.lost.clone(), prefix))).ok());
    }
}

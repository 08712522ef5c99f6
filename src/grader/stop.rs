//! Ends a run before it is done.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Notify;

/// A wish that a run ends early; clones share it.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    wanted: AtomicBool,
    notify: Notify,
}

impl Stop {
    /// Ends the run: the hint under way, and what comes after it, is skipped.
    pub fn stop(&self) {
        self.0.wanted.store(true, Ordering::SeqCst);
        self.0.notify.notify_waiters();
    }

    /// Whether the run is to end.
    pub fn is_wanted(&self) -> bool {
        self.0.wanted.load(Ordering::SeqCst)
    }

    /// Waits until the run is to end.
    pub async fn wanted(&self) {
        let notified = self.0.notify.notified();
        tokio::pin!(notified);
        // Registered before the look, so that nothing is missed in between.
        notified.as_mut().enable();
        if !self.is_wanted() {
            notified.await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_clone_hears_of_it_before_and_after() {
        let stop = Stop::default();
        let other = stop.clone();
        assert!(!stop.is_wanted());
        let waiting = tokio::spawn(async move { other.wanted().await });
        tokio::task::yield_now().await;
        stop.stop();
        waiting.await.unwrap();
        stop.wanted().await;
        assert!(stop.is_wanted());
    }
}

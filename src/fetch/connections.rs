//! Counts connections, to know what a waiting request waits for and whether a broken connection was a kept one.

use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use tower::{Layer, Service, ServiceExt};

/// Connections that were begun, and those of them that are made or given up.
#[derive(Debug, Clone, Default)]
pub(super) struct Connections(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    begun: AtomicUsize,
    ended: AtomicUsize,
}

impl Connections {
    /// How many connections were begun so far.
    pub(super) fn begun(&self) -> usize {
        self.0.begun.load(Ordering::Relaxed)
    }

    /// Whether one is being made right now.
    pub(super) fn connecting(&self) -> bool {
        self.begun() > self.0.ended.load(Ordering::Relaxed)
    }
}

impl<S> Layer<S> for Connections {
    type Service = Counted<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Counted { inner: Arc::new(Mutex::new(inner)), counts: Arc::clone(&self.0) }
    }
}

/// A connector that is counted.
///
/// The client clones its connector for every request and uses the clone only where no connection was kept, so what costs
/// something to clone is cloned here, when a connection is really made.
#[derive(Debug)]
pub(super) struct Counted<S> {
    inner: Arc<Mutex<S>>,
    counts: Arc<Counts>,
}

impl<S> Clone for Counted<S> {
    fn clone(&self) -> Self {
        Self { inner: Arc::clone(&self.inner), counts: Arc::clone(&self.counts) }
    }
}

impl<S, R> Service<R> for Counted<S>
where
    S: Service<R> + Clone + Send + 'static,
    S::Future: Send + 'static,
    R: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    /// Always: the clone that makes the connection is waited for there.
    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: R) -> Self::Future {
        self.counts.begun.fetch_add(1, Ordering::Relaxed);
        let ended = Ended(Arc::clone(&self.counts));
        let inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Box::pin(async move {
            let _ended = ended;
            inner.oneshot(request).await
        })
    }
}

/// Counts the end even when the future is dropped.
struct Ended(Arc<Counts>);

impl Drop for Ended {
    fn drop(&mut self) {
        self.0.ended.fetch_add(1, Ordering::Relaxed);
    }
}

//! Counts connections, to know what a waiting request waits for and whether a broken connection was a kept one.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use tower::{Layer, Service};

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
        Counted { inner, counts: Arc::clone(&self.0) }
    }
}

/// A connector that is counted.
#[derive(Debug, Clone)]
pub(super) struct Counted<S> {
    inner: S,
    counts: Arc<Counts>,
}

impl<S, R> Service<R> for Counted<S>
where
    S: Service<R>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: R) -> Self::Future {
        self.counts.begun.fetch_add(1, Ordering::Relaxed);
        let ended = Ended(Arc::clone(&self.counts));
        let connecting = self.inner.call(request);
        Box::pin(async move {
            let _ended = ended;
            connecting.await
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

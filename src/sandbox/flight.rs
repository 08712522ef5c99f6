//! The requests of a hint that are under way, on the caller's side.

use std::future::poll_fn;
use std::task::Poll;

use crate::fetch::{FetchFuture, Fetched};

/// Requests under way.
#[derive(Default)]
pub(super) struct Flight<'a> {
    waiting: Vec<(u32, FetchFuture<'a>)>,
}

impl<'a> Flight<'a> {
    pub(super) fn add(&mut self, id: u32, future: FetchFuture<'a>) {
        self.waiting.push((id, future));
    }

    pub(super) fn cancel(&mut self, id: u32) {
        self.waiting.retain(|(known, _)| *known != id);
    }

    /// The next answer; never ready while nothing is under way. Dropping the future loses nothing.
    pub(super) async fn next(&mut self) -> (u32, Fetched) {
        poll_fn(|context| {
            for index in 0..self.waiting.len() {
                let Some((id, future)) = self.waiting.get_mut(index) else {
                    break;
                };
                if let Poll::Ready(fetched) = future.as_mut().poll(context) {
                    let id = *id;
                    drop(self.waiting.remove(index));
                    return Poll::Ready((id, fetched));
                }
            }
            Poll::Pending
        })
        .await
    }
}

//! How a running block hears the answers to its requests.

use std::future::Future;
use std::pin::pin;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use super::message::Command;
use crate::fetch::Answer;

/// What was heard.
pub(super) enum Heard {
    /// The answer to a request.
    Answer {
        /// The request's id.
        id: u32,
        /// The answer.
        result: Box<Answer>,
    },
    /// Nothing within the time.
    Nothing,
    /// There is nobody any more who could answer.
    Gone,
}

/// From whoever performs the requests of a page.
pub(super) trait Line {
    /// Waits for an answer.
    async fn hear(&mut self, within: Duration) -> Heard;
}

/// The line of an engine's own thread, which has nothing else to do while it waits.
pub(super) struct ThreadLine<'a> {
    commands: &'a Receiver<Command>,
    /// Time that was waited.
    waited: Duration,
}

impl<'a> ThreadLine<'a> {
    pub(super) fn new(commands: &'a Receiver<Command>) -> Self {
        Self { commands, waited: Duration::ZERO }
    }

    /// How much of a time was not waited.
    pub(super) fn busy(&self, whole: Duration) -> Duration {
        whole.saturating_sub(self.waited)
    }
}

impl Line for ThreadLine<'_> {
    async fn hear(&mut self, within: Duration) -> Heard {
        let begun = Instant::now();
        let received = self.commands.recv_timeout(within);
        self.waited += begun.elapsed();
        match received {
            Ok(Command::Answer { id, result }) => Heard::Answer { id, result },
            Ok(Command::Run(_) | Command::Finish) | Err(RecvTimeoutError::Timeout) => Heard::Nothing,
            Err(RecvTimeoutError::Disconnected) => Heard::Gone,
        }
    }
}

/// What a future comes to that waits for nothing but a [`ThreadLine`]: such a one is never pending.
pub(super) fn at_once<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

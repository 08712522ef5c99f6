//! Results on their way from those who grade to the one who keeps: as many as fit into some memory.
//!
//! Bounded by what they take instead of by their number: a line may be of a kilobyte or of megabytes, and of short ones as many
//! come while a disk is slow that a small number would have all who grade wait for it.

use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::keeper::Finished;

/// Bytes of lines that may wait.
const ROOM: u32 = 512 * 1024;
/// What a result takes besides its line, in bytes.
const BESIDES: usize = 128;

/// The two ends of a way. It ends where all senders are gone, or the receiver is.
pub(super) fn channel() -> (Sender, Receiver) {
    let (sender, receiver) = unbounded_channel();
    let room = Arc::new(Semaphore::new(ROOM as usize));
    (Sender { results: sender, room: Arc::clone(&room) }, Receiver { results: receiver, room })
}

/// For those who grade.
#[derive(Debug, Clone)]
pub(super) struct Sender {
    results: UnboundedSender<Finished>,
    room: Arc<Semaphore>,
}

impl Sender {
    /// Hands on a result once there is room for it; one that takes more than there ever is waits until nothing else does. A
    /// result that nobody takes any more is dropped.
    pub async fn send(&self, finished: Finished) {
        if let Ok(room) = self.room.acquire_many(taken(&finished)).await {
            room.forget();
            let _ = self.results.send(finished);
        }
    }
}

/// For the one who keeps.
#[derive(Debug)]
pub(super) struct Receiver {
    results: UnboundedReceiver<Finished>,
    room: Arc<Semaphore>,
}

impl Receiver {
    /// Waits for the next result; nothing where none can come any more.
    pub fn next(&mut self) -> Option<Finished> {
        let finished = self.results.blocking_recv();
        self.made_room(finished)
    }

    /// The next result, if it is there.
    pub fn next_there(&mut self) -> Option<Finished> {
        let finished = self.results.try_recv().ok();
        self.made_room(finished)
    }

    /// Whether no more results can come than are there.
    pub fn is_ending(&self) -> bool {
        self.results.is_closed()
    }

    fn made_room(&self, finished: Option<Finished>) -> Option<Finished> {
        finished.inspect(|finished| self.room.add_permits(taken(finished) as usize))
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        // Nobody is to wait for room that nobody makes.
        self.room.close();
    }
}

/// What of the room a result takes.
fn taken(finished: &Finished) -> u32 {
    u32::try_from(finished.line.len() + BESIDES).unwrap_or(ROOM).min(ROOM)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::batch::tally::Verdict;
    use crate::grader::Counts;

    fn of(number: u64, size: usize) -> Finished {
        Finished { number, verdict: Verdict::Passed, counts: Counts::default(), line: vec![b'x'; size] }
    }

    async fn fits(sender: &Sender, finished: Finished) -> bool {
        tokio::time::timeout(Duration::from_millis(20), sender.send(finished)).await.is_ok()
    }

    #[tokio::test]
    async fn short_ones_are_many_and_a_long_one_is_alone() {
        let (sender, mut receiver) = channel();
        for number in 0..700 {
            assert!(fits(&sender, of(number, 500)).await, "{number}");
        }
        assert!(!fits(&sender, of(700, 10 << 20)).await);
        for number in 0..700 {
            assert_eq!(receiver.next_there().unwrap().number, number);
        }
        assert!(receiver.next_there().is_none());
        assert!(fits(&sender, of(700, 10 << 20)).await);
        assert!(!fits(&sender, of(701, 0)).await, "there is room for nothing besides");
        assert!(!receiver.is_ending());
        drop(sender);
        assert!(receiver.is_ending());
        let rest = std::thread::spawn(move || [receiver.next(), receiver.next()].map(|one| one.map(|one| one.number)));
        assert_eq!(rest.join().unwrap(), [Some(700), None]);
    }

    #[tokio::test]
    async fn nobody_waits_for_who_is_gone() {
        let (sender, receiver) = channel();
        sender.send(of(0, ROOM as usize)).await;
        let waiting = tokio::spawn({
            let sender = sender.clone();
            async move { sender.send(of(1, 1)).await }
        });
        tokio::task::yield_now().await;
        drop(receiver);
        waiting.await.unwrap();
        sender.send(of(2, 1)).await;
    }
}

//! Asks the project what no recording knows: on the one thread that may, for all the others.

use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;

use crate::fetch::{Basis, Fetched, Request};
use crate::grader::Submission;

struct Question {
    request: Request,
    answer: oneshot::Sender<(Fetched, Basis)>,
}

/// The side that asks. Cheap to clone.
#[derive(Clone)]
pub struct Live(UnboundedSender<Question>);

/// The side that answers.
pub struct Desk(UnboundedReceiver<Question>);

/// Both sides.
pub fn pair() -> (Live, Desk) {
    let (sender, receiver) = unbounded_channel();
    (Live(sender), Desk(receiver))
}

impl Live {
    /// The project's answer, and what it is worth; nothing when there is none in time.
    pub async fn ask(&self, request: Request) -> Option<(Fetched, Basis)> {
        let (answer, answered) = oneshot::channel();
        self.0.send(Question { request, answer }).ok()?;
        answered.await.ok()
    }
}

impl Desk {
    /// Answers one question after the other until nobody can ask any more. Each takes as long as `limit` at most.
    pub async fn serve(mut self, submission: &dyn Submission, limit: Duration) {
        let mut view = None;
        while let Some(Question { request, answer }) = self.0.recv().await {
            let view = view.get_or_insert_with(|| submission.open());
            // Equal questions are asked once, as far as a page remembers.
            view.next_hint(true);
            if let Ok(fetched) = tokio::time::timeout(limit, view.fetch(request)).await {
                // Whoever asked may have given up.
                let _ = answer.send((fetched, view.basis()));
            }
        }
    }
}

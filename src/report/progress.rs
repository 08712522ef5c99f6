//! A spinner on stderr for what takes longer than half a second.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::grader::Event;

/// Nothing is shown before.
const PATIENCE: Duration = Duration::from_millis(500);

enum Message {
    Now(String),
    /// Clears the spinner, and answers once that is done.
    Clear(Sender<()>),
}

/// Shows which hint is being checked when it takes long. Dropping it clears the line.
pub struct Progress {
    sender: Option<Sender<Message>>,
    thread: Option<JoinHandle<()>>,
    done: usize,
    total: usize,
}

impl Progress {
    /// A spinner; `enabled` only where stderr is a terminal and no CI job looks at it.
    pub fn new(enabled: bool) -> Self {
        if !enabled {
            return Self { sender: None, thread: None, done: 0, total: 0 };
        }
        let (sender, receiver) = channel();
        let thread = std::thread::spawn(move || {
            let mut bar: Option<ProgressBar> = None;
            let mut message: Option<String> = None;
            loop {
                match receiver.recv_timeout(PATIENCE) {
                    Ok(Message::Now(text)) => {
                        if let Some(bar) = &bar {
                            bar.set_message(text.clone());
                        }
                        message = Some(text);
                    }
                    Ok(Message::Clear(answer)) => {
                        if let Some(bar) = bar.take() {
                            bar.finish_and_clear();
                        }
                        message = None;
                        let _ = answer.send(());
                    }
                    Err(RecvTimeoutError::Timeout) => {
                        if let (None, Some(text)) = (&bar, &message) {
                            bar = Some(spinner(text));
                        }
                    }
                    Err(RecvTimeoutError::Disconnected) => break,
                }
            }
            if let Some(bar) = bar {
                bar.finish_and_clear();
            }
        });
        Self { sender: Some(sender), thread: Some(thread), done: 0, total: 0 }
    }

    /// Shows what is being done, until something else is said or this is dropped.
    pub fn now(&self, text: &str) {
        if let Some(sender) = &self.sender {
            // Without its thread there is nothing to show it.
            let _ = sender.send(Message::Now(text.to_owned()));
        }
    }

    /// Takes note of an event. Call it before anything is written about the event.
    pub fn event(&mut self, event: &Event<'_>) {
        let Some(sender) = &self.sender else { return };
        match event {
            Event::Started { challenges } => {
                self.total = challenges.iter().map(|challenge| challenge.hints.len()).sum();
            }
            Event::HintStarted { challenge, index } => {
                let text =
                    format!("{}: hint {} ({} of {})", challenge.challenge.title, index + 1, self.done + 1, self.total);
                let _ = sender.send(Message::Now(text));
            }
            Event::HintFinished { .. } | Event::ChallengeStarted { .. } => {
                self.done += usize::from(matches!(event, Event::HintFinished { .. }));
                let (answer, cleared) = channel();
                if sender.send(Message::Clear(answer)).is_ok() {
                    let _ = cleared.recv();
                }
            }
            Event::ChallengeFinished { .. } | Event::Finished { .. } => {}
        }
    }
}

fn spinner(text: &str) -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {wide_msg} {elapsed}") {
        bar.set_style(style);
    }
    bar.set_message(text.to_owned());
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.sender = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

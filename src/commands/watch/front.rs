//! Whoever looks: a screen, or plain text that goes on and on.

use std::io;
use std::ops::Range;

use super::course::Course;
use super::plain::{Plain, PlainRun};
use super::screen::{OnScreen, ScreenRun};
use crate::grader::{Event, GradeSettings, RunResult};
use crate::watch::{Input, Next, Phase, Watching, Wish};

/// Who looks.
pub enum Front {
    /// A screen.
    Screen(Box<OnScreen>),
    /// Text.
    Plain(Box<Plain>),
}

/// Takes down a run.
pub enum Recorder {
    /// For a screen, which shows it when it is over.
    Screen(Box<ScreenRun>),
    /// As text, while it goes on.
    Plain(Box<PlainRun>),
}

impl Recorder {
    /// Takes an event of a run against a project that tests see at `code`.
    pub fn event(&mut self, event: &Event<'_>, code: &str) {
        match self {
            Self::Screen(run) => run.event(event, code),
            Self::Plain(run) => run.event(event, code),
        }
    }

    /// The run came to nothing, because something else has begun.
    pub fn cancelled(self) -> anyhow::Result<()> {
        match self {
            Self::Screen(_) => Ok(()),
            Self::Plain(run) => run.finish(),
        }
    }
}

impl Front {
    /// The places of the challenges that are to be graded.
    pub fn to_grade(&self, course: &Course) -> Range<usize> {
        match self {
            Self::Screen(screen) => screen.board.to_grade(),
            Self::Plain(_) => 0..course.challenges.len(),
        }
    }

    /// The challenges were read again.
    pub fn reloaded(&mut self, course: &Course) {
        if let Self::Screen(screen) = self {
            screen.reload(course);
        }
    }

    /// Files changed; these names are told.
    pub fn changed(&mut self, names: Vec<String>) -> io::Result<()> {
        match self {
            Self::Screen(screen) => {
                screen.board.files_changed(names);
                screen.draw()
            }
            Self::Plain(plain) => plain.changed(&names),
        }
    }

    /// The project came up again after a change.
    pub fn restarted(&mut self) -> io::Result<()> {
        match self {
            Self::Screen(screen) => {
                screen.board.restarted();
                screen.draw()
            }
            Self::Plain(plain) => plain.restarted(),
        }
    }

    /// Something has to be said.
    pub fn notice(&mut self, text: &str) {
        match self {
            Self::Screen(screen) => screen.board.notice(text.to_owned()),
            Self::Plain(plain) => plain.notice(text),
        }
    }

    /// This is how files are watched.
    pub fn watching(&mut self, watching: &Watching) -> io::Result<()> {
        match self {
            Self::Screen(screen) => {
                screen.board.watching(watching.files, watching.note.clone());
                screen.draw()
            }
            Self::Plain(plain) => {
                plain.watching(watching);
                Ok(())
            }
        }
    }

    /// Something begins.
    pub fn phase(&mut self, phase: Phase) -> io::Result<()> {
        match self {
            Self::Screen(screen) => {
                screen.board.phase(phase);
                screen.draw()
            }
            Self::Plain(plain) => {
                plain.phase(phase);
                Ok(())
            }
        }
    }

    /// The terminal sent something.
    pub fn input(&mut self, input: Input) -> io::Result<Wish> {
        match self {
            Self::Screen(screen) => screen.input(input),
            Self::Plain(_) => Ok(Wish::Draw),
        }
    }

    /// Some time has gone by.
    pub fn tick(&mut self) -> io::Result<()> {
        match self {
            Self::Screen(screen) => screen.tick(),
            Self::Plain(plain) => {
                plain.tick();
                Ok(())
            }
        }
    }

    /// It could not be graded; `text` is an error with its advice.
    pub fn trouble(&mut self, text: String) -> io::Result<()> {
        match self {
            Self::Screen(screen) => {
                screen.board.trouble(text);
                screen.draw()
            }
            Self::Plain(plain) => {
                plain.trouble(&text);
                Ok(())
            }
        }
    }

    /// A run begins.
    pub fn recorder(&mut self, given: Option<&str>, grading: &GradeSettings) -> Recorder {
        match self {
            Self::Screen(screen) => Recorder::Screen(Box::new(screen.begin())),
            Self::Plain(plain) => Recorder::Plain(Box::new(plain.begin(given, grading))),
        }
    }

    /// A run is over.
    pub fn finished(&mut self, recorder: Recorder, run: &RunResult, course: &Course) -> anyhow::Result<Next> {
        match (self, recorder) {
            (Self::Screen(screen), Recorder::Screen(taken)) => Ok(screen.finished(*taken)?),
            (Self::Plain(plain), Recorder::Plain(taken)) => plain.finished(*taken, run, course).map(|()| Next::Wait),
            _ => Ok(Next::Wait),
        }
    }

    /// Leaves the screen, and says where things stand.
    pub fn leave(self) {
        if let Self::Screen(screen) = self {
            screen.leave();
        }
    }
}

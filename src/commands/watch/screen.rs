//! The screen of `grade watch`.

use std::io::{self, Write};
use std::time::Instant;

use jiff::Zoned;

use super::super::Console;
use super::course::Course;
use crate::explain::{Subject, explain};
use crate::grader::Event;
use crate::redact::Redactor;
use crate::report::TerminalSettings;
use crate::watch::{Board, Challenge, Gatherer, Input, Look, Next, Screen, Size, Wish, frame, size};

/// A board on a screen.
pub struct OnScreen {
    /// What is shown.
    pub board: Board,
    screen: Screen,
    look: Look,
    size: Size,
    /// Rows of the challenge that the screen shows.
    page: usize,
    console: Console,
}

/// Takes down a run, masked.
pub struct ScreenRun {
    redactor: Redactor,
    gatherer: Gatherer,
    console: Console,
}

impl OnScreen {
    /// Enters the screen.
    pub fn enter(course: &Course, settings: TerminalSettings, console: &Console) -> io::Result<Self> {
        let board = Board::new(course.challenges.iter().map(Challenge::new).collect(), course.first);
        let screen = Screen::enter()?;
        Ok(Self { board, screen, look: Look { settings }, size: size(), page: 1, console: console.clone() })
    }

    /// The challenges were read again.
    pub fn reload(&mut self, course: &Course) {
        self.board.reload(course.challenges.iter().map(Challenge::new).collect());
    }

    /// Shows the board as it is.
    pub fn draw(&mut self) -> io::Result<()> {
        for text in self.console.take_kept() {
            self.board.notice(text);
        }
        let (rows, page) = frame(&mut self.board, &self.look, self.size, Instant::now());
        self.page = page;
        self.screen.draw(rows)
    }

    /// Some time has gone by.
    pub fn tick(&mut self) -> io::Result<()> {
        // The word of another size may get lost when a key is pressed at the same time.
        let size = size();
        if size == self.size { self.draw() } else { self.input(Input::Resized(size)).map(|_| ()) }
    }

    /// A key, or another size.
    pub fn input(&mut self, input: Input) -> io::Result<Wish> {
        let wish = match input {
            Input::Key(key) => self.board.key(key, self.page),
            Input::Resized(size) => {
                self.size = size;
                Wish::DrawAll
            }
            Input::Gone => Wish::Quit,
        };
        if wish == Wish::DrawAll {
            self.screen.clear()?;
        }
        if wish != Wish::Quit {
            self.draw()?;
        }
        Ok(wish)
    }

    /// A run begins.
    pub fn begin(&self) -> ScreenRun {
        ScreenRun {
            redactor: Redactor::new(self.console.secrets().clone()),
            gatherer: Gatherer::default(),
            console: self.console.clone(),
        }
    }

    /// A run is over.
    pub fn finished(&mut self, run: ScreenRun) -> io::Result<Next> {
        let when = if self.look.settings.times { Zoned::now().strftime("%H:%M:%S").to_string() } else { String::new() };
        let next = self.board.graded(run.gatherer.finish(), when);
        self.draw()?;
        Ok(next)
    }

    /// Leaves, and says where things stand: what was on the screen is gone.
    pub fn leave(self) {
        let Self { board, screen, .. } = self;
        drop(screen);
        let (title, passed, count) = board.summary();
        let noun = if count == 1 { "challenge" } else { "challenges" };
        let title = crate::report::live::one_line(title);
        let text = if passed == count {
            format!("{passed} of {count} {noun} passed\n")
        } else {
            format!("{passed} of {count} {noun} passed; the last one looked at: {title}\n")
        };
        // Nobody may be there to read it.
        let _ = io::stdout().lock().write_all(text.as_bytes());
    }
}

impl ScreenRun {
    /// Takes an event.
    pub fn event(&mut self, event: &Event<'_>, code: &str) {
        let Self { redactor, gatherer, console } = self;
        let url = console.secrets().mask_address(code);
        redactor.event(event, &mut |event| {
            let explanation = match event {
                Event::HintFinished { challenge, result } => {
                    let hint = challenge.challenge.hints.get(result.index);
                    hint.and_then(|hint| explain(&Subject { result, test: &hint.code.text, url: &url }))
                }
                _ => None,
            };
            gatherer.event(event, explanation);
        });
    }
}

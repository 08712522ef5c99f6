//! Where the learner is: the challenges, what became of each, and what the screen is to show. No clock, no terminal, no files.

use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::change::{Change, changes};
use super::graded::Graded;
use super::key::Key;
use crate::grader::Prepared;

/// A challenge of the block.
#[derive(Debug)]
pub struct Challenge {
    /// The challenge; its hints are not compiled.
    pub shown: Prepared,
    /// What it came to last.
    pub graded: Option<Graded>,
    /// With which edition of the files.
    edition: u64,
}

impl Challenge {
    /// A challenge that was not graded yet.
    pub fn new(prepared: &Prepared) -> Self {
        let shown = Prepared {
            challenge: Arc::clone(&prepared.challenge),
            file: prepared.file.clone(),
            block: prepared.block.clone(),
            language: prepared.language.clone(),
            hints: Vec::new(),
        };
        Self { shown, graded: None, edition: 0 }
    }

    /// Whether it passed when it was last graded.
    pub fn is_passed(&self) -> bool {
        self.graded.as_ref().is_some_and(Graded::is_passed)
    }
}

/// What is being done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// Nothing: it waits for a change.
    Idle,
    /// The project is being stopped.
    Stopping,
    /// The project is being started with this command.
    Starting(String),
    /// The project has to answer.
    Waiting {
        /// Where.
        url: String,
        /// Since when.
        since: Instant,
        /// After which time something is probably wrong.
        limit: Duration,
    },
    /// A hint is being graded; its number among all that are, from 1.
    Grading {
        /// Which.
        hint: usize,
        /// How many there are.
        of: usize,
    },
}

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Nothing but a new picture.
    Draw,
    /// A new picture, of everything.
    DrawAll,
    /// Another challenge is to be graded.
    Grade,
    /// The project is to be started again, and graded.
    GradeAgain,
    /// To leave.
    Quit,
}

/// What has to be done after a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Wait for a change.
    Wait,
    /// Grade what is to be graded now.
    Grade,
}

/// What is graded after a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// The current challenge.
    Current,
    /// All of them: each has passed once, and a change may have broken any.
    All,
}

/// Why there was a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reason {
    /// It was the first one, or of another challenge.
    First,
    /// Files changed: their names.
    Files(Vec<String>),
    /// A key.
    Key,
    /// The project came up again.
    Restart,
}

/// What of a challenge is shown.
#[derive(Debug, Default)]
pub(super) struct View {
    /// All hints, or only those that did not pass.
    pub(super) all: bool,
    /// The description.
    pub(super) description: bool,
    /// Whether the description is shown because the challenge is new, and not because of a key.
    arrived: bool,
    /// Rows that are above the screen.
    pub(super) scroll: usize,
}

/// The state of `grade watch`.
#[derive(Debug)]
pub struct Board {
    pub(super) challenges: Vec<Challenge>,
    pub(super) current: usize,
    scope: Scope,
    /// How often something has changed.
    edition: u64,
    pub(super) phase: Phase,
    /// Why there was the last run.
    pub(super) reason: Reason,
    /// Why there is one now. Until it is over, what the last one came to stays on the screen: nothing jumps.
    upcoming: Option<Reason>,
    /// What is different since the last run, with the challenge.
    pub(super) changes: Vec<(usize, Change)>,
    /// Whether there was a run to compare with.
    pub(super) compared: bool,
    /// Titles of what has passed since the last change, and did not before.
    pub(super) passed: Vec<usize>,
    /// Whether all challenges pass, all with the files as they are.
    pub(super) complete: bool,
    /// What keeps it from grading.
    pub(super) trouble: Option<String>,
    /// What else has to be said.
    pub(super) notices: Vec<String>,
    /// Time of day of the last run.
    pub(super) when: String,
    /// How many files are watched, and what is to be said about that.
    pub(super) watching: (usize, Option<String>),
    pub(super) view: View,
}

impl Board {
    /// For these challenges, beginning with the one at `current`.
    pub fn new(challenges: Vec<Challenge>, current: usize) -> Self {
        let current = current.min(challenges.len().saturating_sub(1));
        Self {
            challenges,
            current,
            scope: Scope::Current,
            edition: 0,
            phase: Phase::Idle,
            reason: Reason::First,
            upcoming: None,
            changes: Vec::new(),
            compared: false,
            passed: Vec::new(),
            complete: false,
            trouble: None,
            notices: Vec::new(),
            when: String::new(),
            watching: (0, None),
            view: View::default(),
        }
    }

    /// The challenges that are to be graded, by their places.
    pub fn to_grade(&self) -> Range<usize> {
        match self.scope {
            Scope::All => 0..self.challenges.len(),
            Scope::Current => self.current..(self.current + 1).min(self.challenges.len()),
        }
    }

    /// Title of the current challenge, how many of how many have passed.
    pub fn summary(&self) -> (&str, usize, usize) {
        let passed = self.challenges.iter().filter(|challenge| challenge.is_passed()).count();
        let title = self.challenges.get(self.current).map_or("", |challenge| challenge.shown.challenge.title.as_str());
        (title, passed, self.challenges.len())
    }

    /// The challenges were read again. What became of those that are still there stays.
    pub fn reload(&mut self, mut challenges: Vec<Challenge>) {
        let file = |challenge: &Challenge| challenge.shown.file.clone();
        let here = self.challenges.get(self.current).map(file);
        for challenge in &mut challenges {
            let known = self.challenges.iter_mut().find(|known| known.shown.file == challenge.shown.file);
            challenge.graded = known.and_then(|known| known.graded.take());
        }
        let current = challenges.iter().position(|challenge| Some(file(challenge)) == here);
        self.current = current.unwrap_or(self.current).min(challenges.len().saturating_sub(1));
        self.challenges = challenges;
        // Places of challenges may be others now.
        (self.changes, self.passed) = (Vec::new(), Vec::new());
    }

    /// Files changed: what was graded before may be different now.
    pub fn files_changed(&mut self, names: Vec<String>) {
        self.edition += 1;
        self.begin(Reason::Files(names));
    }

    /// The project came up again after a change, and what it answers may be different now. What has changed since then adds up.
    pub fn restarted(&mut self) {
        self.edition += 1;
        if self.upcoming.is_none() && !matches!(self.reason, Reason::Files(_)) {
            self.begin(Reason::Restart);
        }
    }

    fn begin(&mut self, reason: Reason) {
        self.upcoming = Some(reason);
        self.notices.clear();
    }

    /// What the last run came to is no news any more.
    fn forget(&mut self, reason: Reason) {
        self.reason = reason;
        self.upcoming = None;
        self.changes.clear();
        self.compared = false;
        self.passed.clear();
        if std::mem::take(&mut self.view.arrived) {
            self.view.description = false;
        }
        self.view.scroll = 0;
    }

    /// Something begins.
    pub fn phase(&mut self, phase: Phase) {
        self.phase = phase;
    }

    /// So many files are watched.
    pub fn watching(&mut self, files: usize, note: Option<String>) {
        self.watching = (files, note);
    }

    /// Something that has to be said, until the next change.
    pub fn notice(&mut self, text: String) {
        if !self.notices.contains(&text) {
            self.notices.push(text);
        }
    }

    /// It could not be graded.
    pub fn trouble(&mut self, text: String) {
        self.phase = Phase::Idle;
        self.trouble = Some(text);
        self.complete = false;
        self.view.scroll = 0;
    }

    /// The challenges of [`Board::to_grade`] were graded, at a time of day.
    pub fn graded(&mut self, results: Vec<Graded>, when: String) -> Next {
        self.phase = Phase::Idle;
        self.trouble = None;
        self.when = when;
        if let Some(reason) = self.upcoming.take() {
            self.forget(reason);
        }
        for (place, graded) in self.to_grade().zip(results) {
            let Some(challenge) = self.challenges.get_mut(place) else { continue };
            if graded.is_passed() && !challenge.is_passed() {
                self.passed.push(place);
            }
            if let Some(before) = &challenge.graded {
                self.compared = true;
                for change in changes(&before.marks(), &graded.marks()) {
                    self.changes.retain(|(other, known)| (*other, known.hint) != (place, change.hint));
                    self.changes.push((place, change));
                }
            }
            (challenge.graded, challenge.edition) = (Some(graded), self.edition);
        }
        match self.scope {
            Scope::Current => self.after_one(),
            Scope::All => self.after_all(),
        }
    }

    fn after_one(&mut self) -> Next {
        self.complete = false;
        if !self.challenges.get(self.current).is_some_and(Challenge::is_passed) {
            return Next::Wait;
        }
        if let Some(open) = self.places_after_current().find(|place| !self.is_passed(*place)) {
            self.arrive(open);
            return Next::Grade;
        }
        if self.challenges.iter().any(|challenge| challenge.edition != self.edition) {
            self.scope = Scope::All;
            return Next::Grade;
        }
        self.all_pass();
        Next::Wait
    }

    fn after_all(&mut self) -> Next {
        match (0..self.challenges.len()).find(|place| !self.is_passed(*place)) {
            None => self.all_pass(),
            Some(open) => {
                self.scope = Scope::Current;
                self.complete = false;
                self.current = open;
                self.view.description = false;
                self.view.scroll = 0;
            }
        }
        Next::Wait
    }

    fn all_pass(&mut self) {
        self.scope = Scope::All;
        self.complete = true;
        self.view.description = false;
        self.view.scroll = 0;
    }

    fn is_passed(&self, place: usize) -> bool {
        self.challenges.get(place).is_some_and(Challenge::is_passed)
    }

    /// The places of the others, beginning after the current one.
    fn places_after_current(&self) -> impl Iterator<Item = usize> + use<> {
        let (current, count) = (self.current, self.challenges.len());
        (1..count).map(move |step| (current + step) % count)
    }

    fn arrive(&mut self, place: usize) {
        self.current = place;
        self.scope = Scope::Current;
        self.complete = false;
        self.view.description = true;
        self.view.arrived = true;
        self.view.scroll = 0;
    }

    /// A key was pressed; `page` is how many rows of the challenge the screen shows.
    pub fn key(&mut self, key: Key, page: usize) -> Wish {
        let page = i32::try_from(page.saturating_sub(1).max(1)).unwrap_or(i32::MAX);
        match key {
            Key::Quit => return Wish::Quit,
            Key::Redraw => return Wish::DrawAll,
            Key::All | Key::Failed => {
                self.view.all = key == Key::All;
                self.view.scroll = 0;
            }
            Key::Description => {
                self.view.description = !self.view.description;
                self.view.arrived = false;
                self.view.scroll = 0;
            }
            Key::Next => {
                if let Some(next) = self.places_after_current().next() {
                    self.notices.clear();
                    self.forget(Reason::First);
                    self.arrive(next);
                    return Wish::Grade;
                }
            }
            Key::Again => {
                self.edition += 1;
                self.begin(Reason::Key);
                return Wish::GradeAgain;
            }
            Key::Lines(lines) => self.move_by(lines),
            Key::Pages(pages) => self.move_by(pages.saturating_mul(page)),
            Key::Top => self.view.scroll = 0,
            // The picture knows where the end is.
            Key::Bottom => self.view.scroll = usize::MAX,
        }
        Wish::Draw
    }

    fn move_by(&mut self, rows: i32) {
        let step = usize::try_from(rows.unsigned_abs()).unwrap_or(usize::MAX);
        self.view.scroll =
            if rows < 0 { self.view.scroll.saturating_sub(step) } else { self.view.scroll.saturating_add(step) };
    }
}

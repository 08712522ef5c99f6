//! The picture of a [`Board`]: as many rows as the screen has, none wider than it.

use std::time::Instant;

use super::board::{Board, Challenge, Phase, Reason};
use super::change::Mark;
use super::rows::fold;
use crate::report::live;
use crate::report::{Detail, Styles, TerminalSettings};

/// Longer lines are hard to read.
const WIDEST: usize = 120;
/// What the readable report needs; narrower screens break its lines.
const NARROWEST: usize = 20;
/// Names that are told one by one.
const NAMES: usize = 3;
/// Rows of the challenge that there should be, whatever else has to go.
const ROOM: usize = 3;

/// Size of the screen, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Width.
    pub columns: usize,
    /// Height.
    pub rows: usize,
}

/// How it looks.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// As in the readable report; width and detail are the screen's and the keys' affair.
    pub settings: TerminalSettings,
}

/// Draws. The board's place in what is longer than the screen is put in order on the way. The second value is how many rows of
/// the challenge the screen shows.
pub fn frame(board: &mut Board, look: &Look, size: Size, now: Instant) -> (Vec<String>, usize) {
    let width = size.columns.clamp(NARROWEST, WIDEST);
    let painter =
        Painter { settings: TerminalSettings { width, ..look.settings }, styles: look.settings.styles, width };
    let mut header = folded(&painter.header(board), size.columns);
    let mut footer = folded(&painter.footer(board, now), size.columns);
    let body = folded(&painter.body(board), size.columns);
    let fits = |header: &[String], footer: &[String]| header.len() + footer.len() + ROOM < size.rows;
    while !fits(&header, &footer) && header.len() > 1 {
        header.pop();
    }
    while !fits(&header, &footer) && footer.len() > 1 {
        footer.pop();
    }
    if header.len() + footer.len() >= size.rows {
        footer.clear();
        header.truncate(size.rows.saturating_sub(1));
    }
    // A row between the challenge and what is below it.
    let room = size.rows.saturating_sub(header.len() + footer.len() + usize::from(!footer.is_empty()));
    board.view.scroll = board.view.scroll.min(body.len().saturating_sub(room));
    let below = body.len().saturating_sub(board.view.scroll + room);
    let mut rows = header;
    rows.extend(body.into_iter().skip(board.view.scroll).take(room));
    rows.resize(size.rows.saturating_sub(footer.len() + usize::from(!footer.is_empty())), String::new());
    if !footer.is_empty() {
        let more = painter.more(board.view.scroll, below);
        rows.push(folded(&[more], size.columns).into_iter().next().unwrap_or_default());
        rows.extend(footer);
    }
    rows.truncate(size.rows);
    (rows, room)
}

fn folded(lines: &[String], columns: usize) -> Vec<String> {
    lines.iter().flat_map(|line| fold(line, columns)).collect()
}

struct Painter {
    settings: TerminalSettings,
    styles: Styles,
    width: usize,
}

impl Painter {
    fn wrapped(&self, text: &str, first: &str, paint: impl Fn(&str) -> String) -> Vec<String> {
        live::wrapped(text, first, self.width).iter().map(|line| paint(line)).collect()
    }

    /// The challenge, and its place in the block.
    fn header(&self, board: &Board) -> Vec<String> {
        let Some(challenge) = board.challenges.get(board.current) else { return Vec::new() };
        let shown = &challenge.shown;
        let mut lines = self.wrapped(&shown.challenge.title, "", |line| self.styles.title(line));
        if lines.len() > 2 {
            lines.truncate(2);
        }
        let (_, passed, count) = board.summary();
        let block = [shown.language.as_deref(), shown.block.as_deref()];
        let block = block.into_iter().flatten().collect::<Vec<_>>().join("/");
        let place = match (count, block.is_empty()) {
            (1, true) => shown.file.clone(),
            (1, false) => block,
            (_, true) => format!("{} of {count}, {passed} passed", board.current + 1),
            (_, false) => format!("{block}, {} of {count}, {passed} passed", board.current + 1),
        };
        lines.extend(self.wrapped(&place, "", |line| self.styles.dim(line)).into_iter().take(1));
        lines.push(String::new());
        lines
    }

    /// What is between: from what hinders to the hints.
    fn body(&self, board: &Board) -> Vec<String> {
        let mut parts = vec![self.trouble(board), self.notices(board), self.news(board)];
        if let Some(challenge) = board.challenges.get(board.current) {
            if board.view.description {
                parts.push(live::description(&challenge.shown, self.width, self.styles));
            }
            if board.trouble.is_none() {
                parts.push(self.hints(board, challenge));
            }
        }
        parts.retain(|part| !part.is_empty());
        parts.join(&String::new())
    }

    fn trouble(&self, board: &Board) -> Vec<String> {
        board.trouble.iter().flat_map(|text| self.said(text)).collect()
    }

    fn notices(&self, board: &Board) -> Vec<String> {
        board.notices.iter().flat_map(|text| self.said(text)).collect()
    }

    /// A text of the program, with its first word painted.
    fn said(&self, text: &str) -> Vec<String> {
        let styles = self.styles;
        let paint = |line: &str| {
            for (word, painted) in [
                ("error:", styles.fail("error:")),
                ("warning:", styles.error("warning:")),
                ("help:", styles.help("help:")),
            ] {
                if let Some(rest) = line.strip_prefix(word) {
                    return format!("{painted}{rest}");
                }
            }
            line.to_owned()
        };
        let lines = live::harmless(text.trim_end());
        let wrap = |line: &str| {
            let text = line.trim_start();
            let indent = " ".repeat(line.len() - text.len());
            self.wrapped(text, &indent, paint)
        };
        lines.lines().flat_map(wrap).collect()
    }

    /// What is different since the last run.
    fn news(&self, board: &Board) -> Vec<String> {
        let styles = self.styles;
        let mut lines = Vec::new();
        if board.trouble.is_some() {
            return lines;
        }
        let elsewhere = |place: usize| !board.complete && place != board.current;
        let title =
            |place: usize| board.challenges.get(place).map_or("", |challenge| challenge.shown.challenge.title.as_str());
        let changes: Vec<_> = board.changes.iter().filter(|(place, _)| !board.passed.contains(place)).collect();
        let since = match &board.reason {
            Reason::Files(files) => format!("{} changed", names(files)),
            Reason::Key => "graded again".to_owned(),
            Reason::Restart => "the project came up again".to_owned(),
            Reason::First => String::new(),
        };
        if !since.is_empty() {
            let same = changes.is_empty() && board.passed.is_empty() && board.compared;
            let same = if same { "; the verdicts are the same" } else { "" };
            lines.extend(self.wrapped(&format!("{since}{same}"), "", |line| styles.dim(line)));
        }
        for (place, change) in changes {
            let of = if elsewhere(*place) { format!("{}: ", title(*place)) } else { String::new() };
            lines.extend(self.wrapped(&format!("{of}{change}"), "  ", |line| match change.now {
                Mark::Passed => styles.pass(line),
                Mark::Failed => styles.fail(line),
                Mark::Errored | Mark::Open => styles.error(line),
            }));
        }
        let titles: Vec<String> = board.passed.iter().map(|place| title(*place).to_owned()).collect();
        if !titles.is_empty() {
            let text = format!("passed: {}", names(&titles));
            lines.extend(self.wrapped(&text, "  ", |line| styles.pass(line)));
        }
        if board.complete {
            let text = match board.challenges.len() {
                1 => "Every hint of this challenge passes.".to_owned(),
                count => format!("All {count} challenges pass."),
            };
            lines.extend(self.wrapped(&text, "", |line| styles.pass(line)));
        }
        lines
    }

    /// The hints, all or those that did not pass.
    fn hints(&self, board: &Board, challenge: &Challenge) -> Vec<String> {
        let Some(graded) = &challenge.graded else { return Vec::new() };
        let detail = if board.view.all { Detail::Hints } else { Detail::NotPassed };
        // All hints of a challenge that passes are of no interest, unless they are asked for.
        if board.complete && !board.view.all {
            return Vec::new();
        }
        live::hints(TerminalSettings { detail, ..self.settings }, &graded.challenge, &graded.hints)
    }

    /// What is above and below the part that is shown.
    fn more(&self, above: usize, below: usize) -> String {
        let text = match (above, below) {
            (0, 0) => return String::new(),
            (above, 0) => format!("-- the end; {above} above --"),
            (_, 1) => "-- 1 more row --".to_owned(),
            (_, below) => format!("-- {below} more rows --"),
        };
        self.styles.dim(&text)
    }

    /// What is going on, and the keys.
    fn footer(&self, board: &Board, now: Instant) -> Vec<String> {
        let mut lines = self.status(board, now);
        lines.truncate(3);
        lines.push(self.keys(board));
        lines
    }

    fn status(&self, board: &Board, now: Instant) -> Vec<String> {
        let styles = self.styles;
        let text = match &board.phase {
            Phase::Idle => return self.resting(board),
            Phase::Stopping => "stopping the project ...".to_owned(),
            Phase::Starting(command) => format!("starting the project: {command} ..."),
            Phase::Grading { hint, of } => format!("grading hint {hint} of {of} ..."),
            Phase::Waiting { url, since, limit } => {
                let waited = now.saturating_duration_since(*since);
                let seconds = waited.as_secs();
                if waited > *limit {
                    let text = format!("nothing answers at {url}: start the project, and it is graded ({seconds} s)");
                    return self.wrapped(&text, "", |line| styles.error(line));
                }
                format!("waiting for the project to answer at {url} ... {seconds} s")
            }
        };
        self.wrapped(&text, "", |line| styles.help(line))
    }

    fn resting(&self, board: &Board) -> Vec<String> {
        let styles = self.styles;
        let graded = board.challenges.get(board.current).and_then(|challenge| challenge.graded.as_ref());
        let mut lines = match graded.filter(|_| board.trouble.is_none() && !board.complete) {
            None => Vec::new(),
            Some(graded) => {
                let totals = live::totals(graded.counts, self.settings.times.then_some(graded.duration));
                let at = if board.when.is_empty() { String::new() } else { format!(" at {}", board.when) };
                let counts = graded.counts;
                self.wrapped(&format!("{totals}{at}"), "", |line| match (counts.failed, counts.errored) {
                    (1.., _) => styles.fail(line),
                    (0, 0) if counts.passed > 0 => styles.pass(line),
                    _ => styles.error(line),
                })
            }
        };
        let (files, note) = &board.watching;
        let noun = if *files == 1 { "file" } else { "files" };
        let note = note.as_ref().map(|note| format!("; {note}")).unwrap_or_default();
        lines.extend(self.wrapped(&format!("watching {files} {noun}{note}"), "", |line| styles.dim(line)));
        lines
    }

    fn keys(&self, board: &Board) -> String {
        let several = board.challenges.len() > 1;
        let long = [
            ("a all", true, board.view.all),
            ("f failed", true, !board.view.all),
            ("n next", several, false),
            ("d description", true, board.view.description),
            ("r again", true, false),
            ("q quit", true, false),
        ];
        let shown: Vec<_> = long.into_iter().filter(|(_, shown, _)| *shown).collect();
        let length: usize = shown.iter().map(|(text, ..)| text.len() + 2).sum::<usize>().saturating_sub(2);
        let short = length > self.width;
        let paint = |(text, _, on): &(&str, bool, bool)| {
            let text = if short { text.get(..1).unwrap_or_default() } else { text };
            if *on { self.styles.title(text) } else { self.styles.dim(text) }
        };
        shown.iter().map(paint).collect::<Vec<_>>().join(if short { " " } else { "  " })
    }
}

/// The first few of some names.
fn names(all: &[String]) -> String {
    let shown = all.iter().take(NAMES).cloned().collect::<Vec<_>>().join(", ");
    match all.len().saturating_sub(NAMES) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

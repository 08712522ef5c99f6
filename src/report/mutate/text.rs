//! The report for people.

use super::model::{Challenge, Counts, Hint, HintCounts, Report, Survivor, Verdict};
use crate::report::style::Styles;
use crate::report::terminal::{fit, plain, width as columns_of, wrap};
use crate::report::text::count;
use crate::report::value::harmless;

/// Columns of the word before a hint.
const WORD: usize = 11;
/// Columns before what is said about a hint.
const INDENT: usize = 5;

/// The report, `width` columns wide.
pub fn text(report: &Report, styles: Styles, width: usize) -> String {
    let mut page = Page { styles, width, out: String::new() };
    for challenge in &report.challenges {
        page.challenge(challenge);
    }
    page.totals(report);
    page.out
}

struct Page {
    styles: Styles,
    width: usize,
    out: String,
}

impl Page {
    fn line(&mut self, line: &str) {
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    fn challenge(&mut self, challenge: &Challenge) {
        let title = plain(&challenge.title);
        let name = challenge.dashed_name.as_deref().unwrap_or(&challenge.id);
        let place = plain(&match &challenge.block {
            Some(block) => format!("{block}/{name}"),
            None => name.to_owned(),
        });
        let styles = self.styles;
        if columns_of(&title) + columns_of(&place) + 4 <= self.width {
            self.line(&format!("{}  {}", styles.title(&title), styles.dim(&format!("({place})"))));
        } else {
            self.line(&styles.title(&title));
            self.line(&format!("  {}", styles.dim(&place)));
        }
        for hint in &challenge.hints {
            self.hint(hint);
        }
        self.line("");
    }

    fn hint(&mut self, hint: &Hint) {
        let styles = self.styles;
        let (word, painted) = match hint.verdict {
            Verdict::CanFail => ("can fail", styles.pass("can fail")),
            Verdict::CannotFail => ("CANNOT FAIL", styles.fail("CANNOT FAIL")),
            Verdict::CouldNotCheck => ("NOT KNOWN", styles.error("NOT KNOWN")),
            Verdict::Skipped => ("skipped", styles.dim("skipped")),
        };
        let lead = format!("  {word:WORD$} {}. ", hint.index + 1);
        for (index, line) in wrap(&plain(&hint.text), &lead, self.width).iter().enumerate() {
            // Wrapped without colour, painted afterwards: escape sequences have no width.
            let line = if index == 0 { line.replacen(word, &painted, 1) } else { line.clone() };
            self.line(&line);
        }
        if let Some(reason) = &hint.reason {
            self.paragraph(&plain(reason));
        }
        // That it has no test, and waits for nothing, has just been said.
        if hint.verdict == Verdict::CanFail {
            self.paragraph(&killed(&hint.mutants));
            hint.notes.iter().for_each(|note| self.paragraph(&plain(note)));
        }
        for survivor in &hint.survivors {
            self.survivor(survivor);
        }
        if hint.survivors_left_out > 0 && !hint.survivors.is_empty() {
            let more = count(hint.survivors_left_out, "more wrong answer");
            self.paragraph(&format!("and {more} (--survivors all)"));
        }
    }

    fn paragraph(&mut self, text: &str) {
        for line in wrap(text, &" ".repeat(INDENT), self.width) {
            self.line(&line);
        }
    }

    fn survivor(&mut self, survivor: &Survivor) {
        let lead = format!("{}passes: ", " ".repeat(INDENT));
        let what = format!("{}: {}", plain(&survivor.request), plain(&survivor.what));
        for (index, line) in wrap(&what, &lead, self.width).iter().enumerate() {
            let line =
                if index == 0 { line.replacen("passes:", &self.styles.error("passes:"), 1) } else { line.clone() };
            self.line(&line);
        }
        let indent = INDENT + 2;
        let room = self.width.saturating_sub(indent).max(20);
        let lines: Vec<String> = survivor.diff.lines().map(harmless).collect();
        let place = changed_at(&lines);
        for line in &lines {
            let line = if columns_of(line) <= room { line.clone() } else { fit(line, place, room) };
            let painted = match line.chars().next() {
                Some('-') => self.styles.expected(&line),
                Some('+') => self.styles.actual(&line),
                _ => self.styles.dim(&line),
            };
            self.line(&format!("{}{painted}", " ".repeat(indent)));
        }
    }

    fn totals(&mut self, report: &Report) {
        let HintCounts { total, can_fail, cannot_fail, could_not_check, skipped } = report.summary.hints;
        let mut parts = vec![format!("{can_fail} of {} can fail", count(total, "hint"))];
        for (number, words) in [(cannot_fail, "cannot"), (could_not_check, "not known"), (skipped, "skipped")] {
            if number > 0 {
                parts.push(format!("{number} {words}"));
            }
        }
        let totals = parts.join(", ");
        let painted = match report.summary.exit_code {
            0 => self.styles.pass(&totals),
            1 => self.styles.fail(&totals),
            _ => self.styles.error(&totals),
        };
        self.line(&painted);
        if report.summary.mutants.made > 0 {
            for line in wrap(&killed(&report.summary.mutants), "", self.width) {
                self.line(&line);
            }
        }
        let environment = &report.environment;
        let conditions = format!(
            "seed {}, up to {} for each hint, {} rules",
            environment.seed,
            count(environment.mutants, "mutant"),
            environment.rules
        );
        for line in wrap(&conditions, "", self.width) {
            let line = self.styles.dim(&line);
            self.line(&line);
        }
    }
}

/// `57 of 84 wrong answers failed (68 %), 27 passed`
fn killed(counts: &Counts) -> String {
    let decided = counts.killed + counts.survived;
    let share = match counts.score {
        Some(score) => format!(" ({:.0} %)", score * 100.0),
        None => String::new(),
    };
    let mut text = format!("{} of {} noticed{share}", counts.killed, count(decided, "wrong answer"));
    for (number, words) in
        [(counts.could_not_check, "could not be checked"), (counts.not_tried, "not tried: time was up")]
    {
        if number > 0 {
            text.push_str(&format!("; {number} {words}"));
        }
    }
    text
}

/// Where the first two lines that stand for each other differ, in characters.
fn changed_at(lines: &[String]) -> usize {
    let old = lines.iter().find(|line| line.starts_with('-'));
    let new = lines.iter().find(|line| line.starts_with('+'));
    let (Some(old), Some(new)) = (old, new) else { return 0 };
    1 + old.chars().skip(1).zip(new.chars().skip(1)).take_while(|(old, new)| old == new).count()
}

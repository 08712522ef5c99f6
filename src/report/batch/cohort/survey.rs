//! What is counted over all submissions. Its size depends on the hints, not on the submissions.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::reader::{Glimpse, Graded, Row};
use crate::batch::{ReasonKind, Verdict};
use crate::explain::Code;
use crate::report::model::{self, Outcome};
use crate::report::text::line;

/// Most hints that are told apart, most carried columns, and most submissions of which it is told why they could not be checked.
const HINTS: usize = 10_000;
const COLUMNS: usize = 100;
const TROUBLES: usize = 1_000;
/// Longest text of a hint, longest name, longest reason, in bytes.
pub const TEXT: usize = 300;
pub const NAME: usize = 120;

/// Everything counted.
#[derive(Debug, Default)]
pub struct Survey {
    /// Whether names are hidden.
    pub anonymous: bool,
    /// Challenges, in the order in which they were first met.
    pub groups: Vec<Group>,
    places: HashMap<(String, Option<String>), usize>,
    /// Hints told apart, and whether there are more.
    pub hints: usize,
    pub more_hints: bool,
    /// Names of carried columns.
    pub columns: Vec<String>,
    /// Of each number of passed hints, the graded submissions that have it.
    pub passed: BTreeMap<usize, usize>,
    /// Submissions that could not be checked, or not all of them.
    pub troubles: Vec<Trouble>,
    /// How many there are, by reason.
    pub trouble_kinds: BTreeMap<String, usize>,
}

/// A challenge.
#[derive(Debug)]
pub struct Group {
    pub title: String,
    /// What its columns are called in the CSV.
    pub name: String,
    pub hints: Vec<Tally>,
}

/// A hint, over all submissions.
#[derive(Debug, Default)]
pub struct Tally {
    pub text: String,
    pub passed: usize,
    pub failed: usize,
    pub errored: usize,
    /// Causes of what did not pass.
    pub causes: Vec<(Code, usize)>,
}

/// A submission that could not be checked.
#[derive(Debug)]
pub struct Trouble {
    pub id: String,
    pub verdict: Verdict,
    pub reason: String,
}

impl Survey {
    pub fn new(anonymous: bool) -> Self {
        Self { anonymous, ..Self::default() }
    }

    /// Counts a submission.
    pub fn add(&mut self, row: &Row) {
        for name in row.columns.keys() {
            if self.columns.len() < COLUMNS && !self.columns.contains(name) {
                self.columns.push(name.clone());
            }
        }
        for challenge in &row.challenges {
            let group = self.group(challenge);
            for hint in &challenge.hints {
                self.count(group, hint);
            }
        }
        if row.verdict != Verdict::Ungraded {
            *self.passed.entry(row.counts.passed).or_default() += 1;
        }
        if row.counts.errored > 0 || matches!(row.verdict, Verdict::Errored | Verdict::Ungraded) {
            self.trouble(row);
        }
    }

    fn group(&mut self, challenge: &Graded) -> usize {
        let key = (challenge.id.clone(), challenge.language.clone());
        if let Some(&place) = self.places.get(&key) {
            return place;
        }
        let place = self.groups.len();
        let name = challenge.dashed_name.as_ref().unwrap_or(&challenge.id);
        let name = line(name, NAME);
        // The same challenge in another language is another column.
        let taken = self.groups.iter().any(|group| group.name == name);
        let other = challenge.language.as_deref().unwrap_or(&challenge.id);
        let name = if taken { format!("{}/{name}", line(other, NAME)) } else { name };
        // A list with more challenges than there is room for leaves nothing behind but a place.
        if self.hints < HINTS {
            self.groups.push(Group { title: line(&challenge.title, NAME), name, hints: Vec::new() });
            self.places.insert(key, place);
        } else {
            self.more_hints = true;
        }
        place
    }

    fn count(&mut self, group: usize, hint: &Glimpse) {
        let Some(group) = self.groups.get_mut(group) else { return };
        if hint.index >= group.hints.len() {
            let more = hint.index + 1 - group.hints.len();
            if self.hints.saturating_add(more) > HINTS {
                self.more_hints = true;
                return;
            }
            self.hints += more;
            group.hints.resize_with(hint.index + 1, Tally::default);
        }
        let Some(tally) = group.hints.get_mut(hint.index) else { return };
        if tally.text.is_empty() {
            tally.text = line(&hint.text, TEXT);
        }
        match hint.outcome {
            Outcome::Passed => tally.passed += 1,
            Outcome::Failed => tally.failed += 1,
            Outcome::Errored => tally.errored += 1,
            Outcome::Unchecked | Outcome::Skipped => {}
        }
        // A hint that passed has an explanation when it passed for a wrong reason.
        if let (Some(why), Outcome::Failed | Outcome::Errored) = (hint.explanation, hint.outcome) {
            match tally.causes.iter_mut().find(|(code, _)| *code == why.code) {
                Some((_, count)) => *count += 1,
                None => tally.causes.push((why.code, 1)),
            }
        }
    }

    fn trouble(&mut self, row: &Row) {
        let mut hints = row.challenges.iter().flat_map(|challenge| &challenge.hints);
        let hint = hints.find(|hint| hint.outcome == Outcome::Errored);
        let code = hint.and_then(|hint| hint.explanation).map(|why| why.code);
        let of_hint = hint.and_then(|hint| hint.reason.as_ref());
        let kind = match (&row.reason, code, of_hint) {
            (Some(reason), _, _) => of_row(reason.kind).to_owned(),
            (None, Some(code), _) => format!("{} ({code})", code.title()),
            (None, None, Some(reason)) => of_a_hint(reason.kind),
            (None, None, None) => "no reason is known".to_owned(),
        };
        let told = row.reason.as_ref().map(|reason| &reason.text).or(of_hint.map(|reason| &reason.text));
        let told = told.filter(|text| !text.is_empty()).map(|text| line(text, TEXT));
        *self.trouble_kinds.entry(kind.clone()).or_default() += 1;
        if self.troubles.len() < TROUBLES {
            let reason = told.map_or_else(|| kind.clone(), |told| format!("{kind}: {told}"));
            self.troubles.push(Trouble { id: line(&row.id, NAME), verdict: row.verdict, reason });
        }
    }

    /// The outcomes of a row in the order of all hints; nothing where it was not graded by one.
    pub fn cells(&self, row: &Row, cells: &mut Vec<Option<Outcome>>) {
        cells.clear();
        let mut of_group: HashMap<usize, &Graded> = HashMap::new();
        for challenge in &row.challenges {
            if let Some(&place) = self.places.get(&(challenge.id.clone(), challenge.language.clone())) {
                of_group.insert(place, challenge);
            }
        }
        for (place, group) in self.groups.iter().enumerate() {
            let start = cells.len();
            cells.resize(start + group.hints.len(), None);
            for hint in of_group.get(&place).iter().flat_map(|challenge| &challenge.hints) {
                if let Some(cell) = cells.get_mut(start..).and_then(|cells| cells.get_mut(hint.index)) {
                    *cell = Some(hint.outcome);
                }
            }
        }
    }
}

impl Tally {
    /// Submissions on which there is a verdict.
    pub fn checked(&self) -> usize {
        self.passed + self.failed
    }

    /// The causes, the commonest first.
    pub fn commonest(&self) -> Vec<(Code, usize)> {
        let mut causes = self.causes.clone();
        causes.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), code.id()));
        causes
    }
}

/// The text of a carried value.
pub fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| if value.is_null() { String::new() } else { value.to_string() }, str::to_owned)
}

/// A reason in words that name nobody.
pub fn of_row(kind: ReasonKind) -> &'static str {
    match kind {
        ReasonKind::MalformedRow => "the row cannot be read",
        ReasonKind::DuplicateId => "a row before it has the same id",
        ReasonKind::NoProject => "it names no project",
        ReasonKind::BadAddress => "its address is none",
        ReasonKind::BadFolder => "its folder cannot be graded",
        ReasonKind::UnknownChallenges => "it names challenges that are not there",
        ReasonKind::StartNotAllowed => "it would have to be started",
        ReasonKind::NotStarted => "the project did not start",
        ReasonKind::Ended => "the project ended while it was graded",
        ReasonKind::TimedOut => "its time was up",
        ReasonKind::NothingChecked => "nothing could be checked",
        ReasonKind::Internal => "a defect of grade",
    }
}

fn of_a_hint(kind: model::ReasonKind) -> String {
    crate::report::plain::word(&kind).replace('_', " ")
}

#[cfg(test)]
pub mod sample {
    use super::*;

    /// A row of one challenge with these outcomes: `p`, `f`, `e`, `n`, `s`.
    pub fn row(id: &str, hints: &str) -> Row {
        let hint = |(index, letter): (usize, char)| {
            let (outcome, code) = match letter {
                'p' => ("passed", None),
                'f' => ("failed", Some(if index == 0 { "E109" } else { "E201" })),
                'e' => ("errored", Some("E501")),
                'n' => ("unchecked", None),
                _ => ("skipped", None),
            };
            let explanation = code.map(|code| serde_json::json!({ "code": code }));
            let reason =
                (letter == 'e').then(|| serde_json::json!({ "kind": "transport", "text": format!("{id} is away") }));
            serde_json::json!({ "index": index, "text": format!("Hint {index}"), "outcome": outcome, "explanation": explanation, "reason": reason })
        };
        let count = |letter| hints.chars().filter(|other| *other == letter).count();
        let verdict = ["ungraded", "passed", "errored", "failed"];
        let worst = hints.chars().map(|letter| 1 + "pef".find(letter).unwrap_or(0)).max().unwrap_or(0);
        let challenges: Vec<Value> = if hints.is_empty() {
            Vec::new()
        } else {
            let hints: Vec<Value> = hints.chars().enumerate().map(hint).collect();
            vec![
                serde_json::json!({ "id": "5f", "title": "Title", "dashed_name": "two", "language": "english", "hints": hints }),
            ]
        };
        let reason =
            hints.is_empty().then(|| serde_json::json!({ "kind": "no_project", "text": format!("{id} has none") }));
        let value = serde_json::json!({
            "id": id, "verdict": verdict[worst], "reason": reason, "challenges": challenges, "columns": { "name": format!("Name of {id}") },
            "counts": { "total": hints.len(), "passed": count('p'), "failed": count('f'), "errored": count('e'), "unchecked": count('n'), "skipped": count('s') },
        });
        serde_json::from_value(value).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::sample::row;
    use super::*;

    fn survey(rows: &[Row]) -> Survey {
        let mut survey = Survey::new(false);
        for row in rows {
            survey.add(row);
        }
        survey
    }

    #[test]
    fn hints_and_their_causes_are_counted() {
        let survey = survey(&[row("a", "pf"), row("b", "ff"), row("c", "fe"), row("d", ""), row("e", "np")]);
        let hints = &survey.groups[0].hints;
        assert_eq!((hints[0].passed, hints[0].failed, hints[0].errored, hints[0].checked()), (1, 2, 0, 3));
        assert_eq!((hints[1].passed, hints[1].failed, hints[1].errored), (1, 2, 1));
        assert_eq!(hints[1].commonest(), [(Code::ValueDiffers, 2), (Code::ConnectionRefused, 1)]);
        assert_eq!(survey.passed, BTreeMap::from([(0, 2), (1, 2)]));
        let troubles: Vec<_> =
            survey.troubles.iter().map(|trouble| (trouble.id.as_str(), trouble.reason.as_str())).collect();
        assert_eq!(
            troubles,
            [("c", "nothing listens there (E501): c is away"), ("d", "it names no project: d has none")]
        );
        assert_eq!(survey.trouble_kinds.values().sum::<usize>(), 2);
    }

    #[test]
    fn cells_stand_where_their_hint_does() {
        let mut other = row("b", "pf");
        other.challenges[0].id = "60".to_owned();
        let survey = survey(&[row("a", "pfe"), other.clone()]);
        assert_eq!((survey.hints, survey.groups[1].name.as_str()), (5, "english/two"));
        let mut cells = Vec::new();
        survey.cells(&other, &mut cells);
        assert_eq!(cells, [None, None, None, Some(Outcome::Passed), Some(Outcome::Failed)]);
        survey.cells(&row("a", "p"), &mut cells);
        assert_eq!(cells, [Some(Outcome::Passed), None, None, None, None]);
        survey.cells(&row("d", ""), &mut cells);
        assert_eq!(cells, [None; 5]);
    }

    #[test]
    fn what_is_held_is_bounded() {
        let mut survey = Survey::new(false);
        for number in 0..3_000 {
            let mut row = row(&format!("s{number}"), "pfpf");
            row.challenges[0].id = format!("id{number}");
            row.challenges[0].dashed_name = Some(format!("name{number}"));
            survey.add(&row);
            survey.add(&self::row("x", ""));
        }
        assert_eq!((survey.hints, survey.more_hints, survey.groups.len()), (HINTS, true, HINTS / 4));
        assert_eq!((survey.troubles.len(), survey.trouble_kinds["it names no project"]), (TROUBLES, 3_000));
    }
}

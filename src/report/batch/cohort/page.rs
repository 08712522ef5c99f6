//! The page: the map of submissions and hints, the hardest hints, how many hints were passed, and what could not be checked.

use std::fmt::Write as _;
use std::io::{self, Write};

use askama::Template;

use super::reader::{Row, Rows};
use super::survey::{NAME, Survey, Tally, text_of};
use crate::batch::{Totals, Verdict};
use crate::report::batch::reports::About;
use crate::report::batch::{summary, view};
use crate::report::html::{Number, STYLE, hash};
use crate::report::model::Outcome;
use crate::report::text::line;

/// The only texts that go into the page as they are, with the common style.
const OWN_STYLE: &str = include_str!("templates/cohort.css");
const SCRIPT: &str = include_str!("templates/cohort.js");

/// Most cells and rows of the map that a browser shows without making its reader wait; the CSV has all.
const CELLS: usize = 400_000;
const ROWS: usize = 20_000;
/// Most hints, and most carried columns, of the page.
const HINTS: usize = 400;
const CARRIED: usize = 4;
/// Most causes that are told of a hint.
const CAUSES: usize = 3;
/// Rows that a browser lays out together, once they come into sight; the style has their height, of 1.5 rem a row.
const BLOCK: usize = 20;
/// Bars of the chart.
const BARS: usize = 41;
/// Width of a cell of the map, and of its other columns, in rem.
const CELL: f64 = 1.5;
const WIDTHS: f64 = 12.0 + 10.5 + 4.0;
const OF_CARRIED: f64 = 9.0;

/// Writes the page.
pub fn write(
    about: &About,
    totals: Totals,
    survey: &Survey,
    csv: Option<&str>,
    rows: &mut Rows<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let groups = groups(survey);
    let hints: usize = groups.iter().map(|group| group.hints.len()).sum();
    let carried = survey.columns.get(..survey.columns.len().min(CARRIED)).unwrap_or_default();
    let style = format!("{STYLE}{OWN_STYLE}{}", widths(&groups, carried.len()));
    let room = (CELLS / hints.max(1)).min(ROWS);
    let all = whole(totals.count());
    let shares = Share::of(totals);
    let head = Head {
        style_hash: hash(&style),
        script_hash: hash(SCRIPT),
        style,
        version: &about.version,
        headline: headline(totals),
        summary: summary(totals),
        shares,
        hints_passed: Number(totals.hints.passed),
        hints_all: Number(totals.hints.total()),
        hints,
        anonymous: survey.anonymous,
        csv,
        carried: carried.iter().map(|name| line(name, NAME)).collect(),
        groups: &groups,
        all,
    };
    put(&head, out)?;
    let mut cells = Vec::new();
    let mut text = String::new();
    rows(&mut |number, row| {
        if number > room {
            return Ok(());
        }
        survey.cells(&row, &mut cells);
        text.clear();
        for outcome in cells.iter().take(hints) {
            let (class, word) = cell(*outcome);
            let _ = write!(text, "<td class=\"{class}\">{word}</td>");
        }
        if number > 1 && number % BLOCK == 1 {
            out.write_all(b"</tbody><tbody>\n")?;
        }
        put(&Line::new(&row, carried, &text), out)
    })?;
    let tail = Tail {
        script: SCRIPT,
        hardest: hardest(&groups),
        bars: bars(survey),
        median: median(survey).map(Number),
        troubles: survey
            .troubles
            .iter()
            .map(|trouble| Told::new(&trouble.id, trouble.verdict, &trouble.reason))
            .collect(),
        trouble_kinds: kinds(survey),
        troubles_left_out: left_out(survey),
        about,
        all,
        rows_left_out: (all > room).then(|| Number(all - room)),
        columns_left_out: survey.hints > hints || survey.more_hints,
        carried_left_out: survey.columns.len() > carried.len(),
        anonymous: survey.anonymous,
    };
    put(&tail, out)
}

fn put(template: &impl Template, out: &mut dyn Write) -> io::Result<()> {
    let text = template.render().map_err(io::Error::other)?;
    out.write_all(text.as_bytes())
}

/// Before the rows.
#[derive(Template)]
#[template(path = "cohort.html")]
struct Head<'a> {
    style: String,
    style_hash: String,
    script_hash: String,
    version: &'a str,
    headline: String,
    summary: String,
    shares: Vec<Share>,
    hints_passed: Number,
    hints_all: Number,
    hints: usize,
    anonymous: bool,
    csv: Option<&'a str>,
    carried: Vec<String>,
    groups: &'a [Columns<'a>],
    all: usize,
}

/// A row.
#[derive(Template)]
#[template(path = "cohort_row.html")]
struct Line<'a> {
    id: String,
    class: char,
    verdict: &'static str,
    passed: usize,
    carried: Vec<String>,
    cells: &'a str,
}

/// After the rows.
#[derive(Template)]
#[template(path = "cohort_tail.html")]
struct Tail<'a> {
    script: &'static str,
    hardest: Vec<Hard<'a>>,
    bars: Vec<Bar>,
    median: Option<Number>,
    troubles: Vec<Told<'a>>,
    trouble_kinds: Vec<(&'a str, Number)>,
    troubles_left_out: Option<Number>,
    rows_left_out: Option<Number>,
    columns_left_out: bool,
    carried_left_out: bool,
    about: &'a About,
    all: usize,
    anonymous: bool,
}

/// The columns of a challenge, as far as there is room.
struct Columns<'a> {
    title: &'a str,
    hints: Vec<Column<'a>>,
}

/// A column.
struct Column<'a> {
    /// Its place in the page, from 1, and in its challenge.
    place: usize,
    number: usize,
    tally: &'a Tally,
}

/// A part of all submissions, from and to in thousandths.
struct Share {
    class: char,
    from: u64,
    width: u64,
}

/// A hint among the hardest.
struct Hard<'a> {
    place: usize,
    number: usize,
    title: &'a str,
    tally: &'a Tally,
    passed: Number,
    checked: Number,
    failed: Number,
    errored: Number,
    /// In percent; none where nothing was checked.
    share: Option<usize>,
    causes: Vec<(&'static str, &'static str, Number)>,
}

/// A bar of the chart, in units of a hundredth of its height.
struct Bar {
    label: String,
    count: Number,
    at: usize,
    top: usize,
    height: usize,
    /// Whether it is the middle one.
    tick: bool,
}

/// A submission that could not be checked.
struct Told<'a> {
    id: &'a str,
    class: char,
    verdict: &'static str,
    reason: &'a str,
}

impl<'a> Told<'a> {
    fn new(id: &'a str, verdict: Verdict, reason: &'a str) -> Self {
        Self { id, class: class(verdict), verdict: view::word(verdict), reason }
    }
}

impl<'a> Line<'a> {
    fn new(row: &Row, carried: &[String], cells: &'a str) -> Self {
        let value = |name: &String| row.columns.get(name).map(|value| line(&text_of(value), NAME)).unwrap_or_default();
        Self {
            id: line(&row.id, NAME),
            class: class(row.verdict),
            verdict: view::word(row.verdict),
            passed: row.counts.passed,
            carried: carried.iter().map(value).collect(),
            cells,
        }
    }
}

impl Share {
    /// The submissions by verdict.
    fn of(totals: Totals) -> Vec<Self> {
        let all = totals.count().max(1);
        let mut from = 0;
        [('p', totals.passed), ('f', totals.failed), ('e', totals.errored), ('s', totals.ungraded)]
            .into_iter()
            .map(|(class, count)| {
                let width = count.saturating_mul(1000) / all;
                from += width;
                Self { class, from: from - width, width }
            })
            .filter(|share| share.width > 0)
            .collect()
    }
}

fn class(verdict: Verdict) -> char {
    match verdict {
        Verdict::Passed => 'p',
        Verdict::Failed => 'f',
        Verdict::Errored => 'e',
        Verdict::Ungraded => 's',
    }
}

/// A cell's class and its words; the style shows a sign in their place.
fn cell(outcome: Option<Outcome>) -> (char, &'static str) {
    match outcome {
        Some(Outcome::Passed) => ('p', "passed"),
        Some(Outcome::Failed) => ('f', "failed"),
        Some(Outcome::Errored) => ('e', "could not check"),
        Some(Outcome::Unchecked) => ('n', "no test"),
        Some(Outcome::Skipped) => ('s', "skipped"),
        None => ('x', "not graded"),
    }
}

fn headline(totals: Totals) -> String {
    let noun = if totals.count() == 1 { "submission" } else { "submissions" };
    match (totals.passed, totals.count()) {
        (_, 0) => "There are no submissions".to_owned(),
        (1, 1) => "The submission passed".to_owned(),
        (passed, all) if passed == all => format!("All {} {noun} passed", Number(whole(all))),
        (passed, all) => format!("{} of {} {noun} passed", Number(whole(passed)), Number(whole(all))),
    }
}

fn whole(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn groups(survey: &Survey) -> Vec<Columns<'_>> {
    let mut place = 0;
    let mut groups = Vec::new();
    for group in &survey.groups {
        let column = |(index, tally)| Column { place: place + index + 1, number: index + 1, tally };
        let hints: Vec<_> = group.hints.iter().enumerate().take(HINTS.saturating_sub(place)).map(column).collect();
        place += hints.len();
        if !hints.is_empty() {
            groups.push(Columns { title: &group.title, hints });
        }
    }
    groups
}

/// The width of the map, and those of the heads of challenges: the policy of the page lets no element have a style of its own.
fn widths(groups: &[Columns<'_>], carried: usize) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a few hundred columns")]
    let rem = |cells: usize| cells as f64 * CELL;
    let all: usize = groups.iter().map(|group| group.hints.len()).sum();
    #[expect(clippy::cast_precision_loss, reason = "a handful of columns")]
    let carried = carried as f64 * OF_CARRIED;
    let mut sizes: Vec<usize> = groups.iter().map(|group| group.hints.len()).collect();
    sizes.sort_unstable();
    sizes.dedup();
    let mut style = format!(".map table {{ width: {}rem; }}\n", WIDTHS + carried + rem(all));
    style += &format!(".map thead tr .before.before {{ flex-basis: {}rem; }}\n", WIDTHS + carried);
    for size in sizes {
        style += &format!(".map .w{size} {{ flex-basis: {}rem; }}\n", rem(size));
    }
    style
}

/// All hints of the page, those first that the smallest share of submissions passed.
fn hardest<'a>(groups: &'a [Columns<'a>]) -> Vec<Hard<'a>> {
    let mut all: Vec<Hard<'a>> = Vec::new();
    for group in groups {
        for Column { place, number, tally } in &group.hints {
            let checked = tally.checked();
            let causes = tally.commonest().into_iter().take(CAUSES);
            all.push(Hard {
                place: *place,
                number: *number,
                title: group.title,
                tally,
                passed: Number(tally.passed),
                checked: Number(checked),
                failed: Number(tally.failed),
                errored: Number(tally.errored),
                share: (checked > 0).then(|| tally.passed * 100 / checked.max(1)),
                causes: causes.map(|(code, count)| (code.id(), code.title(), Number(count))).collect(),
            });
        }
    }
    // Exact, where percents are not: a/b < c/d when a*d < c*b.
    all.sort_by(|one, other| {
        let (a, b) = (one.tally.passed as u128, one.tally.checked() as u128);
        let (c, d) = (other.tally.passed as u128, other.tally.checked() as u128);
        (b == 0).cmp(&(d == 0)).then((a * d).cmp(&(c * b))).then(one.place.cmp(&other.place))
    });
    all
}

/// How many submissions passed how many hints.
fn bars(survey: &Survey) -> Vec<Bar> {
    let Some((&most, _)) = survey.passed.last_key_value() else { return Vec::new() };
    let step = most / BARS + 1;
    let mut counts = vec![0; most / step + 1];
    for (passed, count) in &survey.passed {
        if let Some(bar) = counts.get_mut(passed / step) {
            *bar += count;
        }
    }
    let highest = counts.iter().copied().max().unwrap_or(1).max(1);
    let last = counts.len() - 1;
    let bar = |(index, &count): (usize, &usize)| {
        let (from, to) = (index * step, (index * step + step - 1).min(most));
        let height = (count * 100).div_ceil(highest);
        Bar {
            label: if from == to { Number(from).to_string() } else { format!("{} to {}", Number(from), Number(to)) },
            count: Number(count),
            at: index * 10,
            top: 100 - height,
            height,
            tick: index == 0 || index == last || (index % 5 == 0 && index + 3 < last),
        }
    };
    counts.iter().enumerate().map(bar).collect()
}

/// The number of passed hints that half of the graded submissions reach.
fn median(survey: &Survey) -> Option<usize> {
    let all: usize = survey.passed.values().sum();
    let mut seen = 0;
    survey.passed.iter().find_map(|(passed, count)| {
        seen += count;
        (seen * 2 >= all).then_some(*passed)
    })
}

fn kinds(survey: &Survey) -> Vec<(&str, Number)> {
    let mut kinds: Vec<_> = survey.trouble_kinds.iter().collect();
    kinds.sort_by_key(|(kind, count)| (std::cmp::Reverse(**count), kind.as_str()));
    kinds.into_iter().map(|(kind, count)| (kind.as_str(), Number(*count))).collect()
}

fn left_out(survey: &Survey) -> Option<Number> {
    let all: usize = survey.trouble_kinds.values().sum();
    all.checked_sub(survey.troubles.len()).filter(|more| *more > 0).map(Number)
}

#[cfg(test)]
#[path = "page_tests.rs"]
mod tests;

//! The cohort as CSV: a row a submission, a column a hint.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::reader::{Row, Rows};
use super::survey::{Survey, of_row, text_of};
use crate::report::model::Outcome;
use crate::report::text::line;

/// Longest cell, in bytes: spreadsheets take no more than 32,767 characters.
const CELL: usize = 8_000;
/// Columns that are always there.
const OWN: [&str; 9] =
    ["id", "verdict", "reason", "hints", "passed", "failed", "could_not_check", "no_test", "skipped"];

/// The path of the CSV of a page: `class.csv` for `class.html`.
pub fn beside(page: &Path) -> PathBuf {
    let html = page
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("html") || ending.eq_ignore_ascii_case("htm"));
    if html {
        return page.with_extension("csv");
    }
    let mut path = OsString::from(page);
    path.push(".csv");
    path.into()
}

/// Writes it.
pub fn write(survey: &Survey, rows: &mut Rows<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(out);
    let mut head: Vec<String> = OWN.map(str::to_owned).to_vec();
    head.extend(survey.columns.iter().map(|name| cell(&named(name))));
    for group in &survey.groups {
        head.extend((1..=group.hints.len()).map(|number| cell(&format!("{}/{number}", group.name))));
    }
    writer.write_record(&head)?;
    let mut outcomes = Vec::new();
    rows(&mut |_, row| {
        survey.cells(&row, &mut outcomes);
        for text in own(&row) {
            writer.write_field(text)?;
        }
        for name in &survey.columns {
            writer.write_field(row.columns.get(name).map(|value| cell(&text_of(value))).unwrap_or_default())?;
        }
        for outcome in &outcomes {
            writer.write_field(word(*outcome))?;
        }
        writer.write_record(None::<&[u8]>)?;
        Ok(())
    })?;
    writer.flush()
}

fn own(row: &Row) -> [String; 9] {
    let counts = row.counts;
    let number = |number: usize| number.to_string();
    [
        cell(&row.id),
        row.verdict.name().to_owned(),
        row.reason.as_ref().map(|reason| of_row(reason.kind).to_owned()).unwrap_or_default(),
        number(counts.total),
        number(counts.passed),
        number(counts.failed),
        number(counts.errored),
        number(counts.unchecked),
        number(counts.skipped),
    ]
}

/// A carried column keeps its name, unless that is one of ours.
fn named(name: &str) -> String {
    if OWN.contains(&name) { format!("column.{name}") } else { name.to_owned() }
}

fn word(outcome: Option<Outcome>) -> &'static str {
    match outcome {
        Some(Outcome::Passed) => "passed",
        Some(Outcome::Failed) => "failed",
        Some(Outcome::Errored) => "could_not_check",
        Some(Outcome::Unchecked) => "no_test",
        Some(Outcome::Skipped) => "skipped",
        None => "",
    }
}

/// A text on one line that no spreadsheet takes for a formula.
fn cell(text: &str) -> String {
    let text = line(text, CELL);
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) {
        format!("'{text}")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::super::survey::sample::row;
    use super::*;

    #[test]
    fn a_csv_stands_beside_its_page() {
        for (page, csv) in [("a/b.html", "a/b.csv"), ("b.HTM", "b.csv"), ("b", "b.csv"), ("b.csv", "b.csv.csv")] {
            assert_eq!(beside(Path::new(page)), Path::new(csv));
        }
    }

    #[test]
    fn no_cell_is_a_formula() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\r\n=1", "＝1"] {
            assert!(cell(text).starts_with('\''), "{text:?}: {}", cell(text));
        }
        assert_eq!((cell("a=1"), cell("")), ("a=1".to_owned(), String::new()));
    }

    #[test]
    fn a_row_a_submission() {
        let mut rows = vec![row("ana", "pf"), row("=cmd|' /C calc'!A0", "es"), row("a,\"b\"\nc", "")];
        rows[0].columns.insert("id".to_owned(), "-7".into());
        let mut survey = Survey::new(false);
        for row in &rows {
            survey.add(row);
        }
        let mut out = Vec::new();
        let mut each = |then: &mut super::super::reader::Then<'_>| {
            rows.iter().enumerate().try_for_each(|(index, row)| then(index + 1, row.clone()))
        };
        write(&survey, &mut each, &mut out).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap(), @r#"
        id,verdict,reason,hints,passed,failed,could_not_check,no_test,skipped,name,column.id,two/1,two/2
        ana,failed,,2,1,1,0,0,0,Name of ana,'-7,passed,failed
        '=cmd|' /C calc'!A0,errored,,2,0,0,1,0,1,Name of =cmd|' /C calc'!A0,,could_not_check,skipped
        "a,""b"" c",ungraded,it names no project,0,0,0,0,0,0,"Name of a,""b"" c",,,
        "#);
    }
}

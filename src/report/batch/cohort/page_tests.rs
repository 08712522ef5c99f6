use super::super::reader::Then;
use super::super::survey::sample::row;
use super::*;
use crate::grader::Counts;

fn totals(rows: &[Row]) -> Totals {
    let mut totals = Totals::default();
    for row in rows {
        let counts = row.counts;
        let hints = Counts {
            passed: counts.passed,
            failed: counts.failed,
            errored: counts.errored,
            unchecked: counts.unchecked,
            skipped: counts.skipped,
        };
        totals.add(row.verdict, hints);
    }
    totals
}

fn page(rows: &[Row]) -> String {
    let mut survey = Survey::new(false);
    for row in rows {
        survey.add(row);
    }
    let mut out = Vec::new();
    let about = About { version: "1".into(), rules: "honest".into(), engine: String::new() };
    let mut each =
        |then: &mut Then<'_>| rows.iter().enumerate().try_for_each(|(index, row)| then(index + 1, row.clone()));
    write(&about, totals(rows), &survey, Some("x.csv"), &mut each, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn every_outcome_has_its_words() {
    let page = page(&[row("ana", "pfens"), row("ben", "")]);
    let cells = "<td class=\"p\">passed</td><td class=\"f\">failed</td><td class=\"e\">could not check</td><td class=\"n\">no test</td><td class=\"s\">skipped</td></tr>";
    assert!(page.contains(cells), "{page}");
    assert_eq!(page.matches("<td class=\"x\">not graded</td>").count(), 5);
    assert!(page.contains("<h1>0 of 2 submissions passed</h1>"));
}

#[test]
fn the_hardest_hint_comes_first() {
    let rows = [row("a", "pfs"), row("b", "pfs"), row("c", "fps")];
    let mut survey = Survey::new(false);
    for row in &rows {
        survey.add(row);
    }
    let groups = groups(&survey);
    let hard: Vec<_> = hardest(&groups).iter().map(|hint| (hint.place, hint.share)).collect();
    assert_eq!(hard, [(2, Some(33)), (1, Some(66)), (3, None)]);
}

#[test]
fn bars_hold_every_graded_submission() {
    let mut survey = Survey::new(false);
    assert!(bars(&survey).is_empty());
    for passed in 0..200 {
        survey.passed.insert(passed, passed + 1);
    }
    let bars = bars(&survey);
    assert!(bars.len() <= BARS, "{}", bars.len());
    assert_eq!(bars.iter().map(|bar| bar.count.0).sum::<usize>(), 200 * 201 / 2);
    assert_eq!((bars[0].label.as_str(), bars[39].label.as_str()), ("0 to 4", "195 to 199"));
    assert!(bars.iter().all(|bar| bar.top + bar.height == 100 && bar.height <= 100));
    assert_eq!(median(&survey), Some(141));
}

#[test]
fn what_strangers_wrote_is_text() {
    let nasty = "</td><script>alert(1)</script><img src=x onerror=alert(1)>\u{202e}\u{1b}[31m\"'";
    let mut row = row(nasty, "fe");
    row.challenges[0].title = nasty.to_owned();
    row.challenges[0].hints[0].text = nasty.to_owned();
    row.columns.insert(nasty.to_owned(), nasty.into());
    let page = page(&[row]);
    let body = &page[page.find("<body>").unwrap()..page.rfind("<script>").unwrap()];
    for markup in ["<script", "<img", "\u{1b}", "\u{202e}", "onerror=alert(1)>"] {
        assert!(!body.contains(markup), "{markup:?} in {body}");
    }
}

#[test]
fn the_map_has_room_for_so_many() {
    let many: Vec<Row> = (0..ROWS + 7).map(|number| row(&format!("s{number}"), "p")).collect();
    let page = page(&many);
    assert_eq!(page.matches("<th scope=\"row\" dir=\"auto\">").count(), ROWS);
    assert!(page.contains("7 submissions more are not in this table; the CSV has them."));
}

#[test]
fn without_submissions_nobody_passed() {
    let page = page(&[]);
    assert!(page.contains("<h1>There are no submissions</h1>") && page.contains("nobody passed anything"));
    assert!(!page.contains("<table"));
}

#[test]
fn our_own_style_and_script_cannot_end_early() {
    for text in [OWN_STYLE, SCRIPT] {
        assert!(!text.contains("</") && !text.contains("<!--") && !text.contains("url(") && !text.contains("http"));
    }
}

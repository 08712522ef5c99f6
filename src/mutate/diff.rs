//! A mutant as a small diff.

use std::ops::Range;

use bytes::Bytes;
use similar::{ChangeTag, TextDiff};

use super::mutation::{Change, Mutation};
use super::record::Answer;

/// So much of a line is shown before and after the change, in bytes.
const BESIDE: usize = 60;
/// So much of what is changed is shown, in bytes.
const CHANGED: usize = 120;
/// Longest head of a body, in bytes.
const HEAD: usize = 100;

/// The answer without and with the change: unified, with a line of context where there are lines.
pub fn diff(mutant: &Mutation, answer: &Answer) -> String {
    let body = &answer.fetched.exchange.body;
    match &mutant.change {
        Change::Splice { at, with } => splice(body, at, with),
        Change::Swap { first, second } => {
            let between = first.start..second.end;
            let part = |at: Range<usize>| String::from_utf8_lossy(body.get(at).unwrap_or_default()).into_owned();
            let swapped = format!(
                "{}{}{}",
                shortened(&part(second.clone())),
                part(first.end..second.start),
                shortened(&part(first.clone()))
            );
            splice(body, &between, &swapped)
        }
        Change::Whole { status, header, body: other } => whole(answer, *status, header.as_ref(), other.as_ref()),
    }
}

fn whole(
    answer: &Answer,
    status: Option<u16>,
    header: Option<&(String, Option<String>)>,
    body: Option<&Bytes>,
) -> String {
    let fetched = &answer.fetched;
    let mut out = String::new();
    let readable = fetched.is_readable();
    if let Some(status) = status {
        let was = fetched.exchange.status().filter(|_| readable);
        out.push_str(&format!(
            "-HTTP {}\n+HTTP {status}\n",
            was.map_or("without an answer".to_owned(), |was| was.to_string())
        ));
    }
    if let Some((name, value)) = header {
        if let Some(was) = fetched.sent_header(name) {
            out.push_str(&format!("-{name}: {was}\n"));
        }
        if let Some(value) = value {
            out.push_str(&format!("+{name}: {value}\n"));
        }
    }
    if let Some(body) = body {
        out.push_str(&format!("-{}\n+{}\n", head(&fetched.exchange.body), head(body)));
    }
    out
}

/// The first line of a body, and how much there is besides.
fn head(body: &Bytes) -> String {
    let start = body.get(..body.len().min(4 * HEAD)).unwrap_or_default();
    let text = String::from_utf8_lossy(start);
    let line = text.lines().next().unwrap_or_default();
    let line = line.get(..line.floor_char_boundary(HEAD)).unwrap_or_default();
    match body.len().saturating_sub(line.len()) {
        _ if body.is_empty() => "(no body)".to_owned(),
        0 => line.to_owned(),
        more => format!("{line} … ({more} more bytes)"),
    }
}

/// A long text without its middle.
fn shortened(text: &str) -> String {
    if text.len() <= CHANGED {
        return text.to_owned();
    }
    let start = text.get(..text.floor_char_boundary(CHANGED / 2)).unwrap_or_default();
    let end = text.get(text.ceil_char_boundary(text.len() - CHANGED / 2)..).unwrap_or_default();
    format!("{start}…{end}")
}

fn splice(body: &Bytes, at: &Range<usize>, with: &str) -> String {
    let Ok(text) = std::str::from_utf8(body) else { return String::new() };
    let get = |at: Range<usize>| text.get(at).unwrap_or_default();
    let before = get(0..at.start);
    let after = get(at.end..text.len());
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    let left = get(line_start..at.start);
    let cut = text.ceil_char_boundary(at.start - left.len().min(BESIDE));
    let left = if cut > line_start { format!("…{}", get(cut..at.start)) } else { left.to_owned() };
    // What is taken away with the end of its line leaves the next line whole.
    let whole_line = get(at.clone()).ends_with('\n');
    let right = if whole_line { "" } else { after.split_inclusive('\n').next().unwrap_or_default() };
    let right_end = at.end + right.len();
    let right = if right.len() > BESIDE {
        format!("{}…\n", right.get(..right.floor_char_boundary(BESIDE)).unwrap_or_default())
    } else {
        right.to_owned()
    };
    // A line of context on both sides.
    let above = get(0..line_start).split_inclusive('\n').next_back().unwrap_or_default();
    let below = get(right_end..text.len()).split_inclusive('\n').next().unwrap_or_default();
    let context = |line: &str| -> String {
        let line = line.trim_end_matches(['\n', '\r']);
        let kept = line.get(..line.floor_char_boundary(CHANGED)).unwrap_or_default();
        if kept.trim().is_empty() {
            String::new()
        } else if kept.len() < line.len() {
            format!("{kept}…\n")
        } else {
            format!("{kept}\n")
        }
    };
    let (above, below) = (
        if line_start > 0 { context(above) } else { String::new() },
        if below.is_empty() { String::new() } else { context(below) },
    );
    let was = shortened(get(at.clone()));
    let old = format!("{above}{left}{was}{right}{below}");
    let new = format!("{above}{left}{with}{right}{below}");
    let first = before.matches('\n').count() + usize::from(above.is_empty());
    unified(&old, &new, first)
}

fn unified(old: &str, new: &str, first: usize) -> String {
    let count = |text: &str| text.lines().count();
    let mut out = format!("@@ -{first},{} +{first},{} @@\n", count(old), count(new));
    let diff = TextDiff::from_lines(old, new);
    for change in diff.iter_all_changes() {
        let sign = match change.tag() {
            ChangeTag::Equal => ' ',
            ChangeTag::Delete => '-',
            ChangeTag::Insert => '+',
        };
        out.push(sign);
        out.push_str(change.value().trim_end_matches(['\n', '\r']));
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, change: &str, with: &str) -> String {
        let start = text.find(change).unwrap();
        splice(&Bytes::from(text.to_owned()), &(start..start + change.len()), with)
    }

    #[test]
    fn a_line_of_context_is_shown() {
        let text = "one\ntwo\nthree\nfour\n";
        assert_eq!(of(text, "ree", "rex"), "@@ -2,3 +2,3 @@\n two\n-three\n+threx\n four\n");
        assert_eq!(of(text, "two\n", ""), "@@ -1,3 +1,2 @@\n one\n-two\n three\n");
        assert_eq!(of(text, "one\n", ""), "@@ -1,2 +1,1 @@\n-one\n two\n");
        assert_eq!(of(text, "four\n", ""), "@@ -3,2 +3,1 @@\n three\n-four\n");
        assert_eq!(of("a\r\nb\r\n", "b", "c"), "@@ -1,2 +1,2 @@\n a\n-b\n+c\n");
        assert_eq!(of("{\"a\":1}", "1", "2"), "@@ -1,1 +1,1 @@\n-{\"a\":1}\n+{\"a\":2}\n");
    }

    #[test]
    fn long_lines_are_cut_around_the_change() {
        let text = format!("{}NEEDLE{}", "é".repeat(5000), "ü".repeat(5000));
        let shown = of(&text, "NEEDLE", "other");
        assert!(shown.contains("éNEEDLEü") && shown.contains("éotherü"), "{shown}");
        assert!(shown.len() < 700, "{}", shown.len());
        let dropped = of(&format!("a\n{text}\nb"), &format!("{text}\n"), "");
        assert!(dropped.len() < 300 && dropped.contains("\n-é"), "{dropped}");
    }
}

//! What an explanation points at is there.

use grade::explain::{Evidence, Explanation};
use grade::verdict::HintResult;

/// Headlines and help are whole; marks lie within their lines.
pub fn check_places(explanation: &Explanation, result: &HintResult) {
    assert!(explanation.headline.chars().count() > 8 && explanation.headline.chars().count() < 700, "{explanation:?}");
    assert!(explanation.headline.ends_with(['.', '?', '!', '…']), "{explanation:?}");
    assert!(!explanation.headline.contains(['\n', '\u{1b}']), "{explanation:?}");
    assert!(explanation.evidence.len() <= 6, "{explanation:?}");
    for evidence in &explanation.evidence {
        match evidence {
            Evidence::Excerpt(excerpt) => {
                assert!(!excerpt.lines.is_empty() && excerpt.lines.len() <= 5, "{explanation:?}");
                assert!(excerpt.source.request.is_none_or(|index| index < result.exchanges.len()), "{explanation:?}");
                for mark in &excerpt.marks {
                    let line = excerpt.lines.iter().find(|line| line.number == mark.line).expect("the marked line");
                    let end = line.skipped + line.text.chars().count();
                    assert!(mark.column > line.skipped && mark.column - 1 + mark.length <= end, "{mark:?} in {line:?}");
                }
            }
            Evidence::Values { expected, actual } => {
                assert!(expected.chars().count() <= 2100 && actual.chars().count() <= 2100, "{explanation:?}");
            }
            Evidence::Diff { lines } => assert!(!lines.is_empty() && lines.len() <= 30, "{explanation:?}"),
            Evidence::Fact { label, text } => {
                assert!(!label.is_empty() && label.len() <= 9 && text.chars().count() <= 2100, "{explanation:?}");
            }
        }
    }
}

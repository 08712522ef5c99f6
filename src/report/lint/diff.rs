//! What fixes would change, as a unified diff.

use std::time::Duration;

use similar::TextDiff;

use crate::report::Styles;
use crate::report::value::harmless;

/// Lines around a change.
const CONTEXT: usize = 3;

/// Time to look for the smallest diff; after it, any diff will do.
const LONGEST: Duration = Duration::from_secs(1);

/// The diff of a file; empty where nothing changes. For a pipe it is one that `patch -p1` applies; on a `terminal`,
/// what a terminal would obey is shown instead.
pub fn unified(file: &str, before: &str, after: &str, styles: Styles, terminal: bool) -> String {
    if before == after {
        return String::new();
    }
    let name = harmless(file);
    let diff = TextDiff::configure().timeout(LONGEST).diff_lines(before, after);
    let text =
        diff.unified_diff().context_radius(CONTEXT).header(&format!("a/{name}"), &format!("b/{name}")).to_string();
    if !terminal && !styles.is_coloured() {
        return text;
    }
    text.split_inclusive('\n')
        .flat_map(|line| {
            let text = line.trim_end_matches(['\n', '\r']);
            let text = if terminal { harmless(text) } else { text.to_owned() };
            [paint(&text, styles), if terminal { "\n".to_owned() } else { ending(line).to_owned() }]
        })
        .collect()
}

fn ending(line: &str) -> &str {
    line.get(line.trim_end_matches(['\n', '\r']).len()..).unwrap_or("")
}

fn paint(text: &str, styles: Styles) -> String {
    match text.as_bytes() {
        [b'-', b'-', b'-', ..] | [b'+', b'+', b'+', ..] => styles.title(text),
        [b'-', ..] => styles.actual(text),
        [b'+', ..] => styles.expected(text),
        [b'@', ..] => styles.help(text),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_for_patch_and_harmless_for_a_terminal() {
        let (before, after) = ("a\u{1b}[31m\r\nb\n", "a\u{1b}[31m\r\nc");
        let exact = unified("x.md", before, after, Styles::new(false), false);
        assert_eq!(
            exact,
            "--- a/x.md\n+++ b/x.md\n@@ -1,2 +1,2 @@\n a\u{1b}[31m\r\n-b\n+c\n\\ No newline at end of file\n"
        );
        let shown = unified("x.md", before, after, Styles::new(false), true);
        assert!(!shown.contains(['\u{1b}', '\r']), "{shown:?}");
        assert_eq!(unified("x.md", "a", "a", Styles::new(false), false), "");
    }
}

//! `grade explain`: the causes and their pages.

use super::markdown::render;
use super::style::Styles;
use super::terminal::wrap;
use crate::explain::Code;
use crate::lint::{self, Group};

/// A page as text for a terminal.
pub fn page(markdown: &str, styles: Styles, width: usize) -> String {
    render(markdown, width, styles)
}

/// All causes, a heading for each hundred, and all rules, a heading for each group.
pub fn list(styles: Styles, width: usize) -> String {
    let mut out = String::new();
    let mut group = None;
    for code in Code::ALL {
        let hundred = code.id().get(..2);
        if group != hundred {
            if group.is_some() {
                out.push('\n');
            }
            group = hundred;
            out.push_str(&format!("{}\n", styles.title(heading(hundred.unwrap_or_default()))));
        }
        for line in wrap(code.title(), &format!("  {code}  "), width) {
            out.push_str(&line);
            out.push('\n');
        }
    }
    for group in Group::ALL {
        let mut rules = lint::ALL.iter().filter(|rule| rule.group == group).peekable();
        if rules.peek().is_some() {
            out.push_str(&format!("\n{}\n", styles.title(&format!("grade lint: {}", group.title()))));
        }
        for line in rules.flat_map(|rule| wrap(rule.summary, &format!("  {}  ", rule.code), width)) {
            out.push_str(&line);
            out.push('\n');
        }
    }
    out.push_str("\n`grade explain CODE` tells about one of them.\n");
    out
}

fn heading(hundred: &str) -> &'static str {
    match hundred {
        "E1" => "A text was searched for something",
        "E2" => "A value is not what the test expects",
        "E3" => "The answer is of another sort than the test expects",
        "E4" => "A browser keeps the answer from the test",
        "E5" => "There is no answer, or not from the project",
        _ => "The test or grade is at fault",
    }
}

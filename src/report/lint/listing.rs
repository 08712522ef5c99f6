//! `grade lint --list`: the rules that there are.

use crate::lint::{ALL, Group, Level, Levels};
use crate::report::Styles;
use crate::report::terminal::wrap;

/// All rules, a heading for each group: code, name, level in force, whether it offers fixes, what it reports.
pub fn list(levels: &Levels, styles: Styles, width: usize) -> String {
    let mut out = String::new();
    let widest = ALL.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    for group in Group::ALL {
        let rules = ALL.iter().filter(|rule| rule.group == group);
        let mut lines = Vec::new();
        for rule in rules {
            let level = levels.of(rule);
            let fix = if rule.fixable { "fix" } else { "" };
            let head = format!("  {}  {:widest$}  {:7}  {fix:3}  ", rule.code, rule.name, level.word());
            // What there is no room for beside it stands below it.
            let wrapped = if head.len() + 30 <= width {
                wrap(rule.summary, &head, width)
            } else {
                let mut below = vec![head.trim_end().to_owned()];
                below.extend(wrap(rule.summary, "        ", width));
                below
            };
            lines.extend(wrapped.iter().enumerate().map(|(index, line)| match (index, level) {
                (_, Level::Off) => styles.dim(line),
                (0, Level::Error) => line.replacen(" error ", &format!(" {} ", styles.fail("error")), 1),
                _ => line.clone(),
            }));
        }
        if !lines.is_empty() {
            out.push_str(&format!("{}\n", styles.title(&format!("L{}: {}", group.digit(), group.title()))));
            out.extend(lines.iter().flat_map(|line| [line.as_str(), "\n"]));
            out.push('\n');
        }
    }
    out.push_str("`grade explain CODE` tells about one of them. Levels are set with --rule, and in the table [lint] of grade.toml.\n");
    out
}

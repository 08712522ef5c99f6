//! A marker at a heading level where freeCodeCamp refuses it.

use std::collections::HashMap;

use super::names;
use crate::challenge::{MARKERS, Section};
use crate::lint::{Check, File, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L113",
    name: "marker-level",
    group: Group::File,
    level: Level::Error,
    summary: "a marker has the wrong heading level; freeCodeCamp refuses the file",
    fixable: true,
    check: Check::File(check),
};

fn check(file: &File<'_>, findings: &mut Findings<'_>) {
    // How often each name is there; known when the first finding asks.
    let mut counts: Option<HashMap<&str, usize>> = None;
    for section in file.sections() {
        let Section { name, level, span, .. } = section;
        let here = MARKERS.get(usize::from(*level).saturating_sub(1)).copied().unwrap_or(&[]);
        if here.contains(&name.as_str()) || !names::is_marker(name) {
            continue;
        }
        let shown = format!("{} --{name}--", "#".repeat(usize::from(*level)));
        let line = file.span(span.start..span.start + file.line_at(span.start).trim_end().len());
        let finding = findings.add(line, format!("`{shown}` is at the wrong heading level"));
        // `# --question--` of before 2024 is `# --questions--` now.
        let plural = here.iter().find(|known| known.strip_suffix('s') == Some(name.as_str()));
        let Some(right) = names::heading(plural.copied().unwrap_or(name), *level) else {
            finding.help("this marker has its place within others; copy their order from a challenge that has them");
            continue;
        };
        finding.help(format!("write `{right}`"));
        let counts = counts.get_or_insert_with(|| {
            let mut counts = HashMap::new();
            for other in file.sections() {
                *counts.entry(other.name.as_str()).or_insert(0) += 1;
            }
            counts
        });
        let itself = usize::from(plural.is_none());
        let others = counts.get(plural.copied().unwrap_or(name)).map_or(0, |count| count - itself);
        // A second section of that name would not be read.
        let doubled = right.starts_with("# ") && others > 0;
        if !doubled && file.text().get(span.start..).is_some_and(|text| text.starts_with('#')) {
            finding.fix(format!("write `{right}`"), line.range(), right);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::challenge::{Source, parse};
    use crate::lint::rules::testing::{SECTIONS, findings, fixed, silent, trips, with};

    #[test]
    fn trips_over() {
        trips(
            &RULE,
            &[
                &with("", "## --hints--\n"),
                &with("", "# --seed-contents--\n"),
                &with("", "# --question--\n"),
                &with("", "# --text--\n"),
                &with("", "###### --notes--\n"),
            ],
        );
    }

    #[test]
    fn near_ones_do_not() {
        silent(
            &RULE,
            &[
                &with("", SECTIONS),
                &with("", "# --questions--\n\n## --text--\n\n#### --text--\n"),
                &with("", "## --hint--\n\n# Hints\n"),
            ],
        );
    }

    #[test]
    fn fixes() {
        let file = with("", &SECTIONS.replace("# --hints--", "## --hints--")).replace('\n', "\r\n");
        let text = fixed(&RULE, &file);
        assert_eq!(text, file.replace("## --hints--", "# --hints--"));
        assert_eq!(parse(&Source::new("a.md", text)).unwrap().hints.len(), 1);
        assert_eq!(fixed(&RULE, &with("", "# --question--\n")), with("", "# --questions--\n"));
        assert!(findings(&RULE, &with("", &format!("{SECTIONS}## --hints--\n")))[0].fix.is_none());
        assert!(findings(&RULE, &with("", "# --text--\n"))[0].fix.is_none());
    }
}

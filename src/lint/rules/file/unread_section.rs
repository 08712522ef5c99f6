//! A seed or solution of a challenge that is graded by address.

use crate::challenge::Section;
use crate::lint::{Check, File, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L143",
    name: "unread-section",
    group: Group::File,
    level: Level::Warning,
    summary: "a challenge that is graded by address has a seed or solution, which nobody reads",
    fixable: false,
    check: Check::File(check),
};

fn check(file: &File<'_>, findings: &mut Findings<'_>) {
    let Some(challenge) = file.challenge().filter(|challenge| matches!(challenge.challenge_type, 2 | 4)) else {
        return;
    };
    for name in ["seed", "solutions"] {
        let Some(index) = challenge.sections.iter().position(|section| section.name == name) else { continue };
        let Some((section, rest)) = challenge.sections.get(index..).and_then(<[Section]>::split_first) else {
            continue;
        };
        let ends = |other: &&Section| other.top_level && other.level <= section.level;
        let end = rest.iter().find(ends).map_or(file.text().len(), |next| next.span.start);
        if says_something(file.text().get(section.span.end..end).unwrap_or("")) {
            let start = section.span.start;
            let line = file.span(start..start + file.line_at(start).trim_end().len());
            findings
                .add(line, format!("nobody reads the `# --{name}--` of a challenge that is graded by address"))
                .help(
                    "remove it; what a learner starts from, and what solves the challenge, are projects of their own",
                );
        }
    }
}

/// Whether there is more than markers, fences and comments: a comment in the place of a solution is the custom.
fn says_something(body: &str) -> bool {
    let mut comment = false;
    body.lines().map(str::trim).any(|line| {
        let begins = line.starts_with("/*") || line.starts_with("<!--");
        if comment || begins {
            comment = !(line.contains("*/") || line.contains("-->"));
            return false;
        }
        let nothing = line.is_empty()
            || ["```", "~~~", "//", "---", "*"].iter().any(|start| line.starts_with(start))
            || (line.starts_with('#') && line.ends_with("--"));
        !nothing
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{SECTIONS, silent, trips, with};

    #[test]
    fn trips_over() {
        let file = |more: &str| with("", &format!("{SECTIONS}\n{more}"));
        trips(
            &RULE,
            &[
                &file("# --solutions--\n\n```js\nconst app = express();\n```\n"),
                &file("# --seed--\n\n## --seed-contents--\n\n```js\nlisten();\n```\n\n# --solutions--\n"),
                &file("# --solutions--\n\n```js\n/* a */\nlisten();\n```\n"),
            ],
        );
    }

    #[test]
    fn near_ones_do_not() {
        let file = |more: &str| with("", &format!("{SECTIONS}\n{more}"));
        silent(
            &RULE,
            &[
                &file("# --solutions--\n\n```js\n/**\n  Backend challenges don't need solutions,\n*/\n```\n"),
                &file(
                    "# --seed--\n\n## --seed-contents--\n\n```js\n// none\n```\n\n# --solutions--\n\n# --notes--\n\nText.\n",
                ),
                &file("# --solutions--\n\n```js\nlisten();\n```\n").replace("Type: 2", "Type: 1"),
            ],
        );
    }
}

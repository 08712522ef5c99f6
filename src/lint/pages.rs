//! The page about each rule: `docs/lint/L201.md` and its kin, which are part of the program.

use include_dir::{Dir, include_dir};

use super::rule::Rule;

static FOLDER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/docs/lint");

/// The page about a rule, as Markdown.
pub fn page(rule: &Rule) -> Option<&'static str> {
    FOLDER.get_file(format!("{}.md", rule.code))?.contents_utf8()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::lint::rules::ALL;

    #[test]
    fn every_rule_has_its_page_and_every_page_its_rule() {
        let pages: BTreeSet<String> = FOLDER.files().map(|file| file.path().display().to_string()).collect();
        let rules: BTreeSet<String> = ALL.iter().map(|rule| format!("{}.md", rule.code)).collect();
        let lacking: Vec<_> = rules.difference(&pages).collect();
        let stray: Vec<_> = pages.difference(&rules).collect();
        assert!(lacking.is_empty() && stray.is_empty(), "no page: {lacking:?}; no rule: {stray:?}");
    }

    #[test]
    fn pages_have_the_name_of_their_rule_an_example_and_advice() {
        for rule in ALL {
            let page = page(rule).unwrap();
            let title = format!("# {}: {}\n", rule.code, rule.name);
            assert!(page.starts_with(&title), "{rule:?}: begins with {:?}, not with {title:?}", page.lines().next());
            assert!(page.contains("\n## What to do\n"), "{rule:?} says nothing about what to do");
            assert!(page.contains("\n## Example\n") && page.matches("```").count() >= 2, "{rule:?} has no example");
            let lines = page.lines().count();
            assert!((10..=60).contains(&lines), "{rule:?} has {lines} lines");
        }
    }

    /// The blocks of a page: the word behind the fence, and what stands in it.
    fn blocks(page: &str) -> Vec<(&str, String)> {
        let mut blocks: Vec<(&str, String)> = Vec::new();
        let mut fence = "";
        for line in page.lines() {
            let marks = line.len() - line.trim_start_matches('`').len();
            if fence.is_empty() && marks >= 3 && !line[marks..].contains('`') {
                fence = &line[..marks];
                blocks.push((&line[marks..], String::new()));
            } else if !fence.is_empty() && line == fence {
                fence = "";
            } else if let (false, Some((_, text))) = (fence.is_empty(), blocks.last_mut()) {
                text.push_str(line);
                text.push('\n');
            }
        }
        blocks
    }

    /// The files that an example may be a part of.
    fn files(language: &str, example: &str) -> Vec<String> {
        let mut keys: Vec<&str> =
            vec!["id: 589fc831f9fc0f352b528e77", "title: A challenge", "challengeType: 2", "dashedName: a-challenge"];
        if language == "yml" {
            keys.retain(|line| {
                let key = line.split(':').next().unwrap_or("").to_lowercase();
                !example.to_lowercase().lines().any(|own| own.split(':').next() == Some(&key))
            });
            keys.extend(example.lines());
        }
        let head = format!("---\n{}\n---\n\n", keys.join("\n"));
        match language {
            "js" => vec![crate::lint::rules::testing::challenge(example)],
            "yml" => vec![format!("{head}{}", crate::lint::rules::testing::SECTIONS)],
            _ => vec![format!("{head}{example}"), example.to_owned()],
        }
    }

    #[test]
    fn what_pages_show_is_what_their_rules_say() {
        use crate::lint::rules::testing::findings;
        use crate::lint::{Check, Group};
        // Those about suppressions look at what other rules find.
        let alone = |rule: &&&Rule| {
            matches!(rule.check, Check::File(_) | Check::Block(_)) && !["L100", "L101"].contains(&rule.code)
        };
        let groups = [Group::File, Group::Fairness];
        for rule in ALL.iter().filter(|rule| groups.contains(&rule.group)).filter(alone) {
            let blocks = blocks(page(rule).unwrap());
            let [(language, example), (_, shown), ..] = blocks.as_slice() else { panic!("{rule:?} has no example") };
            let said = |file: &String| {
                findings(rule, file).into_iter().map(|found| format!("{}: {}\n", rule.code, found.message))
            };
            let said: Vec<String> = files(language, example).iter().flat_map(said).collect();
            assert!(said.contains(shown), "{rule:?}: the page shows {shown:?}, but it says {said:?}");
        }
    }
}

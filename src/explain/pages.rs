//! The page about each cause: `docs/causes/E101.md` and its kin, which are part of the program.

use include_dir::{Dir, include_dir};

use super::code::Code;

static FOLDER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/docs/causes");

/// The page about a cause, as Markdown.
pub fn page(code: Code) -> Option<&'static str> {
    FOLDER.get_file(format!("{code}.md"))?.contents_utf8()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_cause_has_its_page_and_every_page_its_cause() {
        let pages: BTreeSet<String> = FOLDER.files().map(|file| file.path().display().to_string()).collect();
        let causes: BTreeSet<String> = Code::ALL.iter().map(|code| format!("{code}.md")).collect();
        let lacking: Vec<_> = causes.difference(&pages).collect();
        let stray: Vec<_> = pages.difference(&causes).collect();
        assert!(lacking.is_empty() && stray.is_empty(), "no page: {lacking:?}; no cause: {stray:?}");
    }

    #[test]
    fn pages_have_the_title_of_their_cause_an_example_and_advice() {
        for code in Code::ALL {
            let page = page(*code).unwrap();
            let title = format!("# {code}: {}\n", code.title());
            assert!(page.starts_with(&title), "{code}: begins with {:?}, not with {title:?}", page.lines().next());
            assert!(page.contains("\n## What to do\n"), "{code} says nothing about what to do");
            assert!(page.contains("\n## Example\n") && page.matches("```").count() >= 2, "{code} has no example");
            let lines = page.lines().count();
            assert!((10..=60).contains(&lines), "{code} has {lines} lines");
            // What grade prints about it.
            assert!(page.contains(&format!("{code}: ")), "{code} shows no output");
        }
    }
}

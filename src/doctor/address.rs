//! The address as it was typed and as tests see it.

use super::model::{Finding, Level, Step};
use crate::submission::{Advice, SubmittedUrl};

/// What the address itself says. Advice on http is left to the step about mixed content.
pub(super) fn look(typed: &str, url: &SubmittedUrl) -> Finding {
    let code = url.code();
    let text = if typed == code { code.to_owned() } else { format!("{code} (from `{typed}`)") };
    let mut advice: Vec<Advice> = url.advice().into_iter().filter(|advice| *advice != Advice::NotSecure).collect();
    advice.sort_by_key(|advice| std::cmp::Reverse(level(*advice)));
    let Some(first) = advice.first() else { return Finding::ok(Step::Address, text) };
    Finding::new(Step::Address, level(*first), text).with_help(first.to_string())
}

fn level(advice: Advice) -> Level {
    match advice {
        Advice::EditorLink | Advice::RepositoryLink | Advice::MistypedScheme => Level::Problem,
        Advice::ExampleProject | Advice::NotSecure => Level::Warning,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::submission::normalize;

    #[test]
    fn slips_are_problems() {
        for (typed, expected) in [
            ("localhost:3000/", Level::Ok),
            ("http://example.com", Level::Ok),
            ("https://replit.com/@me/project", Level::Problem),
            ("https://github.com/me/project", Level::Problem),
            ("https://timestamp-microservice.freecodecamp.rocks", Level::Warning),
            ("http:/http/localhost:3000", Level::Problem),
        ] {
            let finding = look(typed, &normalize(typed).unwrap());
            assert_eq!(finding.level, expected, "{typed}: {finding:?}");
            assert_eq!(finding.help.is_some(), expected != Level::Ok, "{typed}");
        }
        let finding = look("localhost:3000/", &normalize("localhost:3000/").unwrap());
        assert_eq!(finding.text, "http://localhost:3000 (from `localhost:3000/`)");
    }
}

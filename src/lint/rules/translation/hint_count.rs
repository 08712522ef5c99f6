//! A translation with more or fewer hints.

use crate::lint::{Check, File, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L602",
    name: "hint-count",
    group: Group::Translation,
    level: Level::Error,
    summary: "a translation has more or fewer hints than its original",
    fixable: false,
    check: Check::Translation(check),
};

fn check(original: &File<'_>, translated: &File<'_>, findings: &mut Findings<'_>) {
    let (before, after) = (original.hints().len(), translated.hints().len());
    if before == after {
        return;
    }
    let marker = translated.sections().iter().find(|section| section.name == "hints");
    let span = match (translated.hints().get(before), marker) {
        (Some(more), _) => translated.rest_of_line(more.markdown.span.position),
        (None, Some(marker)) => translated.rest_of_line(marker.span.position),
        (None, None) => translated.first_line(),
    };
    let hints = if after == 1 { "there is 1 hint".to_owned() } else { format!("there are {after} hints") };
    findings
        .add(span, format!("{hints} here, but {before} in the original"))
        .help(format!("bring it up to date with {}", original.source.name));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{SECTIONS, in_translation, with};

    const MORE: &str = "\nMore.\n\n```js\n```\n";

    #[test]
    fn trips_over() {
        let one = with("", SECTIONS);
        let two = format!("{one}{MORE}");
        let line = |original: &str, translated: &str| {
            let found = in_translation(&RULE, original, translated);
            assert_eq!(found.len(), 1);
            found[0].span.position.line
        };
        assert_eq!(line(&one, &two), 20);
        assert_eq!(line(&two, &one), 12);
        assert_eq!(line(&one, &with("", "# --description--\n\nA.\n")), 1);
    }

    #[test]
    fn near_ones_do_not() {
        let one = with("", SECTIONS);
        for other in
            [one.clone(), one.replace("It should answer.", "Debe responder."), format!("{one}\n# --pistas--\n{MORE}")]
        {
            assert_eq!(in_translation(&RULE, &one, &other), []);
        }
    }
}

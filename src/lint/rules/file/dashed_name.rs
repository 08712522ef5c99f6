//! A `dashedName` that cannot stand in an address.

use crate::lint::rules::shorten::shorten;
use crate::lint::{Check, File, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L123",
    name: "dashed-name-form",
    group: Group::File,
    level: Level::Error,
    summary: "`dashedName` is not of small letters, digits and dashes",
    fixable: false,
    check: Check::File(check),
};

fn check(file: &File<'_>, findings: &mut Findings<'_>) {
    let Some(entry) = file.front_matter().and_then(|keys| keys.get("dashedName")) else { return };
    let name = entry.value.scalar().unwrap_or("");
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if !name.is_empty() && name.bytes().all(fits) {
        return;
    }
    let message = match entry.value.scalar() {
        Some(text) => format!("`{}` is no dashedName", shorten(text)),
        None => format!("dashedName is {}", entry.value.kind()),
    };
    findings.add(file.rest_of_line(entry.key_span.position), message).help(
        "it is part of an address: write the English title in small letters, with dashes for blanks and nothing else",
    );
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{SECTIONS, silent, trips, with};

    #[test]
    fn trips_over() {
        let file = with("", SECTIONS);
        trips(
            &RULE,
            &[
                &file.replace("a-challenge", "A-challenge"),
                &file.replace("a-challenge", "a challenge"),
                &file.replace("a-challenge", "un-desafío"),
                &file.replace("a-challenge", ""),
                &file.replace("a-challenge", "[a]"),
            ],
        );
    }

    #[test]
    fn near_ones_do_not() {
        let file = with("", SECTIONS);
        silent(
            &RULE,
            &[
                &file,
                &file.replace("a-challenge", "1984"),
                &file.replace("a-challenge", "\"a--b\""),
                &file.replace("dashedName: a-challenge\n", ""),
            ],
        );
    }
}

//! A type of challenge that is not known.

use crate::lint::{Check, File, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L125",
    name: "unknown-type",
    group: Group::File,
    // freeCodeCamp adds one now and then.
    level: Level::Warning,
    summary: "`challengeType` is none of the types that freeCodeCamp has",
    fixable: false,
    check: Check::File(check),
};

/// The last one of July 2026.
const LAST: u32 = 33;
/// "Invalid".
const VOID: u32 = 9;

fn check(file: &File<'_>, findings: &mut Findings<'_>) {
    let Some(challenge) = file.challenge() else { return };
    let kind = challenge.challenge_type;
    if kind <= LAST && kind != VOID {
        return;
    }
    let Some(entry) = challenge.front_matter.get("challengeType") else { return };
    findings
        .add(file.rest_of_line(entry.key_span.position), format!("there is no challengeType {kind}"))
        .help("write 2 for a back-end challenge, 4 for a back-end project");
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{SECTIONS, silent, trips, with};

    #[test]
    fn trips_over() {
        let file = |kind: &str| with("", SECTIONS).replace("Type: 2", &format!("Type: {kind}"));
        trips(&RULE, &[&file("34"), &file("9"), &file("4000000000"), &file("44.0")]);
    }

    #[test]
    fn near_ones_do_not() {
        let file = |kind: &str| with("", SECTIONS).replace("Type: 2", &format!("Type: {kind}"));
        silent(&RULE, &[&file("0"), &file("33"), &file("2.0"), &file("two"), &file("-1")]);
    }
}

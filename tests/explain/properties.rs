//! Explaining never panics, whatever is searched in whatever, and what it points at is there.

use proptest::prelude::*;

use crate::subject::{Answer, check_places, explained, explained_search};

/// Something like an expression: mostly valid, rarely sensible.
fn expression() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "[a-zé_$]{1,6}",
        Just(".*".to_owned()),
        Just("[^]*".to_owned()),
        Just("[^\\}]*".to_owned()),
        Just(r"\s*".to_owned()),
        Just("('|\")".to_owned()),
        Just(r"\1".to_owned()),
        Just("( |)".to_owned()),
        Just("(?:a|b{2,}|)".to_owned()),
        Just("(?<q>'|\")x\\k<q>".to_owned()),
        Just("(?=a)".to_owned()),
        Just(r"\b".to_owned()),
        Just("^".to_owned()),
        Just("$".to_owned()),
        Just("\\u{1f600}".to_owned()),
        Just("😀+".to_owned()),
        r"\\[().\[\]{}*+?wdsWDS]",
        "[-().*+?\\[\\]{}|^$/ ]",
    ];
    prop::collection::vec(part, 0..9).prop_map(|parts| parts.concat())
}

/// Something like a source, with parts that the expressions look for.
fn source() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "[a-zé_$]{1,6}",
        Just("\n".to_owned()),
        Just("\r\n".to_owned()),
        Just("\r".to_owned()),
        Just("\u{2028}".to_owned()),
        Just("\t".to_owned()),
        Just("// ".to_owned()),
        Just("/* ".to_owned()),
        Just(" */".to_owned()),
        Just("😀".to_owned()),
        Just("'x'".to_owned()),
        Just("\"x\"".to_owned()),
        Just("`".to_owned()),
        Just("(".to_owned()),
        Just(");".to_owned()),
        Just("x".repeat(150)),
        "\\PC{0,5}",
        any::<String>(),
    ];
    prop::collection::vec(part, 0..16).prop_map(|parts| parts.concat())
}

fn answer(body: &str, script: bool) -> Answer<'_> {
    let kind = if script { "text/javascript" } else { "text/html" };
    Answer { path: if script { "/_api/server.js" } else { "/" }, kind, body }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_search_in_any_text(
        pattern in expression(),
        body in source(),
        flags in prop::sample::select(vec![None, Some(""), Some("i"), Some("gs"), Some("m"), Some("u")]),
        script in any::<bool>(),
        negated in any::<bool>(),
    ) {
        let given = answer(&body, script);
        if let Some(explanation) = explained_search(&pattern, flags, negated, &given) {
            check_places(&explanation, &body);
            prop_assert!(!explanation.headline.is_empty());
        } else {
            prop_assert!(flags.is_none() && pattern.is_empty());
        }
    }

    #[test]
    fn a_text_with_one_character_changed(at in any::<prop::sample::Index>(), to in any::<char>(), crlf in any::<bool>()) {
        let whole = "io.on('connection', (socket) => {\n  socket.on('disconnect', () => {});\n});\n";
        let mut body: Vec<char> = whole.chars().collect();
        *at.get_mut(&mut body) = to;
        let body: String = body.into_iter().collect();
        let body = if crlf { body.replace('\n', "\r\n") } else { body };
        let given = answer(&body, true);
        let (passed, explanation) = explained(r#"assert.match(data, /io\.on\(('|")connection\1.*socket[^]*socket\.on\(('|")disconnect\2/)"#, &given);
        prop_assert!(passed || explanation.is_some());
        if let Some(explanation) = explanation {
            check_places(&explanation, &body);
        }
    }
}

//! Conditions that failed in the script engine: which text they searched is read from the test.

use grade::explain::Code;

use crate::subject::{Answer, explained_condition};

const CODE: &str = "const res = await fetch(code + '/_api/server.js');
const data = await res.text();
assert(/socket\\.on/.test(data));
assert(!/console\\.log/.test(data));
assert(/example\\.org/.test(code));
assert(/a/.test(data) && /b/.test(data));
assert.isTrue(data.includes('findOne'));";

fn server(body: &str) -> Answer<'_> {
    Answer { path: "/_api/server.js", kind: "text/plain", body }
}

#[test]
fn the_line_tells_which_search_it_was() {
    let given = server("start();\nSocket.on(stop);\nconsole.log(1);\n");
    let said = |line| explained_condition(CODE, line, &given).map(|it| (it.code, it.place().map(|place| place.1)));
    assert_eq!(said(3), Some((Code::LetterCase, Some(2))));
    assert_eq!(said(4), Some((Code::Unwanted, Some(3))));
    assert_eq!(said(5).unwrap().0, Code::Absent);
    assert_eq!(said(7).unwrap().0, Code::Absent);
}

#[test]
fn nothing_is_said_where_it_is_not_certain() {
    let given = server("socket.on(stop);");
    // Two searches; no search; one that holds on the answer as it is, so that another text was searched.
    for line in [6, 1, 3] {
        let said = explained_condition(CODE, line, &given);
        assert!(said.is_none_or(|it| it.code.id() > "E2"), "{line}");
    }
}

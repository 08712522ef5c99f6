//! Hints that pass, and rest on a comment or do not.

use grade::explain::Code;

use crate::subject::{Answer, check_places, explained};

fn server(body: &str) -> Answer<'_> {
    Answer { path: "/_api/server.js", kind: "text/plain", body }
}

#[test]
fn a_pass_that_rests_on_a_comment_is_noted() {
    for (assertion, body, line) in [
        ("assert.match(data, /socket.on.*('|\")disconnect\\1/s)", "start();\n// socket.on('disconnect', stop);\n", 2),
        ("assert(/findOne/.test(data))", "/*\n users.findOne();\n*/\nstart();\n", 2),
        ("assert.include(data, 'helmet')", "start(); // helmet later\r\n", 1),
        ("assert.isTrue(data.includes('cors('))", "const app = 1;\n\n/* app.use(cors()) */", 3),
    ] {
        let given = server(body);
        let (passed, explanation) = explained(assertion, &given);
        let explanation = explanation.unwrap_or_else(|| panic!("nothing about {assertion}"));
        assert!(passed);
        assert_eq!(explanation.code, Code::CommentedOut);
        assert_eq!(explanation.place().unwrap().1, line, "{explanation:?}");
        assert!(explanation.headline.contains(&format!("server.js:{line}")), "{}", explanation.headline);
        check_places(&explanation, body);
    }
}

#[test]
fn other_passes_are_not() {
    for (assertion, given) in [
        // In code, too.
        ("assert.match(data, /findOne/)", server("users.findOne(); // findOne\n")),
        // In a text, which is no comment.
        ("assert.match(data, /findOne/)", server("log('// findOne');\n")),
        // Part of it in code.
        ("assert.match(data, /start[^]*findOne/)", server("start();\nfindOne(); // start\n")),
        // No JavaScript.
        ("assert.match(data, /findOne/)", Answer { path: "/", kind: "text/html", body: "<p>// findOne</p>" }),
        ("assert.match(data, /findOne/)", server("// findOne\n(")),
        // It must not be found.
        ("assert.notMatch(data, /findMany/)", server("// findOne\nstart();")),
        ("assert(!/findMany/.test(data))", server("// findOne\nstart();")),
        ("assert(data.includes('x') || /findOne/.test(data))", server("// findOne x\nstart();")),
    ] {
        let (passed, explanation) = explained(assertion, &given);
        assert!(passed, "{assertion}");
        assert!(explanation.is_none(), "{explanation:?}");
    }
}

//! The rules of the format, each on a small document of its own.

use super::*;

/// A valid file with this text below the front matter.
fn file(body: &str) -> String {
    format!("---\nid: 589fc831f9fc0f352b528e77\ntitle: T\nchallengeType: 4\n---\n\n{body}")
}

fn good(text: &str) -> Challenge {
    parse(&Source::new("x.md", text)).unwrap_or_else(|errors| panic!("{errors}"))
}

fn bad(text: &str) -> ParseErrors {
    parse(&Source::new("x.md", text)).expect_err("the file should be rejected")
}

fn kinds(problems: &[Problem]) -> Vec<ProblemKind> {
    problems.iter().map(|problem| problem.kind).collect()
}

fn hints(body: &str) -> Vec<(String, String)> {
    good(&file(body)).hints.into_iter().map(|hint| (hint.text, hint.code.text)).collect()
}

fn pair(text: &str, code: &str) -> Vec<(String, String)> {
    vec![(text.to_owned(), code.to_owned())]
}

#[test]
fn a_plain_file() {
    let challenge = good(
        "---\nid: 589fc831f9fc0f352b528e77\ntitle: 'A: b' # note\nchallengeType: 2 # back end\nforumTopicId: 301515\n\
         dashedName: a-b\norder: 3\nextra: [1, x]\n---\n\n# --description--\n\nHello *you*.\n\n# --hints--\n\nFirst `x`\nline.\n\n\
         ```js\nassert(1);\n```\n",
    );
    assert_eq!(challenge.title, "A: b");
    assert_eq!((challenge.challenge_type, challenge.order), (2, Some(3.0)));
    assert_eq!(challenge.dashed_name.as_deref(), Some("a-b"));
    assert_eq!(
        challenge.front_matter.to_json().to_string(),
        r#"{"id":"589fc831f9fc0f352b528e77","title":"A: b","challengeType":2,"forumTopicId":301515,"dashedName":"a-b","order":3,"extra":[1,"x"]}"#
    );
    let extra = challenge.front_matter.get("extra").unwrap();
    assert_eq!(extra.key_span.position, Position { line: 8, column: 1 });
    assert_eq!(challenge.description.unwrap().text, "Hello *you*.");
    assert_eq!(challenge.instructions, None);
    let hint = &challenge.hints[0];
    assert_eq!((hint.text.as_str(), hint.line()), ("First x\nline.", 17));
    assert_eq!(hint.html(), "<p>First <code>x</code>\nline.</p>");
    assert_eq!((hint.code.text.as_str(), hint.code.line), ("assert(1);", 21));
    assert_eq!(hint.code.language.as_deref(), Some("js"));
    assert_eq!(hint.code.position(7), Position { line: 21, column: 8 });
    assert_eq!(challenge.warnings, []);
}

#[test]
fn an_id_is_never_a_number() {
    for id in ["5e12345678901234567890e1", "5e1234567890123456789012", "123456789012345678901234"] {
        let challenge = good(&file("").replace("589fc831f9fc0f352b528e77", id));
        assert_eq!(challenge.id, id);
        assert_eq!(challenge.front_matter.to_json()["id"], id);
    }
    let challenge = good(&file("# --hints--\n").replace("589fc831f9fc0f352b528e77", "chat-1"));
    assert_eq!(challenge.id, "chat-1");
    assert_eq!(kinds(&challenge.warnings), [ProblemKind::UnusualId]);
}

#[test]
fn front_matter_fences() {
    let text = file("# --hints--\n\nA\n\n```js\nx\n```\n");
    assert_eq!(good(&text.replacen("---\n", "---  \t\n", 2)).hints.len(), 1);
    assert_eq!(good(&format!("\u{feff}{text}")).hints[0].line(), 9);
    assert_eq!(kinds(&bad(&format!("\n{text}")).problems)[..1], [ProblemKind::FrontMatterMissing]);
    assert!(kinds(&bad(&format!(" {text}")).problems).contains(&ProblemKind::FrontMatterMissing));
    assert_eq!(kinds(&bad("---\nid: 1\n").problems), [ProblemKind::FrontMatterUnclosed]);
    assert_eq!(kinds(&bad("").problems), [ProblemKind::FrontMatterMissing]);
}

#[test]
fn keys_that_a_challenge_needs() {
    let errors = bad("---\ntitle:\nchallengeType: '2'\n---\n");
    assert_eq!(
        errors.to_string(),
        "x.md:1:1: error: the front matter has no `id`\n  \
         help: add a line `id: ...` with 24 hexadecimal digits, such as 589fc831f9fc0f352b528e77\n\
         x.md:2:1: error: `title` must be text, but is empty\n  help: write the title of the challenge\n\
         x.md:3:16: error: `challengeType` must be a number, but is `2`\n  \
         help: write a number: 2 for a back-end challenge, 4 for a back-end project"
    );
    assert!(errors.outline.front_matter.is_some());
}

#[test]
fn yaml_errors_say_where() {
    let errors = bad("---\nid: a\ntitle: Trophy: write\nchallengeType: 18\n---\n# --description--\n");
    let problem = &errors.problems[0];
    assert_eq!((problem.kind, problem.stage, problem.line), (ProblemKind::FrontMatterSyntax, Some(Stage::Yaml), 3));
    assert!(problem.message.starts_with("the front matter is not valid YAML: "), "{}", problem.message);
    assert_eq!(errors.outline.sections.len(), 1);

    let errors = bad("---\nid: a\ntitle: b\nid: c\n---\n");
    assert_eq!(errors.problems[0].message, "the key `id` is there twice");
    assert_eq!((errors.problems[0].line, errors.problems[0].column), (4, 1));

    let errors = bad(&format!("---\nid: {}\n---\n", "[".repeat(5000)));
    assert_eq!(errors.problems[0].kind, ProblemKind::FrontMatterSyntax);
    assert_eq!(bad("---\njust text\n---\n").problems[0].kind, ProblemKind::FrontMatterSyntax);
}

#[test]
fn yaml_is_read_as_javascript_reads_it() {
    let challenge =
        good(&file("").replace("title: T", "title: yes\na: no\nb: true\nc: 2020-01-02\nd: ~\ne: 1.5\nf: >-\n  x\n  y"));
    assert_eq!(challenge.title, "yes");
    let json = challenge.front_matter.to_json();
    assert_eq!(json["a"], "no");
    assert_eq!(json["b"], true);
    assert_eq!(json["c"], "2020-01-02");
    assert!(json["d"].is_null());
    assert_eq!(json["e"], 1.5);
    assert_eq!(json["f"], "x y");
}

#[test]
fn markers_as_headings_of_any_make() {
    let test = "\n\nA\n\n```js\nx\n```\n";
    for marker in
        ["# --hints--", "# --hints-- #", "   #   --hints--  ", "### --hints--", "--hints--\n===", "--hints--\n---"]
    {
        assert_eq!(hints(&format!("{marker}{test}")), pair("A", "x"), "{marker}");
    }
    for marker in ["# **--hints--**", "# `--hints--`", "#--hints--", "    # --hints--", "# --Hints--", "\\# --hints--"]
    {
        assert_eq!(hints(&format!("{marker}{test}")), [], "{marker}");
    }
}

#[test]
fn sections_end_at_the_next_marker_of_their_level_or_above() {
    let one = "A\n\n```js\nx\n```\n\n";
    assert_eq!(hints(&format!("# --hints--\n\n{one}# --what-is-this--\n\nB\n")), pair("A", "x"));
    assert_eq!(hints(&format!("## --hints--\n\n{one}# --seed--\n")), pair("A", "x"));
    assert_eq!(hints(&format!("# --hints--\n\n{one}# --\n\nB\n")), pair("A", "x"), "`--` alone is a marker");
    // Other headings and deeper markers are contents.
    assert_eq!(hints("# --hints--\n\n# Note\n\n```js\nx\n```\n"), pair("Note", "x"));
    assert_eq!(hints("# --hints--\n\n## --text--\n\n```js\nx\n```\n"), pair("--text--", "x"));
    // Only the first section of a name counts.
    let text = file(&format!("# --hints--\n\n{one}# --hints--\n\nB\n\n```js\ny\n```\n"));
    assert_eq!(good(&text).hints.len(), 1);
    assert_eq!(kinds(&good(&text).warnings), [ProblemKind::SectionRepeated]);
}

#[test]
fn markers_inside_code_quotes_and_lists() {
    let body = "# --description--\n\n````md\n# --hints--\n```js\n````\n\n~~~\n# --hints--\n~~~\n\n<div>\n# --hints--\n</div>\n";
    let challenge = good(&file(body));
    assert_eq!(challenge.sections.len(), 1);
    for body in ["> # --hints--\n\nA\n", "- # --hints--\n", "- x\n\n  # --hints--\n"] {
        let errors = bad(&file(body));
        assert_eq!(kinds(&errors.problems)[0], ProblemKind::SectionNested, "{body}");
        assert_eq!(errors.problems[0].stage, Some(Stage::Hints));
        assert!(!errors.outline.sections[0].top_level);
    }
    // A nested one after the first does no harm.
    assert_eq!(hints("# --hints--\n\nA\n\n```js\nx\n```\n\n# --notes--\n\n> # --hints--\n"), pair("A", "x"));
}

#[test]
fn code_of_every_kind() {
    let with = |code: &str| hints(&format!("# --hints--\n\nA\n\n{code}"));
    assert_eq!(with("~~~\nx\n```\n~~~\n"), pair("A", "x\n```"));
    assert_eq!(with("````js title\n```\nx\n```\n````\n"), pair("A", "```\nx\n```"));
    assert_eq!(with("    x\n\n      y\n\n\n"), pair("A", "x\n\n  y"));
    assert_eq!(with("\tx\n\t\ty\n"), pair("A", "x\n\ty"));
    assert_eq!(with("<pre>\nx\n\ny</pre>\n"), pair("A", "<pre>\nx\n\ny</pre>"));
    assert_eq!(with("  ```js\n    x\n y\n\tz\n  ```\n"), pair("A", "  x\ny\n  z"));
    assert_eq!(with("```js\n```\n"), pair("A", ""));
    assert_eq!(with("```js\n\n```\n"), pair("A", ""));
    assert_eq!(with("```js\n\n\nx\n\n```\n"), pair("A", "\n\nx\n"));
    assert_eq!(with("```js\nx\n# --seed--\n"), pair("A", "x\n# --seed--"));
    assert_eq!(with("```js\nx\n"), pair("A", "x"));
    assert_eq!(with("```js"), pair("A", ""));
}

#[test]
fn an_unclosed_fence_is_pointed_at() {
    let challenge = good(&file("# --hints--\n\nA\n\n```js\nx\n"));
    assert_eq!(kinds(&challenge.warnings), [ProblemKind::FenceUnclosed]);
    assert_eq!(challenge.warnings[0].line, 11);
}

#[test]
fn line_endings_stay_in_code_and_count_in_positions() {
    let text = file("# --hints--\n\nÄ\n\n```js\nä = 1;\n  b;\n```\n");
    let challenge = good(&text.replace('\n', "\r\n"));
    let code = &challenge.hints[0].code;
    assert_eq!(code.text, "ä = 1;\r\n  b;");
    assert_eq!(code.position(9), Position { line: 13, column: 1 });
    assert_eq!(code.position(11), Position { line: 13, column: 3 });
    assert_eq!(code.position(2), Position { line: 12, column: 2 });
    assert_eq!(good(&text.replace('\n', "\r")).hints[0].code.text, "ä = 1;\r  b;");
}

#[test]
fn columns_include_the_indentation_that_was_removed() {
    let challenge = good(&file("# --hints--\n\nA\n\n   ```js\n   x;\n y;\n   ```\n"));
    let code = &challenge.hints[0].code;
    assert_eq!(code.text, "x;\ny;");
    assert_eq!(code.position(0), Position { line: 12, column: 4 });
    assert_eq!(code.position(4), Position { line: 13, column: 3 });
    assert_eq!(code.position(999), Position { line: 13, column: 4 });
}

#[test]
fn hint_texts() {
    let text = |markdown: &str| hints(&format!("# --hints--\n\n{markdown}\n\n```js\n```\n"))[0].0.clone();
    assert_eq!(text("a *b* **c** `d*` ~e~ [f](g) ![h](i) &lt; \\*"), "a b c d* e f h < *");
    assert_eq!(text("a <b>c</b> `<d>`"), "a <b>c</b> <d>");
    assert_eq!(text("a  \nb\nc"), "ab\nc");
    assert_eq!(text("* one\n* two"), "onetwo");
    assert_eq!(text("| a | b |\n|---|---|\n| c | d |"), "abcd");
    assert_eq!(text("`:root` and :root and a:b{c=d}"), ":root and :root and a:b{c=\"d\"}");
    assert_eq!(text("~~a~~ http://x.y - [ ] z"), "a http://x.y - [ ] z");
    assert_eq!(text("> a"), "a");
    assert_eq!(text("***"), "");
}

#[test]
fn hints_that_are_not_in_pairs() {
    let one = |body: &str| {
        let errors = bad(&file(&format!("# --hints--\n\n{body}")));
        assert_eq!(errors.problems.len(), 1, "{errors}");
        assert!(errors.outline.hints.is_empty());
        assert_eq!(errors.problems[0].stage, Some(Stage::Hints));
        let problem = &errors.problems[0];
        (problem.kind, problem.line, problem.message.clone())
    };
    let (kind, line, message) = one("A\n\nB\n\n```js\n```\n");
    assert_eq!((kind, line), (ProblemKind::HintsNotInPairs, 11));
    assert_eq!(message, "a test block was expected here, but this is a paragraph: hints must be in pairs");
    let (kind, line, message) = one("A\n\n```js\n```\n\n```js\n```\n");
    assert_eq!((kind, line), (ProblemKind::HintsNotInPairs, 14));
    assert_eq!(message, "this test block has no hint text above it: two blocks follow one another");
    let (_, line, message) = one("A\n\n```js\n```\n\nB\n");
    assert_eq!((line, message.as_str()), (14, "the last hint has a text but no test block"));
    assert_eq!(one("```js\n```\n").2, "the first hint has a test block but no text");
    assert_eq!(one("A\n\nB\n").0, ProblemKind::HintCodeMissing);
    assert_eq!(one("[a]: b\n\n```js\n```\n").0, ProblemKind::HintTextMissing);
    assert_eq!(one("A\n::b{c}\n\n```js\n```\n").0, ProblemKind::HintsNotInPairs);
    // Two definitions are two nodes.
    assert_eq!(one("[a]: b\n[c]: d\nE\n").0, ProblemKind::HintsNotInPairs);
}

#[test]
fn several_problems_at_once_in_the_order_of_the_file() {
    let errors = bad("---\nid: a b\n---\n\n# --hint--\n\n# --hints--\n\nA\n\n# --before-all--\n\nx\n");
    assert_eq!(
        kinds(&errors.problems),
        [
            ProblemKind::KeyMissing,
            ProblemKind::KeyMissing,
            ProblemKind::UnusualId,
            ProblemKind::MarkerUnknown,
            ProblemKind::HintsNotInPairs,
            ProblemKind::HookInvalid
        ]
    );
    assert_eq!(errors.problems[3].help, "did you mean `# --hints--`?");
}

#[test]
fn hooks_are_one_javascript_block() {
    let challenge = good(&file("# --before-each--\n\n```javascript\nlet a;\n```\n\n# --after-all--\n\n```js\n```\n"));
    assert_eq!(challenge.hooks.before_each.unwrap().text, "let a;");
    assert_eq!(challenge.hooks.after_all.unwrap().text, "");
    for body in ["", "x\n", "```ts\n```\n", "```\n```\n", "    x\n", "```js\n```\n\n```js\n```\n"] {
        let errors = bad(&file(&format!("# --before-all--\n\n{body}")));
        assert_eq!(kinds(&errors.problems)[1..], [ProblemKind::HookInvalid], "{body}");
    }
}

#[test]
fn what_2025_refuses_is_a_warning() {
    let challenge = good(&file("# --hints--\n\n# --question--\n\n# --tarea--\n\n## --fcc-editable-region--\n"));
    assert_eq!(
        kinds(&challenge.warnings),
        [ProblemKind::MarkerLevel, ProblemKind::MarkerUnknown, ProblemKind::MarkerNoHeading]
    );
    assert_eq!(challenge.warnings[0].help, "write `# --questions--`");
}

#[test]
fn seeds_and_solutions_hold_code_only() {
    let check = |body: &str| match parse(&Source::new("x.md", file(&format!("# --hints--\n\n{body}")))) {
        Ok(challenge) => kinds(&challenge.warnings),
        Err(errors) => kinds(&errors.problems),
    };
    assert_eq!(check("# --seed--\n"), []);
    assert_eq!(
        check(
            "# --seed--\n\n## --seed-contents--\n\n::id{#a}\n\n```html\n--fcc-editable-region--\n\n--fcc-editable-region--\n```\n\n```css\n```\n"
        ),
        []
    );
    assert_eq!(check("# --solutions--\n\n```js\n/**\n*/\n```\n\n---\n\n```js\n```\n"), []);
    assert_eq!(check("# --seed--\n\nx\n"), [ProblemKind::SeedContentsMissing]);
    assert_eq!(check("# --seed--\n\n## --seed-contents--\n"), [ProblemKind::SeedContentsMissing]);
    assert_eq!(
        check("# --seed--\n\n## --seed-contents--\n\nx\n\n```rb\n```\n"),
        [ProblemKind::CodeOnly, ProblemKind::LanguageUnknown]
    );
    assert_eq!(
        check("# --seed--\n\n## --seed-contents--\n\n```js\n--fcc-editable-region--\n```\n"),
        [ProblemKind::EditableRegion]
    );
    assert_eq!(check("# --solutions--\n\n```js\n--fcc-editable-region--\n```\n"), [ProblemKind::EditableRegion]);
    assert_eq!(check("# --solutions--\n\n```js\n```\n\n::id{#x}\n\n```js\n```\n"), [ProblemKind::CodeOnly]);
}

#[test]
fn older_dialects_are_named() {
    let text = file("## Tests\n<section id='tests'>\n\n```yml\ntests:\n```\n\n</section>\n");
    let errors = bad(&text);
    assert_eq!(kinds(&errors.problems), [ProblemKind::OldDialect]);
    assert_eq!(errors.problems[0].line, 8);
    assert!(errors.problems[0].message.contains("November 2020"));
    let errors = bad("{\n \"name\": \"x\", \"challenges\": []\n}\n");
    assert_eq!(kinds(&errors.problems), [ProblemKind::OldDialect]);
    assert!(errors.problems[0].message.contains("JSON"));
}

#[test]
fn a_back_end_challenge_without_hints_is_pointed_at() {
    assert_eq!(kinds(&good(&file("")).warnings), [ProblemKind::HintsMissing]);
    assert_eq!(good(&file("").replace("Type: 4", "Type: 3")).warnings, []);
}

#[test]
fn containers_are_one_node() {
    let body = "# --hints--\n\nA\n\n```js\nx\n```\n\n# --notes--\n\n:::note\n# --seed--\n\nB\n:::\n\nC\n";
    let errors = bad(&file(body));
    assert_eq!(kinds(&errors.problems), [ProblemKind::SectionNested]);
    assert_eq!(errors.outline.notes.unwrap().text.lines().last(), Some("C"));
    assert_eq!(errors.outline.hints.len(), 1);
}

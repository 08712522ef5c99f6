//! No change of a file makes the parser panic, and every place it names is in the file.

use super::*;
use proptest::prelude::*;

const TEMPLATES: [&str; 3] = [
    "---\nid: 589fc831f9fc0f352b528e77\ntitle: Ein Gespräch\nchallengeType: 2\ndashedName: a-b\n---\n\n# --description--\n\nText *with* `code` and a [link](x).\n\n# --hints--\n\nFirst 𝄞 hint\nover two lines\n\n```js\nasync (getUserInput) => {\n\tassert(1);\n};\n```\n\n* a list\n\n~~~~ js\nassert(2);\n```\n~~~~\n\n# --before-all--\n\n```js\nlet x;\n```\n\n# --seed--\n\n## --seed-contents--\n\n::id{#html}\n\n```html\n--fcc-editable-region--\n<p>\n--fcc-editable-region--\n```\n\n# --solutions--\n\n```js\n/**\n*/\n```\n",
    "---\r\nid: 5e12345678901234567890e1\r\ntitle: 'x'\r\nchallengeType: 4\r\norder: 3\r\nlist:\r\n  - a: [1, {b: c}]\r\n---  \r\n--hints--\r\n===\r\n\r\n> quoted\r\n> # --hints--\r\n\r\n   ```\r\n   a\r\n  b\r\n   ```\r\n\r\n[def]: x\r\n\r\n    indented\r\n\r\n      code\r\n\r\n:::note\r\ninside\r\n:::\r\n",
    "\u{feff}---\nid: &a 589fc831f9fc0f352b528e77\ntitle: *a\nchallengeType: 0x2\n---\n<div>\n# --hints--\n</div>\n\n| a | b |\n|---|---|\n| c | d |\n\n<pre>\nx\n\ny</pre>\n\n- one\n\n  ```js\n  # --hints--\n  ```\n- # --x--\n",
];

#[derive(Debug, Clone)]
enum Change {
    Drop(prop::sample::Index),
    Double(prop::sample::Index),
    Swap(prop::sample::Index, prop::sample::Index),
    Insert(prop::sample::Index, &'static str),
    Character(prop::sample::Index, char),
    Cut(prop::sample::Index),
    Indent(prop::sample::Index, &'static str),
    Endings(&'static str),
}

fn change() -> impl Strategy<Value = Change> {
    let lines = prop::sample::select(vec![
        "```",
        "~~~",
        "````js",
        "---",
        "--- ",
        "# --hints--",
        "## --seed-contents--",
        "> ",
        "* x",
        "===",
        "",
        "    x",
        "\ty",
        "<pre>",
        "</pre>",
        "<!--",
        "-->",
        "::id{#a}",
        ":::x",
        ":::",
        "[a]: b",
        "| a |",
        "|---|",
        "id: 2",
        "\u{0}",
        "&a",
        "- [x] *a",
    ]);
    prop_oneof![
        any::<prop::sample::Index>().prop_map(Change::Drop),
        any::<prop::sample::Index>().prop_map(Change::Double),
        (any::<prop::sample::Index>(), any::<prop::sample::Index>()).prop_map(|(a, b)| Change::Swap(a, b)),
        (any::<prop::sample::Index>(), lines).prop_map(|(at, line)| Change::Insert(at, line)),
        (any::<prop::sample::Index>(), any::<char>()).prop_map(|(at, character)| Change::Character(at, character)),
        any::<prop::sample::Index>().prop_map(Change::Cut),
        (any::<prop::sample::Index>(), prop::sample::select(vec![" ", "   ", "    ", "\t", "> ", "- "]))
            .prop_map(|(at, indent)| Change::Indent(at, indent)),
        prop::sample::select(vec!["\n", "\r\n", "\r"]).prop_map(Change::Endings),
    ]
}

fn apply(text: &str, change: &Change) -> String {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let count = lines.len();
    match change {
        Change::Drop(at) => drop(lines.remove(at.index(count))),
        Change::Double(at) => lines.insert(at.index(count), lines[at.index(count)].clone()),
        Change::Swap(a, b) => lines.swap(a.index(count), b.index(count)),
        Change::Insert(at, line) => lines.insert(at.index(count), (*line).to_owned()),
        Change::Indent(at, indent) => lines[at.index(count)].insert_str(0, indent),
        Change::Character(at, character) => {
            let mut characters: Vec<char> = text.chars().collect();
            if characters.is_empty() {
                return character.to_string();
            }
            let index = at.index(characters.len());
            characters[index] = *character;
            return characters.into_iter().collect();
        }
        Change::Cut(at) => {
            let characters = text.chars().count();
            return text.chars().take(at.index(characters + 1)).collect();
        }
        Change::Endings(ending) => return text.replace("\r\n", "\n").replace('\n', ending),
    }
    lines.join("\n")
}

fn source_lines(text: &str) -> Vec<Vec<char>> {
    text.replace("\r\n", "\n").replace('\r', "\n").split('\n').map(|line| line.chars().collect()).collect()
}

fn check(text: &str) {
    let source = Source::new("x.md", text);
    let (outline, problems) = match parse(&source) {
        Ok(challenge) => {
            let outline = Outline {
                front_matter: Some(challenge.front_matter),
                sections: challenge.sections,
                description: challenge.description,
                instructions: challenge.instructions,
                notes: challenge.notes,
                hints: challenge.hints,
                hooks: challenge.hooks,
            };
            (outline, challenge.warnings)
        }
        Err(errors) => {
            assert!(!errors.to_string().is_empty());
            (*errors.outline, errors.problems)
        }
    };
    let lines = source_lines(&source.text);
    let in_range = |line: usize, column: usize| {
        assert!((1..=lines.len()).contains(&line), "line {line}");
        assert!(column >= 1 && column <= lines[line - 1].len() + 2, "column {column} of line {line}");
    };
    for problem in &problems {
        in_range(problem.line, problem.column);
    }
    let front_matter = outline.front_matter.iter().flat_map(|front_matter| &front_matter.entries);
    let spans = front_matter
        .flat_map(|entry| [entry.key_span, entry.value_span])
        .chain(outline.sections.iter().map(|section| section.span))
        .chain(outline.hints.iter().map(|hint| hint.markdown.span))
        .chain(outline.description.iter().map(|markdown| markdown.span));
    for span in spans {
        assert!(source.text.get(span.range()).is_some(), "{span:?}");
        in_range(span.position.line, span.position.column);
    }
    for hint in &outline.hints {
        assert_eq!(&source.text[hint.markdown.span.range()], hint.markdown.text);
        for (offset, character) in hint.code.text.char_indices() {
            let place = hint.code.position(offset);
            if matches!(character, '\n' | '\r') || lines[place.line - 1].contains(&'\t') {
                continue;
            }
            assert_eq!(lines[place.line - 1].get(place.column - 1), Some(&character), "{offset} of {:?}", hint.code);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_change_of_a_file_makes_the_parser_panic(
        template in prop::sample::select(TEMPLATES.to_vec()),
        changes in prop::collection::vec(change(), 1..12),
    ) {
        let mut text = template.to_owned();
        for change in &changes {
            text = apply(&text, change);
            check(&text);
        }
    }
}

#[test]
fn no_change_of_a_corpus_file_makes_the_parser_panic() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let Some(corpus) = corpus() else { return };
    let mut found = Vec::new();
    files(&corpus, "md", &mut found);
    let mut runner = TestRunner::deterministic();
    let changes = prop::collection::vec(change(), 1..8);
    for path in &found {
        let mut text = String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned();
        for change in changes.new_tree(&mut runner).unwrap().current() {
            text = apply(&text, &change);
            check(&text);
        }
    }
}

#[test]
fn deep_and_long_input_is_read_in_time() {
    for text in [
        ">".repeat(20_000),
        "- ".repeat(10_000),
        "[".repeat(20_000),
        "*a ".repeat(10_000),
        ":::a\n".repeat(4_000),
        ":::a\n:::\n\n".repeat(4_000),
        "::::a\n# --hints--\n:::b\nx\n\n".repeat(4_000),
        ":::a\n\n".repeat(4_000),
        "a\n:::b\n".repeat(4_000),
        format!("---\na: {}\n---\n", "{a: ".repeat(10_000)),
        format!("---\na: {}\n---\n", "- ".repeat(10_000)),
        "::a\n".repeat(10_000),
        ":a{".repeat(10_000),
        ":a[".repeat(10_000),
        "# --hints--\n".repeat(4_000),
    ] {
        check(&format!("---\nid: a\ntitle: b\nchallengeType: 2\n---\n\n# --hints--\n\n{text}"));
        check(&text);
    }
}

use super::*;

fn problems(text: &str) -> String {
    let error = read(Path::new("verify.yml"), text).map(|_| ()).unwrap_err();
    error.to_string().replacen("the manifest `verify.yml` cannot be used\n", "", 1)
}

const GOOD: &str = "\
version: 1
challenges: [chat, say-hello]
solution:
  recorded: recorded/complete
starter: { dir: starter }
right:
  - name: other
    start: npm start
    dir: other
    env: { MODE: quiet }
wrong:
  - name: broken
    why: It is broken.
    url: http://localhost:3000
    fails:
      say-hello: [1, 5f0c1e2d3a4b5c6d7e8f9a0b/2]
      say-bye: all
  - name: dead
    dir: dead
    fails: all
";

#[test]
fn all_that_can_be_said() {
    let manifest = read(Path::new("verify.yml"), GOOD).unwrap();
    let told: Vec<String> = manifest
        .projects
        .iter()
        .map(|project| format!("{} {} {:?} {}", project.role.name(), project.name, project.answers, project.place))
        .collect();
    assert_eq!(
        told,
        [
            "solution solution Recorded { path: \"recorded/complete\", sample: None } 4:3",
            "right other Started { command: \"npm start\", folder: \"other\", url: None, environment: [(\"MODE\", \"quiet\")] } 7:5",
            "starter starter Folder(\"starter\") 5:10",
            "wrong broken Running { url: \"http://localhost:3000\", folder: None } 12:5",
            "wrong dead Folder(\"dead\") 18:5",
        ]
    );
    assert_eq!(manifest.challenges[1].value, "say-hello");
    let Some(Fails::ByChallenge(entries)) = &manifest.projects[3].fails else { panic!("{:?}", manifest.projects[3]) };
    let Hints::Named(names) = &entries[0].1 else { panic!("{entries:?}") };
    assert_eq!(names[1].value, HintName::Id("5f0c1e2d3a4b5c6d7e8f9a0b/2".to_owned()));
    assert!(matches!(entries[1].1, Hints::All));
}

#[test]
fn every_problem_has_its_place() {
    let table = [
        ("", "verify.yml:1:1: "),
        (
            "version: 1\n",
            "verify.yml:1:1: there is no project in it\n  help: name a `solution`, a `starter`, or projects that are `wrong`",
        ),
        ("solution: { dir: a }\n", "verify.yml:1:1: missing field `version`"),
        ("version: 2\nsolution: { dir: a }\n", "verify.yml:1:10: `version` is 2, and this program knows version 1"),
        ("version: 1\nsolution:\n  folder: a\n", "verify.yml:3:3: unknown field `folder`"),
        ("version: 1\nsolution: {}\n", "verify.yml:2:11: it is not said where its answers come from"),
        ("version: 1\nsolution: { dir: '' }\n", "verify.yml:2:18: this is empty"),
        ("version: 1\nsolution: { recorded: a, dir: b }\n", "verify.yml:2:23: recorded answers need no `dir`"),
        (
            "version: 1\nsolution: { dir: b, env: { A: b } }\n",
            "verify.yml:2:11: `env` is for projects that are started",
        ),
        ("version: 1\nsolution: { start: b, env: { 'A=': b } }\n", "verify.yml:2:11: `A=` cannot be a variable"),
        ("version: 1\nwrong: [{ name: a, dir: a }]\n", "verify.yml:2:20: missing field `fails`"),
        (
            "version: 1\nwrong: [{ name: a, dir: a, fails: [] }]\n",
            "verify.yml:2:35: a wrong project has to fail something",
        ),
        (
            "version: 1\nwrong: [{ name: a, dir: a, fails: {} }]\n",
            "verify.yml:2:35: a wrong project has to fail something",
        ),
        ("version: 1\nwrong: [{ name: a, dir: a, fails: [0] }]\n", "verify.yml:2:36: hints are numbered from 1"),
        ("version: 1\nwrong: [{ name: a, dir: a, fails: [-1] }]\n", "verify.yml:2:36: "),
        (
            "version: 1\nwrong: [{ name: a, dir: a, fails: { x: [1, 1] } }]\n",
            "verify.yml:2:44: the hint 1 is named twice",
        ),
        (
            "version: 1\nwrong: [{ name: a, dir: a, fails: some }]\n",
            "verify.yml:2:28: invalid value: string \"some\", expected `all`, a list of hints",
        ),
        ("version: 1\nwrong: [{ name: a, dir: a, fails: [1.5] }]\n", "verify.yml:2:36: "),
        ("version: 1\nwrong: [{ name: ' ', dir: a, fails: all }]\n", "verify.yml:2:17: a project needs a name"),
        (
            "version: 1\nright: [{ name: a, dir: a }, { name: a, dir: b }]\n",
            "verify.yml:2:30: there are two projects called `a`",
        ),
        ("version: 1\nversion: 1\n", "verify.yml:2:1: the key `version` is there twice"),
        ("version: 1\nsolution: [\n", "verify.yml:2:11: "),
    ];
    let wrong: Vec<String> = table
        .into_iter()
        .filter(|(text, expected)| !problems(text).starts_with(expected))
        .map(|(text, expected)| format!("{text:?}:\n{}\nexpected:\n{expected}\n", problems(text)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn hostile_texts_are_refused_quickly() {
    for text in ["[".repeat(100_000), "a: ".repeat(50_000), "&a [*a]".to_owned(), "version: 1\u{0}".to_owned()] {
        assert!(read(Path::new("verify.yml"), &text).is_err());
    }
}

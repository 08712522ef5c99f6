//! `grade.toml`, the environment, and which of them holds.

use std::path::Path;
use std::process::Command;

use grade::config::{KEYS, Key, Kind};
use serde_json::{Value, json};

use crate::support::{Left, folder, left, program, write};

fn run(place: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Left {
    left(command(place).args(arguments).envs(variables.iter().copied()))
}

fn command(place: &Path) -> Command {
    let mut command = program();
    command.current_dir(place);
    command
}

/// Three values of a setting, as the command line is given them, and as `grade config --json` shows them. `words` are
/// those of a choice.
fn samples(key: &Key, words: &[String]) -> [(Vec<String>, Value); 3] {
    let one = |text: &str| (vec![text.to_owned()], json!(text));
    let typed = |text: &str| (vec![text.to_owned()], serde_json::from_str(text).unwrap());
    let list = |texts: &[&str]| (texts.iter().map(|&text| text.to_owned()).collect(), json!(texts));
    match key.kind {
        Kind::Choice => [0, 1, 2].map(|index| one(&words[index % words.len()])),
        Kind::Switch => [typed("true"), typed("false"), typed("true")],
        Kind::Count | Kind::Times => [typed("1"), typed("2"), typed("3")],
        Kind::Seconds => [typed("1"), typed("2.5"), typed("3")],
        Kind::Bytes => [one("1M"), one("2k"), one("300")],
        Kind::Text | Kind::Path => [one("one"), one("two"), one("three")],
        Kind::Texts | Kind::Paths | Kind::Names => [list(&["a", "b"]), list(&["c", "d"]), list(&["e"])],
        Kind::Reports => [list(&["json=a.json"]), list(&["json=b.json"]), list(&["json"])],
        // These add up.
        Kind::Levels => [
            (vec!["L201=off".to_owned()], json!({"L201": "off"})),
            (vec!["L301=error".to_owned()], json!({"L201": "off", "L301": "error"})),
            (vec!["L201=warning".to_owned()], json!({"L201": "warning", "L301": "error"})),
        ],
        Kind::Variables => [
            (vec!["A=b".to_owned()], json!({"A": "b"})),
            (vec!["C=d".to_owned()], json!({"A": "b", "C": "d"})),
            (vec!["A=e".to_owned()], json!({"A": "e", "C": "d"})),
        ],
    }
}

/// What the schema says about a setting.
fn in_schema<'s>(schema: &'s Value, key: &Key) -> &'s Value {
    match key.parts() {
        (Some(table), name) => &schema["properties"][table]["properties"][name],
        (None, name) => &schema["properties"][name],
    }
}

fn words(schema: &Value, key: &Key) -> Vec<String> {
    let words = in_schema(schema, key)["enum"].as_array().cloned().unwrap_or_default();
    words.into_iter().map(|word| word.as_str().unwrap().to_owned()).collect()
}

fn schema(place: &Path) -> (String, Value) {
    let output = command(place).args(["config", "--schema"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let value = serde_json::from_str(&text).unwrap();
    (text, value)
}

fn as_toml(key: &Key, values: &[String]) -> String {
    let text = match key.kind {
        Kind::Switch | Kind::Count | Kind::Times | Kind::Seconds => values[0].clone(),
        Kind::Levels | Kind::Variables => {
            let pairs = values.iter().map(|value| value.split_once('=').unwrap());
            return format!(
                "{} = {{{}}}\n",
                key.name,
                pairs.map(|(name, value)| format!("{name} = {value:?}")).collect::<Vec<_>>().join(", ")
            );
        }
        kind if kind.is_list() => format!("{values:?}"),
        _ => format!("{:?}", values[0]),
    };
    match key.parts() {
        (Some(table), name) => format!("[{table}]\n{name} = {text}\n"),
        (None, name) => format!("{name} = {text}\n"),
    }
}

fn as_arguments(key: &Key, values: &[String]) -> Vec<String> {
    match key.kind {
        Kind::Switch => vec![key.spelling()],
        _ if key.flag.is_empty() => values.to_vec(),
        _ => values.iter().map(|value| format!("{}={value}", key.spelling())).collect(),
    }
}

fn in_force(place: &Path, key: &Key, arguments: &[String], variables: &[(&str, &str)]) -> (Value, Value) {
    let arguments: Vec<&str> = ["config", "--json"].into_iter().chain(arguments.iter().map(String::as_str)).collect();
    let run = run(place, &arguments, variables);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}: {run:?}", key.name);
    let whole: Value = serde_json::from_str(&run.out).unwrap();
    let settings = whole["settings"].as_array().unwrap();
    let found = settings.iter().find(|setting| setting["name"] == key.name).unwrap();
    (found["value"].clone(), found["source"].clone())
}

#[test]
fn command_line_before_environment_before_file_for_every_setting() {
    let schema = schema(folder().path()).1;
    for key in KEYS {
        let place = folder();
        let place = place.path();
        let (_, source) = in_force(place, key, &[], &[]);
        assert_eq!(source, json!({"kind": "default"}), "{}", key.name);

        let [(file, in_file), (environment, in_environment), (flag, in_flag)] = samples(key, &words(&schema, key));
        let text = as_toml(key, &file);
        write(place, "grade.toml", &text);
        let line = text.lines().count();
        let found = in_force(place, key, &[], &[]);
        assert_eq!(found, (in_file, json!({"kind": "file", "name": "grade.toml", "line": line})), "{}", key.name);

        let (name, value) = (key.variable(), environment.join(","));
        let variables = [(name.as_str(), value.as_str())];
        let found = in_force(place, key, &[], &variables);
        assert_eq!(found, (in_environment, json!({"kind": "environment", "name": name})), "{}", key.name);

        // Options of other commands are not those of `grade config`.
        if key.table() == Some("lint") {
            continue;
        }
        let found = in_force(place, key, &as_arguments(key, &flag), &variables);
        assert_eq!(found, (in_flag, json!({"kind": "option", "name": key.spelling()})), "{}", key.name);
    }
}

#[test]
fn a_setting_of_the_file_does_what_its_option_does() {
    let place = folder();
    write(
        place.path(),
        "sub/tests/chat/one.md",
        &crate::support::challenge("5e0000000000000000000001", "one", &["assert(true)"]),
    );
    write(place.path(), "sub/grade.toml", "challenges = [\"tests\"]\n");
    // From further down: paths are those of the file, and shown as they are from here.
    std::fs::create_dir_all(place.path().join("sub/deeper")).unwrap();
    let found = run(&place.path().join("sub/deeper"), &["list", "--json"], &[]);
    let rows: Value = serde_json::from_str(&found.out).unwrap();
    let path = Path::new("..").join("tests").join("chat").join("one.md").display().to_string();
    assert_eq!((found.code, &rows[0]["file"], rows.as_array().unwrap().len()), (0, &json!(path), 1));
    // --no-config does without, and --config takes another.
    let found = run(&place.path().join("sub"), &["list", "--names", "--no-config"], &[]);
    assert!(found.out.contains("realtime-chat\n"), "{found:?}");
    let found = run(place.path(), &["list", "--names", "--config", "sub/grade.toml"], &[]);
    assert_eq!((found.code, found.out.as_str()), (0, "chat\none\n"), "{found:?}");
    let found = run(place.path(), &["list", "--names"], &[("GRADE_CONFIG", "sub/grade.toml")]);
    assert_eq!((found.code, found.out.as_str()), (0, "chat\none\n"), "{found:?}");
}

#[test]
fn the_nearest_file_wins() {
    let place = folder();
    write(place.path(), "grade.toml", "lang = \"above\"\n");
    let below = place.path().join("a/b");
    std::fs::create_dir_all(&below).unwrap();
    let found = run(&below, &["config"], &[]);
    let file = Path::new("..").join("..").join("grade.toml").display().to_string();
    assert!(found.out.starts_with(&format!("Settings file: {file}\n")), "{found:?}");
    assert!(found.out.contains(&format!("{file}:1")), "{found:?}");
    write(&below, "grade.toml", "lang = \"here\"\n");
    assert!(run(&below, &["config"], &[]).out.starts_with("Settings file: grade.toml\n"));
}

#[test]
fn what_is_in_force_as_a_table() {
    let place = folder();
    write(
        place.path(),
        "grade.toml",
        "url = \"http://me:secret@localhost:3000\"\nnames = [\"realtime-chat\", \"./x.md\"]\n\n[limits]\nretry = 5\n\n[connection]\ninsecure = true\n",
    );
    let found = run(place.path(), &["config", "--rules", "browser"], &[("GRADE_LANG", "espanol"), ("CI", "1")]);
    assert_eq!((found.code, found.err.as_str()), (0, ""));
    insta::assert_snapshot!(found.out);
}

fn refused(text: &str) -> String {
    let place = folder();
    write(place.path(), "grade.toml", text);
    let found = run(place.path(), &["config"], &[]);
    assert_eq!((found.code, found.out.as_str()), (2, ""), "{found:?}");
    found.err
}

#[test]
fn mistakes_are_told_with_their_place() {
    insta::assert_snapshot!(
        "unknown_setting",
        refused("ulr = \"http://localhost:3000\"\nretry = 3\n\n[limits]\nmax-time = 5\n")
    );
    insta::assert_snapshot!(
        "wrong_type",
        refused(
            "challenges = \"tests\"\n[limits]\nretry = \"5\"\nhint_timeout = [1]\n[connection]\ninsecure = \"yes\"\n"
        )
    );
    insta::assert_snapshot!("no_toml", refused("url = http://me:secret@localhost:3000\n"));
    insta::assert_snapshot!(
        "bad_value",
        refused("rules = \"strict\"\n[limits]\nmax_time = 0\nmax_body = \"lots\"\nretry = -1\n")
    );
    insta::assert_snapshot!(
        "bad_report",
        refused("repeat = 0\nreports = [\n  \"tap\",\n  \"junti=out/report.xml\",\n]\n")
    );
    insta::assert_snapshot!("twice", refused("lang = \"a\"\nlang = \"b\"\n"));
}

#[test]
fn files_that_cannot_be_read() {
    let place = folder();
    let all: Vec<String> = [
        run(place.path(), &["config", "--config", "none.toml"], &[]),
        {
            std::fs::create_dir(place.path().join("grade.toml")).unwrap();
            run(place.path(), &["config"], &[])
        },
        {
            std::fs::write(place.path().join("latin.toml"), b"lang = \"espa\xf1ol\"\n").unwrap();
            run(place.path(), &["config", "--config", "latin.toml"], &[])
        },
        {
            std::fs::write(place.path().join("large.toml"), vec![b'#'; 300 * 1024]).unwrap();
            run(place.path(), &["config", "--config", "large.toml"], &[])
        },
        run(place.path(), &["config", "--config", "large.toml", "--no-config"], &[]),
    ]
    .into_iter()
    .map(|found| {
        assert_eq!((found.code, found.out.as_str()), (2, ""), "{found:?}");
        found.err
    })
    .collect();
    insta::assert_snapshot!(all.join("--\n"));
    // What needs no settings does not mind.
    assert_eq!(run(place.path(), &["completions", "bash"], &[]).code, 0);
    assert_eq!(run(place.path(), &["config", "--no-config"], &[]).code, 0);
}

#[cfg(unix)]
#[test]
fn a_file_without_read_permission() {
    use std::os::unix::fs::PermissionsExt;
    let place = folder();
    let path = write(place.path(), "grade.toml", "");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(&path).is_ok() {
        println!("skipped: this user reads everything");
        return;
    }
    let found = run(place.path(), &["config"], &[]);
    assert_eq!(found.code, 2);
    assert!(found.err.contains("cannot be read") && found.err.contains("ermission denied"), "{}", found.err);
}

#[test]
fn variables_that_cannot_be_used() {
    let place = folder();
    let variables = [("GRADE_RETRY", "many"), ("GRADE_RULES", "strict"), ("GRADE_INSECURE", "perhaps")];
    let found = run(place.path(), &["config"], &variables);
    assert_eq!((found.code, found.out.as_str()), (2, ""));
    insta::assert_snapshot!(found.err);
    // Empty ones count as unset.
    let found = run(place.path(), &["config"], &[("GRADE_RETRY", ""), ("GRADE_CONFIG", "")]);
    assert_eq!((found.code, found.err.as_str()), (0, ""));
}

#[test]
fn a_setting_of_the_file_is_enough_to_grade() {
    let server = crate::support::Server::of("complete");
    let place = folder();
    write(place.path(), "grade.toml", &format!("url = \"{}\"\nnames = [\"english/realtime-chat\"]\n", server.url));
    let found = run(place.path(), &[], &[]);
    assert_eq!(found.code, 0, "{found:?}");
    assert!(found.out.contains("challenges complete"), "{}", found.out);
}

#[test]
fn the_schema_is_that_of_the_settings() {
    let place = folder();
    let (printed, schema) = schema(place.path());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema/grade-toml-1.json");
    let kept = std::fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    assert!(printed == kept, "write it anew: grade config --schema > docs/schema/grade-toml-1.json");

    let validator = jsonschema::validator_for(&schema).unwrap();
    for key in KEYS {
        let (table, name) = key.parts();
        for (values, _) in samples(key, &words(&schema, key)) {
            let value: Value = match key.kind {
                Kind::Switch | Kind::Count | Kind::Times | Kind::Seconds => serde_json::from_str(&values[0]).unwrap(),
                Kind::Variables => json!({"A": "b"}),
                Kind::Levels => json!({"L201": "off", "deny_warnings": true}),
                kind if kind.is_list() => json!(values),
                _ => json!(values[0]),
            };
            let file = |value: &Value| match table {
                Some(table) => json!({table: {name: value}}),
                None => json!({name: value}),
            };
            assert!(validator.is_valid(&file(&value)), "{} {value}", key.name);
            assert!(!validator.is_valid(&file(&json!([{}]))), "{}", key.name);
        }
    }
    assert!(!validator.is_valid(&json!({"repeat": 0})) && !validator.is_valid(&json!({"repeat": 1001})));
    assert!(!validator.is_valid(&json!({"ulr": "x"})) && !validator.is_valid(&json!({"limits": {"x": 1}})));
}

#[test]
fn variables_of_a_started_project() {
    insta::assert_snapshot!("variables", refused("[env]\nPORT = 3000\nLIST = [\"a\"]\n\"A=B\" = \"c\"\n"));
    let place = folder();
    write(place.path(), "grade.toml", "[env]\nSESSION_SECRET = \"hush\"\nPORT = \"1\"\n");
    let found = run(place.path(), &["config", "--start", "x", "--start-env", "PORT=2"], &[]);
    assert!(
        found.out.contains("env                     SESSION_SECRET=***, PORT=2 ")
            || found.out.contains("PORT=2, SESSION_SECRET=***"),
        "{found:?}"
    );
}

#[test]
fn what_stands_in_an_address_of_any_layer_is_masked() {
    let place = folder();
    write(place.path(), "grade.toml", "url = \"http://me:hunter2pw@127.0.0.1:9/?token=c0ffee42\"\n");
    for (arguments, variables) in [
        (&["handle-a-disconnect"][..], &[][..]),
        (&["config"], &[]),
        (&["doctor"], &[]),
        (&["--no-config", "handle-a-disconnect"], &[("GRADE_URL", "http://127.0.0.1:9/?token=c0ffee42#hunter2pw")]),
        (&["config", "--no-config"], &[("GRADE_PROXY", "http://me:hunter2pw@127.0.0.1:9/?token=c0ffee42")]),
        (&["--report", "json", "handle-a-disconnect"], &[]),
        (&["config", "--lang", "is-hush-hush", "--secret", "LANGUAGE=hush-hush"], &[]),
    ] {
        let found = run(place.path(), arguments, variables);
        let all = format!("{}{}", found.out, found.err);
        assert!(!all.contains("c0ffee42") && !all.contains("hush-hush"), "{arguments:?}: {found:?}");
        let shows_it = ["config", "--report"].iter().any(|word| arguments.contains(word));
        assert!(!shows_it || all.contains("***"), "{arguments:?}: {found:?}");
        assert!(variables.iter().any(|(name, _)| *name == "GRADE_URL") || !all.contains("hunter2pw"), "{found:?}");
    }
}

#[test]
fn how_much_is_shown_is_said_as_a_whole() {
    let place = folder();
    write(
        place.path(),
        "grade.toml",
        "quiet = true\nexplain = \"full\"\nno_times = true\nreports = [\"json=out/report.json\"]\n",
    );
    let value = |arguments: &[&str], name: &str| {
        let found = run(place.path(), &[&["config", "--json"], arguments].concat(), &[]);
        let json: Value = serde_json::from_str(&found.out).unwrap();
        json["settings"].as_array().unwrap().iter().find(|setting| setting["name"] == name).unwrap()["value"].clone()
    };
    assert_eq!(value(&[], "quiet"), true);
    assert_eq!(value(&["--verbose"], "quiet"), false);
    assert_eq!(value(&["--only", "failed"], "quiet"), false);
    assert_eq!((value(&[], "explain"), value(&[], "no_times")), (json!("full"), json!(true)));
    assert_eq!(value(&[], "reports"), json!(["json=out/report.json"]));
    write(place.path(), "grade.toml", "verbose = true\nshow_test = true\n");
    assert_eq!((value(&["--quiet"], "verbose"), value(&["--quiet"], "show_test")), (json!(false), json!(false)));
}

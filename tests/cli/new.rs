//! `grade new`

use std::path::{Path, PathBuf};

use grade::challenge::{Source, parse};
use grade::lint::Linter;

use crate::support::{Left, challenge, folder, left, program, write};

fn run(place: &Path, arguments: &[&str]) -> Left {
    left(program().current_dir(place).arg("new").args(arguments))
}

/// Runs it, and reads what it wrote: the file that standard output names.
fn written(place: &Path, arguments: &[&str]) -> (String, String) {
    let found = run(place, arguments);
    assert_eq!(found.code, 0, "{found:?}");
    let path = found.out.trim_end().to_owned();
    let text = std::fs::read_to_string(place.join(&path)).unwrap();
    let source = Source::new(&path, &text);
    let read = parse(&source).unwrap();
    assert_eq!(read.warnings, [], "{path}");
    assert_eq!(Linter::default().file(&source).findings, [], "{path}");
    assert_eq!(read.hints.len(), 1, "{path}");
    (path.replace('\\', "/"), text)
}

fn order(text: &str) -> Option<&str> {
    text.lines().find_map(|line| line.strip_prefix("order: "))
}

fn id(text: &str) -> &str {
    text.lines().find_map(|line| line.strip_prefix("id: ")).unwrap()
}

/// A challenge with an order.
fn ordered(id: char, name: &str, order: &str) -> String {
    let text = challenge(&id.to_string().repeat(24), name, &["assert(true);"]);
    text.replacen("challengeType: 2\n", &format!("challengeType: 2\norder: {order}\n"), 1)
}

/// A tree in which a block goes by `order`.
fn tree() -> tempfile::TempDir {
    let place = folder();
    write(place.path(), "challenges/english/chat/first.md", &ordered('a', "first", "1"));
    write(place.path(), "challenges/english/chat/second.md", &ordered('b', "second", "2"));
    write(place.path(), "challenges/espanol/chat/first.md", &ordered('a', "first", "1"));
    place
}

fn files(place: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![place.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

#[test]
fn the_next_of_its_block() {
    let place = tree();
    let found =
        run(place.path(), &["--title", "Say: \"Hello\"", "--block", "chat", "--id", "5F0C1E2D3A4B5C6D7E8F9A0B"]);
    assert_eq!((found.code, found.out.as_str()), (0, "challenges/english/chat/say-hello.md\n"), "{found:?}");
    insta::assert_snapshot!(found.err, @r"

    Write its text and its hints; then grade a project against it:
      grade --url http://localhost:PORT challenges/english/chat/say-hello.md
    ");
    insta::assert_snapshot!(
        std::fs::read_to_string(place.path().join("challenges/english/chat/say-hello.md")).unwrap()
    );
    // It is one of the block's, and can be graded: nothing runs there, so nothing could be checked.
    let listed = left(program().current_dir(place.path()).args(["list", "--challenges", "challenges", "say-hello"]));
    assert!(listed.code == 0 && listed.out.contains("1 hint"), "{listed:?}");
}

#[test]
fn ids_are_fresh() {
    let place = tree();
    let (_, one) = written(place.path(), &["--title", "One", "--block", "chat"]);
    let (_, two) = written(place.path(), &["--title", "Two", "--block", "chat"]);
    assert_ne!(id(&one), id(&two));
    assert_eq!((order(&one), order(&two)), (Some("3"), Some("4")));
    for (given, told) in [
        ("bbbbbbbbbbbbbbbbbbbbbbbb", "is that of `challenges/english/chat/second.md` already"),
        ("zz", "an id has 24 hexadecimal digits"),
    ] {
        let found = run(place.path(), &["--title", "Three", "--block", "chat", "--id", given]);
        assert!(found.code == 2 && found.err.contains(told), "{found:?}");
    }
    // A translation has the id of its original.
    let arguments = ["--title", "Second", "--block", "chat", "--lang", "espanol", "--id", "bbbbbbbbbbbbbbbbbbbbbbbb"];
    assert_eq!(id(&written(place.path(), &arguments).1), "bbbbbbbbbbbbbbbbbbbbbbbb");
}

#[test]
fn behind_another_or_at_a_place_of_its_own() {
    let place = tree();
    let (_, text) = written(place.path(), &["--title", "Between", "--block", "chat", "--after", "first"]);
    assert_eq!(order(&text), Some("1.5"));
    let (_, text) = written(place.path(), &["--title", "Last", "--block", "chat", "--after", "second"]);
    assert_eq!(order(&text), Some("3"));
    let (_, text) = written(place.path(), &["--title", "Far", "--block", "chat", "--order", "20"]);
    assert_eq!(order(&text), Some("20"));
    let (_, text) = written(place.path(), &["--title", "Farther", "--block", "chat"]);
    assert_eq!(order(&text), Some("21"));
    for (arguments, told) in [
        (["--order", "20"], "`challenges/english/chat/far.md` has the order 20 already"),
        (["--after", "frist"], "has no challenge `frist` to come after; it has:\n  first"),
    ] {
        let found = run(place.path(), &[&["--title", "X", "--block", "chat"], &arguments[..]].concat());
        assert!(found.code == 2 && found.err.contains(told), "{found:?}");
    }
    let names = left(program().current_dir(place.path()).args([
        "list",
        "--json",
        "--challenges",
        "challenges",
        "english/chat",
    ]));
    let places: Vec<usize> = ["first", "between", "second", "last", "far", "farther"]
        .iter()
        .map(|name| names.out.find(&format!("\"name\": \"{name}\"")).unwrap())
        .collect();
    assert!(places.is_sorted(), "{}", names.out);
}

#[test]
fn files_go_by_their_neighbours_names() {
    let place = folder();
    let bare = |id: char, name: &str| challenge(&id.to_string().repeat(24), name, &["assert(true);"]);
    write(place.path(), "challenges/english/numbered/009-nine.md", &bare('a', "nine"));
    write(place.path(), "challenges/english/plain/some.md", &bare('b', "some"));
    let (path, text) = written(place.path(), &["--title", "Ten", "--block", "numbered"]);
    assert_eq!((path.as_str(), order(&text)), ("challenges/english/numbered/010-ten.md", None));
    let (path, text) = written(place.path(), &["--title", "Other", "--block", "plain"]);
    assert_eq!((path.as_str(), order(&text)), ("challenges/english/plain/other.md", None));
    let found = run(place.path(), &["--title", "X", "--block", "plain", "--after", "some"]);
    assert!(found.code == 2 && found.err.contains("go by the names of their files"), "{found:?}");
}

#[test]
fn freecodecamps_layouts() {
    let place = folder();
    let id = "a".repeat(24);
    let text = challenge(&id, "old", &["assert(true);"]);
    write(place.path(), &format!("curriculum/challenges/english/blocks/chat/{id}.md"), &text);
    write(place.path(), "curriculum/structure/blocks/chat.json", "{}");
    let found = run(place.path(), &["--title", "New", "--block", "chat"]);
    let path = found.out.trim_end().to_owned();
    let name = Path::new(&path).file_stem().unwrap().to_string_lossy().into_owned();
    assert!(found.code == 0 && path.starts_with("curriculum/challenges/english/blocks/chat/"), "{found:?}");
    assert!(name.len() == 24 && name.bytes().all(|byte| byte.is_ascii_hexdigit()), "{path}");
    let told = format!("`curriculum/structure/blocks/chat.json`: add the id {name} there");
    assert!(found.err.contains(&told), "{}", found.err);
    let (path, _) = written(place.path(), &["--title", "Another", "--block", "new-block"]);
    assert!(path.starts_with("curriculum/challenges/english/blocks/new-block/"), "{path}");

    let place = folder();
    write(place.path(), "challenges/english/06-quality-assurance/chat/old.md", &text);
    let (path, _) = written(place.path(), &["--title", "New", "--block", "chat"]);
    assert_eq!(path, "challenges/english/06-quality-assurance/chat/new.md");
    let found = run(place.path(), &["--title", "X", "--block", "elsewhere"]);
    assert!(found.code == 2 && found.err.contains("--block 06-quality-assurance/elsewhere"), "{found:?}");
    let (path, _) = written(place.path(), &["--title", "X", "--block", "07-more/elsewhere"]);
    assert_eq!(path, "challenges/english/07-more/elsewhere/x.md");
    let found = run(place.path(), &["--title", "Y", "--block", "07-more/chat"]);
    assert!(found.code == 2 && found.err.contains("06-quality-assurance/chat` already"), "{found:?}");
}

#[test]
fn a_tree_that_is_new() {
    let place = folder();
    let arguments = ["--title", "Say Hello", "--block", "greetings", "--challenges", "my/own"];
    let (path, text) = written(place.path(), &arguments);
    assert_eq!((path.as_str(), order(&text)), ("my/own/english/greetings/say-hello.md", Some("1")));
    let arguments =
        ["--title", "Di hola", "--block", "greetings", "--challenges", "my/own", "--lang", "espanol", "--type", "4"];
    let (path, text) = written(place.path(), &arguments);
    assert_eq!(path, "my/own/espanol/greetings/di-hola.md");
    assert!(text.contains("\nchallengeType: 4\n"), "{text}");
    // The folder of a language is one of a tree.
    write(place.path(), "grade.toml", "challenges = [\"my/own/english\"]\n");
    let (path, text) = written(place.path(), &["--title", "Say Bye", "--block", "greetings"]);
    assert_eq!((path.as_str(), order(&text)), ("my/own/english/greetings/say-bye.md", Some("2")));
    // So is that of a block, which other blocks stand beside.
    let arguments = ["--title", "Wave", "--block", "other", "--challenges", "my/own/english/greetings"];
    assert_eq!(written(place.path(), &arguments).0, "my/own/english/other/wave.md");
}

#[test]
fn nothing_is_ever_overwritten() {
    let place = tree();
    // No challenge, and not of the tree's: it stands in the way all the same, whatever the case of its letters.
    write(place.path(), "challenges/english/chat/Say-Hello.md", "mine\n");
    let before = files(place.path());
    for title in ["Say Hello", "First"] {
        let found = run(place.path(), &["--title", title, "--block", "chat"]);
        assert_eq!((found.code, found.out.as_str()), (2, ""), "{found:?}");
        assert!(found.err.contains("already"), "{found:?}");
    }
    assert_eq!(files(place.path()), before);
    assert_eq!(std::fs::read_to_string(place.path().join("challenges/english/chat/Say-Hello.md")).unwrap(), "mine\n");
    // The same name in another language is that of the translation.
    let (path, _) = written(place.path(), &["--title", "Second", "--block", "chat", "--lang", "espanol"]);
    assert_eq!(path, "challenges/espanol/chat/second.md");
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_files_are_for_everybody() {
    use std::os::unix::fs::PermissionsExt;
    let place = tree();
    std::os::unix::fs::symlink("elsewhere", place.path().join("challenges/english/chat/say-hello.md")).unwrap();
    let found = run(place.path(), &["--title", "Say Hello", "--block", "chat"]);
    assert!(found.code == 2 && found.err.contains("is there already"), "{found:?}");
    assert!(!place.path().join("challenges/english/chat/elsewhere").exists());
    let (path, _) = written(place.path(), &["--title", "Other", "--block", "chat"]);
    let mode = std::fs::metadata(place.path().join(path)).unwrap().permissions().mode();
    let usual = std::fs::metadata(place.path().join("challenges/english/chat/first.md")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, usual & 0o777);
}

#[test]
fn what_cannot_be_is_refused_with_what_can() {
    let place = tree();
    let before = files(place.path());
    let mut told = String::new();
    for arguments in [
        &["--title", "日本語", "--block", "chat"][..],
        &["--title", ".NET", "--block", "chat"],
        &["--title", "Con", "--block", "chat"],
        &["--title", "T", "--name", "a b", "--block", "chat"],
        &["--title", " ", "--block", "chat"],
        &["--title", "a\nb", "--block", "chat"],
        &["--title", "T", "--block", "../up"],
        &["--title", "T", "--block", "aux"],
        &["--title", "T", "--block", "english"],
        &["--title", "T", "--block", "chat", "--type", "3"],
        &["--title", "T", "--block", "chat", "--lang", "klingon"],
        &["--title", "T", "--block", "chat", "--challenges", "a", "--challenges", "b"],
        &["--title", "T", "--block", "chat", "--challenges", "challenges/english/chat/first.md"],
        &["--title", "T", "--block", "chat", "--challenges", "fcc:chat"],
    ] {
        let found = run(place.path(), arguments);
        assert_eq!((found.code, found.out.as_str()), (2, ""), "{found:?}");
        told.push_str(&found.err);
    }
    insta::assert_snapshot!(told);
    assert_eq!(files(place.path()), before);
    let (path, text) = written(place.path(), &["--title", "日本語", "--block", "chat", "--name", "nihongo"]);
    assert_eq!(path, "challenges/english/chat/nihongo.md");
    assert!(text.contains("\ntitle: 日本語\n"), "{text}");
}

#[test]
fn nobody_is_asked_through_a_pipe() {
    let place = tree();
    for arguments in [&[][..], &["--title", "T"], &["--block", "chat"]] {
        let found = run(place.path(), arguments);
        assert_eq!((found.code, found.out.as_str()), (2, ""));
        insta::allow_duplicates! {
            insta::assert_snapshot!(found.err, @"error: give the challenge a title with --title, and say with --block where it belongs; both are asked for on a terminal only");
        }
    }
    let nowhere = folder();
    let found = run(nowhere.path(), &["--title", "T", "--block", "chat"]);
    assert_eq!(found.code, 2);
    assert!(found.err.contains("give the folder of your challenges with --challenges"), "{found:?}");
}

#[test]
fn a_dry_run_writes_nothing() {
    let place = tree();
    let before = files(place.path());
    let found = run(place.path(), &["--title", "Say Hello", "--block", "chat", "--dry-run"]);
    assert_eq!((found.code, found.err.as_str()), (0, "challenges/english/chat/say-hello.md would be written:\n\n"));
    assert!(found.out.starts_with("---\nid: ") && found.out.contains("# --hints--"), "{}", found.out);
    assert_eq!(files(place.path()), before);
}

//! Folders on disk, and names that mean files or built-in challenges.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::*;

fn text(id: &str, kind: u32) -> String {
    format!("---\nid: {id}\ntitle: T\nchallengeType: {kind}\ndashedName: name-{id}\n---\n\n# --hints--\n")
}

fn folder(files: &[(&str, String)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn sample() -> TempDir {
    folder(&[
        ("english/chat/b.md", text("b1", 2)),
        ("english/chat/a.md", text("a1", 2)),
        ("english/chat/README.md", "# About this block\n".to_owned()),
        ("english/chat/notes.txt", text("t1", 2)),
        ("english/chat/broken.md", "---\nid: x\n---\n".to_owned()),
        ("english/chat/front.md", text("f1", 3)),
        ("english/chat/hidden.md", text("h1", 2)),
        ("english/chat/node_modules/m.md", text("m1", 2)),
        (".gitignore", "hidden.md\n".to_owned()),
    ])
}

fn names(found: &[Chosen]) -> Vec<String> {
    found.iter().map(|chosen| chosen.entry.place.full_name()).collect()
}

fn arguments(names: &[&Path]) -> Vec<String> {
    names.iter().map(|name| name.display().to_string()).collect()
}

#[test]
fn a_folder_without_what_is_ignored_or_no_challenge() {
    let folder = sample();
    let library = load(&[folder.path().to_owned()]).unwrap();
    let found: Vec<String> = library.index.entries().iter().map(|entry| entry.place.full_name()).collect();
    assert_eq!(found, ["english/chat/a", "english/chat/b", "english/chat/broken", "english/chat/front"]);
    assert!(library.unreadable.is_empty());
}

#[test]
fn a_named_file_is_always_taken() {
    let folder = sample();
    let path = folder.path().join("english/chat/README.md");
    let library = load(std::slice::from_ref(&path)).unwrap();
    assert!(library.index.entries()[0].parsed.is_err());
    assert_eq!(load(&[folder.path().join("english/chat/hidden.md")]).unwrap().index.entries().len(), 1);
    let error = load(&[folder.path().join("no.md")]).unwrap_err();
    assert!(matches!(error, LoadError::NotFound { .. }), "{error}");
    let empty = tempfile::tempdir().unwrap();
    assert!(matches!(load(&[empty.path().to_owned()]), Err(LoadError::NoChallenges { .. })));
}

#[test]
fn large_files_are_refused() {
    let folder = folder(&[("a.md", "x".repeat(usize::try_from(read::MAX_FILE).unwrap() + 1))]);
    assert!(matches!(load(&[folder.path().join("a.md")]), Err(LoadError::TooLarge { .. })));
}

#[test]
fn names_paths_and_everything() {
    let folder = sample();
    let index = load(&[folder.path().join("english")]).unwrap().index;
    let chat = folder.path().join("english/chat");

    let all = choose(&index, &[], None).unwrap().chosen;
    assert_eq!(all.len(), 4);
    let twice = ["name-b1".to_owned(), chat.display().to_string()];
    let chosen = choose(&index, &twice, None).unwrap().chosen;
    assert_eq!(names(&chosen), ["english/chat/b", "english/chat/a", "english/chat/broken", "english/chat/front"]);
    assert!(chosen[0].by_name && !chosen[1].by_name);

    let builtin = builtin();
    let chosen = choose(&builtin, &arguments(&[&chat.join("a.md")]), None).unwrap().chosen;
    assert_eq!(names(&chosen), ["english/chat/a"]);
    assert!(chosen[0].by_name);
    let error = choose(&builtin, &arguments(&[&chat.join("zz.md")]), None).unwrap_err();
    assert!(matches!(error, ChooseError::Load(LoadError::NotFound { .. })), "{error}");
    let error = choose(&builtin, &["handle-a-disconect".to_owned()], None).unwrap_err();
    assert!(error.to_string().contains("did you mean:\n  handle-a-disconnect"), "{error}");
}

#[test]
fn what_takes_no_url_is_listed_unless_it_was_named() {
    let folder = sample();
    let index = load(&[folder.path().to_owned()]).unwrap().index;
    let (graded, listed) = gradable_only(&choose(&index, &[], None).unwrap().chosen).unwrap();
    assert_eq!(graded.len(), 3);
    assert_eq!(listed[0].0.place.stem, "front");
    let named = choose(&index, &["name-f1".to_owned()], None).unwrap().chosen;
    assert_eq!(
        gradable_only(&named).unwrap_err().to_string(),
        "`english/chat/front` cannot be graded: type 3 (front-end project) is not graded by URL"
    );
}

#[test]
fn a_file_takes_the_place_of_a_built_in_challenge() {
    let name = "espanol/advanced-node-and-express/handle-a-disconnect.md";
    let folder = folder(&[(name, text("589fc831f9fc0f352b528e76", 2))]);
    let own = load(&[folder.path().to_owned()]).unwrap().index;
    let merged = builtin().merged(&own);
    assert_eq!(merged.entries().len(), builtin().entries().len());
    let found = merged.select("handle-a-disconnect", None).unwrap();
    assert_eq!(found[0].origin, Origin::File);
}

#[test]
fn visiting_goes_by_path_and_keeps_errors_in_place() {
    let files: Vec<(String, String)> =
        (0..300).map(|number| (format!("b{:02}/f{number:03}.md", number % 10), text("x1", 2))).collect();
    let files: Vec<(&str, String)> = files.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    let folder = folder(&files);
    fs::write(folder.path().join("b05/f000.md"), "---\n").unwrap();
    let mut seen: Vec<PathBuf> = Vec::new();
    let mut rejected = Vec::new();
    visit(&[folder.path().to_owned()], |visited| {
        if visited.read.unwrap().is_err() {
            rejected.push(visited.path.clone());
        }
        seen.push(visited.path);
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(seen.len(), 301);
    assert!(seen.is_sorted());
    assert_eq!(rejected, [folder.path().join("b05/f000.md")]);

    let mut lengths = 0;
    visit_with(
        &[folder.path().to_owned()],
        |visited| visited.path.as_os_str().len(),
        |length| {
            lengths += length;
            ControlFlow::Continue(())
        },
    )
    .unwrap();
    assert!(lengths > 300);
    assert!(visit(&[folder.path().join("none")], |_| ControlFlow::Continue(())).is_err());
}

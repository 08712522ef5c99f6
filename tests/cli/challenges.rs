//! Challenge files that are wrong, ambiguous or of another kind.

use crate::support::{Server, challenge, folder, grade, write};

#[test]
fn broken_file_names_every_problem_and_exits_with_2() {
    let folder = folder();
    write(folder.path(), "broken.md", "---\nid: abc\nchallengeType: two\n---\n\n# --hints--\n\nOnly a text.\n");
    let run = crate::support::left(crate::support::program().current_dir(folder.path()).args([
        "--url",
        "http://localhost:9999",
        "./broken.md",
    ]));
    insta::assert_snapshot!(run.err);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
}

#[test]
fn broken_file_among_good_ones_loses_nothing_and_still_exits_with_2() {
    let server = Server::of("complete");
    let folder = folder();
    write(folder.path(), "english/block/broken.md", "---\nid: abc\n---\n\n# --hints--\n\nOnly a text.\n");
    write(
        folder.path(),
        "english/block/good.md",
        &challenge(
            "aaaaaaaaaaaaaaaaaaaaaaaa",
            "good",
            &["const res = await fetch(code + '/');\nassert.isTrue(res.ok);"],
        ),
    );
    let run = grade(&["--url", &server.url, folder.path().to_str().unwrap()]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.out.contains("1 of 1 hint passed"), "{run:?}");
    assert!(run.err.contains("broken.md:"), "{run:?}");
}

#[test]
fn unknown_and_ambiguous_names_list_what_was_meant() {
    let run = grade(&["--url", "http://localhost:9999", "handle-a-disconect"]);
    insta::assert_snapshot!(run.err, @r"
    error: there is no challenge or block called `handle-a-disconect`; did you mean:
      handle-a-disconnect
    help: `grade list` shows the challenges that there are; --challenges takes them from a file or folder instead
    ");
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    let folder = folder();
    for block in ["one", "two"] {
        write(
            folder.path(),
            &format!("english/{block}/same.md"),
            &challenge("aaaaaaaaaaaaaaaaaaaaaaaa", "same", &[""]),
        );
    }
    let all = folder.path().to_str().unwrap();
    let run = grade(&["--url", "http://localhost:9999", "--challenges", all, "same"]);
    insta::assert_snapshot!(run.err, @r"
    error: `same` may mean several; write one of these:
      english/one/same
      english/two/same
    ");
    assert_eq!((run.code, run.out.as_str()), (2, ""));
}

#[test]
fn name_in_several_languages_means_the_english_one() {
    let server = Server::of("complete");
    let run = grade(&["--url", &server.url, "answer-the-first-request"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.out.starts_with("Answer the First Request"), "{}", run.out);
    let run = grade(&["--url", &server.url, "answer-the-first-request", "--lang", "espanol"]);
    assert!(run.code == 0 && !run.out.starts_with("Answer the First Request"), "{}", run.out);
}

#[test]
fn other_types_are_listed_but_not_graded() {
    let folder = folder();
    let text = challenge("aaaaaaaaaaaaaaaaaaaaaaaa", "front", &["assert(true);"])
        .replace("challengeType: 2", "challengeType: 3");
    let file = write(folder.path(), "english/block/front.md", &text);
    let run = grade(&["--url", "http://localhost:9999", file.to_str().unwrap()]);
    insta::assert_snapshot!(run.err.replace(folder.path().to_str().unwrap(), "FOLDER"));
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    let run = grade(&["list", "--challenges", folder.path().to_str().unwrap()]);
    assert_eq!(run.code, 0);
    assert!(run.out.contains("not graded:"), "{}", run.out);
}

#[test]
fn missing_files_say_so() {
    let run = grade(&["--url", "http://localhost:9999", "./no/such/file.md"]);
    insta::assert_snapshot!(run.err, @"error: there is no file or folder `./no/such/file.md`");
    assert_eq!((run.code, run.out.as_str()), (2, ""));
}

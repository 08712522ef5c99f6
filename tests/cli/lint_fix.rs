//! `grade lint --fix` and `--diff`: what is mended, and that every other byte stays.

use std::fs;
use std::path::Path;

use crate::lint::{ID, lint, lint_stdin};
use crate::support::{challenge, folder, write};

/// A file with two things to mend, and the same file mended.
fn pair() -> (String, String) {
    let text = |first: &str, second: &str| challenge(ID, "a", &[first, second]);
    let before = text("a(); // grade-ignore L201: no\n\n\tb();  ", "/* grade-ignore L301: no */ c('é');");
    (before, text("a();\n\n\tb();  ", "c('é');"))
}

fn bytes(at: &Path, name: &str) -> Vec<u8> {
    fs::read(at.join(name)).unwrap()
}

/// A name, and how the file of that name is written.
type Kind = (&'static str, fn(&str) -> Vec<u8>);

#[test]
fn every_other_byte_stays() {
    let (before, after) = pair();
    let place = folder();
    let at = place.path();
    let kinds: [Kind; 4] = [
        ("lf.md", |text| text.as_bytes().to_vec()),
        ("crlf.md", |text| text.replace('\n', "\r\n").into_bytes()),
        ("mark.md", |text| format!("\u{feff}{text}").into_bytes()),
        ("no-end.md", |text| text.trim_end().as_bytes().to_vec()),
    ];
    for (name, kind) in kinds {
        fs::write(at.join(name), kind(&before)).unwrap();
        let run = lint(at, &["--fix", name]);
        assert_eq!((run.code, run.err.as_str(), run.out.as_str()), (0, "", "no findings, 2 fixed, 1 file, TIME\n"));
        assert_eq!(bytes(at, name), kind(&after), "{name}");
        let run = lint(at, &["--fix", name]);
        assert_eq!(run.out, "no findings, 1 file, TIME\n");
    }
    assert_eq!(fs::read_dir(at).unwrap().count(), kinds.len(), "nothing else is left there");
}

#[test]
fn what_cannot_be_mended_is_still_told() {
    let place = folder();
    let (before, _) = pair();
    write(place.path(), "a.md", &before.replace("c('é');", "c(;"));
    let run = lint(place.path(), &["--fix"]);
    assert_eq!(run.code, 0, "the comment hides it: {run:?}");
    write(place.path(), "a.md", &before.replace("c('é');", "c('é');\n```\n\nThird.\n\n```js\nc(;"));
    let run = lint(place.path(), &["--fix"]);
    assert!(run.code == 1 && run.out.contains("error[L301]"), "{run:?}");
    assert!(run.out.ends_with("1 error, 0 warnings, 2 fixed, 1 file, TIME\n"), "{run:?}");
}

#[test]
fn text_that_is_not_utf_8_is_left_alone() {
    let place = folder();
    let at = place.path();
    let text = pair().0;
    let (head, tail) = text.split_once("Text.").unwrap();
    let broken = [head.as_bytes(), b"Text\xff.", tail.as_bytes()].concat();
    fs::write(at.join("a.md"), &broken).unwrap();
    let run = lint(at, &["--fix", "a.md"]);
    assert_eq!(run.err, "warning: `a.md` is not UTF-8 text, so nothing in it is fixed; save it as UTF-8\n");
    assert!(run.code == 0 && run.out.contains("2 warnings, 2 fixable"), "{run:?}");
    assert_eq!(bytes(at, "a.md"), broken);
    let run = lint(at, &["--diff", "a.md"]);
    assert!(run.code == 0 && run.out.is_empty() && run.err.contains("not UTF-8"), "{run:?}");
    let (code, out, err) = lint_stdin(at, &["--fix"], &broken);
    assert!(code == 0 && out == broken && err.contains("not UTF-8"), "{err}");
}

#[cfg(unix)]
#[test]
fn links_permissions_and_files_that_may_not_be_written() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let (before, after) = pair();
    let place = folder();
    let at = place.path();
    let mode = |name: &str| fs::metadata(at.join(name)).unwrap().permissions().mode() & 0o777;
    let set = |name: &str, mode| fs::set_permissions(at.join(name), fs::Permissions::from_mode(mode)).unwrap();
    write(at, "real/a.md", &before);
    set("real/a.md", 0o640);
    symlink("real/a.md", at.join("link.md")).unwrap();
    assert_eq!(lint(at, &["--fix", "link.md"]).code, 0);
    assert!(fs::symlink_metadata(at.join("link.md")).unwrap().is_symlink());
    assert_eq!((bytes(at, "real/a.md"), mode("real/a.md")), (after.into_bytes(), 0o640));
    write(at, "locked.md", &before);
    set("locked.md", 0o444);
    let run = lint(at, &["--fix", "locked.md"]);
    assert_eq!(run.err, "error: `locked.md` is read-only, so nothing in it is fixed\n");
    assert!(run.code == 2 && run.out.contains("2 fixable"), "{run:?}");
    assert_eq!((bytes(at, "locked.md"), mode("locked.md")), (before.into_bytes(), 0o444));
}

#[test]
fn a_diff_changes_nothing_and_patch_can_apply_it() {
    let (before, after) = pair();
    let place = folder();
    let at = place.path();
    write(at, "b.md", &before.replace('\n', "\r\n"));
    write(at, "a.md", &before);
    write(at, "clean.md", &challenge(ID, "clean", &["assert("]));
    let run = lint(at, &["--diff"]);
    assert_eq!((run.code, run.err.as_str()), (1, "4 fixes in 2 files; `grade lint --fix` applies them\n"));
    insta::assert_snapshot!(run.out.replace('\r', "<CR>"));
    assert_eq!(bytes(at, "a.md"), before.as_bytes());
    // Findings without a fix are no change.
    let run = lint(at, &["--diff", "clean.md"]);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "", ""));
    fs::write(at.join("all.patch"), lint(at, &["--diff"]).out).unwrap();
    let patch = std::process::Command::new("git").current_dir(at).args(["apply", "all.patch"]).output();
    match patch {
        Ok(output) => {
            assert!(output.status.success(), "{output:?}");
            assert_eq!(bytes(at, "a.md"), after.as_bytes());
            assert_eq!(bytes(at, "b.md"), after.replace('\n', "\r\n").as_bytes());
        }
        Err(_) => println!("skipped: git is not there"),
    }
}

#[test]
fn standard_input_comes_back_mended() {
    let (before, after) = pair();
    let place = folder();
    let marked = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes();
    let (code, out, err) = lint_stdin(place.path(), &["--fix"], &marked(&before));
    assert_eq!((code, out, err.as_str()), (0, marked(&after), "no findings, 2 fixed, 1 file, TIME\n"));
    let (code, out, err) = lint_stdin(place.path(), &["--fix"], b"no challenge");
    assert!(out == b"no challenge" && !err.is_empty() && code == 0, "{err}");
    let (code, out, err) = lint_stdin(place.path(), &["--diff", "--filename", "x.md"], before.as_bytes());
    assert!(String::from_utf8(out).unwrap().starts_with("--- a/x.md\n+++ b/x.md\n@@ "));
    assert_eq!((code, err.as_str()), (1, "2 fixes in 1 file; `grade lint --fix` applies them\n"));
}

//! `grade curriculum`, against repositories that each test makes in a folder of its own.

mod bench;

use std::path::Path;
use std::process::Stdio;

use bench::{Bench, git};

use crate::support::{Server, challenge, left, write};

#[test]
fn all_layouts_are_found_listed_and_graded() {
    let Some(bench) = Bench::filled() else { return };
    let run = bench.grade(&["curriculum", "add", &bench.url(), "--name", "fcc"]);
    insta::assert_snapshot!(run.out, @r"
    added `fcc`: 4 challenge files in 4 folders, commit COMMIT, fetched DATE

      grade list --challenges fcc:
      grade --url <URL> --challenges fcc:<block>
    ");
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let run = bench.grade(&["curriculum", "list"]);
    insta::assert_snapshot!(run.out, @r"
    fcc  FOLDER/repository
         4 files in 4 folders; commit COMMIT, fetched DATE, up to date on DATE
    ");
    let (chat, node) = ("english/chat-app/by-id", "english/node-app/by-name");
    assert_eq!(bench.names(&["--challenges", "fcc:"]), [chat, node, "english/style/plain"]);
    assert_eq!(bench.names(&["--challenges", "fcc:chat-app"]), [chat]);
    assert_eq!(bench.names(&["--challenges", "fcc:quality-assurance"]), [node]);
    assert_eq!(bench.names(&["--challenges", "fcc:chat-app", "--lang", "espanol"]), ["espanol/chat-app/by-id"]);
    assert_eq!(
        bench.names(&["--challenges", "fcc:node-app", "--lang", "espanol"]),
        [node],
        "English where there is no other"
    );
    let server = Server::of("complete");
    let run = bench.grade(&["--url", &server.url, "--challenges", "fcc:chat-app"]);
    assert!(run.code == 0 && run.out.contains("1 of 1 hint passed"), "{run:?}");
    let run = bench.grade(&["--url", &server.url, "--challenges", "fcc:chat-ap"]);
    insta::assert_snapshot!(run.err, @r"
    error: the curriculum `fcc` has no block `chat-ap` at commit COMMIT; did you mean:
      chat-app
    ");
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    let run = bench.grade(&["curriculum", "remove", "fcc"]);
    assert_eq!((run.code, run.out.as_str()), (0, "removed `fcc` (from FOLDER/repository)\n"));
    assert!(bench.kept().is_empty());
    let run = bench.grade(&["list", "--challenges", "fcc:"]);
    insta::assert_snapshot!(run.err, @r"
    error: there is no curriculum called `fcc`
    help: `grade curriculum list` shows those that there are; `grade curriculum add` gets one
    ");
}

#[test]
fn only_what_is_wanted_is_downloaded() {
    let Some(bench) = Bench::filled() else { return };
    bench.challenge("curriculum/challenges/english/style/later.md", 'd', "later");
    bench.commit();
    let run = bench.grade(&["curriculum", "add", &bench.url(), "--name", "fcc", "--block", "chat-app"]);
    assert_eq!(run.code, 0, "{run:?}");
    let tree = bench.tree("fcc");
    assert_eq!(git(&tree, &["rev-list", "--count", "HEAD"]).trim(), "1", "shallow");
    assert_eq!(git(&tree, &["rev-parse", "--is-shallow-repository"]).trim(), "true");
    let listed = git(&tree, &["rev-list", "--objects", "--missing=print", "HEAD"]);
    let missing = listed.lines().filter(|line| line.starts_with('?')).count();
    // The README, the script, the picture, and three challenges of other blocks.
    assert_eq!(missing, 6, "{listed}");
    let blobs = git(&bench.repository(), &["rev-parse", "HEAD:client/large.js"]);
    assert!(listed.contains(&format!("?{}", blobs.trim())), "{listed}");
    let files = git(&tree, &["ls-files", "-t"]);
    let there: Vec<&str> = files.lines().filter(|line| line.starts_with("H ")).collect();
    assert_eq!(there.len(), 2, "{files}");
    assert!(!tree.join("README.md").exists() && !tree.join("client").exists());
}

#[test]
fn paths_blocks_and_branches_can_be_chosen() {
    let Some(bench) = Bench::filled() else { return };
    bench.git(&["checkout", "--quiet", "-b", "next"]);
    bench.challenge("curriculum/challenges/english/blocks/new-app/n.md", 'e', "new");
    bench.commit();
    bench.git(&["tag", "v2"]);
    bench.git(&["checkout", "--quiet", "main"]);
    let add = |name: &str, more: &[&str]| {
        let run = bench.grade(&[&["curriculum", "add", &bench.url(), "--name", name], more].concat());
        assert_eq!(run.code, 0, "{run:?}");
        bench.names(&["--challenges", &format!("{name}:")])
    };
    assert_eq!(add("one", &["--path", "./curriculum/challenges/english/blocks/"]), ["english/chat-app/by-id"]);
    assert_eq!(add("two", &["--ref", "next", "--block", "new-app"]), ["english/new-app/new"]);
    assert_eq!(add("three", &["--ref", "v2", "--block", "new-app", "--block", "style"]).len(), 2);
    let commit = bench.git(&["rev-parse", "next"]);
    assert_eq!(add("four", &["--ref", commit.trim(), "--block", "english/new-app"]), ["english/new-app/new"]);
    let run = bench.grade(&["curriculum", "update"]);
    assert_eq!(run.out.matches("is up to date").count(), 4, "{run:?}");
}

#[test]
fn what_is_not_there_is_named_and_leaves_nothing() {
    let Some(bench) = Bench::filled() else { return };
    let add = |more: &[&str]| {
        let run = bench.grade(&[&["curriculum", "add", &bench.url(), "--name", "fcc"], more].concat());
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{run:?}");
        assert!(bench.kept().is_empty(), "{:?}", bench.kept());
        run.err
    };
    insta::assert_snapshot!(add(&["--path", "curriculum/chalenges"]), @r"
    error: FOLDER/repository has no folder with challenges `curriculum/chalenges` at commit COMMIT; did you mean:
      curriculum/challenges
      curriculum/challenges/english
      curriculum/challenges/espanol
    ");
    insta::assert_snapshot!(add(&["--block", "chat-app", "--block", "chat-up"]), @r"
    error: FOLDER/repository has no block `chat-up` at commit COMMIT; did you mean:
      chat-app
    ");
    insta::assert_snapshot!(add(&["--ref", "nosuch"]), @"error: git could not fetch the repository: couldn't find remote ref nosuch");
}

#[test]
fn an_update_tells_which_blocks_went_and_came() {
    let Some(bench) = Bench::filled() else { return };
    assert_eq!(bench.grade(&["curriculum", "add", &bench.url(), "--name", "fcc"]).code, 0);
    let first = bench.tree("fcc");
    for language in ["english", "espanol"] {
        let block = |name: &str| format!("curriculum/challenges/{language}/blocks/{name}");
        bench.git(&["mv", &block("chat-app"), &block("chat-apps")]);
    }
    bench.commit();
    let run = bench.grade(&["curriculum", "update", "fcc"]);
    insta::assert_snapshot!(run.out, @r"
    updated `fcc` from commit COMMIT: 4 challenge files in 4 folders, commit COMMIT, fetched DATE
      gone  english/chat-app  (perhaps now english/chat-apps)
      gone  espanol/chat-app  (perhaps now espanol/chat-apps)
      new   english/chat-apps
      new   espanol/chat-apps
    ");
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(!first.exists() && bench.tree("fcc").exists());
    assert_eq!(bench.names(&["--challenges", "fcc:chat-apps"]), ["english/chat-apps/by-id"]);
}

#[test]
fn a_failed_update_leaves_what_is_there() {
    let Some(bench) = Bench::filled() else { return };
    assert_eq!(bench.grade(&["curriculum", "add", &bench.url(), "--name", "fcc", "--block", "chat-app"]).code, 0);
    bench.git(&["rm", "--quiet", "-r", "curriculum/challenges/english/blocks", "curriculum/challenges/espanol"]);
    bench.commit();
    let run = bench.grade(&["curriculum", "update"]);
    insta::assert_snapshot!(run.err, @r"
    error: `fcc` could not be updated and stays as it is: 2 challenge files in 2 folders, commit COMMIT, fetched DATE
      because: FOLDER/repository has no block `chat-app` at commit COMMIT
    ");
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    std::fs::rename(bench.repository(), bench.path().join("elsewhere")).unwrap();
    let run = bench.grade(&["curriculum", "update", "fcc"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.err.starts_with("error: `fcc` could not be updated and stays as it is: 2 challenge files"), "{run:?}");
    assert_eq!(bench.names(&["--challenges", "fcc:"]), ["english/chat-app/by-id"]);
    assert_eq!(bench.kept(), ["fcc"]);
}

#[cfg(unix)]
#[test]
fn an_interrupted_clone_leaves_nothing_in_the_way() {
    let Some(bench) = Bench::filled() else { return };
    let add = ["curriculum", "add", &bench.url(), "--name", "fcc"];
    // git is killed while it writes the files.
    let mut killed = bench.with_git("case \"$*\" in *checkout*) kill -9 $$;; esac");
    let run = left(killed.args(add));
    assert_eq!((run.code, run.out.as_str()), (2, ""), "{run:?}");
    assert!(run.err.starts_with("error: git could not fetch the challenge files"), "{run:?}");
    assert!(bench.kept().is_empty(), "{:?}", bench.kept());
    // grade itself is killed: its folder stays, until the next time.
    let mut child = bench.with_git("case \"$*\" in *checkout*) exec sleep 60;; esac").args(add).spawn().unwrap();
    while bench.kept().is_empty() || !any_has(&bench.store(), "info/sparse-checkout") {
        assert!(child.try_wait().unwrap().is_none(), "it ended too early");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(bench.kept()[0].starts_with(".incoming-"), "{:?}", bench.kept());
    assert_eq!(
        bench.grade(&["curriculum", "list"]).out,
        "no curricula; `grade curriculum add <URL or folder>` gets one\n"
    );
    let run = bench.grade(&add);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(bench.kept(), ["fcc"]);
    assert_eq!(bench.names(&["--challenges", "fcc:chat-app"]).len(), 1);
}

fn any_has(folder: &Path, end: &str) -> bool {
    let Ok(read) = std::fs::read_dir(folder) else { return false };
    read.flatten().any(|entry| {
        entry.path().ends_with(end)
            || entry.path().to_str().unwrap().ends_with(end)
            || (entry.path().is_dir() && any_has(&entry.path(), end))
    })
}

#[cfg(unix)]
#[test]
fn git_that_takes_too_long_is_stopped() {
    let Some(bench) = Bench::filled() else { return };
    let mut slow = bench.with_git("case \"$*\" in *\" fetch --quiet\"*) exec sleep 60;; esac");
    let run = left(slow.args(["curriculum", "add", &bench.url(), "--name", "fcc", "--max-time", "3"]));
    assert_eq!((run.code, run.out.as_str()), (2, ""), "{run:?}");
    assert!(run.err.starts_with("error: git did not fetch the repository within TIME"), "{run:?}");
    assert!(run.err.contains("--max-time"), "{run:?}");
    assert!(bench.kept().is_empty(), "{:?}", bench.kept());
}

#[test]
fn no_git_on_the_machine() {
    let Some(bench) = Bench::filled() else { return };
    let run =
        left(bench.program().env("PATH", bench.path()).args(["curriculum", "add", &bench.url(), "--name", "fcc"]));
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.starts_with("error: the program `git` is not there"), "{run:?}");
    assert!(run.err.contains("help: install it from https://git-scm.com"), "{run:?}");
    let run = left(bench.program().env("PATH", bench.path()).args(["curriculum", "list"]));
    assert_eq!(run.code, 0, "listing needs no git: {run:?}");
}

#[test]
fn names_and_addresses_that_are_tricks() {
    let Some(bench) = Bench::filled() else { return };
    let url = bench.url();
    assert_eq!(bench.grade(&["curriculum", "add", &url, "--name", "fcc"]).code, 0);
    let touched = bench.path().join("touched");
    let touch = format!("touch {}", touched.display());
    for arguments in [
        vec!["add", &url, "--name", "fcc"],
        vec!["add", &url, "--name", "../x"],
        vec!["add", &url, "--name", ".."],
        vec!["add", &url, "--name", "-x"],
        vec!["add", &url, "--name", "x", "--path", "../../etc"],
        vec!["add", &url, "--name", "xx", "--path", "/etc"],
        vec!["add", &url, "--name", "xx", "--ref", "--upload-pack=x"],
        vec!["add", &url, "--name", "xx", "--ref", "main:refs/heads/x"],
        vec!["add", "--name", "xx", "--", "-x"],
        vec!["add", "--name", "xx", "--", &format!("--upload-pack={touch}")],
        vec!["add", &format!("ext::sh -c {}", touch.replace(' ', "% ")), "--name", "xx"],
        vec!["add", "ssh://-oProxyCommand=x/y", "--name", "xx"],
        vec!["add", "http://example.com/x", "--name", "xx"],
        vec!["update", "nosuch"],
        vec!["update", "../fcc"],
        vec!["remove", "../../grade"],
    ] {
        let run = bench.grade(&[&["curriculum"], arguments.as_slice()].concat());
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}: {run:?}");
        assert!(run.err.starts_with("error:"), "{arguments:?}: {run:?}");
        assert_eq!(bench.kept(), ["fcc"], "{arguments:?}");
    }
    assert!(!touched.exists());
    let run = bench.grade(&["curriculum", "add", &url, "--name", "fcc"]);
    insta::assert_snapshot!(run.err, @r"
    error: there is a curriculum called `fcc` already, from FOLDER/repository
    help: choose another name with --name, or `grade curriculum update` it
    ");
}

#[test]
fn passwords_are_masked() {
    let Some(bench) = Bench::new() else { return };
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("https://somebody:very-secret@127.0.0.1:{port}/x.git");
    let run = bench.grade(&["curriculum", "add", &url, "--name", "fcc"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.err.contains("git could not fetch the repository"), "{run:?}");
    assert!(!run.err.contains("very-secret") && !run.err.contains("somebody"), "{run:?}");
    // git masks some of them itself; one that tells everything is masked too.
    #[cfg(unix)]
    {
        let mut chatty = bench.with_git("case \"$*\" in *remote.origin.url*) echo \"fatal: $*\" >&2; exit 1;; esac");
        let run = left(chatty.args(["curriculum", "add", &url, "--name", "fcc"]));
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.err.contains("https://***@127.0.0.1") && !run.err.contains("very-secret"), "{run:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_hostile_repository_does_nothing() {
    let Some(bench) = Bench::filled() else { return };
    let block = "curriculum/challenges/english/blocks/chat-app";
    let outside = write(bench.path(), "outside.md", &challenge(&"f".repeat(24), "outside", &["assert(true);"]));
    std::os::unix::fs::symlink(&outside, bench.repository().join(block).join("link.md")).unwrap();
    std::os::unix::fs::symlink("/etc", bench.repository().join("curriculum/challenges/english/blocks/etc")).unwrap();
    let touched = bench.path().join("touched");
    write(&bench.repository(), ".gitattributes", "*.md filter=evil\n");
    write(&bench.repository(), &format!("{block}/.gitattributes"), "*.md filter=evil\n");
    bench.commit();
    // A filter that the user has for purposes of his own.
    write(
        bench.path(),
        ".gitconfig",
        &format!(
            "[filter \"evil\"]\n\tsmudge = touch {0}; cat\n\trequired = true\n[core]\n\tfsmonitor = touch {0}\n",
            touched.display()
        ),
    );
    let run = bench.grade(&["curriculum", "add", &bench.url(), "--name", "fcc"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(!touched.exists(), "a filter ran");
    let tree = bench.tree("fcc");
    assert!(!tree.join(block).join("link.md").is_symlink());
    assert!(!tree.join("curriculum/challenges/english/blocks/etc").exists());
    assert_eq!(bench.names(&["--challenges", "fcc:chat-app"]), ["english/chat-app/by-id"]);
}

#[test]
fn two_updates_at_once_take_turns() {
    let Some(bench) = Bench::filled() else { return };
    assert_eq!(bench.grade(&["curriculum", "add", &bench.url(), "--name", "fcc"]).code, 0);
    bench.challenge("curriculum/challenges/english/style/later.md", 'd', "later");
    bench.commit();
    let spawn = || {
        let mut command = bench.program();
        command.args(["curriculum", "update"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let runs = [spawn(), spawn(), spawn()].map(|child| child.wait_with_output().unwrap());
    let texts = runs.each_ref().map(|run| String::from_utf8_lossy(&run.stdout).into_owned());
    assert!(runs.iter().all(|run| run.status.success()), "{runs:?}");
    assert_eq!(texts.iter().filter(|text| text.starts_with("updated")).count(), 1, "{texts:?}");
    assert_eq!(bench.names(&["--challenges", "fcc:style"]).len(), 2);
    let inside = std::fs::read_dir(bench.store().join("fcc")).unwrap().count();
    assert_eq!(inside, 2, "the record and one tree");
}

#[test]
fn a_plain_folder_gets_a_name() {
    let Some(bench) = Bench::new() else { return };
    let text = challenge(&"a".repeat(24), "mine", &["assert(true);"]);
    write(bench.path(), "work/english/chat/mine.md", &text);
    let run = bench.grade(&["curriculum", "add", "work", "--name", "mine"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.out.starts_with("added `mine`: 1 challenge file in 1 folder, read where they are\n"), "{run:?}");
    assert_eq!(bench.names(&["--challenges", "mine:chat"]), ["english/chat/mine"]);
    write(bench.path(), "work/english/more/other.md", &text);
    let run = bench.grade(&["curriculum", "update", "mine"]);
    assert!(run.out.contains("new   english/more"), "{run:?}");
    let run = bench.grade(&["curriculum", "remove", "mine"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(bench.path().join("work/english/chat/mine.md").exists() && bench.kept().is_empty());
}

#[test]
fn a_damaged_record_is_said_and_can_be_removed() {
    let Some(bench) = Bench::filled() else { return };
    assert_eq!(bench.grade(&["curriculum", "add", &bench.url(), "--name", "fcc"]).code, 0);
    let record = bench.store().join("fcc/record.json");
    let text = std::fs::read_to_string(&record).unwrap();
    let elsewhere = text.replacen("\"curriculum/challenges", "\"../../../challenges", 1);
    for (damage, words) in [("{", "is damaged"), (elsewhere.as_str(), "leads elsewhere")] {
        std::fs::write(&record, damage).unwrap();
        let run = bench.grade(&["list", "--challenges", "fcc:"]);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.err.contains(words), "{run:?}");
        assert_eq!(bench.grade(&["curriculum", "list"]).code, 2);
    }
    let run = bench.grade(&["curriculum", "remove", "fcc"]);
    assert_eq!((run.code, run.out.as_str()), (0, "removed `fcc`, whose record was damaged\n"));
    assert!(bench.kept().is_empty());
}

//! `grade batch` when things go wrong: servers, disks, and the run itself.

use std::fs::File;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use grade::testbed::{Fault, Faults};

use crate::batch::{Place, parsed, verdicts};
use crate::support::{Server, left};

/// Lines of the journal so far.
fn results(place: &Place) -> usize {
    let journal = std::fs::read(place.path("list.csv.journal")).unwrap_or_default();
    journal.split(|byte| *byte == b'\n').count().saturating_sub(2)
}

fn start(place: &Place, more: &[&str]) -> Child {
    let mut command = place.command(&["batch", "list.csv", "--no-times", "--resume", "--output", "out.jsonl"]);
    command.args(more).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

#[test]
fn a_run_that_is_killed_goes_on_where_it_was() {
    const COUNT: usize = 300;
    let place = Place::new();
    let server = Server::with_faults("complete", Faults::everywhere(Fault::Delay(Duration::from_millis(3))));
    place.list(&server, COUNT);
    let unbroken = place.grade(&["batch", "list.csv", "--no-times", "--ordered", "--no-journal"]);
    assert_eq!(unbroken.code, 0, "{}", unbroken.err);
    // Five moments that are others in every run.
    let mut done = 0;
    for round in 0..5 {
        let seed =
            u64::from(std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().subsec_nanos());
        let until = done + 1 + usize::try_from(seed / 64 % 50).unwrap();
        let mut child = start(&place, &[]);
        while results(&place) < until && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let now = results(&place);
        assert!(now >= until && now < COUNT, "round {round}: {now} results, killed at {until}");
        done = now;
    }
    // What is torn, is torn as by a power cut.
    let journal = std::fs::read(place.path("list.csv.journal")).unwrap();
    std::fs::write(place.path("list.csv.journal"), &journal[..journal.len() - 7]).unwrap();
    let end = place.grade(&["batch", "list.csv", "--no-times", "--resume", "--output", "out.jsonl"]);
    assert_eq!(end.code, 0, "{}", end.err);
    assert!(end.err.contains(&format!("{COUNT} submissions: {COUNT} passed")), "{}", end.err);
    let out = place.read("out.jsonl");
    let mut lines: Vec<&str> = out.lines().collect();
    let mut expected: Vec<&str> = unbroken.out.lines().collect();
    lines.sort_unstable();
    expected.sort_unstable();
    assert!(
        crate::support::steady(&lines.join("\n")) == expected_text(&expected),
        "each result once, as in an unbroken run"
    );
    let again = place.grade(&["merge", "list.csv.journal"]);
    assert_eq!((again.code, again.out), (0, unbroken.out));
}

fn expected_text(lines: &[&str]) -> String {
    crate::support::steady(&lines.join("\n"))
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_ends_in_good_order() {
    let place = Place::new();
    let server = Server::with_faults("complete", Faults::everywhere(Fault::Delay(Duration::from_millis(20))));
    place.list(&server, 200);
    let mut command = place.command(&["batch", "list.csv", "--no-times", "--output", "out.jsonl"]);
    let child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    while results(&place) < 5 {
        std::thread::sleep(Duration::from_millis(1));
    }
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{told}");
    assert!(told.contains("warning: the run was interrupted; --resume goes on"), "{told}");
    let kept = parsed(&place.read("out.jsonl")).len();
    assert_eq!(kept, results(&place));
    assert!((5..200).contains(&kept));
}

#[test]
fn two_runs_do_not_share_a_journal() {
    let place = Place::new();
    let server = Server::with_faults("complete", Faults::everywhere(Fault::Delay(Duration::from_millis(20))));
    place.list(&server, 200);
    let mut child = start(&place, &[]);
    while results(&place) < 1 {
        std::thread::sleep(Duration::from_millis(1));
    }
    for arguments in [
        &["batch", "list.csv", "--no-times", "--resume"][..],
        &["batch", "list.csv", "--restart"],
        &["merge", "list.csv.journal"],
    ] {
        let other = place.grade(arguments);
        assert!(other.code == 2 && other.err.contains("another run is using the journal"), "{other:?}");
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn bad_servers_change_nothing_for_the_others() {
    let place = Place::new();
    let good = Server::of("complete");
    let faults = [
        Faults::everywhere(Fault::StalledHead),
        Faults::everywhere(Fault::StalledBody),
        Faults::everywhere(Fault::EndlessBody),
        Faults::everywhere(Fault::Reset),
        Faults::everywhere(Fault::Redirect { status: 302, location: "/_api/server.js".to_owned() }),
        Faults::everywhere(Fault::NotFound),
        Faults::everywhere(Fault::Garbage(b"\x00\x01nonsense\r\n\r\n".as_slice().into())),
    ];
    let bad: Vec<Server> = faults.into_iter().map(|faults| Server::with_faults("complete", faults)).collect();
    let mut rows = String::from("id,url\n");
    for number in 0..140 {
        let server = if number % 20 == 3 { &bad[number / 20] } else { &good };
        rows.push_str(&format!("s{number},{}\n", server.url));
    }
    place.write("list.csv", &rows);
    let run = place.grade(&["batch", "list.csv", "--no-times", "--hint-timeout", "0.7", "--submission-timeout", "2"]);
    let verdicts = verdicts(&run.out);
    let of = |number: usize| verdicts[&format!("s{number}")].as_str();
    for number in (0..140).filter(|number| number % 20 != 3) {
        assert_eq!(of(number), "passed", "s{number}");
    }
    let bad: Vec<&str> = (0..7).map(|index| of(index * 20 + 3)).collect();
    assert_eq!(bad, ["errored", "errored", "errored", "errored", "failed", "failed", "errored"]);
    assert_eq!(run.code, 1);
}

#[test]
fn a_submission_has_its_time_and_no_more() {
    let place = Place::new();
    let slow = Server::with_faults("complete", Faults::default().and("/_api/server.js", Fault::StalledHead));
    place.write("list.csv", &format!("id,url\na,{}\n", slow.url));
    let run = place.grade(&["batch", "list.csv", "--no-times", "--submission-timeout", "0.5"]);
    let line = &parsed(&run.out)[0];
    assert_eq!(
        (run.code, line["verdict"].as_str(), line["reason"]["kind"].as_str()),
        (3, Some("errored"), Some("timed_out"))
    );
    assert_eq!((&line["counts"]["passed"], &line["counts"]["skipped"]), (&1.into(), &1.into()));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_a_journal_that_can_be_resumed() {
    let place = Place::new();
    let server = Server::of("complete");
    place.list(&server, 60);
    let full = place.grade(&["batch", "list.csv", "--no-times", "--output", "/dev/full"]);
    assert!(full.code == 2 && full.err.contains("error: the results cannot be written to `/dev/full`"), "{full:?}");
    assert!(full.err.contains("help: the journal is whole"), "{full:?}");
    let kept = results(&place);
    let end = place.grade(&["batch", "list.csv", "--no-times", "--resume"]);
    assert!(end.code == 0 && end.err.contains(&format!("kept {kept} results")), "{end:?}");
    assert_eq!(verdicts(&end.out).len(), 60);

    // A journal that may not grow: 8 blocks of 512 or 1024 bytes.
    let mut command = Command::new("sh");
    let line = "ulimit -f 8 || exit 99; trap '' XFSZ; exec \"$0\" \"$@\"";
    let program = env!("CARGO_BIN_EXE_grade");
    command.args(["-c", line, program, "batch", "list.csv", "--no-times", "--restart"]);
    command.current_dir(place.folder.path()).env("GRADE_CHALLENGES", "chat").stdin(Stdio::null());
    let full = left(&mut command);
    if full.code == 99 {
        println!("skipped: the size of files cannot be limited here");
        return;
    }
    assert!(full.code == 2 && full.err.contains("error: the journal `list.csv.journal` cannot be written"), "{full:?}");
    let kept = results(&place);
    assert_eq!(parsed(&full.out).len(), kept, "what was shown is in the journal");
    assert!(kept < 60);
    let end = place.grade(&["batch", "list.csv", "--no-times", "--resume"]);
    assert!(end.code == 0 && end.err.contains(&format!("kept {kept} results")), "{end:?}");
    assert_eq!(verdicts(&end.out).len(), 60);
}

#[test]
fn a_reader_that_goes_away_ends_nothing() {
    let place = Place::new();
    let server = Server::of("complete");
    place.list(&server, 60);
    let mut command = place.command(&["batch", "list.csv", "--no-times"]);
    let mut child = command.stdout(Stdio::piped()).stderr(File::create(place.path("err")).unwrap()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0), "{}", place.read("err"));
    assert_eq!(results(&place), 60);
}

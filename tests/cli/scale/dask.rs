//! `docs/scale/dask_grade.py` on clusters of two worker processes.

use std::fs::File;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use grade::testbed::{Fault, Faults};

use super::{example, python, sorted, wait};
use crate::batch::{Place, verdicts};
use crate::support::{Left, Server, left};

/// Submissions; in six parts, a part has some twenty.
const COUNT: usize = 120;

/// A process of a cluster that ends with the test.
struct Process {
    child: Child,
    log: PathBuf,
}

impl Process {
    /// `python -m <module>` with what it says in `<name>.log`.
    fn start(place: &Place, name: &str, module: &str, arguments: &[&str]) -> Option<Self> {
        let log = place.path(&format!("{name}.log"));
        let out = File::create(&log).unwrap();
        let mut command = Command::new(python()?);
        command.args(["-m", module]).args(arguments).current_dir(place.folder.path()).env("GRADE_CHALLENGES", "chat");
        command.stdin(Stdio::null()).stderr(out.try_clone().unwrap()).stdout(out);
        Some(Self { child: command.spawn().unwrap(), log })
    }

    fn said(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    fn signal(&self, name: &str) {
        assert!(Command::new("kill").args([name, &self.child.id().to_string()]).status().unwrap().success());
    }

    /// The part that a worker is grading now.
    fn part(&self) -> Option<String> {
        let said = self.said();
        let mut told = said.lines().filter_map(|line| line.strip_prefix("part "));
        let (part, what) = told.next_back()?.split_once(' ')?;
        (what == "begins").then(|| part.replace('/', "-of-"))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The example with the list `list.csv`.
fn example_run(place: &Place, python: &std::path::Path, options: &[&str], others: &[&str]) -> Command {
    let mut command = Command::new(python);
    command.arg(example("dask_grade.py")).args(["list.csv", "--output", "out.jsonl"]);
    command.args(["--grade", env!("CARGO_BIN_EXE_grade")]).args(options).args(["--", "--no-times"]).args(others);
    command.current_dir(place.folder.path()).env("GRADE_CHALLENGES", "chat").stdin(Stdio::null());
    // The worst case for lines of two workers: nothing is held back until a line is whole.
    command.env("PYTHONUNBUFFERED", "1");
    command
}

/// Results so far in the journal of a part.
fn results(place: &Place, part: &str) -> usize {
    let journal =
        std::fs::read_to_string(place.path(&format!("list.csv.parts/part-{part}.journal"))).unwrap_or_default();
    journal.lines().count().saturating_sub(1)
}

#[test]
fn a_worker_that_is_killed_costs_no_result() {
    let Some(python) = python() else { return };
    let place = Place::new();
    let server = Server::with_faults("complete", Faults::everywhere(Fault::Delay(Duration::from_millis(20))));
    place.list(&server, COUNT);
    let single = place.grade(&["batch", "list.csv", "--no-times", "--no-journal", "--per-host", "16"]);
    assert_eq!(single.code, 0, "{}", single.err);

    let address = place.path("scheduler.json");
    let address = address.to_str().unwrap();
    let scheduler = ["scheduler", "--scheduler-file", address, "--host", "127.0.0.1", "--port", "0", "--no-dashboard"];
    let scheduler = Process::start(&place, "scheduler", "dask", &scheduler).unwrap();
    let worker = ["worker", "--scheduler-file", address, "--no-nanny", "--nthreads", "1", "--no-dashboard"];
    let mut workers = ["one", "two"]
        .map(|name| Process::start(&place, name, "dask", &[&worker[..], &["--name", name]].concat()).unwrap());
    let told = wait("the address of the scheduler", || {
        let file: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(address).ok()?).ok()?;
        Some(file["address"].as_str()?.to_owned())
    });
    wait("two workers", || workers.iter().all(|worker| worker.said().contains("Registered to:")).then_some(()));

    let options = ["--scheduler", &told, "--parts", "6"];
    let run = example_run(&place, python, &options, &["--jobs", "2"]);
    let run = std::thread::scope(|scope| {
        let run = scope.spawn(move || left(&mut { run }));
        // A worker that stands still cannot end its part between the look and the kill.
        let part = wait("a worker in the middle of its part", || {
            assert!(!run.is_finished(), "{:?}; scheduler: {}", workers.each_ref().map(Process::said), scheduler.said());
            let part = workers[0].part().filter(|part| results(&place, part) > 0)?;
            workers[0].signal("-STOP");
            if workers[0].part().as_ref() == Some(&part) {
                return Some(part);
            }
            workers[0].signal("-CONT");
            None
        });
        workers[0].child.kill().unwrap();
        workers[0].child.wait().unwrap();
        let run = run.join().unwrap();
        let again = format!("part {}: kept ", part.replace("-of-", "/"));
        assert!(run.err.contains(&again), "{part} was not resumed: {}", run.err);
        run
    });
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains(&format!("{COUNT} submissions: {COUNT} passed\n")), "{}", run.err);
    let merged = crate::support::steady(&place.read("out.jsonl"));
    assert_eq!(verdicts(&merged).len(), COUNT);
    assert!(sorted(&merged) == sorted(&single.out), "the same as a single run:\n{merged}\n{}", single.out);
}

#[test]
fn exit_codes_that_are_answers_fail_no_part() {
    let Some(python) = python() else { return };
    let (place, good, bad) = (Place::new(), Server::of("complete"), Server::of("no-disconnect"));
    // More parts than rows: some have none, and one has only a row that cannot be graded.
    place.write("list.csv", &format!("id,url\na,{}\nb,{}\nc,http://127.0.0.1:9\nd,\ne,ftp://x\n", good.url, bad.url));
    let single = place.grade(&["batch", "list.csv", "--no-times", "--no-journal", "--ordered"]);
    assert_eq!(single.code, 1, "{single:?}");
    let run = |options: &[&str], others: &[&str]| -> Left { left(&mut example_run(&place, python, options, others)) };
    let first = run(&["--parts", "9", "--collect"], &[]);
    assert_eq!((first.code, first.out.matches(" begins\n").count()), (1, 9), "{first:?}");
    assert_eq!(crate::support::steady(&place.read("out.jsonl")), single.out);

    // Whereas what grade refuses is tried again, and then told.
    let refused = run(&["--parts", "1", "--workers", "1", "--retries", "1"], &["no-such-challenge"]);
    assert_eq!((refused.code, refused.out.matches(" begins\n").count()), (2, 2), "{refused:?}");
    let told = "error: part 1/1: grade ended with 2: error: there is no challenge or block called `no-such-challenge`";
    assert!(refused.err.contains(told), "{refused:?}");
}

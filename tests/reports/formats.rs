//! What holds for every format, also for those that will come.

use std::path::Path;

use grade::report::Format;

use crate::program::{grade, left, program};
use crate::support::mixed_run::MixedRun;

/// A report of each format in a folder.
fn everything(folder: &Path) -> Vec<String> {
    Format::ALL
        .iter()
        .flat_map(|format| ["--report".to_owned(), format!("{0}={1}/report.{0}", format.name(), folder.display())])
        .collect()
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    let run = MixedRun::start();
    let mut seen: Vec<(String, Vec<Vec<u8>>)> = Vec::new();
    for folder in ["first", "second"] {
        let folder = run.folder().join(folder);
        let left = left(program().args(run.arguments()).arg("--no-times").args(everything(&folder)));
        assert_eq!((left.code, left.err.as_str()), (1, ""));
        let files = Format::ALL.iter().map(|format| {
            let bytes = std::fs::read(folder.join(format!("report.{}", format.name()))).unwrap();
            assert!(!bytes.is_empty(), "{format:?}");
            bytes
        });
        seen.push((left.out, files.collect()));
    }
    assert_eq!(seen[0].0, seen[1].0);
    for (index, format) in Format::ALL.iter().enumerate() {
        assert!(seen[0].1[index] == seen[1].1[index], "{format:?} differs");
    }
}

#[test]
fn headers_that_tell_the_time_are_left_out_without_times() {
    let run = MixedRun::start();
    let with = left(program().args(run.arguments()).args(["--report", "json"]));
    let without = left(program().args(run.arguments()).args(["--report", "json", "--no-times"]));
    let date = "\"name\": \"date\"";
    assert!(with.out.contains(date));
    assert!(!without.out.contains(date));
    assert!(without.err.contains("\n4 of 14") || without.err.contains("hints passed"), "{}", without.err);
}

#[test]
fn each_format_can_go_to_standard_output() {
    let run = MixedRun::start();
    for format in Format::ALL {
        let file = run.folder().join("report");
        let path = format!("{}={}", format.name(), file.display());
        let to_file = left(program().args(run.arguments()).args(["--no-times", "--report", &path]));
        let to_stdout = left(program().args(run.arguments()).args(["--no-times", "--report", format.name()]));
        assert_eq!((to_file.code, to_stdout.code), (1, 1));
        // The readable report changes places.
        assert_eq!(to_stdout.err, to_file.out);
        assert_eq!(to_file.err, "");
        assert_eq!(to_stdout.out, crate::program::steady(&std::fs::read_to_string(file).unwrap()), "{format:?}");
    }
}

#[test]
fn help_and_documents_name_every_format() {
    let help = grade(&["--help"]).out;
    let document = include_str!("../../docs/reports.md");
    for format in Format::ALL {
        assert!(help.contains(format.name()), "--help does not name {}", format.name());
        assert!(
            document.contains(&format!("## {}", format.name())),
            "docs/reports.md has no section on {}",
            format.name()
        );
    }
}

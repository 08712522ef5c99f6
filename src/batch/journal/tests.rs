//! Journals that were cut anywhere, and damaged anywhere.

use proptest::prelude::*;

use super::super::entry::Record;
use super::*;
use crate::batch::shard::Shard;
use crate::batch::tally::Verdict;
use crate::grader::Counts;

const ROWS: u64 = 12;

fn fingerprint() -> Fingerprint {
    Fingerprint {
        list: "list".into(),
        rows: ROWS,
        challenges: "challenges".into(),
        rules: "honest".into(),
        version: "0.1.0".into(),
        shard: Shard::WHOLE,
    }
}

fn verdict(number: u64) -> Verdict {
    Verdict::ALL[usize::try_from(number % 4).unwrap()]
}

fn line(number: u64) -> String {
    format!("{{\"number\":{number},\"text\":\"{}\"}}", "é\\n".repeat(usize::try_from(number).unwrap()))
}

fn add(journal: &mut Journal, number: u64) -> u64 {
    let counts = Counts { passed: usize::try_from(number).unwrap(), ..Counts::default() };
    let text = line(number);
    journal.add(&Entry::Record(Record { number, verdict: verdict(number), counts, line: text.as_bytes() }))
}

fn breaks(bytes: &[u8]) -> usize {
    bytes.split(|byte| *byte == b'\n').count() - 1
}

/// A journal of so many results, and its bytes.
fn written(folder: &Path, count: u64) -> (PathBuf, Vec<u8>) {
    let path = folder.join("journal");
    let mut journal = Journal::create(&path, &fingerprint(), true).unwrap();
    for number in 0..count {
        add(&mut journal, number);
    }
    journal.commit().unwrap();
    drop(journal);
    let bytes = std::fs::read(&path).unwrap();
    (path, bytes)
}

/// The numbers of the results that are kept, each checked against what was written.
fn kept(opened: &mut Opened) -> Vec<u64> {
    let numbers: Vec<u64> = opened.kept.numbers().collect();
    for number in &numbers {
        let offset = opened.kept.offset(*number).unwrap();
        let text = opened.journal.read(offset, |record| String::from_utf8(record.line.to_vec()).unwrap()).unwrap();
        assert_eq!(text, line(*number));
    }
    numbers
}

#[test]
fn cut_anywhere_it_holds_what_was_finished_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let (path, bytes) = written(folder.path(), 5);
    let header = bytes.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    for end in 0..=bytes.len() {
        std::fs::write(&path, &bytes[..end]).unwrap();
        let opened = Journal::resume(&path, &fingerprint());
        if end < header {
            // A run that did not get to its first line has left nothing.
            assert!(matches!(opened, Err(JournalError::Missing { .. })), "{end}");
            drop(Journal::create(&path, &fingerprint(), false).unwrap());
            assert_eq!(std::fs::read(&path).unwrap(), bytes[..header], "{end}");
            continue;
        }
        let mut opened = opened.unwrap();
        let whole = breaks(&bytes[..end]) as u64 - 1;
        assert_eq!(kept(&mut opened), (0..whole).collect::<Vec<u64>>(), "{end}");
        assert_eq!((opened.torn == 0, opened.damaged), (bytes[end - 1] == b'\n', 0), "{end}");
        for number in whole..5 {
            add(&mut opened.journal, number);
        }
        opened.journal.commit().unwrap();
        drop(opened);
        assert_eq!(std::fs::read(&path).unwrap(), bytes, "{end}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn damage_is_found_and_costs_no_other_result(flips in prop::collection::vec((any::<prop::sample::Index>(), 1_u8..=255), 1..4)) {
        let folder = tempfile::tempdir().unwrap();
        let (path, mut bytes) = written(folder.path(), 6);
        let mut touched = std::collections::BTreeSet::new();
        let original = bytes.clone();
        for (at, flip) in flips {
            let at = at.index(bytes.len());
            bytes[at] ^= flip;
            // The line that a byte is in, and the one after a line break.
            let before = breaks(&original[..at]);
            touched.insert(before);
            if original[at] == b'\n' {
                touched.insert(before + 1);
            }
        }
        std::fs::write(&path, &bytes).unwrap();
        match Journal::resume(&path, &fingerprint()) {
            Err(JournalError::NoJournal { .. } | JournalError::Missing { .. }) => prop_assert!(touched.contains(&0)),
            Err(error) => prop_assert!(false, "{error}"),
            Ok(mut opened) => {
                let kept = kept(&mut opened);
                for number in 0..6 {
                    let safe = !touched.contains(&(usize::try_from(number).unwrap() + 1));
                    prop_assert!(!safe || kept.contains(&number), "{number} of {kept:?}, touched {touched:?}");
                }
                prop_assert!(bytes == original || opened.damaged > 0 || opened.torn > 0);
            }
        }
    }
}

#[test]
fn the_last_result_counts_and_some_are_graded_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal");
    let mut journal = Journal::create(&path, &fingerprint(), false).unwrap();
    for number in 0..8 {
        add(&mut journal, number);
    }
    let again = [Verdict::Failed, Verdict::Ungraded];
    journal.add(&Entry::Again(again.to_vec()));
    let five = add(&mut journal, 5);
    let last = add(&mut journal, 2);
    journal.commit().unwrap();
    drop(journal);
    let mut opened = Journal::resume(&path, &fingerprint()).unwrap();
    assert_eq!(kept(&mut opened), [0, 2, 4, 5, 6]);
    assert_eq!((opened.kept.offset(5), opened.kept.offset(2), opened.kept.count()), (Some(five), Some(last), 5));
    assert!(!opened.kept.has(1) && !opened.kept.has(99));
    let dropped = opened.kept.drop_all(&[Verdict::Errored]);
    assert_eq!((dropped.count(), dropped.has(2), dropped.has(6)), (2, true, true));
}

#[test]
fn one_run_at_a_time_and_only_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal");
    let journal = Journal::create(&path, &fingerprint(), false).unwrap();
    assert!(matches!(Journal::resume(&path, &fingerprint()), Err(JournalError::Locked { .. })));
    assert!(matches!(Journal::create(&path, &fingerprint(), true), Err(JournalError::Locked { .. })));
    assert!(matches!(Scan::open(&path), Err(JournalError::Locked { .. })));
    drop(journal);
    assert!(matches!(Journal::create(&path, &fingerprint(), false), Err(JournalError::Exists { .. })));
    let change = |change: fn(&mut Fingerprint)| {
        let mut other = fingerprint();
        change(&mut other);
        Journal::resume(&path, &other).unwrap_err().to_string()
    };
    for (other, told) in [
        (change(|other| other.list = "x".into()), "its list is another one, or has changed since"),
        (change(|other| other.challenges = "x".into()), "its challenges are other ones"),
        (change(|other| other.rules = "browser".into()), "by the rules `honest`, and this run by `browser`"),
        (change(|other| other.version = "9".into()), "written by grade 0.1.0, and this is 9"),
        (change(|other| other.shard = Shard { index: 1, count: 2 }), "part 1/1, and this run is about part 1/2"),
    ] {
        assert!(other.contains(told), "{other}");
    }
    let missing = folder.path().join("none");
    assert!(matches!(Journal::resume(&missing, &fingerprint()), Err(JournalError::Missing { .. })));
    std::fs::write(&missing, "id,url\n").unwrap();
    assert!(matches!(Journal::resume(&missing, &fingerprint()), Err(JournalError::NoJournal { .. })));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let failed = OpenOptions::new().write(true).open("/dev/full").map(|file| {
        let mut journal = Journal { file, path: "/dev/full".into(), end: 0, pending: Vec::new(), lasting: true };
        journal.begin(&fingerprint())
    });
    match failed {
        Ok(failed) => assert!(matches!(failed, Err(JournalError::Io { doing: "written", .. }))),
        Err(_) => println!("skipped: there is no /dev/full"),
    }
}

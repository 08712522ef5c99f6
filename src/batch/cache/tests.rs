use std::collections::HashMap;
use std::path::PathBuf;

use proptest::prelude::*;

use super::*;
use crate::batch::selections::Selections;
use crate::challenge::{Source, parse};
use crate::grader::{EngineChoice, GradeSettings, Prepared};
use crate::submission::normalize;
use crate::verdict::Rules;

fn challenges(text: &str, file: &str) -> Challenges {
    let text = format!("---\nid: 1\ntitle: A\nchallengeType: 2\n---\n\n# --hints--\n\nHint.\n\n```js\n{text}\n```\n");
    Challenges::new(vec![Prepared::new(Arc::new(parse(&Source::new("a.md", &text)).unwrap()), file, None, None)])
}

fn grading() -> Grading {
    Grading {
        settings: GradeSettings::default(),
        fetch: FetchSettings::default(),
        selections: Selections { default: Ok(Arc::new(challenges("1", "a.md"))), named: HashMap::new() },
        timeout: Duration::from_secs(1),
        start_timeout: Duration::from_secs(1),
        may_start: false,
        repeat: 1,
        cache: None,
    }
}

fn cache(folder: &Path, ttl: Option<u64>, context: &str) -> Cache {
    let store = Store::new(folder.to_owned(), u64::MAX);
    Cache::new(store, ttl.map(Duration::from_secs), vec![context.to_owned()])
}

#[test]
fn every_ingredient_changes_the_key() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("project");
    std::fs::create_dir(&dir).unwrap();
    std::fs::write(dir.join("server.js"), "one").unwrap();
    let of_dir = Project { dir: Some(dir.clone()), ..Project::default() };
    let of_url = Project { url: Some("http://a".into()), ..Project::default() };
    let url = |text: &str| Some(normalize(text).unwrap());
    let mut keys = Vec::new();
    {
        let mut add =
            |context: &str, project: &Project, url: Option<SubmittedUrl>, by: &Challenges, grading: &Grading| {
                let cache = cache(folder.path(), Some(60), context);
                keys.push(cache.key(project, url.as_ref(), by, grading).unwrap().unwrap());
            };
        let by = challenges("1", "a.md");
        let plain = grading();
        add("", &of_dir, None, &by, &plain);
        add("context", &of_dir, None, &by, &plain);
        add("", &of_url, url("http://a"), &by, &plain);
        add("", &of_url, url("http://b"), &by, &plain);
        add("", &of_dir, url("http://a"), &by, &plain);
        add("", &of_dir, None, &challenges("2", "a.md"), &plain);
        add("", &of_dir, None, &challenges("1", "b.md"), &plain);
        add("", &of_dir, None, &challenges("\n1", "a.md"), &plain);
        let mut other = grading();
        other.settings.rules = Rules::Browser;
        add("", &of_dir, None, &by, &other);
        let mut other = grading();
        other.settings.engine = EngineChoice::Script;
        add("", &of_dir, None, &by, &other);
        let mut other = grading();
        other.settings.hint_timeout = Duration::from_secs(6);
        add("", &of_dir, None, &by, &other);
        let mut other = grading();
        other.settings.times = false;
        add("", &of_dir, None, &by, &other);
        let other = Grading { repeat: 2, ..grading() };
        add("", &of_dir, None, &by, &other);
        let mut other = grading();
        other.fetch.max_body = 7;
        add("", &of_dir, None, &by, &other);
        add("", &of_url, url("http://a"), &by, &other);
        let mut other = grading();
        other.fetch.cors = false;
        add("", &of_url, url("http://a"), &by, &other);
        std::fs::write(dir.join("server.js"), "two").unwrap();
        add("", &of_dir, None, &by, &plain);
    }
    let count = keys.len();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), count, "two are alike");
}

#[test]
fn spellings_of_an_address_and_limits_of_time_do_not_change_it() {
    let folder = tempfile::tempdir().unwrap();
    let cache = cache(folder.path(), Some(60), "");
    let by = challenges("1", "a.md");
    let key = |address: &str, grading: &Grading| {
        let project = Project { url: Some(address.into()), ..Project::default() };
        cache.key(&project, normalize(address).ok().as_ref(), &by, grading).unwrap()
    };
    let mut patient = grading();
    patient.timeout = Duration::from_secs(9);
    patient.fetch.pace = Pace::with_pause(Duration::from_secs(1));
    assert_eq!(key("HTTP://A/", &grading()), key("a", &patient));
}

#[test]
fn some_projects_have_no_key() {
    let folder = tempfile::tempdir().unwrap();
    let by = challenges("1", "a.md");
    let url = normalize("http://a").unwrap();
    let of_url = Project { url: Some("http://a".into()), ..Project::default() };
    let started = Project { dir: Some(PathBuf::from(".")), start: Some("node".into()), ..Project::default() };
    let missing = Project { dir: Some(folder.path().join("none")), ..Project::default() };
    let (timeless, timed) = (cache(folder.path(), None, ""), cache(folder.path(), Some(60), ""));
    assert!(timeless.key(&of_url, Some(&url), &by, &grading()).unwrap().is_none());
    assert!(timed.key(&of_url, Some(&url), &by, &grading()).unwrap().is_some());
    assert!(timed.key(&started, Some(&url), &by, &grading()).unwrap().is_none());
    assert!(timed.key(&missing, None, &by, &grading()).is_err());
}

#[test]
fn time_is_over_for_addresses_only() {
    let folder = tempfile::tempdir().unwrap();
    let counts = Counts { passed: 1, ..Counts::default() };
    let cache = Arc::new(cache(folder.path(), Some(60), ""));
    for (key, at, by_url, by_folder) in
        [("aa1", now(), true, true), ("aa2", now() - 61, false, true), ("aa3", now() + 1000, false, true)]
    {
        cache.ticket(key.to_owned(), at).keep(Verdict::Passed, counts, b"{}");
        assert_eq!(cache.find(key, true, |_| true).is_some(), by_url, "{key}");
        assert_eq!(cache.find(key, false, |_| true).is_some(), by_folder, "{key}");
        assert!(cache.find(key, false, |_| false).is_none());
    }
    assert_eq!(cache.hits(), 4);
}

proptest! {
    /// What is found is what was graded, and what is in doubt is never found.
    #[test]
    fn what_is_found_is_what_was_kept(
        passed in 0..3_usize, failed in 0..3_usize, errored in 0..2_usize, unchecked in 0..2_usize,
        skipped in 0..2_usize, lasting: String,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let cache = Arc::new(cache(folder.path(), None, ""));
        let counts = Counts { passed, failed, errored, unchecked, skipped };
        let verdict = Verdict::of(counts);
        cache.ticket("abcd".to_owned(), 5).keep(verdict, counts, lasting.as_bytes());
        let found = cache.find("abcd", false, |_| true);
        if errored + skipped > 0 || passed + failed == 0 {
            prop_assert!(found.is_none());
        } else {
            let found = found.unwrap();
            prop_assert_eq!((found.at, found.verdict, found.counts), (5, verdict, counts));
            prop_assert_eq!(found.lasting, lasting.into_bytes());
        }
    }
}

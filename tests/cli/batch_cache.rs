//! `grade batch --cache` and `--repeat`.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

use crate::batch::{Place, parsed, verdicts};
use crate::support::{Left, Server, challenge};

const ID: &str = "5f0c1e2d3a4b5c6d7e8f9a0b";
const NAME: &str = "const res = await fetch(code + '/_api/package.json');\nconst manifest = await res.json();\nassert.property(manifest, 'name');";
const WORDS: &str = "const res = await fetch(code + '/_api/server.js');\nconst text = await res.text();\nassert.match(text, /disconnect/);";

/// Three folders: one that passes, one that fails, and one that cannot be checked as a whole.
fn folders() -> Place {
    let place = Place::new();
    for (name, server, manifest) in [
        ("one", "// disconnect", "{\"name\": \"x\"}"),
        ("two", "// none", "{\"name\": \"x\"}"),
        ("three", "// none", "{}"),
    ] {
        place.write(&format!("{name}/server.js"), server);
        place.write(&format!("{name}/package.json"), manifest);
    }
    place.write("list.csv", "id,dir\na,one\nb,two\nc,three\n");
    place
}

fn batch(place: &Place, more: &[&str]) -> Left {
    place.grade(&[&["batch", "list.csv", "--ordered", "--restart", "--no-times", "--cache=kept"], more].concat())
}

/// The lines without what the cache says.
fn plain(text: &str) -> Vec<Value> {
    let mut lines = parsed(text);
    for line in &mut lines {
        let line = line.as_object_mut().unwrap();
        line.remove("cached");
        line.remove("graded_at");
    }
    lines
}

fn from_cache(run: &Left) -> &str {
    run.err.trim_end().rsplit("; ").next().unwrap()
}

#[test]
fn what_has_not_changed_is_not_graded_again() {
    let place = folders();
    let first = batch(&place, &[]);
    assert_eq!(from_cache(&first), "0 from the cache", "{first:?}");
    let second = batch(&place, &[]);
    assert_eq!(from_cache(&second), "3 from the cache", "{second:?}");
    assert_eq!((plain(&second.out), second.code), (plain(&first.out), first.code));
    assert!(second.out.lines().all(|line| line.contains("\"cached\":true") && !line.contains("graded_at")));
    assert_eq!(second.out.replace("\"cached\":true,", ""), first.out, "to the byte");
    // One byte more in one of them.
    place.write("two/server.js", "// none!");
    let third = batch(&place, &[]);
    assert_eq!(from_cache(&third), "2 from the cache", "{third:?}");
    assert!(parsed(&third.out)[1].get("cached").is_none());
    // Hidden files do not count.
    place.write("one/.env", "SECRET=1");
    assert_eq!(from_cache(&batch(&place, &[])), "3 from the cache");
    // Other rules, another engine, other times, another challenge.
    for more in [&["--rules", "browser"][..], &["--engine", "script"], &["--repeat", "2"], &["--hint-timeout", "4"]] {
        assert_eq!(from_cache(&batch(&place, more)), "0 from the cache", "{more:?}");
        assert_eq!(from_cache(&batch(&place, more)), "3 from the cache", "{more:?}");
    }
    place.write("chat/two.md", &challenge(ID, "two", &[WORDS, NAME]));
    assert_eq!(from_cache(&batch(&place, &[])), "0 from the cache");
}

#[test]
fn a_damaged_cache_is_slow_and_not_wrong() {
    let place = folders();
    let first = batch(&place, &[]);
    let mut count = 0;
    for shard in std::fs::read_dir(place.path("kept")).unwrap() {
        for file in std::fs::read_dir(shard.unwrap().path()).unwrap() {
            std::fs::write(file.unwrap().path(), "damaged").unwrap();
            count += 1;
        }
    }
    assert_eq!(count, 3);
    let again = batch(&place, &[]);
    assert_eq!((from_cache(&again), &again.out), ("0 from the cache", &first.out));
    std::fs::remove_dir_all(place.path("kept")).unwrap();
    place.write("kept", "a file");
    let none = batch(&place, &[]);
    assert_eq!((&none.out, none.code), (&first.out, first.code));
    assert_eq!(none.err.matches("verdicts cannot be kept for the next run: `kept`").count(), 1, "{}", none.err);
}

#[test]
fn a_run_that_goes_on_uses_the_cache_for_the_rest() {
    let place = folders();
    let first = batch(&place, &[]);
    let journal = place.read("list.csv.journal");
    let lines: Vec<&str> = journal.lines().collect();
    place.write("list.csv.journal", &format!("{}\n{}\n", lines[0], lines[1]));
    let arguments = ["batch", "list.csv", "--ordered", "--resume", "--no-times", "--cache=kept"];
    let resumed = place.grade(&arguments);
    assert_eq!(from_cache(&resumed), "2 from the cache", "{resumed:?}");
    assert_eq!(plain(&resumed.out), plain(&first.out));
}

#[test]
fn addresses_are_kept_for_a_time_and_errors_never() {
    let (place, good, gone) = (Place::new(), Server::of("complete"), Server::of("complete"));
    place.write("list.csv", &format!("id,url\na,{}\nb,{}\n", good.url, gone.url));
    drop(gone);
    assert_eq!(from_cache(&batch(&place, &[])), "0 from the cache");
    assert_eq!(from_cache(&batch(&place, &[])), "0 from the cache", "no time is given");
    let first = batch(&place, &["--cache-ttl", "3600"]);
    assert_eq!(from_cache(&first), "0 from the cache");
    let second = batch(&place, &["--cache-ttl", "3600"]);
    assert_eq!(from_cache(&second), "1 from the cache", "{second:?}");
    assert_eq!(verdicts(&second.out), verdicts(&first.out));
    assert_eq!(from_cache(&batch(&place, &["--cache-ttl", "0.000001"])), "0 from the cache", "time is over");
    let run = place.grade(&["batch", "list.csv", "--cache-ttl", "5"]);
    assert!(run.code == 2 && run.err.contains("--cache"), "{run:?}");
}

#[test]
fn verdicts_that_change_are_flaky_and_are_not_kept() {
    static ASKED: AtomicUsize = AtomicUsize::new(0);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    // Every second request is answered well. The thread ends with the tests.
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.read(&mut [0; 4096]);
            let text = if ASKED.fetch_add(1, Ordering::SeqCst).is_multiple_of(2) { "disconnect" } else { "nothing" };
            let head = "HTTP/1.1 200 OK\r\naccess-control-allow-origin: *\r\nconnection: close\r\ncontent-length";
            let _ = write!(stream, "{head}: {}\r\n\r\n{text}", text.len());
        }
    });
    let place = Place::new();
    place.write("chat/two.md", &challenge(ID, "two", &[WORDS]));
    place.write("list.csv", &format!("id,url\na,http://{address}\n"));
    for _ in 0..2 {
        let run = batch(&place, &["--repeat", "2", "--cache-ttl", "3600"]);
        assert_eq!((run.code, from_cache(&run)), (3, "0 from the cache"), "{run:?}");
        let hint = &parsed(&run.out)[0]["challenges"][0]["hints"][0];
        assert!(hint["outcome"] == "errored" && hint.to_string().contains("flaky"), "{hint}");
    }
    assert_eq!(ASKED.load(Ordering::SeqCst), 4);
}

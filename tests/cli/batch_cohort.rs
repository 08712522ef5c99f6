//! `--report cohort=PATH.html`: the page, the CSV beside it, and names that are hidden.

use crate::batch::{Place, mixed};
use crate::support::{Server, steady};

/// Lines of the page that hold text: without style, script and the cells of the map.
fn told(page: &str) -> String {
    let body = &page[page.find("<body>").unwrap()..page.rfind("<script>").unwrap()];
    let mut out = String::new();
    for line in body.lines() {
        let mut text = String::new();
        for part in line.split('<') {
            text += part.split_once('>').map_or(part, |(_, text)| text);
            text.push(' ');
        }
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            out += &text;
            out.push('\n');
        }
    }
    steady(&out)
}

#[test]
fn a_page_and_a_csv() {
    let (place, good, bad) = (Place::new(), Server::of("complete"), Server::of("no-disconnect"));
    mixed(&place, &good, &bad);
    let run = place.grade(&["batch", "mixed.csv", "--no-times", "--output", "o", "--report", "cohort=out/class.html"]);
    assert_eq!((run.code, run.out.as_str()), (1, ""), "{run:?}");
    insta::assert_snapshot!("cohort_csv", place.read("out/class.csv"));
    let page = place.read("out/class.html");
    insta::assert_snapshot!("cohort_page", told(&page));
    assert!(!page.contains("src=") && !page.contains("href=\"http") && !page.contains("style=\""));
    // To standard output goes the page alone, and it names no file.
    let run = place.grade(&["batch", "mixed.csv", "--no-times", "--resume", "--report", "cohort"]);
    assert!(run.out.starts_with("<!DOCTYPE html>") && !run.out.contains("as CSV"), "{}", run.out);
}

#[test]
fn names_are_hidden() {
    let (place, good, bad) = (Place::new(), Server::of("complete"), Server::of("no-disconnect"));
    mixed(&place, &good, &bad);
    let arguments = ["batch", "mixed.csv", "--no-times", "--output", "o", "--anonymous", "--report", "cohort=a.html"];
    assert_eq!(place.grade(&arguments).code, 1);
    let (page, csv) = (place.read("a.html"), place.read("a.csv"));
    insta::assert_snapshot!("cohort_anonymous_csv", csv);
    for name in [
        "ana",
        "Ana",
        "ben",
        "Ben",
        "cy<",
        "Dee",
        ">eve<",
        ">fay<",
        "Nobody",
        "line-7",
        "ftp:",
        "none-such",
        "127.0.0.1",
        ">name<",
    ] {
        assert!(!page.contains(name) && !csv.contains(name), "{name}");
    }
    // The order of the list does not show.
    let list = place.read("mixed.csv");
    let (head, rows) = list.split_once('\n').unwrap();
    let mut rows: Vec<&str> = rows.lines().collect();
    // A row that repeats an id stays behind the one that it repeats.
    rows.swap(0, 6);
    rows.swap(3, 9);
    rows.swap(1, 8);
    place.write("other.csv", &format!("{head}\n{}\n", rows.join("\n")));
    let arguments = ["batch", "other.csv", "--no-times", "--output", "o", "--anonymous", "--report", "cohort=b.html"];
    assert_eq!(place.grade(&arguments).code, 1);
    assert_eq!(place.read("b.csv"), csv);
    assert_eq!(place.read("b.html"), page.replace("a.csv", "b.csv"));
    let run = place.grade(&["batch", "mixed.csv", "--anonymous"]);
    assert!(run.code == 2 && run.err.contains("--anonymous hides the names of a cohort report"), "{run:?}");
}

#[test]
fn parts_make_the_same_page() {
    let (place, good, bad) = (Place::new(), Server::of("complete"), Server::of("no-disconnect"));
    mixed(&place, &good, &bad);
    // Which challenges are compiled would depend on the part.
    let list = place.read("mixed.csv").replace(",two,", ",,").replace("none-such", "");
    place.write("mixed.csv", &list);
    let report = ["--no-times", "--output", "o", "--report", "cohort=whole/x.html"];
    place.grade(&[&["batch", "mixed.csv"], &report[..]].concat());
    place.grade(&["batch", "mixed.csv", "--no-times", "--shard", "1/2"]);
    place.grade(&["batch", "mixed.csv", "--no-times", "--shard", "2/2"]);
    let journals = ["mixed.csv.2-of-2.journal", "mixed.csv.1-of-2.journal"];
    let run = place.grade(&[&["merge"], &journals[..], &["--output", "o", "--report", "cohort=parts/x.html"]].concat());
    assert_eq!(run.code, 1, "{run:?}");
    assert_eq!(place.read("whole/x.html"), place.read("parts/x.html"));
    assert_eq!(place.read("whole/x.csv"), place.read("parts/x.csv"));
}

#[test]
fn nothing_is_written_over() {
    let place = Place::new();
    let list = place.write("class.csv", "id,url\na,\n");
    let run = place.grade(&["batch", "class.csv", "--report", "cohort=class.html"]);
    assert!(run.code == 2 && run.err.contains("class.csv` is read by this run"), "{run:?}");
    assert_eq!(std::fs::read_to_string(list).unwrap(), "id,url\na,\n");
    for two in ["json=x.csv", "cohort=x.htm"] {
        let run = place.grade(&["batch", "class.csv", "--restart", "--report", "cohort=x.html", "--report", two]);
        assert!(run.code == 2 && run.err.contains("two reports cannot go to one file"), "{run:?}");
    }
    // An empty list has an empty page.
    place.write("none.csv", "id,url\n");
    let run = place.grade(&["batch", "none.csv", "--report", "cohort=none.html"]);
    assert_eq!(place.read("none.csv"), "id,url\n", "{run:?}");
}

#[test]
fn an_empty_list_has_a_page() {
    let place = Place::new();
    place.write("empty.csv", "id,url\n");
    let run = place.grade(&["batch", "empty.csv", "--report", "cohort=report.html"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(place.read("report.html").contains("There are no submissions"));
    insta::assert_snapshot!(place.read("report.csv"), @"id,verdict,reason,hints,passed,failed,could_not_check,no_test,skipped");
}

#[test]
fn secrets_are_masked() {
    let (place, server) = (Place::new(), Server::of("no-disconnect"));
    let url = server.url.replace("http://", "http://me:hunter2hunter2@");
    place.write("list.csv", &format!("id,url,note\na,{url}?token=sesame-open-123,see {url}\n"));
    place.grade(&["batch", "list.csv", "--report", "cohort=r.html"]);
    for text in [place.read("r.html"), place.read("r.csv")] {
        assert!(!text.contains("hunter2") && !text.contains("sesame"), "{text}");
    }
}

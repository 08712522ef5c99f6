//! Documents: a table of expressions over one page, checked with another implementation, and the limits.

use std::collections::BTreeMap;

use crate::sandbox::host::testing::Page;

#[test]
fn documents_are_read_as_the_standard_says() {
    let cases: BTreeMap<String, String> = serde_json::from_str(include_str!("../testdata/dom.json")).unwrap();
    let html = serde_json::to_string(include_str!("../testdata/dom.html")).unwrap();
    let page = Page::new();
    let mut wrong = Vec::new();
    for (script, expected) in &cases {
        let got = page.eval(&format!("(d => {script})(new DOMParser().parseFromString({html}, 'text/html'))"));
        let name = |text: &str| text.strip_prefix("throws ").and_then(|t| t.split(':').next()).map(str::to_owned);
        if got != *expected && (name(expected).is_none() || name(expected) != name(&got)) {
            wrong.push(format!("{script}\n    expected {expected}\n    got      {got}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    assert!(cases.len() > 250);
}

#[test]
fn depth_is_cut_as_in_browsers_and_overflows_nothing() {
    let page = Page::new();
    let depth = "(d => { let n = 0; for (let e = d.querySelector('div'); e; e = e.firstElementChild) n++; return n; })";
    let deep = |n: u32| format!("new DOMParser().parseFromString('<div>'.repeat({n}) + 'x', 'text/html')");
    let got: u32 = page.eval(&format!("{depth}({})", deep(2000))).parse().unwrap();
    assert!((500..=513).contains(&got), "{got}");
    assert_eq!(page.eval(&format!("{}.body.textContent", deep(2000))), "\"x\"");
    assert_eq!(page.eval(&format!("{}.querySelectorAll('div').length", deep(2000))), "2000");
    let text = page.eval(&format!("{}.body.innerHTML.length", deep(2000)));
    assert_eq!(text, (2000 * 11 + 1).to_string());
}

#[test]
fn a_document_that_scripts_nest_deeply_is_walked_without_recursion() {
    let page = Page::new();
    let script = "(() => { const d = new DOMParser().parseFromString('', 'text/html'); let e = d.createElement('div'); e.append('x');
        for (let i = 0; i < 20000; i++) { const p = d.createElement('div'); p.appendChild(e); e = p; }
        return [e.outerHTML.length, e.textContent, e.querySelectorAll('div').length, e.cloneNode(true).textContent]; })()";
    assert_eq!(page.eval(script), format!("[{},\"x\",20000,\"x\"]", 20001 * 11 + 1));
}

#[test]
fn too_much_is_not_supported_instead_of_slow() {
    let page = Page::new();
    for script in [
        "new DOMParser().parseFromString('<div>'.repeat(60000), 'text/html')",
        "new DOMParser().parseFromString('<p>' + Array.from({ length: 400 }, (_, i) => `<b a=${i}>`).join('') + '</p>' + '<p>x'.repeat(1600), 'text/html')",
        "new DOMParser().parseFromString('<br>'.repeat(610000), 'text/html')",
        "new DOMParser().parseFromString('<p>', 'text/html').querySelector('a '.repeat(5000) + 'b')",
        "new DOMParser().parseFromString('<p>', 'text/html').querySelector(':not('.repeat(50) + 'a' + ')'.repeat(50))",
    ] {
        let got = page.eval(script);
        assert!(got.starts_with("throws Error: unsupported: "), "{script}: {got}");
    }
    assert_eq!(
        page.eval(
            "new DOMParser().parseFromString('<a>'.repeat(1000), 'text/xml').querySelector('parsererror') !== null"
        ),
        "true"
    );
}

#[test]
fn documents_that_nobody_holds_are_freed() {
    let page = Page::new();
    let script = "(() => { const html = '<p>x'.repeat(50000); for (let i = 0; i < 3; i++) new DOMParser().parseFromString(html, 'text/html'); return 1; })()";
    for _ in 0..10 {
        // 3 * 100,000 nodes each time: without freeing, the third time is over the limit.
        assert_eq!(page.eval(script), "1");
    }
}

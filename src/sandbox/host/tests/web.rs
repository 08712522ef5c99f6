//! Tables of expressions with what Node gives for them, and what Node does not have.

use crate::sandbox::host::testing::{Page, agrees_with};

#[test]
fn apis_agree_with_node() {
    assert!(agrees_with(include_str!("../testdata/web.json")) >= 150);
}

#[test]
fn formats_agree_with_node() {
    assert!(agrees_with(include_str!("../testdata/intl.json")) >= 400);
}

#[test]
fn multipart_is_as_browsers_send_it() {
    let page = Page::new();
    let body = page.eval(
        "(() => { const f = new FormData(); f.append('a\"b', 'x\\ny'); f.append('upfile', new Blob(['hi'], { type: 'text/plain' }), 'é.txt');
           f.append('raw', new File(['z'], 'r')); const { body, type } = encodeMultipart(f); const b = type.split('boundary=')[1];
           return decodeUtf8(body).replaceAll(b, 'B'); })()",
    );
    let expected = concat!(
        "--B\r\nContent-Disposition: form-data; name=\"a%22b\"\r\n\r\nx\r\ny\r\n",
        "--B\r\nContent-Disposition: form-data; name=\"upfile\"; filename=\"é.txt\"\r\nContent-Type: text/plain\r\n\r\nhi\r\n",
        "--B\r\nContent-Disposition: form-data; name=\"raw\"; filename=\"r\"\r\nContent-Type: application/octet-stream\r\n\r\nz\r\n",
        "--B--\r\n"
    );
    assert_eq!(body, serde_json::to_string(expected).unwrap());
}

#[test]
fn uuids_are_of_version_four_and_differ() {
    let page = Page::new();
    let form = "/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/";
    assert_eq!(
        page.eval(&format!("[{form}.test(crypto.randomUUID()), crypto.randomUUID() === crypto.randomUUID()]")),
        "[true,false]"
    );
}

#[test]
fn storage_keeps_text() {
    let page = Page::new();
    let script = "(() => { localStorage.setItem('a', 1); localStorage.b = { }; const r = [localStorage.getItem('a'), localStorage.b, localStorage.length,
        localStorage.getItem('zz'), localStorage.key(0), Object.keys(localStorage), 'a' in localStorage, sessionStorage.length];
        delete localStorage.b; localStorage.removeItem('a'); r.push(localStorage.length); return r; })()";
    assert_eq!(page.eval(script), r#"["1","[object Object]",2,null,"a",["a","b"],true,0,0]"#);
    assert!(page.eval("localStorage.setItem('x', 'y'.repeat(6 << 20))").starts_with("throws QuotaExceededError"));
}

#[test]
fn what_is_not_there_says_so() {
    let page = Page::new();
    for script in [
        "new Date(0).toLocaleDateString('de-DE')",
        "(1.5).toLocaleString('fr')",
        "Intl.PluralRules",
        "new Date(0).toLocaleString('en-US', { era: 'short' })",
        "new Blob(['x']).stream()",
        "crypto.subtle",
        "URL.createObjectURL(new Blob([]))",
    ] {
        assert!(page.eval(script).starts_with("throws Error: unsupported: "), "{script}: {}", page.eval(script));
    }
}

#[test]
fn errors_of_listeners_are_reported_and_do_not_stop_others() {
    let page = Page::new();
    let script = "(() => { const seen = []; setErrorReporter(e => seen.push(e.message)); const t = new EventTarget();
        t.addEventListener('x', () => { throw new Error('a'); }); t.addEventListener('x', () => seen.push('b')); t.dispatchEvent(new Event('x')); return seen; })()";
    assert_eq!(page.eval(script), r#"["a","b"]"#);
}

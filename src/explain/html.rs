//! The words of a page: its title, and what a reader sees first. No HTML parser: a page that is there by mistake need not be valid.

/// So much of a page is looked at, in bytes.
const LOOKED_AT: usize = 64 * 1024;

/// What pages begin with.
const TAGS: [&str; 17] = [
    "!doctype", "html", "head", "body", "title", "meta", "h1", "h2", "p", "pre", "div", "script", "link", "center",
    "style", "form", "main",
];

/// Whether a text is a page rather than data.
pub fn is_page(text: &str) -> bool {
    let start = head(text).trim_start();
    let mut start = start.get(..start.len().min(2000)).unwrap_or(start);
    while let Some(rest) = start.strip_prefix("<!--") {
        let Some((_, after)) = rest.split_once("-->") else { return true };
        start = after.trim_start();
    }
    let Some(tag) = start.strip_prefix('<') else { return false };
    let name: String = tag.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '!').collect();
    TAGS.contains(&name.to_ascii_lowercase().as_str())
}

/// The title of a page.
pub fn title(page: &str) -> Option<String> {
    let page = head(page);
    let at = find(page, "<title")?;
    let inner = page.get(at..)?.split_once('>')?.1;
    let end = find(inner, "</title").unwrap_or(inner.len().min(200));
    let title = super::show::line(&entities(inner.get(..end)?), 120);
    (!title.is_empty()).then_some(title)
}

/// The first lines that a reader sees, without the title: at most `most`.
pub fn lines(page: &str, most: usize) -> Vec<String> {
    let page = head(page);
    let mut out: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut rest = page;
    while !rest.is_empty() && out.len() < most {
        let Some((text, tag)) = rest.split_once('<') else {
            line.push_str(rest);
            break;
        };
        line.push_str(text);
        if !is_tag(tag) {
            line.push('<');
            rest = tag;
            continue;
        }
        let name: String =
            tag.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '!' | '-')).collect();
        let name = name.to_ascii_lowercase();
        if let Some(skipped) = ["script", "style", "title"].iter().find(|skipped| **skipped == name) {
            let close = format!("</{skipped}");
            let after = find(tag, &close).and_then(|at| tag.get(at..)).unwrap_or_default();
            rest = after.split_once('>').map_or("", |(_, after)| after);
            continue;
        }
        rest = if tag.starts_with("!--") {
            tag.split_once("-->").map_or("", |(_, after)| after)
        } else {
            tag.split_once('>').map_or("", |(_, after)| after)
        };
        if !INLINE.contains(&name.trim_start_matches('/')) {
            finish(&mut line, &mut out);
        }
    }
    finish(&mut line, &mut out);
    out.truncate(most);
    out
}

const INLINE: [&str; 12] = ["a", "b", "i", "em", "strong", "span", "code", "small", "u", "kbd", "sup", "sub"];

fn is_tag(after: &str) -> bool {
    after.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
}

fn finish(line: &mut String, out: &mut Vec<String>) {
    let text = std::mem::take(line);
    out.extend(entities(&text).lines().map(|line| super::show::line(line, 200)).filter(|line| !line.is_empty()));
}

fn head(text: &str) -> &str {
    let mut end = text.len().min(LOOKED_AT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// Position of an ASCII text, whatever its letters' case.
pub fn find(text: &str, wanted: &str) -> Option<usize> {
    text.as_bytes().windows(wanted.len()).position(|window| window.eq_ignore_ascii_case(wanted.as_bytes()))
}

/// The few entities that error pages have.
fn entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut text = text.to_owned();
    for (entity, character) in [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, character);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXPRESS: &str = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Error</title>\n</head>\n<body>\n<pre>Cannot GET /api/x&quot;</pre>\n</body>\n</html>\n";

    #[test]
    fn pages_are_told_from_data() {
        for page in [EXPRESS, "<h1>x</h1>", "  \n<!-- c -->\n<HTML>", "<p>hello", "<!-- never closed"] {
            assert!(is_page(page), "{page}");
        }
        for other in ["", "{}", "[1]", "hello <p>", "<?xml version=\"1.0\"?><a/>", "<svg>", "const a = 1 < 2;", "<"] {
            assert!(!is_page(other), "{other}");
        }
    }

    #[test]
    fn title_and_words() {
        assert_eq!(title(EXPRESS).as_deref(), Some("Error"));
        assert_eq!(lines(EXPRESS, 3), ["Cannot GET /api/x\""]);
        let page = "<head><title>T</title><style>p{}</style></head><body><script>let a = '<p>';</script><h1>One <b>two</b></h1><p>three<br>four &amp; five</p>a < b";
        assert_eq!(lines(page, 9), ["One two", "three", "four & five", "a < b"]);
        assert_eq!(title("<title></title>"), None);
        assert_eq!(title("no page"), None);
    }

    #[test]
    fn stack_traces_keep_their_lines() {
        let page = "<pre>TypeError: x is not a function<br> &nbsp; &nbsp;at /home/me/server.js:12:3<br></pre>";
        assert_eq!(lines(page, 2), ["TypeError: x is not a function", "at /home/me/server.js:12:3"]);
    }
}

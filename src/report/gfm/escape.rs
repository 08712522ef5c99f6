//! Escaping. What a backslash does not stop is stopped by a space without width: mentions and references are looked for in
//! the text that Markdown has become.

use crate::report::text::{block, line};

const NOTHING: char = '\u{200b}';

/// The text on one line, as Markdown within a paragraph or a cell of a table that begins with something else.
pub fn inline(text: &str, limit: usize) -> String {
    escape(text, limit, |character, between, out| match character {
        '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$' | '^' | '#' | '@' => {
            out.push('\\');
            out.push(character);
        }
        // Forums make links of what looks like a domain.
        '.' if between => out.push_str("\\."),
        other => out.push(other),
    })
}

/// The text on one line, between or within HTML tags.
pub fn html(text: &str, limit: usize) -> String {
    escape(text, limit, |character, _, out| match character {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        other => out.push(other),
    })
}

/// Writes each character with `put`, which also learns whether it stands within a word, and takes
/// mentions, references and addresses apart.
fn escape(text: &str, limit: usize, put: impl Fn(char, bool, &mut String)) -> String {
    let text = line(text, limit);
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut ws = 0;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied().unwrap_or(' ');
        if character == ':' && next == '/' {
            out.push(NOTHING);
        }
        put(character, before.is_alphanumeric() && next.is_alphabetic(), &mut out);
        ws = if matches!(character, 'w' | 'W') { ws + 1 } else { 0 };
        let address = ws == 3 && next == '.';
        if character == '@' || (character == '#' && !next.is_whitespace()) || address {
            out.push(NOTHING);
        }
        before = character;
    }
    out
}

/// The text in a fence that nothing in it can end; long texts lose their middle.
pub fn fence(text: &str, limit: usize) -> String {
    let text = block(text, limit, char::len_utf8);
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}text\n{text}\n{fence}\n")
}

#[cfg(test)]
mod tests {
    use comrak::{Options, markdown_to_html};

    use super::*;
    use crate::report::sample::NASTY;

    /// As GitHub does, with everything allowed.
    fn rendered(markdown: &str) -> String {
        let mut options = Options::default();
        options.extension.autolink = true;
        options.extension.strikethrough = true;
        options.extension.table = true;
        options.extension.footnotes = true;
        options.extension.math_dollars = true;
        options.render.r#unsafe = true;
        markdown_to_html(markdown, &options)
    }

    /// The text that a person sees.
    fn seen(html: &str) -> String {
        let html = html.trim().strip_prefix("<p>A:").unwrap().strip_suffix("</p>").unwrap().trim();
        assert!(!html.contains('<'), "{html}");
        let html = html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
        html.replace("&amp;", "&").replace(NOTHING, "")
    }

    #[test]
    fn markdown_says_what_the_text_says() {
        for text in NASTY {
            let expected = line(text, 1_000);
            assert_eq!(seen(&rendered(&format!("A: {}", inline(text, 1_000)))), expected.trim(), "{text}");
            assert_eq!(seen(&format!("<p>A: {}</p>", html(text, 1_000))), expected.trim(), "{text}");
        }
    }

    #[test]
    fn nobody_is_mentioned() {
        for escaped in [inline("@admin a@b #1 www.x.y", 100), html("@admin a@b #1 WWW.x.y", 100)] {
            let (apart, lower) = (escaped.replace('\\', ""), escaped.to_ascii_lowercase());
            assert!(!apart.contains("@a") && !apart.contains("@b") && !apart.contains("#1"), "{escaped}");
            assert!(!lower.contains("www."), "{escaped}");
        }
        for harmless in ["It should not throw.", "C# is # one", "12:30"] {
            assert!(!inline(harmless, 100).contains(NOTHING) && !html(harmless, 100).contains(NOTHING), "{harmless}");
        }
    }

    #[test]
    fn a_cell_stays_a_cell() {
        for text in NASTY {
            let table = format!("| A | B |\n|---|---|\n| {} | end |\n", inline(text, 1_000));
            assert!(rendered(&table).contains("<td>end</td>"), "{text}");
        }
    }

    #[test]
    fn a_fence_is_longer_than_what_is_in_it() {
        assert_eq!(fence("a", 10), "```text\na\n```\n");
        assert_eq!(fence("a ```` b", 10), "`````text\na ```` b\n`````\n");
        for text in NASTY {
            let html = rendered(&format!("{}\nend\n", fence(text, 10_000)));
            assert!(html.ends_with("</code></pre>\n<p>end</p>\n"), "{html}");
        }
    }
}

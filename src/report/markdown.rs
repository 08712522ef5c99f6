//! Markdown as text for a terminal: wrapped paragraphs, indented code, lists; links by their address.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::style::Styles;
use super::terminal::wrap;
use super::value::harmless;

/// Renders Markdown to `width` columns.
pub fn render(markdown: &str, width: usize, styles: Styles) -> String {
    let mut writer = Writer {
        out: String::new(),
        text: String::new(),
        lists: Vec::new(),
        width,
        styles,
        code: None,
        link: None,
        quote: 0,
    };
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        writer.event(event);
    }
    writer.flush();
    let trimmed = writer.out.trim_end();
    if trimmed.is_empty() { String::new() } else { format!("{trimmed}\n") }
}

struct Writer {
    out: String,
    text: String,
    /// The next number of each open list; `None` for bullets.
    lists: Vec<Option<u64>>,
    width: usize,
    styles: Styles,
    /// The code block that is being read.
    code: Option<String>,
    link: Option<String>,
    quote: usize,
}

impl Writer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.code {
                Some(code) => code.push_str(&text),
                None => self.text.push_str(&harmless(&text)),
            },
            Event::Code(code) => {
                self.text.push('`');
                self.text.push_str(&harmless(&code));
                self.text.push('`');
            }
            Event::SoftBreak => self.text.push(' '),
            Event::HardBreak => self.text.push('\n'),
            Event::Rule => {
                self.flush();
                self.out.push_str("---\n\n");
            }
            // Tags are left out; the text between them comes as text.
            Event::InlineHtml(html) if html.starts_with("<br") => self.text.push('\n'),
            Event::InlineHtml(html) => self.html(&html),
            Event::Html(html) => self.text.push_str(&harmless(&without_tags(&html))),
            _ => {}
        }
    }

    fn html(&mut self, html: &str) {
        if let Some(at) = html.find("href=\"")
            && let Some(rest) = html.get(at + 6..)
        {
            self.link = rest.split('"').next().map(harmless);
        } else if html.starts_with("</a") {
            self.close_link();
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::CodeBlock(_) => {
                self.flush();
                self.code = Some(String::new());
            }
            Tag::List(first) => {
                self.flush();
                self.lists.push(first);
            }
            Tag::Item | Tag::Paragraph | Tag::Heading { .. } | Tag::TableRow | Tag::TableHead => self.flush(),
            Tag::BlockQuote(_) => {
                self.flush();
                self.quote += 1;
            }
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => self.link = Some(harmless(&dest_url)),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::CodeBlock => {
                let code = self.code.take().unwrap_or_default();
                for line in code.lines() {
                    self.out.push_str(&format!("    {}\n", harmless(line)).replace("    \n", "\n"));
                }
                self.out.push('\n');
            }
            TagEnd::Heading(level) => {
                let title = std::mem::take(&mut self.text);
                let mark = if level == HeadingLevel::H1 { "" } else { "  " };
                self.out.push_str(&format!("{mark}{}\n\n", self.styles.title(title.trim())));
            }
            TagEnd::Item => {
                self.flush();
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
                if self.lists.is_empty() {
                    self.out.push('\n');
                }
            }
            TagEnd::TableCell => self.text.push_str("  "),
            TagEnd::Paragraph | TagEnd::TableRow | TagEnd::TableHead => self.flush(),
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.quote = self.quote.saturating_sub(1);
            }
            TagEnd::Link | TagEnd::Image => self.close_link(),
            TagEnd::Table | TagEnd::HtmlBlock => {
                self.flush();
                self.out.push('\n');
            }
            _ => {}
        }
    }

    fn close_link(&mut self) {
        if let Some(address) = self.link.take()
            && !self.text.ends_with(&address)
        {
            self.text.push_str(&format!(" <{address}>"));
        }
    }

    /// Writes the paragraph that has been read so far.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let depth = self.lists.len();
        let first = match self.lists.last_mut() {
            None => "  ".repeat(self.quote),
            Some(Some(number)) => {
                let mark = format!("{}{number}. ", "   ".repeat(depth - 1));
                *number += 1;
                mark
            }
            Some(None) => format!("{}- ", "   ".repeat(depth - 1)),
        };
        for line in wrap(text, &first, self.width) {
            self.out.push_str(&line);
            self.out.push('\n');
        }
        if self.lists.is_empty() {
            self.out.push('\n');
        }
    }
}

fn without_tags(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for character in html.chars() {
        match character {
            '<' => inside = true,
            '>' if inside => inside = false,
            _ if !inside => out.push(character),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renders_readable_text() {
        let markdown = "Read **this** and `code`,\nthen <a href=\"https://x.test/\">look</a>.\n\n- one\n- two\n\n1. first\n2. second\n\n```js\nconst a = 1;\n\n  b();\n```\n\n## Next\n\nSee [docs](https://d.test).";
        assert_eq!(
            render(markdown, 40, Styles::new(false)),
            "Read this and `code`, then look\n<https://x.test/>.\n\n- one\n- two\n\n1. first\n2. second\n\n    const a = 1;\n\n      b();\n\n  Next\n\nSee docs <https://d.test>.\n"
        );
    }
}

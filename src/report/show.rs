//! `grade show`: a challenge as readable text.

use super::markdown::render;
use super::style::Styles;
use super::terminal::wrap;
use super::value::harmless;
use crate::grader::Prepared;
use crate::port::{Check, OutlineItem};

/// How a challenge is shown.
#[derive(Debug, Clone, Copy)]
pub struct ShowSettings {
    /// Colour or not.
    pub styles: Styles,
    /// Width in columns.
    pub width: usize,
    /// Whether to show the test blocks.
    pub code: bool,
}

/// A challenge: title, description, and per hint what is fetched and asserted.
pub fn challenge(prepared: &Prepared, not_graded: Option<&str>, settings: ShowSettings) -> String {
    let ShowSettings { styles, width, code } = settings;
    let challenge = &prepared.challenge;
    let mut out = format!("{}\n{}\n", styles.title(&harmless(&challenge.title)), styles.dim(&prepared.file));
    if let Some(reason) = not_graded {
        out.push_str(&format!("{}\n", styles.error(&format!("not graded: {reason}"))));
    }
    out.push_str(&texts(prepared, width, styles));
    let noun = if challenge.hints.len() == 1 { "hint" } else { "hints" };
    out.push_str(&format!("\n{}\n", styles.title(&format!("{} {noun}", challenge.hints.len()))));
    for (index, (hint, ready)) in challenge.hints.iter().zip(&prepared.hints).enumerate() {
        let text = harmless(&hint.text);
        for line in wrap(text.trim(), &format!("{:>3}. ", index + 1), width) {
            out.push_str(&line);
            out.push('\n');
        }
        out.push_str(&outline(&ready.check, styles, width));
        if code {
            for (number, line) in hint.code.text.lines().enumerate() {
                let number = styles.dim(&format!("{:>9} |", hint.code.line + number));
                out.push_str(&format!("{number} {}\n", harmless(line)));
            }
        }
    }
    out
}

/// Description, instructions and notes, each after an empty line.
pub(super) fn texts(prepared: &Prepared, width: usize, styles: Styles) -> String {
    let challenge = &prepared.challenge;
    let mut out = String::new();
    for text in [&challenge.description, &challenge.instructions, &challenge.notes].into_iter().flatten() {
        let rendered = render(&text.text, width, styles);
        if !rendered.trim().is_empty() {
            out.push('\n');
            out.push_str(&rendered);
        }
    }
    out
}

fn outline(check: &Check, styles: Styles, width: usize) -> String {
    let line = |label: &str, text: &str| {
        let first = format!("     {label:8} ");
        wrap(&harmless(text), &first, width)
            .iter()
            .enumerate()
            .map(
                |(index, line)| {
                    if index == 0 { line.replacen(label, &styles.dim(label), 1) + "\n" } else { format!("{line}\n") }
                },
            )
            .collect::<String>()
    };
    match check {
        Check::Empty => line("no test", "freeCodeCamp passes this hint without checking it"),
        Check::Broken(error) => line("broken", &format!("the test is no valid JavaScript: {}", error.message)),
        Check::Script(why) => line("script", &format!("runs as written, in the script engine: it has {}", why.reason)),
        Check::Ported(plan) => {
            let mut out = String::new();
            for item in plan.outline() {
                out.push_str(&match item {
                    OutlineItem::Request { method, url } => line("fetches", &format!("{method} {url}")),
                    OutlineItem::Assertion { text } => line("asserts", &text),
                });
            }
            if !plan.awaited() {
                out.push_str(&line("note", "freeCodeCamp does not wait for this test, so it passes there in any case"));
            }
            out
        }
    }
}

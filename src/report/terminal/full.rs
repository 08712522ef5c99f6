//! `--explain full`: everything that was sent and answered, and the test.

use std::io;

use super::details::Details;
use crate::fetch::{Exchange, Header, Hop};
use crate::report::value::{cut_middle, harmless};
use crate::verdict::{HintResult, Outcome};

/// Lines and characters of a body that are shown.
const BODY_LINES: usize = 12;
const BODY_CHARACTERS: usize = 1500;
/// Longest header value that is shown.
const LONGEST_VALUE: usize = 300;
const HIDDEN: &str = "(hidden)";

impl Details<'_> {
    /// Every hop of a request with its headers, and the start of the body.
    pub fn wire(&mut self, exchange: &Exchange) -> io::Result<()> {
        for hop in &*exchange.hops {
            self.hop(hop)?;
        }
        let text = String::from_utf8_lossy(&exchange.body);
        if text.trim().is_empty() {
            return self.labelled("body", "empty", str::to_owned);
        }
        let start: String = text.chars().take(BODY_CHARACTERS).collect();
        let mut lines: Vec<&str> = start.lines().take(BODY_LINES).collect();
        if lines.iter().map(|line| line.len()).sum::<usize>() + lines.len() < text.trim_end().len() {
            lines.push("…");
        }
        for (index, line) in lines.into_iter().enumerate() {
            self.verbatim(if index == 0 { "body" } else { "" }, line)?;
        }
        Ok(())
    }

    fn hop(&mut self, hop: &Hop) -> io::Result<()> {
        let told = if hop.preflight { " (preflight)" } else { "" };
        self.labelled("request", &harmless(&format!("{} {}{told}", hop.method, hop.url)), str::to_owned)?;
        self.headers(&hop.request_headers)?;
        let status = hop.status.map_or_else(|| "none".to_owned(), |status| status.to_string());
        self.labelled("answer", &status, str::to_owned)?;
        self.headers(&hop.response_headers)
    }

    fn headers(&mut self, headers: &[Header]) -> io::Result<()> {
        let styles = self.settings.styles;
        let label = " ".repeat(9);
        for (name, value) in headers {
            let value = cut_middle(&masked(name, value), LONGEST_VALUE);
            self.labelled(&label, &harmless(&format!("{name}: {value}")), |text| styles.dim(text))?;
        }
        Ok(())
    }

    /// A line with its blanks, wrapped.
    fn verbatim(&mut self, label: &str, line: &str) -> io::Result<()> {
        let label = if label.is_empty() { " ".repeat(9) } else { label.to_owned() };
        self.labelled(&label, &harmless(line), str::to_owned)
    }

    /// The hint's test, its failing line marked.
    pub fn test(&mut self, result: &HintResult) -> io::Result<()> {
        let Some(hint) = self.challenge.challenge.hints.get(result.index) else { return Ok(()) };
        let failing = match &result.outcome {
            Outcome::Failed(failure) => failure.position.map(|place| place.line),
            _ => None,
        };
        let styles = self.settings.styles;
        for (number, line) in hint.code.text.lines().enumerate() {
            let number = hint.code.line + number;
            let line = harmless(line);
            if failing == Some(number) {
                writeln!(self.out, "{} {}", styles.fail(&format!("{number:>10} >")), styles.title(&line))?;
            } else {
                writeln!(self.out, "{} {line}", styles.dim(&format!("{number:>10} |")))?;
            }
        }
        Ok(())
    }
}

/// A header's value without secrets: names and attributes of cookies stay, and so does the scheme of an authorization.
fn masked(name: &str, value: &str) -> String {
    let cookie = |pair: &str| match pair.split_once('=') {
        Some((name, _)) => format!("{}={HIDDEN}", name.trim()),
        None => HIDDEN.to_owned(),
    };
    match name.to_ascii_lowercase().as_str() {
        "authorization" | "proxy-authorization" => match value.split_once(' ') {
            Some((scheme, _)) => format!("{scheme} {HIDDEN}"),
            None => HIDDEN.to_owned(),
        },
        "cookie" => value.split(';').map(cookie).collect::<Vec<_>>().join("; "),
        "set-cookie" => {
            let mut parts = value.split(';');
            let first = cookie(parts.next().unwrap_or_default());
            parts.fold(first, |text, part| format!("{text};{part}"))
        }
        _ => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_hidden() {
        for (name, value, shown) in [
            ("authorization", "Bearer abc.def", "Bearer (hidden)"),
            ("Authorization", "abc", "(hidden)"),
            ("cookie", "sid=s%3Aabc; theme=dark", "sid=(hidden); theme=(hidden)"),
            ("set-cookie", "sid=s%3Aabc; Path=/; HttpOnly", "sid=(hidden); Path=/; HttpOnly"),
            ("set-cookie", "nonsense", "(hidden)"),
            ("content-type", "text/html", "text/html"),
        ] {
            assert_eq!(masked(name, value), shown);
        }
    }
}

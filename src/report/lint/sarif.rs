//! SARIF 2.1.0: one run, with the rules that are switched on, and a result for each finding. What files say not to report is
//! left out.

use std::io::{self, Write};
use std::path::Path;

use serde_json::{Map, Value, json};

use super::fingerprint::Fingerprints;
use super::json::{write_bare, write_item};
use super::{Checked, Totals, View};
use crate::lint::{ALL, Edit, Finding, Level, Levels, Lines, Rule, page};
use crate::report::text::clean;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

pub(super) struct Sarif {
    levels: Levels,
    rules: Vec<&'static Rule>,
    items: usize,
}

impl Sarif {
    pub fn new(levels: Levels) -> Self {
        let rules = ALL.iter().copied().filter(|rule| levels.of(rule) != Level::Off).collect();
        Self { levels, rules, items: 0 }
    }

    fn rule(&self, rule: &Rule) -> Value {
        let page = page(rule).unwrap_or_default();
        json!({
            "id": rule.code,
            "name": pascal(rule.name),
            "shortDescription": {"text": rule.summary},
            "fullDescription": {"text": rule.summary},
            "help": {"text": page, "markdown": page},
            "defaultConfiguration": {"level": level(self.levels.of(rule))},
            "properties": {"tags": [rule.group.title()]},
        })
    }

    fn result(&self, checked: &Checked<'_>, finding: &Finding, lines: &Lines<'_>, fingerprint: &str) -> Value {
        let place = |start: usize, end: usize| json!({"artifactLocation": {"uri": uri(checked.file)}, "region": region(start, end, lines)});
        let help = finding.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
        let mut result = json!({
            "ruleId": finding.rule.code,
            "level": level(finding.level),
            "message": {"text": clean(&format!("{}{help}", finding.message))},
            "locations": [{"physicalLocation": place(finding.span.start, finding.span.end)}],
            "partialFingerprints": {"primaryLocationLineHash": format!("{fingerprint}:1"), "grade/v1": fingerprint},
        });
        let mut add = |key: &str, value: Value| {
            if let Some(object) = result.as_object_mut() {
                object.insert(key.to_owned(), value);
            }
        };
        if let Some(index) = self.rules.iter().position(|rule| *rule == finding.rule) {
            add("ruleIndex", index.into());
        }
        if !finding.labels.is_empty() {
            let related = finding.labels.iter().enumerate().map(|(index, label)| {
                json!({
                    "id": index + 1,
                    "message": {"text": clean(&label.text)},
                    "physicalLocation": place(label.span.start, label.span.end),
                })
            });
            add("relatedLocations", related.collect());
        }
        if let Some(fix) = &finding.fix {
            let replacements: Value = fix.edits.iter().map(|edit| replacement(edit, lines)).collect();
            add(
                "fixes",
                json!([{
                    "description": {"text": clean(&fix.title)},
                    "artifactChanges": [{"artifactLocation": {"uri": uri(checked.file)}, "replacements": replacements}],
                }]),
            );
        }
        result
    }
}

impl View for Sarif {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let rules: Value = self.rules.iter().map(|rule| self.rule(rule)).collect();
        let tool = json!({"driver": {
            "name": "grade",
            "version": env!("CARGO_PKG_VERSION"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": rules,
        }});
        write!(out, "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":")?;
        write_bare(&tool, out)?;
        out.write_all(br#","columnKind":"utf16CodeUnits","newlineSequences":["\r\n","\n","\r"],"results":["#)
    }

    fn file(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        let lines = Lines::new(checked.text);
        let mut fingerprints = Fingerprints::default();
        for finding in checked.findings {
            let result = self.result(checked, finding, &lines, &fingerprints.of(checked, finding));
            write_item(&result, &mut self.items, out)?;
        }
        Ok(())
    }

    fn end(&mut self, _: &Totals, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.items == 0 { b"]}]}\n" } else { b"\n]}]}\n" })
    }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Off => "none",
        Level::Warning => "warning",
        Level::Error => "error",
    }
}

/// Lines and columns from 1, columns in UTF-16 units; the end column is the one after the last.
fn region(start: usize, end: usize, lines: &Lines<'_>) -> Value {
    json!({
        "startLine": lines.position(start).line,
        "startColumn": lines.utf16_column(start),
        "endLine": lines.position(end).line,
        "endColumn": lines.utf16_column(end),
    })
}

fn replacement(edit: &Edit, lines: &Lines<'_>) -> Value {
    let mut replacement = Map::new();
    replacement.insert("deletedRegion".to_owned(), region(edit.range.start, edit.range.end, lines));
    if !edit.text.is_empty() {
        replacement.insert("insertedContent".to_owned(), json!({"text": edit.text}));
    }
    replacement.into()
}

/// `promise-not-awaited` as `PromiseNotAwaited`, which is how names of rules are written there.
fn pascal(name: &str) -> String {
    let words = name.split('-').map(|word| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
    });
    words.collect()
}

/// A relative path as a relative URI; an absolute one as a `file:` URI.
fn uri(path: &str) -> String {
    if Path::new(path).is_absolute()
        && let Ok(url) = url::Url::from_file_path(path)
    {
        return url.into();
    }
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_addresses() {
        assert_eq!(pascal("promise-not-awaited"), "PromiseNotAwaited");
        assert_eq!(uri("a b/é:c#.md"), "a%20b/%C3%A9%3Ac%23.md");
        assert_eq!(uri("../x.md"), "../x.md");
        #[cfg(unix)]
        assert_eq!(uri("/a b.md"), "file:///a%20b.md");
    }
}

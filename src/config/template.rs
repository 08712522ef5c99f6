//! The text of a new `grade.toml`: every setting with what it is for, those that are not set as comments.

use super::key::{Described, KEYS, Key};
use super::resolve::Given;
use super::value::write;

/// Columns of a comment.
const WIDTH: usize = 96;

/// The text of a settings file that sets what was `given`. `described` tells what the command line knows of a setting.
pub fn template(given: &[Given], described: &dyn Fn(&Key) -> Described) -> String {
    let mut text = String::from(
        "# Settings of grade for this project. Options of the command line, and variables such as GRADE_URL, come before them.\n\
         # Relative paths are relative to this file. `grade config` shows what is in force.\n",
    );
    let mut table = None;
    for key in KEYS {
        let (own, name) = (key.table(), key.parts().1);
        if own != table {
            table = own;
            text.push_str(&format!("\n[{}]\n", own.unwrap_or_default()));
        }
        text.push('\n');
        let described = described(key);
        for line in textwrap::wrap(&comment(&described), WIDTH) {
            text.push_str(&format!("# {line}\n"));
        }
        match given.iter().find(|(other, _)| *other == key) {
            Some((_, values)) if key.kind.is_table() => text.push_str(&write(key.kind, values)),
            None if key.kind.is_table() => {
                let lines = key.example.lines().skip(1);
                text.extend(lines.map(|line| format!("# {line}\n")));
            }
            Some((_, values)) => text.push_str(&format!("{name} = {}\n", write(key.kind, values))),
            None => text.push_str(&format!("# {name} = {}\n", key.example)),
        }
    }
    text
}

fn comment(described: &Described) -> String {
    let mut text = described.help.clone();
    if !described.words.is_empty() {
        text.push_str(&format!("; one of {}", described.words.join(", ")));
    }
    if let [default] = described.default.as_slice() {
        text.push_str(&format!("; default {default}"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{key, parse};
    use std::path::Path;

    fn described(_: &Key) -> Described {
        Described { help: "Some help".into(), words: vec!["a".into()], default: vec!["b".into()] }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let given: Vec<Given> = KEYS
            .iter()
            .map(|key| {
                let values: &[&str] = match key.kind {
                    crate::config::Kind::Switch => &["true"],
                    crate::config::Kind::Count | crate::config::Kind::Times => &["3"],
                    crate::config::Kind::Seconds => &["2.5"],
                    crate::config::Kind::Variables => &["A=b \"c\"", "D=e=f"],
                    crate::config::Kind::Levels => &["L4=off", "empty-block=error"],
                    kind if kind.is_list() => &["a \"b\"", "c\\d", "\u{1}"],
                    _ => &["x \"y\"\n"],
                };
                (key, values.iter().map(|&value| value.to_owned()).collect())
            })
            .collect();
        let text = template(&given, &described);
        let found = parse(Path::new("grade.toml"), &text, &|_, _| Ok(())).unwrap();
        let read: Vec<Given> = found.values.into_iter().map(|value| (value.key, value.values)).collect();
        assert_eq!(read, given);
    }

    #[test]
    fn every_comment_can_become_a_setting() {
        let text = template(&[], &described);
        assert_eq!(parse(Path::new("grade.toml"), &text, &|_, _| Ok(())).unwrap().values, []);
        let on: String = text
            .lines()
            .map(|line| if line.contains(" = ") { line.trim_start_matches("# ") } else { line })
            .flat_map(|line| [line, "\n"])
            .collect();
        assert_eq!(parse(Path::new("grade.toml"), &on, &|_, _| Ok(())).unwrap().values.len(), KEYS.len());
        assert!(key("url").is_some());
    }
}

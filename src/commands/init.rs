//! `grade init`: writes a grade.toml.

use std::fs::OpenOptions;
use std::io::{self, BufRead, ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::ask::{ask, can_ask};
use super::console::say;
use crate::cli::{InitArgs, Line, check, describe};
use crate::config::{FILE_NAME, Given, Key, key, parse, template};
use crate::exit::ExitStatus;

/// What is asked for, with the answer that is offered.
const QUESTIONS: &[(&str, &str, &str)] = &[
    ("url", "Address of the project when it runs", "http://localhost:3000"),
    ("start", "Command that starts it (empty: you start it yourself)", ""),
    ("names", "Challenges or blocks to grade, with blanks between (empty: all)", ""),
    ("lang", "Language of the challenges", "english"),
];

pub fn run(args: &InitArgs, line: &Line) -> Result<ExitStatus> {
    let path = PathBuf::from(FILE_NAME);
    if path.symlink_metadata().is_ok() && !args.force {
        bail!(Exists);
    }
    let mut given: Vec<Given> = line.given().into_iter().filter(|(key, _)| key.name != "color").collect();
    if given.is_empty() && can_ask() {
        given = ask_all(&mut io::stdin().lock(), &mut io::stderr().lock())?;
    }
    let text = template(&given, &describe);
    // What is written can be read: an answer that a setting refuses is told now, not at the next run.
    parse(&path, &text, &check)?;
    write(&path, &text, args.force)?;
    say(&format!("{FILE_NAME} written; `grade config` shows what is in force"));
    Ok(ExitStatus::Passed)
}

/// There is a file already.
#[derive(Debug, thiserror::Error)]
#[error("there is a {FILE_NAME} here already; --force replaces it")]
struct Exists;

fn write(path: &Path, text: &str, force: bool) -> Result<()> {
    let failed = || format!("`{}` cannot be written", path.display());
    if force {
        // As a whole or not at all.
        let mut file = tempfile::NamedTempFile::new_in(".").with_context(failed)?;
        file.write_all(text.as_bytes()).with_context(failed)?;
        file.persist(path).with_context(failed)?;
        return Ok(());
    }
    // Another program may have written one in the meantime.
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => file.write_all(text.as_bytes()).with_context(failed),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => bail!(Exists),
        Err(error) => Err(error).with_context(failed),
    }
}

/// Asks, a line each. An empty answer takes what is offered; the end of the input takes it for the rest.
fn ask_all(input: &mut dyn BufRead, output: &mut dyn Write) -> io::Result<Vec<Given>> {
    let mut given = Vec::new();
    for (name, question, offered) in QUESTIONS {
        let Some(key) = key(name) else { continue };
        let fits = |answer: &str| match values(key, answer).iter().find_map(|value| check(key, value).err()) {
            Some(why) => Err(why),
            None => Ok(()),
        };
        let values = values(key, &ask(input, output, question, offered, &fits)?);
        if !values.is_empty() {
            given.push((key, values));
        }
    }
    Ok(given)
}

fn values(key: &Key, answer: &str) -> Vec<String> {
    if key.kind.is_list() {
        answer.split([' ', ',']).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    } else {
        Some(answer.to_owned()).filter(|answer| !answer.is_empty()).into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(text: &str) -> (Vec<(String, Vec<String>)>, String) {
        let mut output = Vec::new();
        let given = ask_all(&mut text.as_bytes(), &mut output).unwrap();
        (
            given.into_iter().map(|(key, values)| (key.name.to_owned(), values)).collect(),
            String::from_utf8(output).unwrap(),
        )
    }

    #[test]
    fn empty_answers_take_what_is_offered() {
        let (given, output) = answers("\n\n\n\n\n");
        let values: Vec<_> = given.iter().map(|(name, values)| (name.as_str(), values.join(" "))).collect();
        assert_eq!(values, [("url", "http://localhost:3000".to_owned()), ("lang", "english".to_owned())]);
        assert!(output.starts_with("Address of the project when it runs [http://localhost:3000]: "), "{output}");
        assert_eq!(answers("").0, given);
    }

    #[test]
    fn lists_are_words() {
        let asked = QUESTIONS.iter().filter(|(name, ..)| key(name).is_some()).position(|(name, ..)| *name == "names");
        let text = "\n".repeat(asked.unwrap()) + "a, b/c\n\n";
        assert!(answers(&text).0.contains(&("names".to_owned(), vec!["a".to_owned(), "b/c".to_owned()])));
    }
}

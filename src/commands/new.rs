//! `grade new`: a new challenge file.

use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::Console;
use super::ask::{ask, can_ask};
use super::console::{print, say};
use crate::author::{NewError, Tree, Wish, check_block, check_name, check_title, dashed_name, plan, write};
use crate::cli::NewArgs;
use crate::curriculum::is_language;
use crate::exit::ExitStatus;
use crate::sources::Reference;

/// Where challenges usually are: in this repository's kin, and in freeCodeCamp's.
const USUAL: [&str; 2] = ["challenges", "curriculum/challenges"];
/// The language of new challenges.
const DEFAULT_LANGUAGE: &str = "english";

/// What is known, before or after asking.
#[derive(Debug, Default, Clone)]
struct Answers {
    root: Option<PathBuf>,
    title: Option<String>,
    block: Option<String>,
    name: Option<String>,
}

pub fn run(args: &NewArgs, console: &Console) -> Result<ExitStatus> {
    let mut answers = Answers {
        root: root(&args.tree)?,
        title: args.title.clone(),
        block: args.block.clone(),
        name: args.name.clone(),
    };
    if (answers.title.is_none() || answers.block.is_none()) && can_ask() {
        ask_for(&mut answers, &mut io::stdin().lock(), &mut io::stderr().lock())?;
    }
    let (Some(title), Some(block)) = (answers.title, answers.block) else { bail!(TooLittle) };
    let Some(root) = answers.root else { bail!(NoTree) };
    let language = args.lang.clone().unwrap_or_else(|| DEFAULT_LANGUAGE.to_owned());
    if !is_language(&language) {
        bail!(NoLanguage { language });
    }
    let wish = Wish {
        title,
        block,
        language,
        kind: args.kind,
        name: answers.name,
        id: args.id.clone(),
        after: args.after.clone(),
        order: args.order,
    };
    let new = plan(&Tree::read(&root)?, &wish)?;
    let path = new.path.display().to_string();
    if args.dry_run {
        say(&format!("{path} would be written:\n"));
        print(&new.text)?;
        return Ok(ExitStatus::Passed);
    }
    write(&new)?;
    print(&format!("{path}\n"))?;
    if let Some(list) = &new.listed_in {
        console.warn(&format!(
            "freeCodeCamp keeps the order of this block in `{}`: add the id {} there",
            list.display(),
            new.id
        ));
    }
    say(&format!(
        "\nWrite its text and its hints; then grade a project against it:\n  grade --url http://localhost:3000 {}",
        quoted(&path)
    ));
    Ok(ExitStatus::Passed)
}

/// The folder of the challenges, if one is named or usual.
fn root(given: &[PathBuf]) -> Result<Option<PathBuf>> {
    match given {
        [] => {
            let usual = USUAL.iter().map(PathBuf::from).find(|path| path.is_dir());
            let here = Path::new(DEFAULT_LANGUAGE).is_dir().then(|| PathBuf::from("."));
            Ok(usual.or(here))
        }
        [path] if Reference::parse(path).is_some() && !path.exists() => bail!(Fetched { path: path.clone() }),
        [path] => Ok(Some(path.clone())),
        several => bail!(SeveralTrees { count: several.len() }),
    }
}

/// Asks for what is missing.
fn ask_for(answers: &mut Answers, input: &mut dyn BufRead, output: &mut dyn Write) -> Result<()> {
    fn words(result: Result<(), NewError>) -> Result<(), String> {
        result.map_err(|error| error.to_string())
    }
    if answers.root.is_none() {
        let fits = |answer: &str| if answer.is_empty() { Err("name a folder".to_owned()) } else { Ok(()) };
        let root =
            ask(input, output, "Folder of your challenges", "challenges", &fits).context("nothing can be asked")?;
        answers.root = Some(PathBuf::from(root));
    }
    let asked = answers.title.is_none();
    if asked {
        answers.title = Some(ask(input, output, "Title", "", &|answer| words(check_title(answer)))?);
    }
    if answers.block.is_none() {
        // A block that is there may have a name that a new one could not have; that is seen later.
        let fits = |answer: &str| if answer.is_empty() { words(check_block(answer)) } else { Ok(()) };
        answers.block = Some(ask(input, output, "Block, by the name of its folder", "", &fits)?);
    }
    if answers.name.is_none() && asked {
        let offered = dashed_name(answers.title.as_deref().unwrap_or_default());
        let offered = if check_name(&offered).is_ok() { offered } else { String::new() };
        answers.name = Some(ask(input, output, "dashedName", &offered, &|answer| words(check_name(answer)))?);
    }
    Ok(())
}

/// As one word for a shell.
fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '\\' | '.' | '-' | '_' | ':');
    if path.chars().all(plain) { path.to_owned() } else { format!("\"{path}\"") }
}

/// Title or block are missing.
#[derive(Debug, thiserror::Error)]
#[error(
    "give the challenge a title with --title, and say with --block where it belongs; both are asked for on a terminal only"
)]
struct TooLittle;

/// There is no tree of challenges.
#[derive(Debug, thiserror::Error)]
#[error(
    "there is no folder `challenges` or `curriculum/challenges` here; give the folder of your challenges with --challenges"
)]
struct NoTree;

/// A language that freeCodeCamp does not have.
#[derive(Debug, thiserror::Error)]
#[error("`{language}` is no folder of a language, such as english or espanol")]
struct NoLanguage {
    language: String,
}

/// More than one tree.
#[derive(Debug, thiserror::Error)]
#[error("there are {count} folders with challenges; name the one for the new challenge with --challenges")]
struct SeveralTrees {
    count: usize,
}

/// A collection that was fetched is none to write in.
#[derive(Debug, thiserror::Error)]
#[error("`{}` was fetched, and an update would undo what is written there; give a folder of your own with --challenges", path.display())]
struct Fetched {
    path: PathBuf,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(given: Answers, text: &str) -> (Answers, String) {
        let (mut answers, mut output) = (given, Vec::new());
        ask_for(&mut answers, &mut text.as_bytes(), &mut output).unwrap();
        (answers, String::from_utf8(output).unwrap())
    }

    #[test]
    fn only_what_is_missing_is_asked_for() {
        let (answers, output) = asked(Answers::default(), "\nSay Hello\ngreetings\n\n");
        assert_eq!(
            output,
            "Folder of your challenges [challenges]: Title: Block, by the name of its folder: dashedName [say-hello]: "
        );
        assert_eq!(answers.root, Some(PathBuf::from("challenges")));
        assert_eq!((answers.block.as_deref(), answers.name.as_deref()), (Some("greetings"), Some("say-hello")));
        let given = Answers { root: Some("x".into()), title: Some("T".into()), ..Answers::default() };
        assert_eq!(asked(given, "b\n").1, "Block, by the name of its folder: ");
    }

    #[test]
    fn what_cannot_be_is_asked_for_again() {
        let given = Answers { root: Some("x".into()), ..Answers::default() };
        let (answers, output) = asked(given, "\n日本\nb\nNihon\nnihon\n");
        assert_eq!((answers.title.as_deref(), answers.name.as_deref()), (Some("日本"), Some("nihon")));
        assert_eq!(output.matches("Title: ").count(), 2, "{output}");
        assert!(output.contains("`Nihon` cannot be a dashedName: it may have a to z"), "{output}");
    }

    #[test]
    fn paths_are_one_word() {
        assert_eq!(quoted("challenges/english/a.md"), "challenges/english/a.md");
        assert_eq!(quoted("my challenges/a.md"), "\"my challenges/a.md\"");
    }
}

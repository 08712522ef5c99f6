//! Values: as TOML has them, and as the command line would have them.

use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeString, DeValue};

use super::key::{Key, Kind};

/// A value of the file as the texts that the option would be given; else what is wrong.
pub(super) fn texts(key: &Key, value: &DeValue<'_>, folder: &Path) -> Result<Vec<String>, Mistake> {
    let kind = key.kind;
    let mistake = |message| Mistake { message, help: help(key, value), span: None };
    let wrong = || mistake(wrong_type(key, value));
    let one = |text: String| Ok(vec![text]);
    if let (Kind::Variables, DeValue::Table(table)) = (kind, value) {
        return table.iter().map(|(name, value)| variable(name, value)).collect();
    }
    match (kind, value) {
        (Kind::Text | Kind::Choice | Kind::Bytes, DeValue::String(text)) => one(text.to_string()),
        (Kind::Path, DeValue::String(text)) => one(below(folder, text)),
        (Kind::Switch, DeValue::Boolean(value)) => one(value.to_string()),
        (Kind::Count | Kind::Times | Kind::Seconds | Kind::Bytes, DeValue::Integer(number)) => {
            match i64::from_str_radix(number.as_str(), number.radix()) {
                Ok(number) if kind == Kind::Count && u32::try_from(number).is_err() => {
                    Err(mistake(format!("`{}` has to be a whole number from 0 to {}", key.name, u32::MAX)))
                }
                Ok(number) => one(number.to_string()),
                Err(_) => Err(mistake(format!("the number of `{}` is too large", key.name))),
            }
        }
        (Kind::Seconds, DeValue::Float(number)) => one(number.as_str().to_owned()),
        (Kind::Texts | Kind::Paths | Kind::Names | Kind::Reports, DeValue::Array(items)) => items
            .iter()
            .map(|item| match item.get_ref() {
                DeValue::String(text) => Ok(match kind {
                    Kind::Paths if !is_of_a_curriculum(text) => below(folder, text),
                    Kind::Reports => match text.split_once('=') {
                        Some((format, path)) => format!("{format}={}", below(folder, path)),
                        None => text.to_string(),
                    },
                    Kind::Names if can_only_be_a_path(text) => below(folder, text),
                    _ => text.to_string(),
                }),
                _ => Err(Mistake { span: Some(item.span()), ..wrong() }),
            })
            .collect(),
        _ => Err(wrong()),
    }
}

/// A variable as `NAME=VALUE`.
fn variable(key: &Spanned<DeString<'_>>, value: &Spanned<DeValue<'_>>) -> Result<String, Mistake> {
    let (name, span) = (key.get_ref(), value.span());
    let mistake = |message: String, help: String| Err(Mistake { message, help, span: Some(span.clone()) });
    if name.is_empty() || name.contains(['=', '\0']) {
        return mistake("a variable cannot have this name".to_owned(), "use letters, digits and _".to_owned());
    }
    let shown: String = name.chars().take(64).flat_map(char::escape_debug).collect();
    let value = value.get_ref();
    let meant = match value {
        DeValue::String(text) if text.contains('\0') => {
            return mistake(format!("the variable `{shown}` cannot hold a zero byte"), String::new());
        }
        DeValue::String(text) => return Ok(format!("{name}={text}")),
        DeValue::Integer(number) => quote(&number.to_string()),
        DeValue::Float(number) => quote(number.as_str()),
        DeValue::Boolean(value) => quote(&value.to_string()),
        _ => quote("..."),
    };
    let found = type_name(value);
    mistake(
        format!("the variable `{shown}` has to be a text in quotes, not {found}"),
        format!("write {shown} = {meant}"),
    )
}

/// What is wrong with a value, and what to write.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mistake {
    pub message: String,
    pub help: String,
    /// Its place, where that is not the whole value.
    pub span: Option<Range<usize>>,
}

/// A path of the file, seen from where the program runs.
fn below(folder: &Path, text: &str) -> String {
    let path = folder.join(text);
    // `./x` is written to say that it is a path, and has to stay one.
    if folder.as_os_str().is_empty() { text.to_owned() } else { path.display().to_string() }
}

/// `NAME:` and `NAME:BLOCK` are no paths but parts of a curriculum that has this name. One letter would be a drive.
fn is_of_a_curriculum(text: &str) -> bool {
    text.split_once(':').is_some_and(|(name, _)| {
        name.len() > 1 && name.chars().all(|character| character.is_ascii_alphanumeric() || "-_.".contains(character))
    })
}

/// `./x`, `../x`, `/x` and `x.md` can be no names.
fn can_only_be_a_path(text: &str) -> bool {
    text.starts_with('.')
        || text.contains('\\')
        || Path::new(text).extension().is_some_and(|end| end.eq_ignore_ascii_case("md"))
}

/// A type of TOML with its article.
pub(super) fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

fn wrong_type(key: &Key, value: &DeValue<'_>) -> String {
    let items = match value {
        DeValue::Array(items) if key.kind.is_list() => items
            .iter()
            .find(|item| !matches!(item.get_ref(), DeValue::String(_)))
            .map(|item| type_name(item.get_ref())),
        _ => None,
    };
    match items {
        Some(found) => format!("`{}` has to be {}, and one of them is {found}", key.name, key.kind.wanted()),
        None => format!("`{}` has to be {}, not {}", key.name, key.kind.wanted(), type_name(value)),
    }
}

/// The value that was probably meant, or an example.
fn help(key: &Key, value: &DeValue<'_>) -> String {
    let name = key.parts().1;
    if key.kind.is_table() {
        return format!("write [{name}] on a line of its own, and the variables below");
    }
    let meant = match (key.kind, value) {
        (kind, DeValue::String(text)) if kind.is_list() => Some(format!("[{}]", quote(text))),
        (Kind::Switch, DeValue::String(text)) => boolish(text).map(|value| value.to_string()),
        (Kind::Seconds | Kind::Count | Kind::Times, DeValue::String(text)) if text.parse::<u32>().is_ok() => {
            Some(text.to_string())
        }
        (Kind::Text, DeValue::Integer(number)) => Some(quote(number.as_str())),
        (Kind::Text | Kind::Path | Kind::Choice, DeValue::Array(items)) => match items.first() {
            Some(only) if items.len() == 1 => only.get_ref().as_str().map(quote),
            _ => None,
        },
        _ => None,
    };
    match meant {
        Some(meant) => format!("write {name} = {meant}"),
        None => example(key),
    }
}

/// How a setting is written.
pub(super) fn example(key: &Key) -> String {
    match key.kind {
        Kind::Levels | Kind::Variables => {
            format!("write it as in {}", key.example.lines().collect::<Vec<_>>().join(", then "))
        }
        _ => format!("write it as in {} = {}", key.parts().1, key.example),
    }
}

/// A text as TOML writes it.
pub(super) fn quote(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Texts as TOML writes the value of a setting.
pub(super) fn write(kind: Kind, values: &[String]) -> String {
    let first = values.first().map_or("", String::as_str);
    match kind {
        Kind::Levels | Kind::Variables => {
            let pairs = values.iter().filter_map(|value| value.split_once('='));
            pairs.map(|(name, value)| format!("{} = {}\n", quote(name), quote(value))).collect::<Vec<_>>().concat()
        }
        kind if kind.is_list() => {
            format!("[{}]", values.iter().map(|value| quote(value)).collect::<Vec<_>>().join(", "))
        }
        Kind::Switch if boolish(first).is_some() => first.to_owned(),
        Kind::Count | Kind::Times if first.parse::<u32>().is_ok() => first.to_owned(),
        Kind::Seconds => match first.parse::<f64>() {
            Ok(number) if number.is_finite() => format!("{number}"),
            _ => quote(first),
        },
        _ => quote(first),
    }
}

/// What people write for yes and no.
pub(super) fn boolish(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Some(true),
        "false" | "0" | "no" | "off" => Some(false),
        _ => None,
    }
}

/// The values of a variable of the environment; lists are separated by commas.
pub(super) fn of_variable(kind: Kind, text: &str) -> Result<Vec<String>, &'static str> {
    let filled = |text: &String| !text.is_empty();
    Ok(match kind {
        kind if kind.is_list() => text.split(',').map(|part| part.trim().to_owned()).filter(filled).collect(),
        Kind::Count if text.parse::<u32>().is_err() => return Err("write a whole number, 0 or more"),
        Kind::Switch => vec![boolish(text).ok_or("write 1 or 0 (true or false)")?.to_string()],
        _ => vec![text.to_owned()],
    })
}

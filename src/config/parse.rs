//! The text of `grade.toml` to values of settings, with the place of each.

use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::error::ConfigError;
use super::key::{KEYS, Key, Kind, OTHER_NAMES, key};
use super::problem::{Problem, position};
use super::value::{example, texts, type_name};

/// Entries of a list. Each is checked by itself.
pub(super) const MOST_VALUES: usize = 200;
/// Names that are less alike than this are not meant.
const ALIKE: f64 = 0.6;
/// No name is longer; comparing takes the product of the lengths.
const LONGEST_NAME: usize = 64;

/// A setting of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileValue {
    /// Which.
    pub key: &'static Key,
    /// Its values, as the option would be given them.
    pub values: Vec<String>,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Its part of the text.
    pub span: Range<usize>,
}

/// All that a file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileValues {
    /// Settings, in the order of [`KEYS`].
    pub values: Vec<FileValue>,
}

/// Reads a file's text. Relative paths become relative to where the program runs: `path` is where the file is from
/// there. `check` says what is wrong with a value, where the option that stands behind the setting would refuse it.
pub fn parse(
    path: &Path,
    text: &str,
    check: &dyn Fn(&Key, &str) -> Result<(), String>,
) -> Result<FileValues, ConfigError> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut reader = Reader { text, folder, check, found: FileValues::default(), problems: Vec::new() };
    match DeTable::parse(text) {
        Ok(table) => reader.top(table.get_ref()),
        Err(error) => {
            let span = error.span().unwrap_or_default();
            reader.problem(span, format!("this is no TOML: {}", error.message()), String::new());
        }
    }
    let Reader { mut found, mut problems, .. } = reader;
    if problems.is_empty() {
        found.values.sort_by_key(|value| KEYS.iter().position(|key| key == value.key));
        return Ok(found);
    }
    problems.sort_by_key(|problem| problem.span.start);
    Err(ConfigError::Invalid { path: path.to_path_buf(), text: text.to_owned(), problems })
}

struct Reader<'a> {
    text: &'a str,
    folder: &'a Path,
    check: &'a dyn Fn(&Key, &str) -> Result<(), String>,
    found: FileValues,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn problem(&mut self, span: Range<usize>, message: String, help: String) {
        self.problems.push(Problem { span, message, help });
    }

    fn top(&mut self, table: &DeTable<'_>) {
        for (name, value) in table {
            let is_table = KEYS.iter().any(|key| key.parts().0 == Some(name.get_ref()));
            let levels = KEYS.iter().find(|key| key.kind == Kind::Levels && key.name == *name.get_ref());
            match value.get_ref() {
                DeValue::Table(inner) if is_table => {
                    let mut others = Vec::new();
                    for (inner_name, value) in inner {
                        let full = format!("{}.{}", name.get_ref(), inner_name.get_ref());
                        match levels {
                            Some(_) if key(&full).is_none() => others.push((inner_name, value)),
                            _ => self.setting(Some(name.get_ref()), inner_name, value),
                        }
                    }
                    if let Some(key) = levels {
                        self.levels(key, name, &others);
                    }
                }
                other if is_table => self.problem(
                    value.span(),
                    format!("`{}` is a table, not {}", name.get_ref(), type_name(other)),
                    format!("write [{}] on a line of its own, and its settings below", name.get_ref()),
                ),
                _ => self.setting(None, name, value),
            }
        }
    }

    /// Entries of a table that are levels of rules. Groups come first, so that they do not hide what is said of one rule.
    fn levels(
        &mut self,
        key: &'static Key,
        table: &Spanned<DeString<'_>>,
        entries: &[(&Spanned<DeString<'_>>, &Spanned<DeValue<'_>>)],
    ) {
        let mut values = Vec::new();
        for (name, value) in entries {
            let rule = name.get_ref();
            if let Err(message) = (self.check)(key, &format!("{rule}=off")) {
                let help = match unknown(&format!("{}.{rule}", key.name)) {
                    help if help.starts_with("did you mean") => help,
                    _ => "`grade lint --list` shows the rules that there are".to_owned(),
                };
                self.problem(name.span(), message, help);
                continue;
            }
            let help = || format!("write {rule} = \"off\", \"warning\" or \"error\"");
            match value.get_ref() {
                DeValue::String(level) => match (self.check)(key, &format!("{rule}={level}")) {
                    Ok(()) => values.push(format!("{rule}={level}")),
                    Err(message) => self.problem(value.span(), message, help()),
                },
                other => {
                    let message = format!("the level of `{rule}` has to be a word in quotes, not {}", type_name(other));
                    self.problem(value.span(), message, help());
                }
            }
        }
        values.sort_by_key(|value: &String| value.find('=').is_some_and(|end| end > 2));
        if !values.is_empty() {
            let (line, column) = position(self.text, table.span().start);
            self.found.values.push(FileValue { key, values, line, column, span: table.span() });
        }
    }

    fn setting(&mut self, table: Option<&str>, name: &Spanned<DeString<'_>>, value: &Spanned<DeValue<'_>>) {
        let full = match table {
            Some(table) => format!("{table}.{}", name.get_ref()),
            None => name.get_ref().to_string(),
        };
        let Some(key) = key(&full) else {
            self.problem(name.span(), format!("there is no setting `{}`", shorten(&full)), unknown(&full));
            return;
        };
        let values = match texts(key, value.get_ref(), self.folder) {
            Ok(values) => values,
            Err(mistake) => {
                let span = mistake.span.unwrap_or_else(|| value.span());
                return self.problem(span, mistake.message, mistake.help);
            }
        };
        if key.kind == Kind::Variables && values.is_empty() {
            return;
        }
        if values.len() > MOST_VALUES {
            let message = format!("`{}` has more than {MOST_VALUES} entries", key.name);
            return self.problem(value.span(), message, "name folders or blocks instead".to_owned());
        }
        for (index, text) in values.iter().enumerate() {
            if let Err(message) = (self.check)(key, text) {
                // Of a list, the entry.
                let entry = value.get_ref().as_array().and_then(|items| items.get(index));
                let span = entry.map_or_else(|| value.span(), Spanned::span);
                let shown = shorten(&super::mask(self.text.get(span.clone()).unwrap_or(text)));
                return self.problem(span, format!("`{}` cannot be {shown}: {message}", key.name), example(key));
            }
        }
        let (line, column) = position(self.text, name.span().start);
        self.found.values.push(FileValue { key, values, line, column, span: value.span() });
    }
}

/// What may have been meant by a name that is none.
fn unknown(full: &str) -> String {
    if full.len() <= LONGEST_NAME {
        let lower = full.to_ascii_lowercase().replace('-', "_");
        if let Some((_, name)) = OTHER_NAMES.iter().find(|(other, _)| *other == lower) {
            return did_you_mean(full, name);
        }
        let last = |name: &str| name.rsplit('.').next().unwrap_or_default().to_owned();
        // In the wrong table, or written without one.
        if let Some(key) = KEYS.iter().find(|key| key.name == lower || last(key.name) == last(&lower)) {
            return did_you_mean(full, key.name);
        }
        let best = KEYS
            .iter()
            .map(|key| {
                let alike = |name: &str| strsim::normalized_damerau_levenshtein(&lower, name);
                (alike(key.name).max(strsim::normalized_damerau_levenshtein(&last(&lower), &last(key.name))), key.name)
            })
            .max_by(|one, other| one.0.total_cmp(&other.0));
        if let Some((alike, name)) = best
            && alike >= ALIKE
        {
            return did_you_mean(full, name);
        }
    }
    "`grade config` shows the settings that there are".to_owned()
}

fn did_you_mean(written: &str, name: &str) -> String {
    let table = |name: &str| name.split_once('.').map(|(table, _)| table.to_owned());
    match name.split_once('.') {
        Some((own, short)) if table(written).as_deref() != Some(own) => {
            format!("did you mean `{short}` in the table [{own}]?")
        }
        Some((_, short)) => format!("did you mean `{short}`?"),
        None if table(written).is_some() => format!("did you mean `{name}`, above the first [table]?"),
        None => format!("did you mean `{name}`?"),
    }
}

/// A name from the file, short enough to be shown.
fn shorten(name: &str) -> String {
    let shown: String = name.chars().take(LONGEST_NAME).collect::<String>().escape_debug().to_string();
    let shown = shown.replace("\\\"", "\"");
    if name.chars().count() > LONGEST_NAME { format!("{shown}…") } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<(String, String)> {
        match parse(Path::new("grade.toml"), text, &|_, _| Ok(())) {
            Err(ConfigError::Invalid { problems, .. }) => {
                problems.into_iter().map(|it| (it.message, it.help)).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_example_is_read() {
        for key in KEYS {
            let text = match key.parts() {
                _ if key.kind.is_table() => format!("{}\n", key.example),
                (Some(table), name) => format!("[{table}]\n{name} = {}\n", key.example),
                (None, name) => format!("{name} = {}\n", key.example),
            };
            let found = parse(Path::new("grade.toml"), &text, &|_, _| Ok(())).unwrap();
            assert_eq!(found.values.iter().map(|value| value.key).collect::<Vec<_>>(), [key]);
        }
    }

    #[test]
    fn unknown_names_lead_to_known_ones() {
        let help = |text: &str| problems(text).remove(0).1;
        assert_eq!(help("ulr = 1"), "did you mean `url`?");
        assert_eq!(help("retry = 1"), "did you mean `retry` in the table [limits]?");
        assert_eq!(help("[limits]\nurl = 1"), "did you mean `url`, above the first [table]?");
        assert_eq!(help("[limits]\nmax-tim = 1"), "did you mean `max_time`?");
        assert_eq!(help("block = 1"), "did you mean `names`?");
        assert_eq!(help("timeout = 1"), "did you mean `hint_timeout` in the table [limits]?");
        assert_eq!(help("no-state = true"), "did you mean `no_state`?");
        assert_eq!(help("xyzzy = 1"), "`grade config` shows the settings that there are");
        assert_eq!(help(&format!("{} = 1", "k".repeat(100_000))), "`grade config` shows the settings that there are");
    }

    #[test]
    fn wrong_types_say_what_to_write() {
        let first = |text: &str| problems(text).remove(0);
        let of = |message: &str, help: &str| (message.to_owned(), help.to_owned());
        assert_eq!(
            first("challenges = \"x\""),
            of("`challenges` has to be a list of paths, not a text", "write challenges = [\"x\"]")
        );
        assert_eq!(
            first("names = [1]"),
            of(
                "`names` has to be a list of names, and one of them is a whole number",
                "write it as in names = [\"realtime-chat\"]"
            )
        );
        assert_eq!(first("verbose = \"yes\"").1, "write verbose = true");
        assert_eq!(first("limits = 1").1, "write [limits] on a line of its own, and its settings below");
        assert_eq!(first("[limits]\nretry = 0xffffffffffffffffffff").0, "the number of `limits.retry` is too large");
    }

    #[test]
    fn all_problems_are_told_from_the_top() {
        let all = problems("zzz = 1\nlang = 1\nurl = 2\n");
        let messages: Vec<_> = all.iter().map(|(message, _)| message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "there is no setting `zzz`",
                "`lang` has to be a text in quotes, not a whole number",
                "`url` has to be a text in quotes, not a whole number"
            ]
        );
    }

    #[test]
    fn paths_are_relative_to_the_file() {
        let text = "challenges = [\"a\", \"../b\", \"fcc:chat\"]\nnames = [\"chat\", \"./x\", \"y.md\"]\n[connection]\ncacert = \"ca.pem\"\n";
        let of = |path: &str| {
            let found = parse(Path::new(path), text, &|_, _| Ok(())).unwrap();
            found.values.into_iter().flat_map(|value| value.values).collect::<Vec<_>>()
        };
        assert_eq!(of("grade.toml"), ["a", "../b", "fcc:chat", "chat", "./x", "y.md", "ca.pem"]);
        let join = |text: &str| Path::new("..").join(text).display().to_string();
        assert_eq!(
            of("../grade.toml"),
            [join("a"), join("../b"), "fcc:chat".into(), "chat".into(), join("./x"), join("y.md"), join("ca.pem")]
        );
    }

    #[test]
    fn nothing_panics() {
        for text in
            ["[", "a", "= 1", "\u{feff}url = 1", "[[limits]]", "url.x = 1", "[env]\n\"\" = \"\"", "a = \"\\u0000\""]
        {
            let _ = parse(Path::new("g"), text, &|_, _| Err("no".to_owned())).map_err(|error| error.to_string());
        }
        let deep = format!("a = {}", "[".repeat(100_000));
        assert!(parse(Path::new("g"), &deep, &|_, _| Ok(())).is_err());
    }
}

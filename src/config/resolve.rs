//! Which value of each setting holds: command line before environment before file before default.

use std::ffi::OsString;
use std::path::PathBuf;

use serde_json::Value;

use super::error::{ConfigError, VariableProblem};
use super::key::{Described, KEYS, Key, Kind, key};
use super::mask::{mask, mask_variable};
use super::parse::{FileValue, FileValues, MOST_VALUES};
use super::value::of_variable;

/// A setting that the command line gave.
pub type Given = (&'static Key, Vec<String>);

/// Where a value was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// On the command line, by this option.
    Flag(String),
    /// In the environment, by this variable.
    Variable(String),
    /// In the settings file.
    File {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// Nowhere.
    Default,
}

/// A setting, and where its value was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Which.
    pub key: &'static Key,
    /// Its values, as the option would be given them; none where there is no default either.
    pub values: Vec<String>,
    /// Where they were said.
    pub origin: Origin,
}

/// What one of the places that settings are said in says.
type Layer = Vec<(&'static Key, Vec<String>, Origin)>;

/// All settings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// The settings file in use, as seen from where the program runs.
    pub file: Option<PathBuf>,
    /// Every setting, in the order of [`KEYS`].
    pub settings: Vec<Setting>,
}

/// Brings the layers together. `described` tells what the command line knows of a setting, `check` what it would refuse.
pub fn resolve(
    given: &[Given],
    variable: &dyn Fn(&str) -> Option<OsString>,
    file: Option<(PathBuf, FileValues)>,
    described: &dyn Fn(&Key) -> Described,
    check: &dyn Fn(&Key, &str) -> Result<(), String>,
) -> Result<Settings, ConfigError> {
    let (path, FileValues { values }) = match file {
        Some((path, values)) => (Some(path), values),
        None => (None, FileValues::default()),
    };
    let flags = given.iter().map(|(key, values)| (*key, values.clone(), Origin::Flag(key.spelling()))).collect();
    let variables = from_environment(variable, check)?;
    let file = values
        .into_iter()
        .map(|FileValue { key, values, line, column, .. }| (key, values, Origin::File { line, column }))
        .collect();
    let layers: [Layer; 3] = [flags, variables, file];
    let settings = KEYS
        .iter()
        .map(|key| {
            let mut setting = Setting { key, values: described(key).default, origin: Origin::Default };
            for layer in &layers {
                match layer.iter().find(|(other, ..)| *other == key) {
                    // Of two variables with one name the last holds.
                    Some((_, values, _)) if setting.is_said() => {
                        setting.values = [values.clone(), setting.values].concat();
                    }
                    Some((_, values, origin)) => {
                        setting = Setting { key, values: values.clone(), origin: origin.clone() };
                    }
                    None => {}
                }
                if setting.is_said() && !key.kind.is_table() {
                    break;
                }
                if displaces(layer, key) {
                    break;
                }
            }
            conventions(setting, variable)
        })
        .collect();
    Ok(Settings { file: path, settings })
}

/// What is graded is said as a whole: who gives the address of a running project does not want the file's command
/// started, and who gives a folder alone wants its files graded. So is how much is shown: who asks for more, or for
/// something, does not want the quiet that was said further away, nor the other way round.
fn displaces(layer: &[(&Key, Vec<String>, Origin)], key: &Key) -> bool {
    let has = |name: &str| layer.iter().any(|(other, ..)| other.name == name);
    let is_on =
        |name: &str| layer.iter().any(|(other, values, _)| other.name == name && values.contains(&"true".to_owned()));
    match key.name {
        "start" => has("url") || has("dir"),
        "url" => has("dir") && !has("start"),
        "quiet" => is_on("verbose") || is_on("show_test") || has("only"),
        "verbose" | "show_test" | "only" => is_on("quiet"),
        _ => false,
    }
}

/// Variables that other programs know too.
fn conventions(setting: Setting, variable: &dyn Fn(&str) -> Option<OsString>) -> Setting {
    let said = |name: &str| variable(name).filter(|value| !value.is_empty());
    let by = |name: &str, value: &str| Setting {
        key: setting.key,
        values: vec![value.to_owned()],
        origin: Origin::Variable(name.to_owned()),
    };
    match (setting.key.name, &setting.origin) {
        // These are the environment, and come before the file. Which of them wins is decided with all the others.
        ("color", Origin::File { .. }) => {
            match ["NO_COLOR", "CLICOLOR_FORCE", "CLICOLOR"].into_iter().find(|name| said(name).is_some()) {
                Some(name) => by(name, "auto"),
                None => setting,
            }
        }
        // A CI machine is thrown away, and the next one starts anew.
        ("no_state", Origin::Default) if said("CI").is_some() => by("CI", "true"),
        _ => setting,
    }
}

/// What the environment says. Empty variables count as unset.
fn from_environment(
    variable: &dyn Fn(&str) -> Option<OsString>,
    check: &dyn Fn(&Key, &str) -> Result<(), String>,
) -> Result<Layer, ConfigError> {
    let mut found = Vec::new();
    let mut problems = Vec::new();
    for key in KEYS {
        let name = key.variable();
        let Some(value) = variable(&name).filter(|value| !value.is_empty()) else { continue };
        let values = value.to_str().ok_or_else(|| "it is not UTF-8 text".to_owned()).and_then(|text| {
            let shown = mask(&text.chars().take(100).collect::<String>());
            let values = of_variable(key.kind, text).map_err(|help| format!("it is `{shown}`; {help}"))?;
            if values.len() > MOST_VALUES {
                return Err(format!("it has more than {MOST_VALUES} entries"));
            }
            let refused = values.iter().find_map(|value| check(key, value).err());
            refused.map_or(Ok(values), |why| Err(format!("it is `{shown}`: {why}")))
        });
        match values {
            Ok(values) if values.is_empty() => {}
            Ok(values) => found.push((key, values, Origin::Variable(name))),
            Err(message) => problems.push(VariableProblem { variable: name, message }),
        }
    }
    if problems.is_empty() { Ok(found) } else { Err(ConfigError::Variables { problems }) }
}

impl Settings {
    /// The setting with this name.
    pub fn get(&self, name: &str) -> Option<&Setting> {
        let wanted = key(name)?;
        self.settings.iter().find(|setting| setting.key == wanted)
    }

    /// Whether a switch is on.
    pub fn is_on(&self, name: &str) -> bool {
        self.get(name).is_some_and(|setting| setting.values.iter().any(|value| value == "true"))
    }
}

impl Setting {
    /// Whether anybody said it.
    pub fn is_said(&self) -> bool {
        self.origin != Origin::Default
    }

    /// The value with its type, credentials masked; null where there is none.
    pub fn value(&self) -> Value {
        let masked = || self.values.iter().map(|value| mask(value));
        match (self.values.first(), self.key.kind) {
            (_, Kind::Levels | Kind::Variables) => {
                let pairs = self.values.iter().filter_map(|value| value.split_once('='));
                pairs.map(|(name, value)| (name.to_owned(), Value::from(mask_variable(name, value)))).collect()
            }
            (_, kind) if kind.is_list() => masked().collect(),
            (None, _) => Value::Null,
            (Some(first), Kind::Switch | Kind::Count | Kind::Times | Kind::Seconds) => {
                serde_json::from_str(first).unwrap_or_else(|_| first.as_str().into())
            }
            (Some(first), _) => mask(first).into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::parse;
    use std::path::Path;

    fn settings(given: &[(&str, &str)], variables: &[(&str, &str)], file: &str) -> Settings {
        let given: Vec<Given> =
            given.iter().map(|(name, value)| (key(name).unwrap(), vec![(*value).to_owned()])).collect();
        let path = Path::new("grade.toml");
        let values = parse(path, file, &|_, _| Ok(())).unwrap();
        let variable =
            |name: &str| variables.iter().find(|(other, _)| *other == name).map(|(_, value)| OsString::from(value));
        resolve(&given, &variable, Some((path.to_path_buf(), values)), &|_| Described::default(), &|_, _| Ok(()))
            .unwrap()
    }

    #[test]
    fn the_nearest_layer_wins() {
        let file = "lang = \"file\"\n";
        let value = |settings: &Settings| settings.get("lang").unwrap().values.join("");
        assert_eq!(value(&settings(&[("lang", "flag")], &[("GRADE_LANG", "env")], file)), "flag");
        assert_eq!(value(&settings(&[], &[("GRADE_LANG", "env")], file)), "env");
        assert_eq!(value(&settings(&[], &[("GRADE_LANG", "")], file)), "file");
        assert_eq!(value(&settings(&[], &[], "")), "");
    }

    #[test]
    fn conventions_of_the_environment_come_before_the_file() {
        let origin = |settings: &Settings, name: &str| settings.get(name).unwrap().origin.clone();
        let with = settings(&[], &[("NO_COLOR", "1"), ("CI", "true")], "color = \"always\"\n");
        assert_eq!(origin(&with, "color"), Origin::Variable("NO_COLOR".into()));
        assert!(with.is_on("no_state"));
        let without = settings(&[], &[("CI", "true"), ("GRADE_NO_STATE", "0")], "color = \"always\"\n");
        assert_eq!(origin(&without, "color"), Origin::File { line: 1, column: 1 });
        assert!(!without.is_on("no_state"));
    }

    #[test]
    fn lists_in_variables() {
        let found = settings(&[], &[("GRADE_NAMES", "a, b,"), ("GRADE_RESOLVE", "h:1:::1")], "");
        assert_eq!(found.get("names").unwrap().values, ["a", "b"]);
        assert_eq!(found.get("connection.resolve").unwrap().values, ["h:1:::1"]);
    }
}

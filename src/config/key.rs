//! The settings that there are.

/// One setting: a key of `grade.toml`, a variable of the environment, and an option of the command line.
#[derive(Debug, PartialEq, Eq)]
pub struct Key {
    /// Its name in `grade.toml`, after the name of its table: `limits.retry`.
    pub name: &'static str,
    /// Its option without the dashes; empty for the CHALLENGE arguments.
    pub flag: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// A value as one writes it in TOML.
    pub example: &'static str,
}

/// As often as anything is done again.
pub const MOST_TIMES: usize = 1000;

/// What a setting holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// A path; in the file relative to the file.
    Path,
    /// One of a few words.
    Choice,
    /// Yes or no.
    Switch,
    /// A whole number from 0.
    Count,
    /// How often something is done: a whole number from 1 to [`MOST_TIMES`].
    Times,
    /// A time in seconds.
    Seconds,
    /// A size: a number of bytes, or a text such as `"2M"`.
    Bytes,
    /// Texts.
    Texts,
    /// Paths; in the file relative to the file.
    Paths,
    /// Names of challenges. One that can only be a path is, in the file, relative to the file.
    Names,
    /// Reports: `FORMAT` or `FORMAT=PATH`, the path in the file relative to the file.
    Reports,
    /// Levels of rules, as `NAME=LEVEL`; in the file entries of the table of this name, beside its other settings. What is
    /// said in several places adds up.
    Levels,
    /// Variables, as `NAME=VALUE`; in the file a table of its own. What is said in several places adds up.
    Variables,
}

/// All settings, in the order in which they are shown. An option of `grade` that is not here stands in the list of
/// exceptions in `cli/layers.rs`; a test sees to it.
pub const KEYS: &[Key] = &[
    Key { name: "url", flag: "url", kind: Kind::Text, example: "\"http://localhost:3000\"" },
    Key { name: "dir", flag: "dir", kind: Kind::Path, example: "\".\"" },
    Key { name: "start", flag: "start", kind: Kind::Text, example: "\"npm start\"" },
    Key { name: "repeat", flag: "repeat", kind: Kind::Times, example: "3" },
    Key { name: "challenges", flag: "challenges", kind: Kind::Paths, example: "[\"challenges\"]" },
    Key { name: "names", flag: "", kind: Kind::Names, example: "[\"realtime-chat\"]" },
    Key { name: "lang", flag: "lang", kind: Kind::Text, example: "\"english\"" },
    Key { name: "rules", flag: "rules", kind: Kind::Choice, example: "\"honest\"" },
    Key { name: "engine", flag: "engine", kind: Kind::Choice, example: "\"auto\"" },
    Key { name: "verbose", flag: "verbose", kind: Kind::Switch, example: "true" },
    Key { name: "show_test", flag: "show-test", kind: Kind::Switch, example: "true" },
    Key { name: "explain", flag: "explain", kind: Kind::Choice, example: "\"full\"" },
    Key { name: "only", flag: "only", kind: Kind::Choice, example: "\"failed\"" },
    Key { name: "quiet", flag: "quiet", kind: Kind::Switch, example: "true" },
    Key { name: "no_times", flag: "no-times", kind: Kind::Switch, example: "true" },
    Key { name: "reports", flag: "report", kind: Kind::Reports, example: "[\"junit=reports/grade.xml\"]" },
    Key { name: "color", flag: "color", kind: Kind::Choice, example: "\"auto\"" },
    Key { name: "no_state", flag: "no-state", kind: Kind::Switch, example: "true" },
    Key { name: "limits.hint_timeout", flag: "hint-timeout", kind: Kind::Seconds, example: "5" },
    Key { name: "limits.max_time", flag: "max-time", kind: Kind::Seconds, example: "2.5" },
    Key { name: "limits.start_timeout", flag: "start-timeout", kind: Kind::Seconds, example: "60" },
    Key { name: "limits.connect_timeout", flag: "connect-timeout", kind: Kind::Seconds, example: "10" },
    Key { name: "limits.max_body", flag: "max-body", kind: Kind::Bytes, example: "\"2M\"" },
    Key { name: "limits.retry", flag: "retry", kind: Kind::Count, example: "5" },
    Key { name: "connection.no_cors", flag: "no-cors", kind: Kind::Switch, example: "true" },
    Key { name: "connection.public_only", flag: "public-only", kind: Kind::Switch, example: "true" },
    Key { name: "connection.proxy", flag: "proxy", kind: Kind::Text, example: "\"http://localhost:8080\"" },
    Key { name: "connection.cacert", flag: "cacert", kind: Kind::Path, example: "\"ca.pem\"" },
    Key { name: "connection.insecure", flag: "insecure", kind: Kind::Switch, example: "true" },
    Key { name: "connection.resolve", flag: "resolve", kind: Kind::Texts, example: "[\"example.com:443:127.0.0.1\"]" },
    Key { name: "lint.deny_warnings", flag: "deny-warnings", kind: Kind::Switch, example: "true" },
    Key { name: "lint", flag: "rule", kind: Kind::Levels, example: "[lint]\nL401 = \"off\"" },
    Key { name: "env", flag: "start-env", kind: Kind::Variables, example: "[env]\nNODE_ENV = \"test\"" },
];

/// Names that people may try, and what they are called here.
pub(super) const OTHER_NAMES: &[(&str, &str)] = &[
    ("address", "url"),
    ("block", "names"),
    ("blocks", "names"),
    ("ca", "connection.cacert"),
    ("challenge", "names"),
    ("colour", "color"),
    ("host", "url"),
    ("language", "lang"),
    ("limits.timeout", "limits.hint_timeout"),
    ("locale", "lang"),
    ("name", "names"),
    ("port", "url"),
    ("timeout", "limits.hint_timeout"),
];

/// The setting with this name in the file.
pub fn key(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

impl Key {
    /// The table that it stands in, and its name there.
    pub fn parts(&self) -> (Option<&'static str>, &'static str) {
        match self.name.split_once('.') {
            Some((table, name)) => (Some(table), name),
            None => (None, self.name),
        }
    }

    /// The table that it stands in, be it as a whole.
    pub fn table(&self) -> Option<&'static str> {
        if self.kind.is_table() { Some(self.name) } else { self.parts().0 }
    }

    /// Its variable in the environment: `GRADE_RETRY`.
    pub fn variable(&self) -> String {
        format!("GRADE_{}", self.parts().1.to_ascii_uppercase())
    }

    /// How it is written on the command line: `--retry`, or `CHALLENGE`.
    pub fn spelling(&self) -> String {
        if self.flag.is_empty() { "CHALLENGE".to_owned() } else { format!("--{}", self.flag) }
    }
}

impl Kind {
    /// Whether it holds any number of values.
    pub fn is_list(self) -> bool {
        matches!(self, Self::Texts | Self::Paths | Self::Names | Self::Reports | Self::Levels | Self::Variables)
    }

    /// Whether its values are entries of a table; what is said of it in several places adds up.
    pub fn is_table(self) -> bool {
        matches!(self, Self::Levels | Self::Variables)
    }

    /// What is to be written, with its article.
    pub(super) fn wanted(self) -> &'static str {
        match self {
            Self::Text => "a text in quotes",
            Self::Path => "a path in quotes",
            Self::Choice => "a word in quotes",
            Self::Switch => "true or false",
            Self::Count => "a whole number, 0 or more",
            Self::Times => "a whole number from 1 to 1000",
            Self::Seconds => "a number of seconds",
            Self::Bytes => "a number of bytes, or a text such as \"2M\"",
            Self::Texts => "a list of texts",
            Self::Paths => "a list of paths",
            Self::Names => "a list of names",
            Self::Reports => "a list of reports",
            Self::Levels | Self::Variables => "a table",
        }
    }
}

/// What the command line says about a setting.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Described {
    /// Its help, a sentence or two.
    pub help: String,
    /// The words that it may be, if they are few.
    pub words: Vec<String>,
    /// What holds when nothing is said.
    pub default: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_variables_and_flags_are_there_once() {
        for of in [|key: &Key| key.name.to_owned(), Key::variable, |key: &Key| key.flag.to_owned()] {
            let all: BTreeSet<String> = KEYS.iter().map(of).collect();
            assert_eq!(all.len(), KEYS.len());
        }
        assert_eq!(key("limits.retry").unwrap().variable(), "GRADE_RETRY");
    }

    #[test]
    fn tables_stand_together_after_what_is_in_none() {
        let tables: Vec<_> = KEYS.iter().map(|key| key.table().unwrap_or_default()).collect();
        let mut seen = vec![""];
        for table in tables {
            if seen.last() != Some(&table) {
                assert!(!seen.contains(&table), "{table}");
                seen.push(table);
            }
        }
    }

    #[test]
    fn other_names_lead_to_real_ones_and_hide_none() {
        for (other, name) in OTHER_NAMES {
            assert!(key(name).is_some() && key(other).is_none(), "{other} -> {name}");
        }
    }
}

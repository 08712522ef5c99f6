//! How much each rule counts.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use super::rule::Rule;
use super::rules;

/// How much a finding counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Not looked for.
    Off,
    /// Shown; does not change the exit code.
    Warning,
    /// Shown; exit code 1.
    Error,
}

impl Level {
    /// The word that settings and reports use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Level {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "off" => Ok(Self::Off),
            "warning" | "warn" => Ok(Self::Warning),
            "error" => Ok(Self::Error),
            _ => Err(format!("`{text}` is none of off, warning, error")),
        }
    }
}

/// A name that no rule has.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("there is no rule `{0}`{nearest}", nearest = nearest(.0))]
pub struct UnknownRule(pub String);

/// The rule that was probably meant.
fn nearest(name: &str) -> String {
    /// No name is longer; comparing takes the product of the lengths.
    const LONGEST: usize = 40;
    let lower = name.to_ascii_lowercase();
    let names = rules::ALL.iter().flat_map(|rule| [rule.code, rule.name]).filter(|_| name.len() <= LONGEST);
    let distance = |known: &str| strsim::damerau_levenshtein(&lower, &known.to_ascii_lowercase());
    let near = names.map(|known| (distance(known), known)).filter(|(distance, known)| *distance <= known.len() / 4);
    near.min().map(|(_, known)| format!("; did you mean `{known}`?")).unwrap_or_default()
}

/// The levels in force: a rule's own unless it was set.
#[derive(Debug, Clone, Default)]
pub struct Levels {
    set: HashMap<&'static str, Level>,
}

impl Levels {
    /// Sets the level of a rule (`L201` or `promise-not-awaited`) or of all rules of a group (`L2`). What is set later
    /// wins.
    pub fn set(&mut self, name: &str, level: Level) -> Result<(), UnknownRule> {
        let mut found = false;
        for rule in rules::matching(name) {
            self.set.insert(rule.code, level);
            found = true;
        }
        if found { Ok(()) } else { Err(UnknownRule(name.to_owned())) }
    }

    /// Switches off every rule that none of `names` (codes, names or groups) names. What is named and was off gets its own
    /// level back.
    pub fn only(&mut self, names: &[String]) -> Result<(), UnknownRule> {
        let mut kept = Vec::new();
        for name in names {
            let before = kept.len();
            kept.extend(rules::matching(name).map(|rule| rule.code));
            if kept.len() == before {
                return Err(UnknownRule(name.clone()));
            }
        }
        for rule in rules::ALL {
            if !kept.contains(&rule.code) {
                self.set.insert(rule.code, Level::Off);
            } else if self.of(rule) == Level::Off {
                self.set.insert(rule.code, rule.level.max(Level::Warning));
            }
        }
        Ok(())
    }

    /// The level of a rule.
    pub fn of(&self, rule: &Rule) -> Level {
        self.set.get(rule.code).copied().unwrap_or(rule.level)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_leaves_what_is_named() {
        let [one, other] = [rules::ALL[0], rules::ALL[1]];
        let mut levels = Levels::default();
        levels.set(one.code, Level::Off).unwrap();
        levels.only(&[one.name.to_owned()]).unwrap();
        assert_eq!((levels.of(one), levels.of(other)), (one.level, Level::Off));
        assert_eq!(levels.only(&["L999".to_owned()]), Err(UnknownRule("L999".to_owned())));
    }

    #[test]
    fn a_rule_is_set_by_code_by_name_and_by_group() {
        let rule = rules::ALL[0];
        for name in [rule.code, rule.name, &rule.code[..2]] {
            let mut levels = Levels::default();
            levels.set(name, Level::Off).unwrap();
            assert_eq!(levels.of(rule), Level::Off, "{name}");
        }
        let told = |name: &str| UnknownRule(name.to_owned()).to_string();
        assert_eq!(told("emty-blok"), "there is no rule `emty-blok`; did you mean `empty-block`?");
        assert_eq!(told("l201"), "there is no rule `l201`; did you mean `L201`?");
        assert_eq!(told("nonsense"), "there is no rule `nonsense`");
        assert_eq!(Levels::default().set("L", Level::Off), Err(UnknownRule("L".to_owned())));
        assert_eq!(Levels::default().set("", Level::Off), Err(UnknownRule(String::new())));
    }
}

//! The command line as one layer of the settings: what was given by hand, and how the other layers stand behind it.
//!
//! It is read twice: once to see what was given, and once with everything that was said elsewhere as the options'
//! default values. So a setting passes through the same checks wherever it was said, and the rest of the program only
//! sees [`Cli`].

use std::ffi::{OsStr, OsString};
use std::sync::LazyLock;

use clap::builder::ValueRange;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command, CommandFactory, FromArgMatches};

use super::Cli;
use crate::config::{CONFIG_VARIABLE, Described, Given, KEYS, Key, Kind, Setting, Settings};

/// The argument that names challenges.
const NAMES: &str = "challenges";
/// The command whose settings stand in a table of its name.
const LINT: &str = "lint";
/// Commands that grade, and so take the names of the settings. To others no names mean all that there is.
const GRADES: [&str; 5] = ["grade", "config", "doctor", "batch", "watch"];
/// Commands whose reports are no reports about a project, so that the setting of that name is not about them.
const NO_REPORTS: [&str; 3] = ["batch", "merge", LINT];

/// A command line.
#[derive(Debug)]
pub struct Line {
    arguments: Vec<OsString>,
    matches: ArgMatches,
}

impl Line {
    /// Reads a command line; its first argument is the program.
    pub fn read(arguments: Vec<OsString>) -> Result<Self, clap::Error> {
        match Cli::command().try_get_matches_from(&arguments) {
            Ok(matches) => Ok(Self { arguments, matches }),
            Err(error) if error.kind() == ErrorKind::DisplayHelp => {
                // The variables of the environment are told in the help, and read by `config`.
                Err(documented().try_get_matches_from(&arguments).err().unwrap_or(error))
            }
            Err(error) => Err(error),
        }
    }

    /// What it says, without other settings.
    pub fn alone(&self) -> Result<Cli, clap::Error> {
        Cli::from_arg_matches(&self.matches)
    }

    /// What it says, with the settings that were said elsewhere.
    pub fn with(&self, settings: &Settings) -> Result<Cli, clap::Error> {
        let command =
            each(Cli::command(), &|key, argument| match settings.settings.iter().find(|setting| setting.key == key) {
                Some(setting @ Setting { values, .. }) if setting.is_said() => argument.default_values(values.clone()),
                _ => argument,
            });
        Cli::from_arg_matches(&command.try_get_matches_from(&self.arguments)?)
    }

    /// The settings that were given by hand.
    pub fn given(&self) -> Vec<Given> {
        let mut command = Cli::command();
        command.build();
        let (mut command, mut matches) = (&command, &self.matches);
        while let Some((name, inner)) = matches.subcommand() {
            let Some(found) = command.find_subcommand(name) else { break };
            (command, matches) = (found, inner);
        }
        KEYS.iter()
            .filter_map(|key| {
                let argument = command.get_arguments().find(|argument| stands_for(argument, key))?;
                let id = argument.get_id().as_str();
                (matches.value_source(id) == Some(ValueSource::CommandLine)).then_some(())?;
                let values = match key.kind {
                    Kind::Switch => vec![matches.get_flag(id).to_string()],
                    _ => matches.get_raw(id)?.map(|value| value.to_string_lossy().into_owned()).collect(),
                };
                Some((key, values))
            })
            .collect()
    }
}

/// The command line with the variables of the environment, for its documentation.
pub(super) fn documented() -> Command {
    each(Cli::command(), &|key, argument| argument.env(key.variable()).hide_env_values(true))
        .mut_arg("config", |argument| argument.env(CONFIG_VARIABLE).hide_env_values(true))
}

/// The command that a setting is about: `grade` itself, or `grade lint`.
fn owner<'c>(command: &'c Command, key: &Key) -> &'c Command {
    match key.table() {
        Some(LINT) => command.find_subcommand(LINT).unwrap_or(command),
        _ => command,
    }
}

/// Whether an argument is the one that a setting stands behind.
fn stands_for(argument: &Arg, key: &Key) -> bool {
    let named = if key.flag.is_empty() {
        argument.is_positional() && argument.get_id() == NAMES
    } else {
        argument.get_long() == Some(key.flag)
    };
    // Another command may use the same word for something else.
    let alike = match argument.get_action() {
        ArgAction::SetTrue => key.kind == Kind::Switch,
        ArgAction::Append => key.kind.is_list(),
        ArgAction::Set => key.kind != Kind::Switch && !key.kind.is_list(),
        _ => false,
    };
    named && alike
}

/// The setting behind an argument of a command.
fn setting_of(command: &str, argument: &Arg) -> Option<&'static Key> {
    let other_reports = NO_REPORTS.contains(&command);
    KEYS.iter().find(|key| stands_for(argument, key)).filter(|key| !other_reports || key.kind != Kind::Reports)
}

/// Changes every argument, of whichever command, that a setting stands behind.
fn each(command: Command, change: &dyn Fn(&'static Key, Arg) -> Arg) -> Command {
    let grades = GRADES.contains(&command.get_name());
    let name = command.get_name().to_owned();
    let command = command.mut_args(|argument| match setting_of(&name, &argument) {
        Some(key) if grades || !key.flag.is_empty() => change(key, argument),
        _ => argument,
    });
    command.mut_subcommands(|inner| each(inner, change))
}

/// What is wrong with a value of a setting, as its option sees it.
pub fn check(key: &Key, value: &str) -> Result<(), String> {
    if key.flag.is_empty() || key.kind == Kind::Switch {
        return Ok(());
    }
    let command = if key.table() == Some(LINT) { &["grade", LINT][..] } else { &["grade"] };
    let arguments = command.iter().map(|&word| word.to_owned()).chain([format!("--{}={value}", key.flag)]);
    let Err(error) = Cli::command().try_get_matches_from(arguments) else {
        return Ok(());
    };
    // Other errors are about options that are missing beside it; they may be in another layer.
    if !matches!(error.kind(), ErrorKind::InvalidValue | ErrorKind::ValueValidation) {
        return Ok(());
    }
    match (error.get(ContextKind::ValidValue), std::error::Error::source(&error)) {
        (Some(ContextValue::Strings(words)), _) if !words.is_empty() => Err(format!("it can be {}", words.join(", "))),
        (_, Some(source)) => Err(source.to_string()),
        _ => Err("a value is missing".to_owned()),
    }
}

/// What the command line knows of a setting.
pub fn describe(key: &Key) -> Described {
    // Made once: it is asked for every setting, in every run.
    static COMMAND: LazyLock<Command> = LazyLock::new(Cli::command);
    let Some(argument) = owner(&COMMAND, key).get_arguments().find(|argument| stands_for(argument, key)) else {
        return Described::default();
    };
    let is_switch = argument.get_num_args() == Some(ValueRange::EMPTY) || key.kind == Kind::Switch;
    let words = argument.get_possible_values().iter().map(|word| word.get_name().to_owned()).collect();
    let default =
        argument.get_default_values().iter().map(|value| OsStr::to_string_lossy(value).into_owned()).collect();
    Described {
        // How often an option may be given means nothing elsewhere.
        help: argument.get_help().map(|help| help.to_string().replace(" (repeatable)", "")).unwrap_or_default(),
        words: if is_switch { Vec::new() } else { words },
        default: if is_switch { vec!["false".to_owned()] } else { default },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Options of grading that are no settings, each with the reason.
    const NO_SETTINGS: &[(&str, &str)] = &[
        ("anonymous", "about the cohort report"),
        ("last-failed", "it is about one run"),
        ("fail-fast", "it is about one run"),
        ("exit-zero", "whoever reads the exit code has to see that it means less"),
        ("secret", "a secret in a file is none, and GRADE_SECRET_NAME is its variable"),
        ("config", "it says where settings are"),
        ("no-config", "it says where settings are"),
    ];

    /// Settings that stand behind options of other commands than those that grade one project.
    const SHARED: &[&str] = &[
        "batch challenges",
        "batch connection.cacert",
        "batch connection.insecure",
        "batch connection.no_cors",
        "batch connection.proxy",
        "batch connection.public_only",
        "batch connection.resolve",
        "batch engine",
        "batch lang",
        "batch limits.connect_timeout",
        "batch limits.hint_timeout",
        "batch limits.max_body",
        "batch limits.max_time",
        "batch limits.retry",
        "batch limits.start_timeout",
        "batch no_times",
        "batch repeat",
        "batch rules",
        "demo show_test",
        "doctor challenges",
        "doctor connection.cacert",
        "doctor connection.insecure",
        "doctor connection.no_cors",
        "doctor connection.proxy",
        "doctor connection.public_only",
        "doctor connection.resolve",
        "doctor lang",
        "doctor limits.connect_timeout",
        "doctor limits.hint_timeout",
        "doctor limits.max_body",
        "doctor limits.max_time",
        "doctor limits.retry",
        "doctor url",
        "lint lint",
        "lint lint.deny_warnings",
        "list challenges",
        "list lang",
        "mutate challenges",
        "mutate connection.cacert",
        "mutate connection.insecure",
        "mutate connection.no_cors",
        "mutate connection.proxy",
        "mutate connection.public_only",
        "mutate connection.resolve",
        "mutate dir",
        "mutate engine",
        "mutate env",
        "mutate lang",
        "mutate limits.connect_timeout",
        "mutate limits.hint_timeout",
        "mutate limits.max_body",
        "mutate limits.max_time",
        "mutate limits.retry",
        "mutate limits.start_timeout",
        "mutate rules",
        "mutate start",
        "mutate url",
        "new challenges",
        "new lang",
        "show challenges",
        "show lang",
        "status challenges",
        "status lang",
        "verify challenges",
        "verify connection.cacert",
        "verify connection.insecure",
        "verify connection.no_cors",
        "verify connection.proxy",
        "verify connection.public_only",
        "verify connection.resolve",
        "verify engine",
        "verify lang",
        "verify limits.connect_timeout",
        "verify limits.hint_timeout",
        "verify limits.max_body",
        "verify limits.max_time",
        "verify limits.retry",
        "verify limits.start_timeout",
        "verify rules",
        "watch challenges",
        "watch connection.cacert",
        "watch connection.insecure",
        "watch connection.no_cors",
        "watch connection.proxy",
        "watch connection.public_only",
        "watch connection.resolve",
        "watch dir",
        "watch engine",
        "watch env",
        "watch explain",
        "watch lang",
        "watch limits.connect_timeout",
        "watch limits.hint_timeout",
        "watch limits.max_body",
        "watch limits.max_time",
        "watch limits.retry",
        "watch limits.start_timeout",
        "watch no_state",
        "watch no_times",
        "watch rules",
        "watch show_test",
        "watch start",
        "watch url",
        "watch verbose",
    ];

    #[test]
    fn every_option_of_grading_is_a_setting_or_has_a_reason() {
        let command = Cli::command();
        for argument in command.get_arguments() {
            let excused = NO_SETTINGS.iter().any(|(name, _)| argument.get_long() == Some(name));
            let settings = KEYS.iter().filter(|key| stands_for(argument, key)).count();
            assert_eq!(
                settings,
                usize::from(!excused),
                "`{}` belongs into KEYS in config/key.rs, or into NO_SETTINGS here",
                argument.get_id()
            );
        }
        for key in KEYS {
            let mut options = owner(&command, key).get_arguments();
            assert!(options.any(|argument| stands_for(argument, key)), "no option for `{}`", key.name);
            assert!(!describe(key).help.is_empty(), "{}", key.name);
            assert_eq!(key.kind == Kind::Choice, !describe(key).words.is_empty(), "{}", key.name);
        }
    }

    #[test]
    fn other_commands_take_the_settings_that_they_share() {
        let mut command = Cli::command();
        command.build();
        let mut shared = BTreeSet::new();
        for inner in command.get_subcommands().filter(|inner| !["config", "init"].contains(&inner.get_name())) {
            for argument in inner.get_arguments().filter(|argument| !argument.is_global_set()) {
                if let Some(key) = setting_of(inner.get_name(), argument).filter(|key| !key.flag.is_empty()) {
                    shared.insert(format!("{} {}", inner.get_name(), key.name));
                }
            }
        }
        assert_eq!(shared.iter().map(String::as_str).collect::<Vec<_>>(), SHARED);
    }

    #[test]
    fn a_value_is_checked_by_its_option() {
        let check = |name: &str, value: &str| check(crate::config::key(name).unwrap(), value);
        assert_eq!(check("limits.max_time", "2.5"), Ok(()));
        assert_eq!(check("limits.max_time", "0"), Err("has to be more than 0".to_owned()));
        assert_eq!(check("rules", "strict"), Err("it can be honest, browser".to_owned()));
        assert_eq!(check("limits.retry", "-1").map_err(|error| error.is_empty()), Err(false));
    }

    #[test]
    fn switches_can_be_set_elsewhere() {
        let line = Line::read(vec!["grade".into()]).unwrap();
        let key = crate::config::key("connection.insecure").unwrap();
        let settings = |value: &str| Settings {
            settings: vec![Setting {
                key,
                values: vec![value.to_owned()],
                origin: crate::config::Origin::File { line: 1, column: 1 },
            }],
            ..Settings::default()
        };
        assert!(line.with(&settings("true")).unwrap().grade.limits.insecure);
        assert!(!line.with(&settings("false")).unwrap().grade.limits.insecure);
        let line = Line::read(vec!["grade".into(), "-k".into()]).unwrap();
        assert!(line.with(&settings("false")).unwrap().grade.limits.insecure);
        assert_eq!(line.given(), [(key, vec!["true".to_owned()])]);
    }
}

//! Options of `grade mutate`.

use std::time::Duration;

use clap::{Args, ValueEnum};

use super::grading::{Engine, LimitArgs, Rules, SourceArgs, TargetArgs};

/// The most mutants of one hint.
const MOST_MUTANTS: usize = 10_000;
/// The most that are tried at the same time.
const MOST_JOBS: usize = 64;

/// Options of `grade mutate`.
#[derive(Debug, Args)]
#[command(
    after_help = "The project is graded once, and what each hint is answered is recorded. Then each hint that passed is \
                  graded again with one small change in one of these answers: a line is gone, a letter of a name is \
                  another one, a JSON key is missing, the status is 404. A hint that passes all the same did not notice. \
                  The project is not asked again, but for a GET that a change leads to.\n\n\
                  The same seed gives the same mutants, whatever the number of jobs.\n\n\
                  Exit codes: 0 at least one mutant fails each hint, 1 a hint that no mutant can fail, 2 could not be \
                  used as asked, 3 it is not known of a hint, as when it does not pass to begin with."
)]
pub struct MutateArgs {
    /// Challenges whose hints to try: a file, a folder, a name, an id, or block/name
    #[arg(value_name = "CHALLENGE", required = true)]
    pub challenges: Vec<String>,

    /// The project that passes them.
    #[command(flatten)]
    pub target: TargetArgs,

    /// Where challenges come from.
    #[command(flatten)]
    pub source: SourceArgs,

    /// Which assertions count: those that freeCodeCamp forgets to wait for too (honest), or exactly its verdicts (browser)
    #[arg(long, value_enum, default_value_t, value_name = "RULES")]
    pub rules: Rules,

    /// Which engine runs the tests; `ported` runs no test code at all
    #[arg(long, value_enum, default_value_t, value_name = "ENGINE")]
    pub engine: Engine,

    /// Limits and connections.
    #[command(flatten)]
    pub limits: LimitArgs,

    /// Number from which all choices follow
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,

    /// Mutants of each hint at most
    #[arg(long, value_name = "N", default_value = "100", value_parser = mutants)]
    pub mutants: usize,

    /// How long mutants are begun, such as 30s or 2m
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = time)]
    pub budget: Duration,

    /// Mutants that are tried at the same time; as many as there are processors, if not given
    #[arg(long, short, value_name = "N", value_parser = jobs)]
    pub jobs: Option<usize>,

    /// Mutants to show for each hint of those that it passed, or `all`
    #[arg(long, value_name = "N", default_value = "3", value_parser = survivors)]
    pub survivors: Survivors,

    /// How to show what came out
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: MutateFormat,
}

/// `--survivors`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Survivors {
    /// So many.
    Some(usize),
    /// All.
    All,
}

/// `--format` of `grade mutate`.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum MutateFormat {
    /// For people
    #[default]
    Text,
    /// A JSON object, as `grade schema mutate` describes it
    Json,
}

fn mutants(text: &str) -> Result<usize, String> {
    count(text, MOST_MUTANTS)
}

fn jobs(text: &str) -> Result<usize, String> {
    count(text, MOST_JOBS)
}

fn count(text: &str, most: usize) -> Result<usize, String> {
    let number = text.parse().map_err(|_| "not a number".to_owned())?;
    if (1..=most).contains(&number) { Ok(number) } else { Err(format!("has to be from 1 to {most}")) }
}

fn survivors(text: &str) -> Result<Survivors, String> {
    if text == "all" {
        return Ok(Survivors::All);
    }
    text.parse().map(Survivors::Some).map_err(|_| "not a number, and not `all`".to_owned())
}

/// A time as people write it: `30`, `30s`, `500ms`, `2m`.
fn time(text: &str) -> Result<Duration, String> {
    let end = text.find(|character: char| character.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let factor = match unit {
        "" | "s" => 1.0,
        "ms" => 0.001,
        "m" | "min" => 60.0,
        "h" => 3600.0,
        _ => return Err(format!("`{unit}` is no unit of time: write 500ms, 30s, 2m or 1h")),
    };
    let number: f64 = number.trim().parse().map_err(|_| "not a time, such as 30s or 2m".to_owned())?;
    if number <= 0.0 {
        return Err("has to be more than 0".to_owned());
    }
    Duration::try_from_secs_f64(number * factor).map_err(|_| "too long".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_as_people_write_them() {
        for (text, milliseconds) in
            [("30", 30_000), ("30s", 30_000), ("500ms", 500), ("2m", 120_000), ("1.5h", 5_400_000)]
        {
            assert_eq!(time(text), Ok(Duration::from_millis(milliseconds)), "{text}");
        }
        for text in ["", "s", "0s", "-1s", "3d", "1e300h", "NaN"] {
            assert!(time(text).is_err(), "{text}");
        }
        assert_eq!((survivors("all"), survivors("0")), (Ok(Survivors::All), Ok(Survivors::Some(0))));
        assert!(survivors("some").is_err() && mutants("0").is_err() && jobs("65").is_err());
    }
}

//! Settings: what `grade.toml`, the environment and the command line say, which of them holds, and where it was said.
//!
//! [`KEYS`] is the one list of settings. The file's parser, the environment, the JSON Schema, `grade config` and
//! `grade init` are all driven by it; a new option becomes a setting by a line there.

mod error;
mod file;
mod key;
mod mask;
mod parse;
mod problem;
mod resolve;
mod schema;
mod template;
mod value;

pub use error::{ConfigError, VariableProblem};
pub use file::{CONFIG_VARIABLE, FILE_NAME, Found, MAX_FILE, find, read};
pub use key::{Described, KEYS, Key, Kind, MOST_TIMES, key};
pub use mask::{mask, mask_variable};
pub use parse::{FileValue, FileValues, parse};
pub use problem::Problem;
pub use resolve::{Given, Origin, Setting, Settings, resolve};
pub use schema::schema;
pub use template::template;

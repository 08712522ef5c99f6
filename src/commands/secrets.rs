//! What must not be shown, from the command line and the environment.

use anyhow::Result;

use super::target::url_of_environment;
use crate::cli::GradeArgs;
use crate::redact::Secrets;

/// Variables of the environment whose name begins so hold a secret each.
const PREFIX: &str = "GRADE_SECRET_";

/// The secrets of a run: given as such, or part of an address that was given.
pub fn secrets(args: &GradeArgs) -> Result<Secrets> {
    let mut environment: Vec<(String, String)> = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.to_str()?.strip_prefix(PREFIX)?.to_owned(), value)))
        .filter(|(name, _)| !name.is_empty())
        .map(|(name, value)| (name, value.to_string_lossy().into_owned()))
        .collect();
    environment.sort();
    let url = args.target.url.clone().or_else(url_of_environment);
    let addresses = url.as_deref().into_iter().chain(args.limits.proxy.as_deref());
    Ok(Secrets::new(args.output.secrets.iter().map(String::as_str), environment, addresses)?)
}

//! Where results are kept if nobody says where.

use std::ffi::OsString;
use std::path::PathBuf;

use etcetera::BaseStrategy;

/// `$XDG_CACHE_HOME/grade/verdicts`, else the system's place: `~/.cache/grade/verdicts`, on macOS
/// `~/Library/Caches/grade/verdicts`, on Windows `%LOCALAPPDATA%\grade\verdicts`. Nothing where the system names none.
pub fn of_user(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let named = variable("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let base =
        named.or_else(|| etcetera::base_strategy::choose_native_strategy().ok().map(|system| system.cache_dir()));
    base.map(|base| base.join("grade").join("verdicts"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_absolute_folders_are_taken_from_the_environment() {
        let absolute = std::env::temp_dir();
        let named = absolute.clone().into_os_string();
        assert_eq!(of_user(move |_| Some(named.clone())).unwrap(), absolute.join("grade").join("verdicts"));
        assert!(!of_user(|_| Some("relative".into())).unwrap().starts_with("relative"));
    }
}

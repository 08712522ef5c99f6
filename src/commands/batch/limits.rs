//! How many files the process may have open: every connection is one.

/// Raises the limit to what the system allows without asking anybody.
#[cfg(unix)]
pub fn raise() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current != maximum {
        // Where that is refused, fewer connections have to do.
        let _ = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum });
    }
}

/// There is no such limit.
#[cfg(not(unix))]
pub fn raise() {}

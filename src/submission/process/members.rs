//! The processes that belong to a started project, daemons included: those of its process group, and those that carry its mark in
//! their environment. What a project starts inherits both, and can hardly shake off the second.

use std::fs;

use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};

/// The most of an environment that is read.
const MAX_ENVIRONMENT: u64 = 1024 * 1024;

/// All living processes of the group `group`, and all that carry `mark` (`NAME=value`).
pub(super) fn members(group: i32, mark: &str) -> Vec<Pid> {
    let Ok(entries) = fs::read_dir("/proc") else { return Vec::new() };
    let numbers = entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<i32>().ok());
    numbers.filter(|&number| belongs(number, group, mark)).filter_map(Pid::from_raw).collect()
}

/// Sends a signal to a process, if it is still the one that belongs to the project.
pub(super) fn signal(pid: Pid, group: i32, mark: &str, signal: Signal) {
    // The descriptor stands for this very process; its number may be another's by the time it is used.
    let Ok(descriptor) = pidfd_open(pid, PidfdFlags::empty()) else { return };
    if belongs(pid.as_raw_nonzero().get(), group, mark) {
        // It may have ended in between.
        let _ = pidfd_send_signal(&descriptor, signal);
    }
}

fn belongs(number: i32, group: i32, mark: &str) -> bool {
    let Some((state, its_group)) = state_and_group(number) else { return false };
    !matches!(state, 'Z' | 'X') && (its_group == group || carries(number, mark))
}

/// Reads `/proc/<pid>/stat`; the name in it may hold anything, so what counts comes after its last parenthesis.
fn state_and_group(number: i32) -> Option<(char, i32)> {
    let stat = fs::read_to_string(format!("/proc/{number}/stat")).ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_ascii_whitespace();
    let state = fields.next()?.chars().next()?;
    let group = fields.nth(1)?.parse().ok()?;
    Some((state, group))
}

fn carries(number: i32, mark: &str) -> bool {
    use std::io::Read;
    let Ok(file) = fs::File::open(format!("/proc/{number}/environ")) else { return false };
    let mut environment = Vec::new();
    // Another user's cannot be read, and is not ours.
    file.take(MAX_ENVIRONMENT).read_to_end(&mut environment).is_ok()
        && environment.split(|&byte| byte == 0).any(|variable| variable == mark.as_bytes())
}

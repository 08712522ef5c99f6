//! The processes that belong to a started project, daemons included: those of its process group, and those that carry its mark in
//! their environment. What a project starts inherits both, and can hardly shake off the second.
//!
//! Only Linux shows the environment of processes; elsewhere the group is all.

use rustix::process::{Pid, Signal, kill_process_group, test_kill_process_group};

/// What processes of a project are known by.
#[derive(Debug, Clone)]
pub(super) struct Members {
    /// Number of the process group; more than 0.
    group: Option<Pid>,
    /// `NAME=value` in the environment.
    mark: String,
}

impl Members {
    /// Those of the group that `leader` leads, and those with `mark`.
    pub(super) fn new(leader: u32, mark: String) -> Self {
        Self { group: i32::try_from(leader).ok().and_then(Pid::from_raw), mark }
    }

    /// Whether any is alive.
    pub(super) fn any(&self) -> bool {
        match self.found() {
            Some(found) => !found.is_empty(),
            None => self.group.is_some_and(|group| test_kill_process_group(group).is_ok()),
        }
    }

    /// Sends a signal to each once: a project may take a second one for a wish to be killed.
    pub(super) fn signal(&self, signal: Signal) {
        match self.found() {
            // What has ended in between needs no signal.
            Some(found) => found.into_iter().for_each(|pid| self.signal_one(pid, signal)),
            None => {
                if let Some(group) = self.group {
                    let _ = kill_process_group(group, signal);
                }
            }
        }
    }
}

#[cfg(target_os = "linux")]
impl Members {
    /// The most of an environment that is read.
    const MAX_ENVIRONMENT: u64 = 1024 * 1024;

    /// All that are alive; nothing where the system does not show them.
    fn found(&self) -> Option<Vec<Pid>> {
        let entries = std::fs::read_dir("/proc").ok()?;
        let numbers = entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<i32>().ok());
        let mut any = false;
        let found = numbers.inspect(|_| any = true).filter(|&number| self.belongs(number)).filter_map(Pid::from_raw);
        let found = found.collect();
        any.then_some(found)
    }

    fn signal_one(&self, pid: Pid, signal: Signal) {
        use rustix::process::{PidfdFlags, pidfd_open, pidfd_send_signal};
        // The descriptor stands for this very process; its number may be another's by the time it is used.
        let Ok(descriptor) = pidfd_open(pid, PidfdFlags::empty()) else { return };
        if self.belongs(pid.as_raw_nonzero().get()) {
            let _ = pidfd_send_signal(&descriptor, signal);
        }
    }

    fn belongs(&self, number: i32) -> bool {
        let Some((is_alive, group)) = life_and_group(number) else { return false };
        let in_group = group.is_some() && group == self.group;
        is_alive && (in_group || self.is_marked(number))
    }

    fn is_marked(&self, number: i32) -> bool {
        use std::io::Read;
        // Another user's cannot be read, and is not ours.
        let Ok(file) = std::fs::File::open(format!("/proc/{number}/environ")) else { return false };
        let mut environment = Vec::new();
        file.take(Self::MAX_ENVIRONMENT).read_to_end(&mut environment).is_ok()
            && environment.split(|&byte| byte == 0).any(|variable| variable == self.mark.as_bytes())
    }
}

/// Reads `/proc/<pid>/stat`; the name in it may hold anything, so what counts comes after its last parenthesis.
///
/// A process whose first thread has ended looks dead while the others still hold its port.
#[cfg(target_os = "linux")]
fn life_and_group(number: i32) -> Option<(bool, Option<Pid>)> {
    let stat = std::fs::read_to_string(format!("/proc/{number}/stat")).ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_ascii_whitespace();
    let has_ended = matches!(fields.next()?, "Z" | "X");
    let group = fields.nth(1)?.parse().ok()?;
    let threads: u32 = fields.nth(14)?.parse().ok()?;
    Some((!has_ended || threads > 1, Pid::from_raw(group)))
}

#[cfg(not(target_os = "linux"))]
impl Members {
    fn found(&self) -> Option<Vec<Pid>> {
        None
    }

    fn signal_one(&self, _: Pid, _: Signal) {}
}

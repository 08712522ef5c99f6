//! Starting a project, and waiting until it answers.

use std::net::{TcpStream, ToSocketAddrs};
use std::path::PathBuf;
use std::process::ExitStatus;
use std::time::Duration;

use tokio::time::Instant;
use url::Url;

use super::error::{LastOutput, StartError};
use super::tree::{POLL, Tree};
use crate::fetch::Client;
use crate::submission::presence::answers;

/// How long a project that has cut connections may take to be gone.
const LAST_BREATH: Duration = Duration::from_millis(500);
/// How long it takes at most to find out whether a port of this machine is taken.
const PORT_CHECK: Duration = Duration::from_secs(1);

/// How a project is started.
#[derive(Debug, Clone)]
pub struct StartSettings {
    /// The command, for the shell.
    pub command: String,
    /// The folder to start it in.
    pub folder: PathBuf,
    /// Where it will answer.
    pub url: Url,
    /// How long it may take until it does.
    pub timeout: Duration,
    /// Variables for its environment, later ones winning over earlier ones; everything else is inherited.
    pub environment: Vec<(String, String)>,
}

/// A project that runs until it is stopped or dropped.
#[derive(Debug)]
pub struct StartedProject {
    settings: StartSettings,
    tree: Tree,
}

impl StartedProject {
    /// Starts the command, unless something answers in its place already. Looking for that may take a second.
    pub fn start(settings: StartSettings) -> Result<Self, StartError> {
        let command = settings.command.clone();
        if !settings.folder.is_dir() {
            return Err(StartError::NoFolder { folder: settings.folder, command });
        }
        if something_listens(&settings.url) {
            return Err(StartError::PortTaken { authority: authority(&settings.url), command });
        }
        let tree = Tree::start(&command, &settings.folder, &settings.environment);
        let tree = tree.map_err(|why| StartError::Spawn { command, why })?;
        Ok(Self { settings, tree })
    }

    /// Waits until anything answers at the URL, in whatever words. `client` should have a limit for each request.
    pub async fn ready(&mut self, client: &Client) -> Result<(), StartError> {
        let deadline = Instant::now() + self.settings.timeout;
        loop {
            if !self.tree.is_alive() {
                return Err(self.died().await);
            }
            if let Ok(true) = tokio::time::timeout_at(deadline, answers(client, &self.settings.url)).await {
                return Ok(());
            }
            if Instant::now() >= deadline {
                return Err(StartError::Silent {
                    command: self.settings.command.clone(),
                    url: self.settings.url.to_string(),
                    limit: self.settings.timeout,
                    output: LastOutput(self.tree.output()),
                });
            }
            tokio::time::sleep(POLL).await;
        }
    }

    /// Whether it has ended by itself, and how. A project that crashes closes its connections before it is gone: where some
    /// were cut, it is given the time to be.
    pub async fn ended(&mut self, connections_were_cut: bool) -> Option<StartError> {
        let patience = if connections_were_cut { LAST_BREATH } else { Duration::ZERO };
        let until = tokio::time::Instant::now() + patience;
        while self.tree.is_alive() {
            if tokio::time::Instant::now() >= until {
                return None;
            }
            tokio::time::sleep(POLL).await;
        }
        let (how, output) = self.last_words().await;
        Some(StartError::Ended { command: self.settings.command.clone(), how, output })
    }

    /// Stops it with everything that it has started: politely at first; by force after 5 s, or once `hurry` is ready.
    pub async fn stop(mut self, hurry: impl Future<Output = ()>) {
        self.tree.stop(hurry).await;
    }

    async fn died(&mut self) -> StartError {
        let (how, output) = self.last_words().await;
        let command = self.settings.command.clone();
        match self.tree.status().and_then(|status| status.code()) {
            Some(126 | 127) if cfg!(unix) => StartError::NoCommand { command, output },
            _ => StartError::Died { command, url: self.settings.url.to_string(), how, output },
        }
    }

    async fn last_words(&mut self) -> (String, LastOutput) {
        // They may still be on their way.
        tokio::time::sleep(POLL * 2).await;
        (in_words(self.tree.status()), LastOutput(self.tree.output()))
    }
}

fn something_listens(url: &Url) -> bool {
    let Some(host) = url.host_str() else { return false };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let Some(addresses) = url.port_or_known_default().and_then(|port| (host, port).to_socket_addrs().ok()) else {
        return false;
    };
    addresses.into_iter().any(|address| TcpStream::connect_timeout(&address, PORT_CHECK).is_ok())
}

fn authority(url: &Url) -> String {
    format!("{}:{}", url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or_default())
}

fn in_words(status: Option<ExitStatus>) -> String {
    #[cfg(unix)]
    if let Some(signal) = status.and_then(|status| std::os::unix::process::ExitStatusExt::signal(&status)) {
        return format!("killed by signal {signal}");
    }
    match status.and_then(|status| status.code()) {
        Some(code) => format!("exit code {code}"),
        None => "in an unknown way".to_owned(),
    }
}

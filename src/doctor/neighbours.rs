//! Looks on this machine for what may be the project, when nothing listens at the port that was given.

use std::time::Duration;

use tokio::task::JoinSet;
use url::Url;

use super::ask::Asker;
use super::who;
use crate::fetch::{FetchSettings, is_loopback};

/// Ports that projects usually listen on.
pub const USUAL_PORTS: [u16; 6] = [3000, 3001, 5000, 8000, 8080, 8888];

/// What answers on this machine needs no longer.
const LIMIT: Duration = Duration::from_millis(400);

/// Addresses at which something answers over HTTP, with what it seems to be. Asks on loopback only.
pub(super) async fn find(url: &Url, settings: &FetchSettings, ports: &[u16]) -> Vec<String> {
    if !is_loopback(url) || settings.proxy.is_some() {
        return Vec::new();
    }
    let settings = FetchSettings { retry: 0, ..settings.clone() };
    let mut looking = JoinSet::new();
    for port in ports.iter().copied().filter(|port| Some(*port) != url.port_or_known_default()) {
        let mut other = url.clone();
        other.set_path("/");
        other.set_query(None);
        other.set_fragment(None);
        let changed = other.set_scheme("http").and_then(|()| other.set_port(Some(port)));
        let Ok(via) = Asker::new(&settings, LIMIT, false) else { continue };
        if changed.is_err() {
            continue;
        }
        looking.spawn(async move {
            let asked = via.get(&other).await;
            asked.status()?;
            let place = other.as_str().trim_end_matches('/').to_owned();
            Some((port, who::is_express(&asked), place))
        });
    }
    let mut found: Vec<(u16, bool, String)> = looking.join_all().await.into_iter().flatten().collect();
    // What looks like a project goes first.
    found.sort_by_key(|(port, express, _)| (!express, *port));
    found
        .into_iter()
        .map(|(_, express, place)| {
            let what = if express { "an Express app" } else { "something" };
            format!("{what} answers at {place}: is that your project?")
        })
        .collect()
}

//! When hosts may be asked: a pause between requests to one host, and what hosts themselves wish (`Retry-After`).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use tokio::time::Instant;
use url::Url;

use super::headers::Pairs;
use super::transport::authority;

/// The longest wish that is honoured.
const LONGEST: Duration = Duration::from_mins(2);
/// Hosts that are remembered before those are forgotten that may be asked.
const MANY: usize = 1024;

/// When hosts may be asked. Clones share what they know, also across threads.
#[derive(Debug, Clone, Default)]
pub struct Pace(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    pause: Duration,
    hosts: Mutex<HashMap<String, Times>>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Times {
    /// The next request may be sent then.
    turn: Option<Instant>,
    /// The host wishes not to be asked before.
    wish: Option<Instant>,
}

impl Pace {
    /// With a pause between the requests to one host.
    pub fn with_pause(pause: Duration) -> Self {
        Self(Arc::new(Shared { pause, hosts: Mutex::default() }))
    }

    /// The time before which a host (`host:port`) does not want to be asked, if it has said so.
    pub fn wish(&self, authority: &str) -> Option<Instant> {
        self.wish_at(authority, Instant::now())
    }

    fn wish_at(&self, authority: &str, now: Instant) -> Option<Instant> {
        self.hosts().get(authority)?.wish.filter(|until| *until > now)
    }

    /// Waits until a request may be sent, where there is a pause between them.
    pub(super) async fn turn(&self, url: &Url) {
        if !self.0.pause.is_zero() {
            tokio::time::sleep_until(self.reserve(url, Instant::now())).await;
        }
    }

    /// The time at which a request may be sent; the next one may be after the pause.
    fn reserve(&self, url: &Url, now: Instant) -> Instant {
        let mut hosts = self.hosts();
        forget(&mut hosts, now);
        let times = hosts.entry(authority(url)).or_default();
        let turn = times.turn.map_or(now, |turn| turn.max(now));
        times.turn = Some(turn + self.0.pause);
        turn
    }

    /// Takes note of an answer: one that is 429 or 503 may say when to ask again.
    pub(crate) fn answered(&self, url: &Url, status: u16, headers: &Pairs) {
        if matches!(status, 429 | 503) {
            self.refused_at(url, headers, Instant::now());
        }
    }

    fn refused_at(&self, url: &Url, headers: &Pairs, now: Instant) {
        let value = headers.iter().find(|(name, _)| name == "retry-after").map(|(_, value)| value.as_str());
        let Some(wait) = value.and_then(|value| seconds(value, SystemTime::now())) else { return };
        let mut hosts = self.hosts();
        forget(&mut hosts, now);
        hosts.entry(authority(url)).or_default().wish = Some(now + wait.min(LONGEST));
    }

    /// How long a repetition has to wait at least.
    pub(super) fn wait(&self, url: &Url) -> Duration {
        self.wish(&authority(url)).map_or(Duration::ZERO, |until| until.saturating_duration_since(Instant::now()))
    }

    fn hosts(&self) -> MutexGuard<'_, HashMap<String, Times>> {
        self.0.hosts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn forget(hosts: &mut HashMap<String, Times>, now: Instant) {
    if hosts.len() >= MANY {
        hosts.retain(|_, times| times.turn.max(times.wish).is_some_and(|until| until > now));
    }
}

/// The value of `Retry-After`: seconds, or a date as HTTP writes it.
fn seconds(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = jiff::fmt::rfc2822::DateTimeParser::new().relaxed_weekday(true).parse_timestamp(value).ok()?;
    SystemTime::from(date).duration_since(now).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url() -> Url {
        Url::parse("http://a.example/x").unwrap()
    }

    fn header(value: &str) -> [super::super::headers::Header; 1] {
        [("retry-after".into(), value.into())]
    }

    #[test]
    fn seconds_and_dates() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        for (value, wanted) in [
            ("0", Some(0)),
            (" 7 ", Some(7)),
            ("Sun, 06 Nov 1994 08:49:40 GMT", Some(3)),
            ("Sun, 06 Nov 1994 08:49:30 GMT", None),
            ("soon", None),
            ("-1", None),
            ("", None),
        ] {
            assert_eq!(seconds(value, now), wanted.map(Duration::from_secs), "{value}");
        }
    }

    #[test]
    fn a_host_is_left_alone_as_long_as_it_wishes() {
        let (pace, now) = (Pace::default(), Instant::now());
        let wish = |pace: &Pace, now| pace.wish_at("a.example:80", now);
        pace.answered(&url(), 200, &header("9"));
        assert_eq!((pace.wait(&url()), wish(&pace, now)), (Duration::ZERO, None));
        let nine = now + Duration::from_secs(9);
        pace.clone().refused_at(&url(), &header("9"), now);
        assert_eq!((wish(&pace, now), wish(&pace, nine)), (Some(nine), None));
        assert_eq!(pace.wish_at("a.example:81", now), None);
        pace.answered(&url(), 503, &header("99999999"));
        assert!(pace.wait(&url()) <= LONGEST && pace.wait(&url()) > LONGEST / 2);
    }

    #[test]
    fn requests_to_one_host_are_apart() {
        let (pace, now) = (Pace::with_pause(Duration::from_secs(2)), Instant::now());
        for (url, later, turn) in [
            ("http://a/", 0, 0),
            ("http://b/", 0, 0),
            ("http://a/x", 1, 2),
            ("http://a:81/", 1, 1),
            ("http://a/", 1, 4),
            ("http://a/", 9, 9),
        ] {
            let at = |seconds| now + Duration::from_secs(seconds);
            assert_eq!(pace.reserve(&Url::parse(url).unwrap(), at(later)), at(turn), "{url}");
        }
    }

    #[test]
    fn the_memory_is_bounded() {
        let mut hosts = HashMap::new();
        let now = Instant::now();
        for number in 0..MANY {
            hosts.insert(number.to_string(), Times { turn: Some(now), wish: None });
        }
        forget(&mut hosts, now);
        assert!(hosts.is_empty());
    }
}

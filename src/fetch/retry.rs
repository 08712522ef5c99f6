//! When a request is repeated, and after which pause.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use super::chain::Trace;
use super::error::{Phase, TransportError, TransportKind};

const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Whether the failure may be gone next time, and asking again cannot do anything twice.
pub(super) fn may_repeat(method: &str, failure: Option<&TransportError>, trace: &Trace) -> bool {
    let Some(failure) = failure else { return false };
    let passing = matches!(
        failure.kind,
        TransportKind::ConnectionRefused { .. }
            | TransportKind::ConnectTimeout { .. }
            | TransportKind::Timeout { .. }
            | TransportKind::Cut
            | TransportKind::Other
    );
    // A connection that was never made carried nothing; an earlier hop may have.
    let never_arrived = failure.phase == Phase::Connecting && trace.hops.iter().all(|hop| hop.status.is_none());
    passing && (matches!(method, "GET" | "HEAD") || never_arrived)
}

/// The pause before the next attempt: doubled each time, with a random part so that many do not come back together.
pub(super) fn backoff(attempt: u32) -> Duration {
    let pause = FIRST_PAUSE.saturating_mul(2_u32.saturating_pow(attempt)).min(LONGEST_PAUSE);
    // A fresh hasher is seeded at random; nothing here needs better randomness.
    let quarter = u32::try_from(RandomState::new().hash_one(attempt) % 256).unwrap_or_default();
    pause.mul_f64(0.75 + f64::from(quarter) / 512.0)
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::super::exchange::Hop;
    use super::*;

    fn failure(kind: TransportKind, phase: Phase) -> TransportError {
        let url = Url::parse("http://localhost:3000/").unwrap();
        TransportError { kind, url, phase, elapsed: Duration::ZERO, detail: String::new() }
    }

    #[test]
    fn only_what_is_safe_is_repeated() {
        let refused = failure(TransportKind::ConnectionRefused { authority: "a:1".into() }, Phase::Connecting);
        let cut = failure(TransportKind::Cut, Phase::Waiting);
        let nothing = Trace::default();
        assert!(may_repeat("GET", Some(&cut), &nothing) && may_repeat("HEAD", Some(&refused), &nothing));
        assert!(may_repeat("POST", Some(&refused), &nothing));
        assert!(!may_repeat("POST", Some(&cut), &nothing));
        assert!(!may_repeat("GET", None, &nothing));
        for lasting in [TransportKind::NotHttp, TransportKind::BadEncoding, TransportKind::TooLarge { limit: 1 }] {
            assert!(!may_repeat("GET", Some(&failure(lasting, Phase::Reading)), &nothing));
        }
        let hop = Hop {
            method: "POST".into(),
            url: Url::parse("http://localhost:3000/").unwrap(),
            preflight: false,
            request_headers: [].into(),
            status: Some(307),
            response_headers: Vec::new(),
        };
        assert!(!may_repeat("POST", Some(&refused), &Trace { hops: [hop].into(), ..Trace::default() }));
    }

    #[test]
    fn pauses_grow_to_a_limit() {
        for (attempt, base) in [(0, 100), (1, 200), (3, 800), (30, 5000), (u32::MAX, 5000)] {
            let pause = backoff(attempt).as_millis();
            assert!(pause >= base * 3 / 4 && pause <= base * 5 / 4, "{attempt}: {pause}");
        }
    }
}

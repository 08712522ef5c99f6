//! How fast the project answers.

use std::time::Duration;

use url::Url;

use super::ask::{Asked, Asker};
use super::model::{Finding, Step};

/// Requests after the first.
const MORE: usize = 3;
/// Slower than this, several requests of a hint come near to its five seconds.
const SLOW: Duration = Duration::from_secs(1);

/// Asks a few times more. The first answer includes making the connection, and waking a host that sleeps.
pub(super) async fn look(via: &Asker, url: &Url, first: &Asked) -> Finding {
    let mut times = Vec::with_capacity(MORE);
    for _ in 0..MORE {
        let asked = via.get(url).await;
        if asked.transport().is_some() {
            return Finding::warning(
                Step::Speed,
                "asked again for the same page, the project did not answer completely",
                "look at the project's own output: it may have crashed, or stop answering after some requests",
            );
        }
        times.push(asked.exchange().duration);
    }
    judge(first.exchange().duration, times)
}

fn judge(first: Duration, mut times: Vec<Duration>) -> Finding {
    times.sort_unstable();
    let median = times.get(times.len() / 2).copied().unwrap_or(first);
    let text = format!("first answer {}, then {} (median of {})", words(first), words(median), times.len());
    if median >= SLOW {
        let help = "a hint has 5 seconds for all of its requests; --hint-timeout gives it more";
        return Finding::warning(Step::Speed, text, help);
    }
    if first >= SLOW * 2 {
        let help = "the host was probably asleep and is awake now: grade soon";
        return Finding::warning(Step::Speed, text, help);
    }
    Finding::ok(Step::Speed, text)
}

fn words(time: Duration) -> String {
    let millis = time.as_millis();
    if millis < 1000 { format!("{millis} ms") } else { format!("{:.1} s", time.as_secs_f64()) }
}

#[cfg(test)]
mod tests {
    use super::super::model::Level;
    use super::*;

    #[test]
    fn slow_always_and_slow_at_first_are_told_apart() {
        let of = |first, then: [u64; 3]| {
            judge(Duration::from_millis(first), then.into_iter().map(Duration::from_millis).collect())
        };
        let fine = of(30, [4, 900, 2]);
        assert_eq!((fine.level, fine.text.as_str()), (Level::Ok, "first answer 30 ms, then 4 ms (median of 3)"));
        let asleep = of(4200, [4, 5, 6]);
        assert_eq!(asleep.level, Level::Warning);
        assert!(asleep.help.unwrap().contains("asleep"));
        let slow = of(1200, [1500, 1400, 1300]);
        assert!(slow.level == Level::Warning && slow.text.contains("then 1.4 s"), "{}", slow.text);
        assert!(slow.help.unwrap().contains("--hint-timeout"));
    }
}

//! The project's clock against this machine's. A hint on the current time allows 20 seconds.

use std::time::{Duration, SystemTime};

use super::ask::Asked;
use super::model::{Finding, Step};

/// A difference that is worth a word, and one that makes hints fail.
const NOTABLE: Duration = Duration::from_secs(5);
const TOO_MUCH: Duration = Duration::from_secs(20);

/// Compares the `Date` of an answer with the middle of the request.
pub(super) fn look(asked: &Asked) -> Finding {
    let Some(date) = asked.exchange().header("date") else {
        return Finding::not_looked_at(Step::Clock, "the answer has no Date header");
    };
    let Some(theirs) = parse(date) else {
        return Finding::not_looked_at(Step::Clock, "the answer's Date header is no date");
    };
    judge(theirs, asked.begun, asked.exchange().duration)
}

fn judge(theirs: SystemTime, begun: SystemTime, round_trip: Duration) -> Finding {
    // The header was written at some moment of the round trip, and says whole seconds.
    let ours = begun + round_trip / 2;
    let unsure = round_trip / 2 + Duration::from_secs(1);
    let (difference, direction) = match theirs.duration_since(ours) {
        Ok(ahead) => (ahead, "ahead of"),
        Err(behind) => (behind.duration(), "behind"),
    };
    let certain = difference.saturating_sub(unsure);
    let text = format!("the project's clock is {} {direction} this computer's", words(difference));
    let help = "set both clocks by the network: hints on the current time compare them";
    if certain >= TOO_MUCH {
        Finding::problem(Step::Clock, text, help)
    } else if certain >= NOTABLE {
        Finding::warning(Step::Clock, text, help)
    } else {
        Finding::ok(Step::Clock, "the project's clock and this computer's agree")
    }
}

/// A difference in the largest unit that says enough.
fn words(difference: Duration) -> String {
    let seconds = difference.as_secs();
    match seconds {
        0..120 => format!("{seconds} seconds"),
        120..7_200 => format!("{} minutes", seconds / 60),
        7_200..172_800 => format!("{} hours", seconds / 3600),
        _ => format!("{} days", seconds / 86_400),
    }
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`.
fn parse(date: &str) -> Option<SystemTime> {
    let date = jiff::fmt::rfc2822::DateTimeParser::new().relaxed_weekday(true).parse_timestamp(date).ok()?;
    Some(SystemTime::from(date))
}

#[cfg(test)]
mod tests {
    use super::super::model::Level;
    use super::*;

    #[test]
    fn the_round_trip_is_the_benefit_of_the_doubt() {
        let begun = parse("Sun, 06 Nov 1994 08:49:37 GMT").unwrap();
        assert_eq!(begun.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs(), 784_111_777);
        let after = |seconds| begun + Duration::from_secs(seconds);
        let level = |theirs, trip| judge(theirs, begun, Duration::from_secs(trip)).level;
        assert_eq!(level(after(3), 0), Level::Ok);
        assert_eq!(level(after(7), 0), Level::Warning);
        assert_eq!(level(after(7), 8), Level::Ok, "it may have been written at the end of the request");
        assert_eq!(level(after(30), 0), Level::Problem);
        assert_eq!(level(begun - Duration::from_hours(1), 0), Level::Problem);
        let text = judge(begun - Duration::from_hours(2), begun, Duration::ZERO).text;
        assert_eq!(text, "the project's clock is 2 hours behind this computer's");
        assert_eq!(parse("yesterday"), None);
    }
}

//! Times: how far they are apart, in words.

use jiff::tz::TimeZone;

use super::Case;
use crate::explain::code::Code;
use crate::explain::model::Explanation;
use crate::explain::network;
use crate::explain::show;
use crate::port::js::{parse_date, parse_number, to_date_string, to_iso_string};
use crate::verdict::Value;

const SECOND: f64 = 1000.0;
const MINUTE: f64 = 60.0 * SECOND;
const HOUR: f64 = 60.0 * MINUTE;
const DAY: f64 = 24.0 * HOUR;
/// Numbers between these are taken for times in milliseconds: from 1973 to 2286.
const PLAUSIBLE: std::ops::Range<f64> = 1e11..1e13;

pub fn explain(case: &Case<'_>) -> Option<Explanation> {
    let facts = case.facts;
    let actual = facts.actual.as_ref()?;
    if matches!(facts.name.as_str(), "approximately" | "closeTo") {
        return close_to(case, actual);
    }
    let expected = facts.expected.as_ref().filter(|_| facts.show_diff)?;
    if facts.name.starts_with("not") {
        return None;
    }
    if let (Value::Number(wanted), Value::Number(got)) = (expected, actual)
        && PLAUSIBLE.contains(wanted)
        && ((wanted / 1000.0).floor() - got).abs() <= 1.0
    {
        return Some(seconds(case, expected, actual));
    }
    let (wanted, got) = (time(expected)?, time(actual)?);
    let both_numbers = matches!((expected, actual), (Value::Number(_), Value::Number(_)));
    if both_numbers && !speaks_of_time(case) {
        return None;
    }
    let name = case.named.begin();
    let apart = got - wanted;
    let explanation = if got.is_nan() && wanted.is_nan() {
        return None;
    } else if got.is_nan() {
        Explanation::new(Code::DateDiffers, format!("{name} is no valid date"))
            .help("look what is given to new Date(...): numbers have to be numbers, not texts")
    } else if apart.abs() < 1.0 {
        Explanation::new(Code::DateDiffers, format!("{name} is the right time in another form than the test wants"))
            .maybe_help(form(expected).map(|form| format!("`{form}` gives the wanted form")))
    } else {
        let word = if apart > 0.0 { "later" } else { "earlier" };
        Explanation::new(Code::DateDiffers, format!("{name} is {} {word} than the test wants", difference(apart)))
            .maybe_help(zone_help(apart, expected))
    };
    Some(explanation.values(show::pair(expected, actual)))
}

fn seconds(case: &Case<'_>, expected: &Value, actual: &Value) -> Explanation {
    Explanation::new(Code::DateDiffers, format!("{} is in seconds; the test wants milliseconds", case.named.begin()))
        .values(show::pair(expected, actual))
        .help("`date.getTime()` gives milliseconds; do not divide them by 1000")
}

/// `approximately(actual, expected, delta)`: chai tells the last two in its message only.
fn close_to(case: &Case<'_>, actual: &Value) -> Option<Explanation> {
    let (_, told) = case.failure.message.rsplit_once(" to be close to ")?;
    let (wanted, delta) = told.split_once(" +/- ")?;
    let (wanted, delta) = (parse_number(wanted), parse_number(delta));
    let Value::Number(got) = actual else { return None };
    let name = case.named.begin();
    let values = (
        format!("{} +/- {}", show::value(&Value::Number(wanted)), show::value(&Value::Number(delta))),
        show::value(actual),
    );
    if !PLAUSIBLE.contains(&wanted) || !speaks_of_time(case) {
        let apart = show::value(&Value::Number((got - wanted).abs()));
        return Some(
            Explanation::new(
                Code::ValueDiffers,
                format!("{name} is off by {apart}; the test allows {}", show::value(&Value::Number(delta))),
            )
            .values(values)
            .help("look how the project computes it"),
        );
    }
    if got.is_nan() {
        return Some(
            Explanation::new(Code::DateDiffers, format!("{name} is no valid date"))
                .values(values)
                .help("look what the project sends as the time: new Date(...) of it gives Invalid Date"),
        );
    }
    if let Some(clock) = network::clock(case.subject, case.failure, wanted, *got) {
        return Some(clock);
    }
    if ((wanted / 1000.0) - got).abs() <= delta {
        return Some(seconds(case, &Value::Number(wanted), actual));
    }
    let apart = got - wanted;
    let word = if apart > 0.0 { "ahead of" } else { "behind" };
    let right = "the present time";
    Some(
        Explanation::new(
            Code::DateDiffers,
            format!("{name} is {} {word} {right}; the test allows {}", difference(apart), difference(delta)),
        )
        .fact("expected", utc(wanted))
        .fact("actual", utc(*got))
        .help(zone_help(apart, actual).unwrap_or_else(|| {
            "make the time anew for every request: new Date() within the handler, not outside".to_owned()
        })),
    )
}

/// Whether the test is about a time.
fn speaks_of_time(case: &Case<'_>) -> bool {
    let words = ["Date", "unix", "time", "Time", "now"];
    words.iter().any(|word| case.subject.test.contains(word))
}

/// The time that a value stands for, in milliseconds; `NaN` for an invalid date.
fn time(value: &Value) -> Option<f64> {
    match value {
        Value::Date(time) => Some(*time),
        Value::Number(number) if PLAUSIBLE.contains(number) => Some(*number),
        Value::String(text) if &**text == "Invalid Date" => Some(f64::NAN),
        Value::String(text) => parse(text),
        _ => None,
    }
}

/// A text that is a time.
pub fn parse(text: &str) -> Option<f64> {
    if text.len() > 60 || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    parse_date(text, &TimeZone::UTC).ok().filter(|time| time.is_finite())
}

/// How to write the expected form.
fn form(expected: &Value) -> Option<&'static str> {
    let Value::String(text) = expected else {
        return matches!(expected, Value::Number(_)).then_some("date.getTime()");
    };
    if text.ends_with("GMT") {
        Some("date.toUTCString()")
    } else if text.contains('T') && text.ends_with('Z') {
        Some("date.toISOString()")
    } else if time(expected).is_some_and(|it| *to_date_string(it, &TimeZone::UTC) == **text) {
        Some("date.toDateString()")
    } else {
        None
    }
}

fn zone_help(apart: f64, expected: &Value) -> Option<String> {
    let quarter = 15.0 * MINUTE;
    let zone = apart.abs() <= 14.0 * HOUR && (apart / quarter - (apart / quarter).round()).abs() < 0.001;
    if zone {
        return Some(
            "the difference is that of a time zone: work with UTC, not with local time (getUTCHours, toUTCString)"
                .to_owned(),
        );
    }
    let a_day = (apart.abs() - DAY).abs() < 1.0;
    (a_day && matches!(expected, Value::String(_))).then(|| {
        "a day off is often a time zone: new Date('2020-01-31') is midnight in UTC, toDateString is local".to_owned()
    })
}

/// A time as people read it.
pub fn utc(time: f64) -> String {
    to_iso_string(time).map_or_else(|| "Invalid Date".to_owned(), |text| text.replace('T', " ").replace('Z', " UTC"))
}

/// A span of time in words, its sign left out: `3 hours`, `2 days and 4 hours`.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded, and not negative")]
pub fn difference(milliseconds: f64) -> String {
    let span = milliseconds.abs();
    let units = [("year", 365.25 * DAY), ("day", DAY), ("hour", HOUR), ("minute", MINUTE), ("second", SECOND)];
    let number = |count: f64, unit: &str| {
        let count = count as u64;
        format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
    };
    for (index, (unit, size)) in units.iter().enumerate() {
        if span + 0.5 >= *size {
            let whole = ((span + 0.5) / size).floor();
            let rest = span + 0.5 - whole * size;
            let smaller = units.get(index + 1).filter(|(_, size)| rest >= *size);
            let first = number(whole, unit);
            return match smaller {
                Some((unit, size)) => format!("{first} and {}", number((rest / size).floor(), unit)),
                None => first,
            };
        }
    }
    number(span.round(), "millisecond")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_in_words() {
        for (span, words) in [
            (0.0, "0 milliseconds"),
            (1.0, "1 millisecond"),
            (-1500.0, "1 second"),
            (2.0 * HOUR, "2 hours"),
            (HOUR + 30.0 * MINUTE, "1 hour and 30 minutes"),
            (-DAY, "1 day"),
            (400.0 * DAY, "1 year and 34 days"),
            (f64::INFINITY, "18446744073709551615 years"),
        ] {
            assert_eq!(difference(span), words, "{span}");
        }
    }

    #[test]
    fn texts_that_are_times() {
        assert_eq!(parse("Fri, 25 Dec 2015 00:00:00 GMT"), Some(1_451_001_600_000.0));
        assert_eq!(parse("2015-12-25"), Some(1_451_001_600_000.0));
        for other in ["", "abc", "12", "tomorrow", "2015"] {
            assert_eq!(parse(other), None, "{other}");
        }
        assert_eq!(utc(1_451_001_600_000.0), "2015-12-25 00:00:00.000 UTC");
    }
}

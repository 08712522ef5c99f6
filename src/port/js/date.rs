//! `Date`: reading the two formats that the standard and every engine agree on, and writing.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use thiserror::Error;

/// A text whose meaning as a date differs between engines, so that only the script engine may decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a date in a format that is not standardised")]
pub struct DateError;

/// `new Date(text)`: milliseconds since 1970 UTC for the formats of `toISOString`, `toUTCString`, a plain
/// `YYYY-MM-DD`, and `toDateString` (local time).
pub fn parse_date(text: &str, zone: &TimeZone) -> Result<f64, DateError> {
    if let Some(time) = parse_iso(text) {
        return Ok(time);
    }
    parse_utc_string(text).or_else(|| parse_date_string(text, zone)).ok_or(DateError)
}

fn parse_iso(text: &str) -> Option<f64> {
    let (day, clock) = text.split_once('T').map_or((text, None), |(day, clock)| (day, Some(clock)));
    let (year, month, day) = parse_day(day)?;
    let millis = match clock {
        None => 0.0,
        Some(clock) => {
            let (hms, fraction) = clock.strip_suffix('Z')?.split_once('.')?;
            if fraction.len() != 3 {
                return None;
            }
            parse_clock(hms)? + f64::from(fraction.parse::<u16>().ok()?)
        }
    };
    Some(days_from_civil(year, month, day)? * 86_400_000.0 + millis)
}

fn parse_day(text: &str) -> Option<(i16, i8, i8)> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') {
        return None;
    }
    Some((digits(text.get(..4)?)?, digits(text.get(5..7)?)?, digits(text.get(8..)?)?))
}

fn digits<T: std::str::FromStr>(text: &str) -> Option<T> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// `HH:MM:SS` in milliseconds.
fn parse_clock(text: &str) -> Option<f64> {
    let mut parts = text.split(':');
    let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || [hour, minute, second].iter().any(|part| part.len() != 2) {
        return None;
    }
    let (hour, minute, second): (u8, u8, u8) = (digits(hour)?, digits(minute)?, digits(second)?);
    (hour < 24 && minute < 60 && second < 60)
        .then(|| f64::from(hour) * 3_600_000.0 + f64::from(minute) * 60_000.0 + f64::from(second) * 1000.0)
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

fn month_number(name: &str) -> Option<i8> {
    MONTHS.iter().position(|month| *month == name).and_then(|at| i8::try_from(at + 1).ok())
}

/// `Sun, 25 Dec 2016 00:00:00 GMT`
fn parse_utc_string(text: &str) -> Option<f64> {
    let rest = text.strip_suffix(" GMT")?;
    let (weekday, rest) = rest.split_once(", ")?;
    WEEKDAYS.contains(&weekday).then_some(())?;
    let mut parts = rest.split(' ');
    let (day, month, year, clock) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || day.len() != 2 || year.len() != 4 {
        return None;
    }
    let date = days_from_civil(digits(year)?, month_number(month)?, digits(day)?)?;
    Some(date * 86_400_000.0 + parse_clock(clock)?)
}

/// `Mon Jan 01 1990`, in local time.
fn parse_date_string(text: &str, zone: &TimeZone) -> Option<f64> {
    let mut parts = text.split(' ');
    let (weekday, month, day, year) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || !WEEKDAYS.contains(&weekday) || day.len() != 2 || year.len() != 4 {
        return None;
    }
    let date = jiff::civil::Date::new(digits(year)?, month_number(month)?, digits(day)?).ok()?;
    let zoned = date.to_zoned(zone.clone()).ok()?;
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of four-digit years are exact in f64")]
    Some(zoned.timestamp().as_millisecond() as f64)
}

/// Days since 1970; `None` for a day that does not exist, which engines treat differently.
fn days_from_civil(year: i16, month: i8, day: i8) -> Option<f64> {
    let date = jiff::civil::Date::new(year, month, day).ok()?;
    let epoch = jiff::civil::Date::new(1970, 1, 1).ok()?;
    let span = epoch.until(date).ok()?;
    Some(f64::from(span.get_days()))
}

#[expect(clippy::cast_possible_truncation, reason = "checked to be whole and within i64")]
fn timestamp(time: f64) -> Option<Timestamp> {
    // jiff covers the years -9999 to 9999, a little less than `Date`.
    (time.is_finite() && time.abs() < 8.64e15).then(|| Timestamp::from_millisecond(time.trunc() as i64).ok()).flatten()
}

/// `date.toISOString()`; `None` for an invalid date.
pub fn to_iso_string(time: f64) -> Option<String> {
    let zoned = timestamp(time)?.to_zoned(TimeZone::UTC);
    Some(zoned.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string())
}

/// `date.toDateString()`: `Sun Dec 25 2016` in local time.
pub fn to_date_string(time: f64, zone: &TimeZone) -> String {
    timestamp(time).map_or_else(
        || "Invalid Date".to_owned(),
        |stamp| stamp.to_zoned(zone.clone()).strftime("%a %b %d %Y").to_string(),
    )
}

/// `String(date)`; the name of the time zone in brackets is as the system's database abbreviates it.
pub fn date_to_string(time: f64, zone: &TimeZone) -> String {
    timestamp(time).map_or_else(
        || "Invalid Date".to_owned(),
        |stamp| stamp.to_zoned(zone.clone()).strftime("%a %b %d %Y %H:%M:%S GMT%z (%Z)").to_string(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_standard_formats_only() {
        let utc = TimeZone::UTC;
        let table = [
            ("2016-12-25", 1_482_624_000_000.0),
            ("2016-12-25T00:00:00.000Z", 1_482_624_000_000.0),
            ("Sun, 25 Dec 2016 00:00:00 GMT", 1_482_624_000_000.0),
            ("1969-12-31T23:59:59.999Z", -1.0),
            ("Mon Jan 01 1990", 631_152_000_000.0),
        ];
        for (text, time) in table {
            assert_eq!(parse_date(text, &utc), Ok(time), "{text}");
        }
        for text in ["05 October 2011, GMT", "", "yesterday", "2016-13-01", "2016-02-30", "2016-12-25T25:00:00.000Z"] {
            assert_eq!(parse_date(text, &utc), Err(DateError), "{text}");
        }
    }

    #[test]
    fn writes_as_javascript_does() {
        assert_eq!(to_iso_string(1_482_624_000_123.0).unwrap(), "2016-12-25T00:00:00.123Z");
        assert_eq!(to_date_string(1_482_624_000_123.0, &TimeZone::UTC), "Sun Dec 25 2016");
        assert_eq!(to_iso_string(f64::NAN), None);
        assert_eq!(to_date_string(f64::NAN, &TimeZone::UTC), "Invalid Date");
    }
}

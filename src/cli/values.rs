//! Values of options, as people write them.

use std::time::Duration;

use crate::config::MOST_TIMES;

pub(super) fn seconds(text: &str) -> Result<Duration, String> {
    let number: f64 = text.parse().map_err(|_| "not a number of seconds".to_owned())?;
    if number <= 0.0 {
        return Err("has to be more than 0".to_owned());
    }
    Duration::try_from_secs_f64(number).map_err(|_| "too long".to_owned())
}

pub(super) fn milliseconds(text: &str) -> Result<Duration, String> {
    const MOST: u64 = 60_000;
    let number = text.parse().map_err(|_| "not a whole number of milliseconds".to_owned())?;
    if (1..=MOST).contains(&number) {
        Ok(Duration::from_millis(number))
    } else {
        Err(format!("has to be from 1 to {MOST}"))
    }
}

pub(super) fn times(text: &str) -> Result<usize, String> {
    let number = text.parse().map_err(|_| "not a number of times".to_owned())?;
    if (1..=MOST_TIMES).contains(&number) { Ok(number) } else { Err(format!("has to be from 1 to {MOST_TIMES}")) }
}

pub(super) fn not_blank(text: &str) -> Result<String, String> {
    if text.trim().is_empty() { Err("there is no command".to_owned()) } else { Ok(text.to_owned()) }
}

pub(super) fn variable(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() && !text.contains('\0') => {
            Ok((name.to_owned(), value.to_owned()))
        }
        _ => Err("not of the form NAME=VALUE".to_owned()),
    }
}

pub(super) fn bytes(text: &str) -> Result<usize, String> {
    let lower = text.to_ascii_lowercase();
    let (digits, factor) = match lower.char_indices().last() {
        Some((at, 'k')) => (lower.get(..at), 1024),
        Some((at, 'm')) => (lower.get(..at), 1024 * 1024),
        _ => (Some(lower.as_str()), 1),
    };
    let count: usize =
        digits.unwrap_or_default().parse().map_err(|_| "not a number of bytes, such as 2M".to_owned())?;
    match count.checked_mul(factor) {
        Some(0) | None => Err("has to be more than 0, and not more than memory has".to_owned()),
        Some(bytes) => Ok(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_times_read_as_people_write_them() {
        assert_eq!(bytes("2M"), Ok(2 * 1024 * 1024));
        assert_eq!(bytes("500k"), Ok(500 * 1024));
        assert_eq!(bytes("7"), Ok(7));
        assert!(
            bytes("0").is_err() && bytes("x").is_err() && bytes("").is_err() && bytes("99999999999999999999").is_err()
        );
        assert_eq!(seconds("0.5"), Ok(Duration::from_millis(500)));
        assert!(
            seconds("0").is_err() && seconds("-1").is_err() && seconds("NaN").is_err() && seconds("1e300").is_err()
        );
    }
}

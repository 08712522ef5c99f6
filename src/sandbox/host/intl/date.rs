//! A moment by a pattern.

use std::collections::BTreeMap;

use super::{Part, pattern, zone};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const DAY: i64 = 86_400_000;
/// The last moment that a `Date` can hold, either way.
const LIMIT: f64 = 8.64e15;

/// The parts of a moment; `None` for options that we do not have.
pub(super) fn format(ms: f64, options: &BTreeMap<String, String>) -> Option<Vec<Part>> {
    if !(-LIMIT..=LIMIT).contains(&ms) {
        return None;
    }
    #[allow(clippy::cast_possible_truncation)] // within the limit, a double is exact
    let ms = ms.trunc() as i64;
    let offset = zone::offset(options.get("timeZone")?, ms)?;
    let pattern = pattern::choose(options)?;
    let moment = Moment::new(ms + offset.seconds * 1000);
    render(&pattern, &moment, &offset)
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Moment {
    year: i64,
    month: usize,
    day: i64,
    weekday: usize,
    hour: i64,
    minute: i64,
    second: i64,
    millisecond: i64,
}

impl Moment {
    fn new(local_ms: i64) -> Self {
        let days = local_ms.div_euclid(DAY);
        let time = local_ms.rem_euclid(DAY);
        let (year, month, day) = civil(days);
        Self {
            year,
            month,
            day,
            weekday: usize::try_from((days + 4).rem_euclid(7)).unwrap_or(0),
            hour: time / 3_600_000,
            minute: time / 60_000 % 60,
            second: time / 1000 % 60,
            millisecond: time % 1000,
        }
    }
}

/// Year, month from 0 and day of a number of days since 1970, in the proleptic Gregorian calendar.
fn civil(days: i64) -> (i64, usize, i64) {
    // Years are counted from March, so that the leap day comes last; 400 years have 146,097 days.
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 2 } else { from_march - 10 };
    let year = year_of_era + era * 400 + i64::from(month < 2);
    (year, usize::try_from(month).unwrap_or(0), day)
}

fn render(pattern: &str, moment: &Moment, offset: &zone::Offset) -> Option<Vec<Part>> {
    let mut out: Vec<Part> = Vec::new();
    let mut chars = pattern.chars().peekable();
    let mut quoted = false;
    while let Some(c) = chars.next() {
        if c == '\'' {
            quoted = !quoted;
        } else if quoted || !c.is_ascii_alphabetic() {
            match out.last_mut() {
                Some(last) if last.kind == "literal" => last.text.push(c),
                _ => out.push(Part::new("literal", c)),
            }
        } else {
            let mut width = 1;
            while chars.next_if_eq(&c).is_some() {
                width += 1;
            }
            out.push(field(c, width, moment, offset)?);
        }
    }
    Some(out)
}

fn field(letter: char, width: usize, moment: &Moment, offset: &zone::Offset) -> Option<Part> {
    let number = |kind, value: i64| Part::new(kind, format!("{value:0width$}"));
    let name = |kind, full: &str| {
        let letters = match width {
            3 => 3,
            5 => 1,
            _ => full.len(),
        };
        Part::new(kind, full.get(..letters).unwrap_or(full))
    };
    Some(match letter {
        'E' => name("weekday", WEEKDAYS.get(moment.weekday)?),
        'y' => {
            // There is no year 0: before year 1 comes year 1 of the other era.
            let year = if moment.year < 1 { 1 - moment.year } else { moment.year };
            number("year", if width == 2 { year % 100 } else { year })
        }
        'M' if width > 2 => name("month", MONTHS.get(moment.month)?),
        'M' => number("month", i64::try_from(moment.month).ok()? + 1),
        'd' => number("day", moment.day),
        'h' => number("hour", (moment.hour + 11) % 12 + 1),
        'K' => number("hour", moment.hour % 12),
        'H' => number("hour", moment.hour),
        'k' => number("hour", (moment.hour + 23) % 24 + 1),
        'm' => number("minute", moment.minute),
        's' => number("second", moment.second),
        'S' => {
            let digits = format!("{:03}", moment.millisecond);
            Part::new("fractionalSecond", digits.get(..width)?)
        }
        'a' => Part::new("dayPeriod", if moment.hour < 12 { "AM" } else { "PM" }),
        'z' if width == 4 => Part::new("timeZoneName", offset.long()?),
        'z' => Part::new("timeZoneName", offset.short()),
        'O' if width == 4 => Part::new("timeZoneName", offset.long_offset()),
        'O' => Part::new("timeZoneName", offset.short_offset()),
        _ => return None,
    })
}

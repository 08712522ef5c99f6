//! Which pattern `en-US` uses for a set of fields. Letters as in Unicode's date patterns; text is quoted with `'`.

use std::collections::BTreeMap;

type Options = BTreeMap<String, String>;

fn get<'a>(options: &'a Options, name: &str) -> Option<&'a str> {
    options.get(name).map(String::as_str)
}

/// The pattern for resolved options; `None` for combinations that we do not have.
pub(super) fn choose(options: &Options) -> Option<String> {
    if get(options, "era").is_some() || get(options, "dayPeriod").is_some() {
        return None;
    }
    let date_style = get(options, "dateStyle");
    let time_style = get(options, "timeStyle");
    if date_style.is_some() || time_style.is_some() {
        return styled(date_style, time_style, options);
    }
    let date = date(options);
    let time = time(options)?;
    Some(match (date.is_empty(), time.is_empty()) {
        (false, false) => {
            let glue = if date.contains("MMMM") && !date.contains("MMMMM") {
                " 'at' "
            } else if date.chars().all(|c| c == 'E') && time.contains(['h', 'H', 'k', 'K']) {
                " "
            } else {
                ", "
            };
            format!("{date}{glue}{time}")
        }
        _ => date + &time,
    })
}

fn styled(date: Option<&str>, time: Option<&str>, options: &Options) -> Option<String> {
    let hour = hour(options, false);
    let end = if hour.starts_with(['h', 'K']) { " a" } else { "" };
    let date_pattern = match date {
        Some("full") => "EEEE, MMMM d, y",
        Some("long") => "MMMM d, y",
        Some("medium") => "MMM d, y",
        Some("short") => "M/d/yy",
        Some(_) => return None,
        None => "",
    };
    let time_pattern = match time {
        Some("full") => format!("{hour}:mm:ss{end} zzzz"),
        Some("long") => format!("{hour}:mm:ss{end} z"),
        Some("medium") => format!("{hour}:mm:ss{end}"),
        Some("short") => format!("{hour}:mm{end}"),
        Some(_) => return None,
        None => String::new(),
    };
    let glue = match (date, time) {
        (Some("full" | "long"), Some(_)) => " 'at' ",
        (Some(_), Some(_)) => ", ",
        _ => "",
    };
    Some(format!("{date_pattern}{glue}{time_pattern}"))
}

fn date(options: &Options) -> String {
    let weekday = match get(options, "weekday") {
        Some("long") => "EEEE",
        Some("narrow") => "EEEEE",
        Some(_) => "EEE",
        None => "",
    };
    let year = match get(options, "year") {
        Some("2-digit") => "yy",
        Some(_) => "y",
        None => "",
    };
    let day = match get(options, "day") {
        Some("2-digit") => "dd",
        Some(_) => "d",
        None => "",
    };
    let month = match get(options, "month") {
        Some("long") => "MMMM",
        Some("short") => "MMM",
        Some("narrow") => "MMMMM",
        Some("2-digit") => "MM",
        Some(_) => "M",
        None => "",
    };
    let written = month.len() > 2;
    let core = match (year.is_empty(), month.is_empty(), day.is_empty()) {
        (true, true, true) => return weekday.to_owned(),
        (false, false, false) if written => format!("{month} {day}, {year}"),
        (false, false, false) => format!("{month}/{day}/{year}"),
        (false, false, true) if written => format!("{month} {year}"),
        (false, false, true) => format!("{month}/{year}"),
        (true, false, false) if written => format!("{month} {day}"),
        (true, false, false) => format!("{month}/{day}"),
        (true, false, true) if matches!(month, "MMMM" | "MM") && !weekday.is_empty() => {
            return format!("{weekday} '(month: '{month}')'");
        }
        (true, false, true) => month.to_owned(),
        (true, true, false) => day.to_owned(),
        (false, true, true) => year.to_owned(),
        (false, true, false) if weekday.is_empty() => format!("{year} '(day: '{day}')'"),
        (false, true, false) => return format!("{day} {weekday} {year}"),
    };
    match (weekday.is_empty(), month.is_empty() || day.is_empty()) {
        (true, _) => core,
        (false, true) => format!("{core} {weekday}"),
        (false, false) => format!("{weekday}, {core}"),
    }
}

fn hour(options: &Options, two: bool) -> &'static str {
    match (get(options, "hourCycle"), two) {
        (Some("h23"), _) => "HH",
        (Some("h24"), _) => "kk",
        (Some("h11"), true) => "KK",
        (Some("h11"), false) => "K",
        (_, true) => "hh",
        (_, false) => "h",
    }
}

fn time(options: &Options) -> Option<String> {
    let fraction = match get(options, "fractionalSecondDigits") {
        None => "",
        Some("1") => "S",
        Some("2") => "SS",
        Some(_) => "SSS",
    };
    let has_hour = get(options, "hour").is_some();
    let has_minute = get(options, "minute").is_some();
    let has_second = get(options, "second").is_some() || (has_minute && !fraction.is_empty());
    let hour = hour(options, get(options, "hour") == Some("2-digit"));
    let end = if hour.starts_with(['h', 'K']) { " a" } else { "" };
    let zone = match get(options, "timeZoneName") {
        None => "",
        Some("short") => "z",
        Some("long") => "zzzz",
        Some("shortOffset") => "O",
        Some("longOffset") => "OOOO",
        Some(_) => return None,
    };
    let point = if fraction.is_empty() { "" } else { "." };
    let core = match (has_hour, has_minute, has_second) {
        (false, false, false) => fraction.to_owned(),
        (false, false, true) => format!("s{point}{fraction}"),
        (false, true, false) => "m".to_owned(),
        (false, true, true) => format!("mm:ss{point}{fraction}"),
        (true, false, false) if !fraction.is_empty() => return None,
        (true, false, false) if end.is_empty() && !zone.is_empty() => format!("{hour}'h'"),
        (true, false, false) => format!("{hour}{end}"),
        (true, false, true) => return None,
        (true, true, false) => format!("{hour}:mm{end}"),
        (true, true, true) => format!("{hour}:mm:ss{point}{fraction}{end}"),
    };
    Some(match (core.is_empty(), zone.is_empty()) {
        (false, false) => format!("{core} {zone}"),
        _ => core + zone,
    })
}

//! Time zones: names, offsets and what they are called.

use jiff::{Timestamp, tz::TimeZone};

use super::zone_names::{ALIASES, NAMED};

/// About 7,000 years either way of 1970, which the library's range includes.
const LIBRARY_LIMIT: i64 = 220_000_000_000_000;

/// Where a moment lies in a zone.
#[derive(Debug, Clone)]
pub(super) struct Offset {
    pub(super) seconds: i64,
    abbreviation: String,
    zone: String,
}

/// The name that browsers give to a zone, or `None` if there is no such zone.
pub(super) fn canonical(name: &str) -> Option<String> {
    if !name.is_ascii() || name.len() > 64 {
        return None;
    }
    let zone = TimeZone::get(name).ok()?;
    let known = zone.iana_name().unwrap_or("UTC");
    if known.starts_with("Etc/Unknown") {
        return None;
    }
    let alias = ALIASES.iter().find(|(alias, _)| alias.eq_ignore_ascii_case(name));
    Some(alias.map_or(known, |(_, target)| target).to_owned())
}

/// The zone of this machine; UTC if it has no name.
pub(super) fn local() -> String {
    let system = TimeZone::try_system().ok();
    system.and_then(|zone| zone.iana_name().and_then(canonical)).unwrap_or_else(|| "UTC".to_owned())
}

/// The offset of a zone at a moment in milliseconds.
pub(super) fn offset(zone: &str, ms: i64) -> Option<Offset> {
    let tz = TimeZone::get(zone).ok()?;
    // Beyond the years that the library knows, the rules of its last year go on.
    let known = ms.clamp(-LIBRARY_LIMIT, LIBRARY_LIMIT);
    let info = tz.to_offset_info(Timestamp::from_millisecond(known).ok()?);
    Some(Offset {
        seconds: i64::from(info.offset().seconds()),
        abbreviation: info.abbreviation().to_owned(),
        zone: zone.to_owned(),
    })
}

impl Offset {
    /// `EST`, `UTC`, `GMT+2`.
    pub(super) fn short(&self) -> String {
        if self.zone == "UTC" {
            return "UTC".to_owned();
        }
        if NAMED.split_ascii_whitespace().any(|zone| zone == self.zone) {
            match self.abbreviation.as_str() {
                "HST" if self.zone == "America/Adak" => return "HAST".to_owned(),
                "HDT" if self.zone == "America/Adak" => return "HADT".to_owned(),
                "HST" | "AKST" | "AKDT" | "PST" | "PDT" | "MST" | "MDT" | "CST" | "CDT" | "EST" | "EDT" | "AST"
                | "ADT" => {
                    return self.abbreviation.clone();
                }
                _ if self.seconds == 0 => return "GMT".to_owned(),
                _ => {}
            }
        }
        self.short_offset()
    }

    /// `GMT+5:30`.
    pub(super) fn short_offset(&self) -> String {
        let (sign, hours, minutes, seconds) = self.split();
        match (minutes, seconds) {
            (0, 0) => format!("GMT{sign}{hours}"),
            (_, 0) => format!("GMT{sign}{hours}:{minutes:02}"),
            _ => format!("GMT{sign}{hours}:{minutes:02}:{seconds:02}"),
        }
    }

    /// `GMT+05:30`.
    pub(super) fn long_offset(&self) -> String {
        let (sign, hours, minutes, seconds) = self.split();
        match seconds {
            0 => format!("GMT{sign}{hours:02}:{minutes:02}"),
            _ => format!("GMT{sign}{hours:02}:{minutes:02}:{seconds:02}"),
        }
    }

    /// `Eastern Standard Time`; `None` for the zones whose names we do not have.
    pub(super) fn long(&self) -> Option<String> {
        let short = self.short();
        let full = match short.as_str() {
            "UTC" => return Some("Coordinated Universal Time".to_owned()),
            "GMT" => return Some("Greenwich Mean Time".to_owned()),
            "HST" | "HAST" => return Some("Hawaii-Aleutian Standard Time".to_owned()),
            "HADT" => return Some("Hawaii-Aleutian Daylight Time".to_owned()),
            "AKST" | "AKDT" => "Alaska",
            "PST" | "PDT" => "Pacific",
            "MST" | "MDT" => "Mountain",
            "CST" | "CDT" => "Central",
            "EST" | "EDT" => "Eastern",
            "AST" | "ADT" => "Atlantic",
            _ => return None,
        };
        Some(format!("{full} {} Time", if short.ends_with("DT") { "Daylight" } else { "Standard" }))
    }

    fn split(&self) -> (char, i64, i64, i64) {
        let all = self.seconds.abs();
        (if self.seconds < 0 { '-' } else { '+' }, all / 3600, all / 60 % 60, all % 60)
    }
}

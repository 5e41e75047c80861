//! Times as typed: offsets from the log's start, times of day, dates.

use std::error::Error;
use std::fmt;
use std::str::FromStr;

const SECOND: u64 = 1_000_000_000;
const DAY: u64 = 86_400 * SECOND;

/// A time as typed on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    /// Nanoseconds after the log's start.
    Offset(u64),
    /// Nanoseconds after midnight UTC: the first such time at or after the log's start.
    Clock(u64),
    /// Nanoseconds since the Unix epoch.
    Absolute(u64),
}

impl Moment {
    /// Nanoseconds since the Unix epoch, for a log that starts at `start`.
    pub fn resolve(self, start: u64) -> u64 {
        match self {
            Self::Offset(ns) => start.saturating_add(ns),
            Self::Absolute(ns) => ns,
            Self::Clock(ns) => {
                let that_day = (start - start % DAY).saturating_add(ns);
                if that_day < start { that_day.saturating_add(DAY) } else { that_day }
            }
        }
    }
}

/// What is wrong with a time as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MomentError;

impl fmt::Display for MomentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "expected an offset (`1.5s`, `20ms`, `1m30s`), a time of day (`12:30:05.5`) or `2026-01-31T12:30:05.5Z`",
        )
    }
}

impl Error for MomentError {}

impl FromStr for Moment {
    type Err = MomentError;

    fn from_str(text: &str) -> Result<Self, MomentError> {
        let moment = if let Some((date, time)) = text.split_once(['T', 't', ' ']) {
            absolute(date, time).map(Self::Absolute)
        } else if text.contains(':') {
            clock(text.trim_end_matches(['Z', 'z'])).map(Self::Clock)
        } else {
            offset(text).map(Self::Offset)
        };
        moment.ok_or(MomentError)
    }
}

/// `1.5s`, `20ms`, `1m30s`, `0`
fn offset(text: &str) -> Option<u64> {
    if text == "0" {
        return Some(0);
    }
    let mut rest = text;
    let mut total = 0u64;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).filter(|&n| n > 0)?;
        let (number, tail) = rest.split_at(digits);
        let unit = tail.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(tail.len());
        let (unit, tail) = tail.split_at(unit);
        let unit = match unit {
            "ns" => 1,
            "us" | "µs" | "μs" => 1_000,
            "ms" => 1_000_000,
            "s" => SECOND,
            "m" | "min" => 60 * SECOND,
            "h" => 3600 * SECOND,
            "d" => DAY,
            _ => return None,
        };
        total = total.checked_add(decimal(number, unit)?)?;
        rest = tail;
    }
    (!text.is_empty()).then_some(total)
}

/// `number` (digits, at most one point) times `unit`, rounded down.
fn decimal(number: &str, unit: u64) -> Option<u64> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() && fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let mut part = 0u64;
    let mut scale = unit;
    for digit in fraction.bytes() {
        scale /= 10;
        part += u64::from(digit - b'0') * scale;
    }
    whole.checked_mul(unit)?.checked_add(part)
}

/// `HH:MM`, `HH:MM:SS`, `HH:MM:SS.fraction`
fn clock(text: &str) -> Option<u64> {
    let mut parts = text.splitn(3, ':');
    let hours = two_digits(parts.next()?)?;
    let minutes = two_digits(parts.next()?)?;
    let seconds = parts.next().unwrap_or("00");
    let (whole, _) = seconds.split_once('.').unwrap_or((seconds, ""));
    two_digits(whole)?;
    let seconds = decimal(seconds, SECOND)?;
    // 60: a leap second may be written, and is the next minute's first.
    (hours < 24 && minutes < 60 && seconds <= 60 * SECOND).then_some((hours * 60 + minutes) * 60 * SECOND + seconds)
}

fn two_digits(text: &str) -> Option<u64> {
    (text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

/// `2026-01-31` and `12:30:05.5Z` or `12:30:05.5+01:00`; the date must not be before 1970.
fn absolute(date: &str, time: &str) -> Option<u64> {
    let mut parts = date.splitn(3, '-');
    let year: i64 = parts.next().filter(|y| y.len() == 4 && y.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()?;
    let month = two_digits(parts.next()?)?;
    let day = two_digits(parts.next()?)?;
    let days = days_from_civil(year, month, day)?;
    let (time, east) = if let Some(time) = time.strip_suffix(['Z', 'z']) {
        (time, 0)
    } else {
        let at = time.rfind(['+', '-'])?;
        let ahead = i128::from(clock(&time[at + 1..])?);
        (&time[..at], if time[at..].starts_with('-') { -ahead } else { ahead })
    };
    let ns = i128::from(days) * i128::from(DAY) + i128::from(clock(time)?) - east;
    u64::try_from(ns).ok()
}

/// The days from 1970-01-01 to this date of the Gregorian calendar; `None` if there is no such date.
fn days_from_civil(year: i64, month: u64, day: u64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 => 28 + u64::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=length).contains(&day) {
        return None;
    }
    // Years begin in March, so that the leap day is the last day of one.
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month as i64 + 9) % 12) + 2) / 5 + day as i64 - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

#[cfg(test)]
mod tests {
    use super::*;
    use scope_core::utils::civil_from_days;

    fn parse(text: &str) -> Option<Moment> {
        text.parse().ok()
    }

    #[test]
    fn offsets() {
        assert_eq!(parse("1.5s"), Some(Moment::Offset(1_500_000_000)));
        assert_eq!(parse("20ms"), Some(Moment::Offset(20_000_000)));
        assert_eq!(parse("1m30s"), Some(Moment::Offset(90 * SECOND)));
        assert_eq!(parse(".5µs"), Some(Moment::Offset(500)));
        assert_eq!(parse("0"), Some(Moment::Offset(0)));
        for bad in ["", "5", "s", "1x", "1.2.3s", ".s", "-1s", "1 s", "99999999999999999999h"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn dates_and_times_of_day() {
        assert_eq!(parse("1970-01-02T00:00:01.000000001Z"), Some(Moment::Absolute(DAY + SECOND + 1)));
        assert_eq!(parse("2000-02-29T12:00:00+02:00"), Some(Moment::Absolute(951_818_400 * SECOND)));
        assert_eq!(parse("01:00:00.5"), Some(Moment::Clock(3600 * SECOND + SECOND / 2)));
        for bad in
            ["2001-02-29T00:00:00Z", "2000-13-01T00:00:00Z", "1969-12-31T00:00:00Z", "2000-01-01T00:00:00", "25:00"]
        {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_time_of_day_is_the_next_one() {
        let start = 10 * DAY + 23 * 3600 * SECOND;
        assert_eq!(Moment::Clock(SECOND).resolve(start), 11 * DAY + SECOND);
        assert_eq!(Moment::Clock(DAY - SECOND).resolve(start), 11 * DAY - SECOND);
        assert_eq!(Moment::Offset(u64::MAX).resolve(start), u64::MAX);
    }

    #[test]
    fn dates_there_and_back() {
        for days in (0..200_000).step_by(17) {
            let (year, month, day) = civil_from_days(days);
            assert_eq!(days_from_civil(year as i64, month, day), Some(days as i64));
        }
    }
}

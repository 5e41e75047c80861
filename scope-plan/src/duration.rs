//! Durations in text: `50 ms`, `1s`, `250us`.

use std::fmt;
use std::time::Duration;

/// Why a text is not a duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DurationError {
    /// It does not start with a whole number.
    NoNumber,
    /// What follows the number is no unit, or nothing follows it.
    UnknownUnit,
    /// It is longer than can be counted.
    TooLong,
}

impl fmt::Display for DurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoNumber => "a duration starts with a whole number, as in `50 ms`",
            Self::UnknownUnit => "the unit of a duration is `us`, `ms`, `s`, `min`, `h` or `d`",
            Self::TooLong => "the duration is longer than can be counted",
        })
    }
}

impl std::error::Error for DurationError {}

/// Reads a duration: digits, then a unit, whatever its case, with or without a space before it.
///
/// # Errors
/// The text is no duration, or longer than `u64` microseconds hold. A number without a unit is an error: in text, say it.
///
/// ```
/// use std::time::Duration;
/// use scope_plan::parse_duration;
/// assert_eq!(parse_duration("50 ms"), Ok(Duration::from_millis(50)));
/// assert!(parse_duration("50").is_err());
/// ```
pub fn parse_duration(text: &str) -> Result<Duration, DurationError> {
    let text = text.trim();
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    if digits == 0 {
        return Err(DurationError::NoNumber);
    }
    let number: u64 = text[..digits].parse().map_err(|_| DurationError::TooLong)?;
    let micros: u64 = match text[digits..].trim_start().to_lowercase().as_str() {
        // Both signs that keyboards have for micro.
        "us" | "µs" | "μs" => 1,
        "ms" => 1_000,
        "s" => 1_000_000,
        "min" => 60_000_000,
        "h" => 3_600_000_000,
        "d" => 86_400_000_000,
        _ => return Err(DurationError::UnknownUnit),
    };
    number.checked_mul(micros).map(Duration::from_micros).ok_or(DurationError::TooLong)
}

/// A duration of whole microseconds in the form that [`parse_duration`] reads: `50ms`, or `250us` where it must be.
pub(crate) fn show_duration(duration: Duration) -> String {
    let micros = duration.as_micros();
    if micros.is_multiple_of(1000) { format!("{}ms", micros / 1000) } else { format!("{micros}us") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units() {
        let good = [
            ("250us", 250),
            ("250 µs", 250),
            ("50 ms", 50_000),
            ("1S", 1_000_000),
            (" 2 min ", 120_000_000),
            ("3d", 259_200_000_000),
        ];
        for (text, micros) in good {
            assert_eq!(parse_duration(text), Ok(Duration::from_micros(micros)), "{text}");
            assert_eq!(
                parse_duration(&show_duration(Duration::from_micros(micros))),
                Ok(Duration::from_micros(micros))
            );
        }
        assert_eq!(parse_duration("ms"), Err(DurationError::NoNumber));
        assert_eq!(parse_duration("5"), Err(DurationError::UnknownUnit));
        assert_eq!(parse_duration("5 weeks"), Err(DurationError::UnknownUnit));
        assert_eq!(parse_duration("18446744073709551615 s"), Err(DurationError::TooLong));
    }
}

//! Sizes and durations in text.

use std::fmt;
use std::time::Duration;

/// Why a text is no size or no duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParseUnitError {
    /// It does not start with a whole number.
    NoNumber,
    /// What follows the number is no unit; these are.
    Unit {
        /// The units that there are.
        known: &'static str,
    },
    /// It is more than there is room for.
    TooLarge,
}

impl fmt::Display for ParseUnitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoNumber => f.write_str("it has to start with a whole number, as in `64 MiB` or `50 ms`"),
            Self::Unit { known } => write!(f, "unknown unit; there are {known}"),
            Self::TooLarge => f.write_str("it is larger than 64 bits hold"),
        }
    }
}

impl std::error::Error for ParseUnitError {}

/// Reads a size in bytes: a whole number, and perhaps a unit, in any case. `k`, `M`, `G`, `T`, alone or with `iB`, are powers of 1024;
/// `kB`, `MB`, `GB`, `TB` powers of 1000.
///
/// # Errors
/// Where the text is no size, or one of more than 64 bits.
///
/// ```
/// use scope_core::utils::parse_size;
/// assert_eq!(parse_size("64 KiB"), Ok(65_536));
/// assert_eq!(parse_size("64k"), Ok(65_536));
/// assert_eq!(parse_size("1 MB"), Ok(1_000_000));
/// assert!(parse_size("1 furlong").is_err());
/// ```
pub fn parse_size(text: &str) -> Result<u64, ParseUnitError> {
    let (number, unit) = split(text)?;
    let unit: u64 = match unit.to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kib" => 1 << 10,
        "m" | "mib" => 1 << 20,
        "g" | "gib" => 1 << 30,
        "t" | "tib" => 1 << 40,
        "kb" => 1_000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        "tb" => 1_000_000_000_000,
        _ => return Err(ParseUnitError::Unit { known: "`B`, `KiB`, `MiB`, `GiB`, `TiB`, and `kB`, `MB`, `GB`, `TB`" }),
    };
    number.checked_mul(unit).ok_or(ParseUnitError::TooLarge)
}

/// Reads a duration: a whole number and a unit. A number alone is in milliseconds.
///
/// # Errors
/// Where the text is no duration, or one of more than 64 bits of nanoseconds: that is 584 years.
///
/// ```
/// use std::time::Duration;
/// use scope_core::utils::parse_duration;
/// assert_eq!(parse_duration("50ms"), Ok(Duration::from_millis(50)));
/// assert_eq!(parse_duration("2 min"), Ok(Duration::from_secs(120)));
/// assert_eq!(parse_duration("7"), Ok(Duration::from_millis(7)));
/// ```
pub fn parse_duration(text: &str) -> Result<Duration, ParseUnitError> {
    let (number, unit) = split(text)?;
    let unit: u64 = match unit {
        "ns" => 1,
        "us" | "µs" | "μs" => 1_000,
        "" | "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" | "min" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        "d" => 86_400_000_000_000,
        _ => return Err(ParseUnitError::Unit { known: "`ns`, `us`, `ms`, `s`, `min`, `h` and `d`" }),
    };
    number.checked_mul(unit).map(Duration::from_nanos).ok_or(ParseUnitError::TooLarge)
}

fn split(text: &str) -> Result<(u64, &str), ParseUnitError> {
    let text = text.trim();
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    if digits == 0 {
        return Err(ParseUnitError::NoNumber);
    }
    let number = text[..digits].parse().map_err(|_| ParseUnitError::TooLarge)?;
    Ok((number, text[digits..].trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_texts_are_refused() {
        assert_eq!(parse_size(""), Err(ParseUnitError::NoNumber));
        assert_eq!(parse_size("-1"), Err(ParseUnitError::NoNumber));
        assert_eq!(parse_size("99999999999999999999"), Err(ParseUnitError::TooLarge));
        assert_eq!(parse_size("99999999999 GiB"), Err(ParseUnitError::TooLarge));
        assert!(matches!(parse_size("1.5 MiB"), Err(ParseUnitError::Unit { .. })));
        assert!(matches!(parse_duration("3 weeks"), Err(ParseUnitError::Unit { .. })));
        assert_eq!(parse_duration("ms"), Err(ParseUnitError::NoNumber));
        assert_eq!(parse_duration(" 3 h "), Ok(Duration::from_secs(10_800)));
    }
}

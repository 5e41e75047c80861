//! Sizes in text: `4096`, `64 KiB`, `64k`, `1 GiB`.

use std::fmt;

/// Why a text is not a size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SizeError {
    /// It does not start with a whole number.
    NoNumber,
    /// What follows the number is no unit.
    UnknownUnit,
    /// It is more than 64 bits hold.
    TooLarge,
}

impl fmt::Display for SizeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoNumber => "a size starts with a whole number, as in `64 KiB`",
            Self::UnknownUnit => {
                "the unit of a size is `B`, `KiB`, `MiB`, `GiB` (or `k`, `M`, `G`), or `kB`, `MB`, `GB`"
            }
            Self::TooLarge => "the size is larger than 64 bits hold",
        })
    }
}

impl std::error::Error for SizeError {}

/// Reads a size, in bytes: digits, then perhaps a unit, whatever its case, with or without a space before it.
///
/// `k`, `M`, `G` and `KiB`, `MiB`, `GiB` are powers of 1024; `kB`, `MB`, `GB` powers of 1000.
///
/// # Errors
/// The text is no size, or more than `u64` holds.
///
/// ```
/// use scope_plan::parse_size;
/// assert_eq!(parse_size("64 KiB"), Ok(65_536));
/// assert_eq!(parse_size("64k"), Ok(65_536));
/// assert_eq!(parse_size("1 MB"), Ok(1_000_000));
/// assert!(parse_size("1 furlong").is_err());
/// ```
pub fn parse_size(text: &str) -> Result<u64, SizeError> {
    let text = text.trim();
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    if digits == 0 {
        return Err(SizeError::NoNumber);
    }
    let number: u64 = text[..digits].parse().map_err(|_| SizeError::TooLarge)?;
    let unit: u64 = match text[digits..].trim_start().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kib" => 1 << 10,
        "m" | "mib" => 1 << 20,
        "g" | "gib" => 1 << 30,
        "kb" => 1_000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        _ => return Err(SizeError::UnknownUnit),
    };
    number.checked_mul(unit).ok_or(SizeError::TooLarge)
}

/// A size for a message: in the largest binary unit that needs no fraction.
pub(crate) fn show_size(bytes: u64) -> String {
    for (shift, unit) in [(30, "GiB"), (20, "MiB"), (10, "KiB")] {
        if bytes != 0 && bytes.trailing_zeros() >= shift {
            return format!("{} {unit}", bytes >> shift);
        }
    }
    format!("{bytes} bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units() {
        let good = [
            ("0", 0),
            ("17", 17),
            (" 17 B ", 17),
            ("4KiB", 4096),
            ("4 kib", 4096),
            ("2M", 2 << 20),
            ("3 gib", 3 << 30),
        ];
        for (text, bytes) in good {
            assert_eq!(parse_size(text), Ok(bytes), "{text}");
        }
        assert_eq!(parse_size("5 kB"), Ok(5000));
        assert_eq!(parse_size(""), Err(SizeError::NoNumber));
        assert_eq!(parse_size("-1"), Err(SizeError::NoNumber));
        assert_eq!(parse_size("1.5 MiB"), Err(SizeError::UnknownUnit));
        assert_eq!(parse_size("18446744073709551616"), Err(SizeError::TooLarge));
        assert_eq!(parse_size("17179869184 GiB"), Err(SizeError::TooLarge));
    }

    #[test]
    fn shown_sizes_read_back() {
        for bytes in [0, 1, 1000, 1024, 65_536, 1 << 20, 3 << 30, (1 << 30) + 1] {
            assert_eq!(parse_size(show_size(bytes).trim_end_matches("ytes")), Ok(bytes));
        }
    }
}

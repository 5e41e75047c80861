//! How times are printed.

use std::fmt;

use scope_core::utils::civil_from_days;

const SECOND: u64 = 1_000_000_000;
const DAY: u64 = 86_400 * SECOND;

/// A time since the Unix epoch in ns, shown as the time of day in UTC: `12:30:05.123456789`.
pub(crate) struct TimeOfDay(pub u64);

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seconds, ns) = (self.0 % DAY / SECOND, self.0 % SECOND);
        write!(f, "{:02}:{:02}:{:02}.{ns:09}", seconds / 3600, seconds / 60 % 60, seconds % 60)
    }
}

/// A time since the Unix epoch in ns, shown as RFC 3339: `2026-01-31T12:30:05.123456789Z`.
pub(crate) struct Timestamp(pub u64);

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil_from_days(self.0 / DAY);
        write!(f, "{year:04}-{month:02}-{day:02}T{}Z", TimeOfDay(self.0))
    }
}

/// A number of ns, shown with three digits or more: `7 ns`, `1.25 µs`, `12.5 ms`, `345 s`.
pub(crate) struct Duration(pub u64);

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (unit, name) = match self.0 {
            0..=999 => return write!(f, "{} ns", self.0),
            1_000..=999_999 => (1_000, "µs"),
            1_000_000..=999_999_999 => (1_000_000, "ms"),
            _ => (SECOND, "s"),
        };
        // Cut, not rounded: 999.9 µs must not read as 1000 µs.
        let (whole, hundredths) = (self.0 / unit, self.0 % unit * 100 / unit);
        match whole {
            0..=9 => write!(f, "{whole}.{hundredths:02} {name}"),
            10..=99 => write!(f, "{whole}.{} {name}", hundredths / 10),
            _ => write!(f, "{whole} {name}"),
        }
    }
}

/// A number of bytes: `7 bytes`, `1.25 KiB`, `12.5 MiB`.
pub(crate) struct Bytes(pub u64);

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (shift, name) = match self.0 {
            ..1024 => return write!(f, "{} bytes", self.0),
            1024..0x10_0000 => (10, "KiB"),
            0x10_0000..0x4000_0000 => (20, "MiB"),
            _ => (30, "GiB"),
        };
        // Cut, as durations are.
        let (whole, rest) = (self.0 >> shift, self.0 & ((1 << shift) - 1));
        let hundredths = (rest * 100) >> shift;
        match whole {
            0..=9 => write!(f, "{whole}.{hundredths:02} {name}"),
            10..=99 => write!(f, "{whole}.{} {name}", hundredths / 10),
            _ => write!(f, "{whole} {name}"),
        }
    }
}

/// Text from a log on its way to a terminal: control characters are shown, not obeyed, and a line stays one line.
pub(crate) struct Clean<T>(pub T);

impl<T: fmt::Display> fmt::Display for Clean<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        struct Escape<'a, 'b>(&'a mut fmt::Formatter<'b>);
        impl fmt::Write for Escape<'_, '_> {
            fn write_str(&mut self, text: &str) -> fmt::Result {
                let mut rest = text;
                while let Some(at) = rest.find(needs_escape) {
                    let (clean, tail) = rest.split_at(at);
                    self.0.write_str(clean)?;
                    let mut chars = tail.chars();
                    if let Some(c) = chars.next() {
                        write!(self.0, "{}", c.escape_default())?;
                    }
                    rest = chars.as_str();
                }
                self.0.write_str(rest)
            }
        }
        fmt::Write::write_fmt(&mut Escape(f), format_args!("{}", self.0))
    }
}

/// Controls, and the marks that reorder or break the text around them.
fn needs_escape(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        for (ns, text) in [
            (0, "0 ns"),
            (999, "999 ns"),
            (1_250, "1.25 µs"),
            (12_500, "12.5 µs"),
            (999_999, "999 µs"),
            (45_000_000, "45.0 ms"),
            (345_000_000_000, "345 s"),
        ] {
            assert_eq!(Duration(ns).to_string(), text);
        }
    }

    #[test]
    fn bytes() {
        for (bytes, text) in [
            (0, "0 bytes"),
            (1023, "1023 bytes"),
            (1024, "1.00 KiB"),
            (12 << 10, "12.0 KiB"),
            ((1 << 20) - 1, "1023 KiB"),
            (5 << 29, "2.50 GiB"),
            (u64::MAX, "17179869183 GiB"),
        ] {
            assert_eq!(Bytes(bytes).to_string(), text);
        }
    }

    #[test]
    fn times() {
        let ns = 1_000_000_000 * SECOND + 42;
        assert_eq!(TimeOfDay(ns).to_string(), "01:46:40.000000042");
        assert_eq!(Timestamp(ns).to_string(), "2001-09-09T01:46:40.000000042Z");
    }

    #[test]
    fn control_characters_are_shown() {
        assert_eq!(Clean("a\nb\x1b[31m\u{202e}µ").to_string(), "a\\nb\\u{1b}[31m\\u{202e}µ");
    }
}

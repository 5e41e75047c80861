//! Sizes and durations for people.

use std::time::Duration;

/// A size in bytes, as short as one decimal allows.
///
/// ```
/// use scope_core::utils::format_bytes;
/// assert_eq!(format_bytes(512), "512 B");
/// assert_eq!(format_bytes(1536 * 1024), "1.5 MiB");
/// ```
pub fn format_bytes(bytes: u64) -> String {
    const UNITS: [&str; 6] = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
    if bytes < 1024 {
        return format!("{bytes} B");
    }
    let mut value = bytes as f64 / 1024.0;
    let mut units = UNITS.into_iter();
    let mut unit = units.next().unwrap_or_default();
    // What would be shown as 1024.0 takes the next unit.
    while value >= 1023.95 {
        let Some(next) = units.next() else { break };
        (value, unit) = (value / 1024.0, next);
    }
    format!("{value:.1} {unit}")
}

/// A duration, as short as one decimal allows; from a minute on, in two units.
///
/// ```
/// use std::time::Duration;
/// use scope_core::utils::format_duration;
/// assert_eq!(format_duration(Duration::from_nanos(850)), "850 ns");
/// assert_eq!(format_duration(Duration::from_nanos(1_240)), "1.2 µs");
/// assert_eq!(format_duration(Duration::from_secs(75)), "1 min 15 s");
/// ```
pub fn format_duration(duration: Duration) -> String {
    let nanos = duration.as_nanos();
    if nanos < 1_000 {
        return format!("{nanos} ns");
    }
    for (size, unit) in [(1e3, "µs"), (1e6, "ms"), (1e9, "s")] {
        let value = nanos as f64 / size;
        let next = if unit == "s" { 59.95 } else { 999.95 };
        if value < next {
            return format!("{value:.1} {unit}");
        }
    }
    // What is shown in seconds is rounded to them.
    let seconds = duration.as_secs().saturating_add(u64::from(duration.subsec_millis() >= 500));
    match (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60) {
        (0, 0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (0, hours, minutes, _) => format!("{hours} h {minutes} min"),
        (days, hours, ..) => format!("{days} d {hours} h"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_round_into_the_next_unit() {
        for (bytes, text) in [
            (0, "0 B"),
            (1023, "1023 B"),
            (1024, "1.0 KiB"),
            (1024 * 1024 - 1, "1.0 MiB"),
            (1 << 40, "1.0 TiB"),
            (u64::MAX, "16.0 EiB"),
        ] {
            assert_eq!(format_bytes(bytes), text);
        }
    }

    #[test]
    fn durations_round_into_the_next_unit() {
        for (nanos, text) in [
            (0, "0 ns"),
            (999, "999 ns"),
            (999_949, "999.9 µs"),
            (999_960, "1.0 ms"),
            (59_900_000_000, "59.9 s"),
            (59_990_000_000, "1 min 0 s"),
            (3_661_000_000_000, "1 h 1 min"),
            (90_000_000_000_000, "1 d 1 h"),
        ] {
            assert_eq!(format_duration(Duration::from_nanos(nanos)), text);
        }
        assert!(format_duration(Duration::MAX).ends_with('h'));
    }
}

//! Printers that go on when they are told to stop: one without an end would never come back.

use std::fmt::{self, Arguments, Write};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// Far more refused pieces than any finite value has that nobody would want to print.
const ENOUGH: u32 = 1_000_000;

/// How often a printer was told to stop.
#[derive(Debug, Default)]
pub(crate) struct Refusals(u32);

/// What such a printer is unwound with: no panic, so that no hook hears of it.
struct Deaf;

impl Refusals {
    /// Counts one more. Unwinds a printer that heard none of them, where the program unwinds at all.
    pub(crate) fn another(&mut self) -> fmt::Error {
        self.0 = self.0.saturating_add(1);
        if self.0 > ENOUGH && cfg!(panic = "unwind") {
            resume_unwind(Box::new(Deaf));
        }
        fmt::Error
    }
}

/// Prints into `sink`, which counts its [`Refusals`]. An error too where the printer had to be unwound; a panic is the caller's.
pub(crate) fn print(sink: &mut dyn Write, args: Arguments<'_>) -> fmt::Result {
    match catch_unwind(AssertUnwindSafe(|| sink.write_fmt(args))) {
        Ok(result) => result,
        Err(payload) if payload.is::<Deaf>() => Err(fmt::Error),
        Err(payload) => resume_unwind(payload),
    }
}

#[cfg(test)]
mod tests {
    use crate::utils::safe_inspect;
    use crate::value::{Limits, ValueWriter, decode};

    struct Endless;

    impl std::fmt::Debug for Endless {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            loop {
                _ = f.write_str("more ");
            }
        }
    }

    #[test]
    fn who_never_ends_is_ended() {
        assert_eq!(safe_inspect(&Endless, 12), "more more…");
        let mut bytes = [0; 512];
        let mut writer = ValueWriter::new(&mut bytes, const { &Limits::DEFAULT });
        writer.next_value();
        writer.debug(&Endless);
        let used = writer.finish();
        let text = decode(&bytes[..used]).expect("a value").0.to_string();
        assert!(text.starts_with("more more") && text.ends_with('…'), "{text}");
    }
}

//! Text that never gets too long.

use std::borrow::Cow;
use std::fmt::{self, Debug, Display, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::value::{Refusals, floor, panic_text, print};

/// What stands where text was cut.
pub const MARK: &str = "…";

/// What `Debug` prints of a value, in `max` bytes at most, the [`MARK`] of a cut included. It never panics: a `Debug` that
/// does is shown as `<panicked: …>`, and one that gives up ends with the mark. The printing stops where the text is full.
///
/// ```
/// use scope_core::utils::safe_inspect;
/// assert_eq!(safe_inspect(&Some("it"), 100), r#"Some("it")"#);
/// assert_eq!(safe_inspect(&[10; 1000], 16), "[10, 10, 10, …");
/// ```
pub fn safe_inspect<T: Debug + ?Sized>(value: &T, max: usize) -> String {
    let shown = catch_unwind(AssertUnwindSafe(|| bounded(format_args!("{value:?}"), max)));
    shown.unwrap_or_else(|payload| {
        let text = match panic_text(&*payload) {
            "" => "<panicked>".to_owned(),
            text => format!("<panicked: {text}>"),
        };
        // A payload's own drop may panic too.
        std::mem::forget(payload);
        truncate(&text, max).into_owned()
    })
}

/// The text in `max` bytes at most, the [`MARK`] of a cut included; cut between characters.
///
/// ```
/// use scope_core::utils::truncate;
/// assert_eq!(truncate("short", 10), "short");
/// assert_eq!(truncate("a long text", 9), "a long…");
/// ```
pub fn truncate(text: &str, max: usize) -> Cow<'_, str> {
    if text.len() <= max {
        return Cow::Borrowed(text);
    }
    match max.checked_sub(MARK.len()) {
        Some(kept) => Cow::Owned(format!("{}{MARK}", &text[..floor(text, kept)])),
        None => Cow::Borrowed(&text[..floor(text, max)]),
    }
}

/// What `Display` prints, in `max` bytes at most.
pub(crate) fn bounded_display(value: &dyn Display, max: usize) -> String {
    bounded(format_args!("{value}"), max)
}

fn bounded(args: fmt::Arguments<'_>, max: usize) -> String {
    let mut sink = Bounded { text: String::new(), max, cut: false, refusals: Refusals::default() };
    let failed = print(&mut sink, args).is_err();
    if failed || sink.cut { sink.cut() } else { sink.text }
}

struct Bounded {
    text: String,
    max: usize,
    cut: bool,
    refusals: Refusals,
}

impl Bounded {
    fn cut(mut self) -> String {
        let kept = self.max.saturating_sub(MARK.len());
        self.text.truncate(floor(&self.text, kept));
        if self.text.len() + MARK.len() <= self.max {
            self.text.push_str(MARK);
        }
        self.text
    }
}

impl Write for Bounded {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if self.cut {
            return Err(self.refusals.another());
        }
        let kept = floor(text, self.max - self.text.len());
        self.text.push_str(&text[..kept]);
        if kept < text.len() {
            self.cut = true;
            return Err(fmt::Error);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_longer_than_asked() {
        let text = "aä€😀".repeat(4);
        for max in 0..60 {
            let cut = truncate(&text, max);
            assert!(cut.len() <= max && (text.starts_with(&*cut) || cut.ends_with(MARK)), "{max} {cut}");
            let shown = safe_inspect(&text, max);
            assert!(shown.len() <= max, "{max} {shown}");
        }
    }

    struct Bad(bool);

    impl Debug for Bad {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            assert!(!self.0, "no way");
            f.write_str("half")?;
            Err(fmt::Error)
        }
    }

    #[test]
    fn a_bad_debug_is_shown_as_such() {
        assert_eq!(safe_inspect(&Bad(true), 100), "<panicked: no way>");
        assert_eq!(safe_inspect(&Bad(true), 12), "<panicked…");
        assert_eq!(safe_inspect(&Bad(false), 100), "half…");
    }

    struct Endless;

    impl Debug for Endless {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            loop {
                f.write_str("more and ")?;
            }
        }
    }

    #[test]
    fn an_endless_debug_is_stopped() {
        assert_eq!(safe_inspect(&Endless, 20), "more and more and…");
    }
}

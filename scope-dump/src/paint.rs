//! Colour: eight words for eight meanings, or nothing.

use std::fmt;

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// Times, threads, places: there, but not in the way.
    Dim,
    /// A function's name.
    Function,
    /// A kind of event, an arrow.
    Mark,
    /// A value.
    Value,
    /// Something that went wrong: an early exit, a panic.
    Bad,
    /// Something that is not known: lost, cancelled, no exit.
    Odd,
    /// A heading.
    Head,
}

/// Whether to paint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Paint {
    pub on: bool,
}

impl Paint {
    /// `text` in `style`.
    pub fn paint<T: fmt::Display>(self, style: Style, text: T) -> Painted<T> {
        Painted { code: if self.on { style.code() } else { "" }, text }
    }
}

impl Style {
    const fn code(self) -> &'static str {
        match self {
            Self::Dim => "2",
            Self::Function => "1",
            Self::Mark => "36",
            Self::Value => "32",
            Self::Bad => "31;1",
            Self::Odd => "33",
            Self::Head => "1;4",
        }
    }
}

/// Text with its colour; displays the text alone where colour is off.
pub(crate) struct Painted<T> {
    code: &'static str,
    text: T,
}

impl<T: fmt::Display> fmt::Display for Painted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.code.is_empty() {
            return self.text.fmt(f);
        }
        // The padding that `f` asks for belongs to the text, not to the escapes.
        write!(f, "\x1b[{}m", self.code)?;
        self.text.fmt(f)?;
        f.write_str("\x1b[0m")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_or_nothing() {
        assert_eq!(Paint { on: false }.paint(Style::Bad, "x").to_string(), "x");
        assert_eq!(Paint { on: true }.paint(Style::Bad, "x").to_string(), "\x1b[31;1mx\x1b[0m");
        assert_eq!(format!("{:>3}", Paint { on: true }.paint(Style::Dim, "x")), "\x1b[2m  x\x1b[0m");
    }
}

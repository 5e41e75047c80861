//! Colour: a word for each meaning, or nothing; and how long a value may be.

use std::fmt;

use crate::units::Clean;

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

/// How text looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Paint {
    /// In colour.
    pub on: bool,
    /// The most characters of a value.
    pub width: usize,
}

impl Paint {
    /// `text` in `style`.
    pub fn paint<T: fmt::Display>(self, style: Style, text: T) -> Painted<T> {
        Painted { code: if self.on { style.code() } else { "" }, text }
    }

    /// A value in `style`, on one line, no longer than a value may be: what is cut off shows as `…`.
    pub fn value(self, style: Style, value: impl fmt::Display) -> Painted<String> {
        let mut text = Clean(value).to_string();
        if let Some((end, _)) = text.char_indices().nth(self.width) {
            text.truncate(end);
            text.push('…');
        }
        self.paint(style, text)
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

    const OFF: Paint = Paint { on: false, width: 3 };
    const ON: Paint = Paint { on: true, width: 3 };

    #[test]
    fn values_are_cut_between_characters() {
        assert_eq!(OFF.value(Style::Value, "µµµ").to_string(), "µµµ");
        assert_eq!(OFF.value(Style::Value, "µµµµ").to_string(), "µµµ…");
    }

    #[test]
    fn colour_or_nothing() {
        assert_eq!(OFF.paint(Style::Bad, "x").to_string(), "x");
        assert_eq!(ON.paint(Style::Bad, "x").to_string(), "\x1b[31;1mx\x1b[0m");
        assert_eq!(format!("{:>3}", ON.paint(Style::Dim, "x")), "\x1b[2m  x\x1b[0m");
    }
}

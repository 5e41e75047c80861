//! The lines of a source.

use super::text::{is_in_one_line, without_attributes};

/// The lines of a text, with their numbers. (std's, unoptimised, take twice as long.)
#[derive(Clone, Default)]
pub(super) struct Lines<'t> {
    rest: &'t str,
    /// How many were read.
    pub(super) number: usize,
}

impl<'t> Lines<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { rest: text, number: 0 }
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        if self.rest.is_empty() {
            return None;
        }
        self.number += 1;
        let line;
        (line, self.rest) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
        Some(if let [.., b'\r'] = line.as_bytes() { &line[..line.len() - 1] } else { line })
    }
}

/// A line, without what it is indented by.
#[derive(Clone, Copy)]
pub(super) struct Line<'t> {
    pub(super) indent: usize,
    pub(super) text: &'t str,
}

impl<'t> Line<'t> {
    pub(super) fn of(line: &'t str) -> Self {
        let mut bytes = line.as_bytes();
        while let [b' ' | b'\t', behind @ ..] = bytes {
            bytes = behind;
        }
        let indent = line.len() - bytes.len();
        let text = &line[indent..];
        Self { indent, text: if let [b'#', ..] = bytes { without_attributes(text) } else { text } }
    }

    pub(super) fn is_comment(self) -> bool {
        matches!(self.text.as_bytes(), [b'/', b'/', ..])
    }

    /// Whether it may begin an item, or end the head of one.
    pub(super) fn may_be_item(self) -> bool {
        // A match of bytes: what stands for most lines here is what reading takes, unoptimised.
        matches!(
            self.text.as_bytes(),
            [b'f', b'n', b' ', ..]
                | [b'p', b'u', b'b', ..]
                | [b'i', b'm', b'p', b'l', ..]
                | [b'u', b's', b'e', b' ', ..]
                | [b'u', b'n', b's', b'a', b'f', b'e', ..]
                | [b'u', b'n', b'i', b'o', b'n', b' ', ..]
                | [b'a', b's', b'y', b'n', b'c', ..]
                | [b'c', b'o', b'n', b's', b't', ..]
                | [b'd', b'e', b'f', b'a', b'u', b'l', b't', ..]
                | [b'e', b'n', b'u', b'm', b' ', ..]
                | [b'e', b'x', b't', b'e', b'r', b'n', ..]
                | [b'm', b'a', b'c', b'r', b'o', b'_', ..]
                | [b's', b't', b'r', b'u', b'c', b't', b' ', ..]
                | [b's', b't', b'a', b't', b'i', b'c', b' ', ..]
                | [b't', b'h', b'r', b'e', b'a', b'd', b'_', ..]
                | [b't', b'r', b'a', b'i', b't', b' ', ..]
                | [b't', b'y', b'p', b'e', b' ', ..]
                | [b')', ..]
                | [b'-', b'>', ..]
        )
    }
}

/// What the lines behind it are a part of, up to the line that ends it.
#[derive(Clone, Copy)]
pub(super) struct Part(pub(super) usize);

impl Part {
    pub(super) fn of(line: Line<'_>) -> Self {
        Self(line.indent)
    }

    /// Whether it goes on behind a line.
    pub(super) fn goes_on(self, line: Line<'_>) -> bool {
        self.0 != line.indent || !line.text.starts_with(['}', ')']) && !is_in_one_line(line.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_those_of_std() {
        for text in ["", "\n", "a", "a\n", "a\r\n\r\nb", "\n\na\n", "ä\r\nö"] {
            assert_eq!(Lines::of(text).collect::<Vec<_>>(), text.lines().collect::<Vec<_>>(), "{text:?}");
        }
    }
}

//! From a byte offset to the line and column that an editor shows.

/// The lines of a text.
pub(crate) struct Positions<'a> {
    text: &'a str,
    /// The offset of each line's first byte.
    starts: Vec<usize>,
}

impl<'a> Positions<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(0).chain(breaks).collect() }
    }

    /// Line and column of `offset`, both from 1, the column in characters. An offset past the end is the end.
    pub(crate) fn of(&self, offset: usize) -> (u32, u32) {
        let offset = offset.min(self.text.len());
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        // An offset inside a character stands for that character, so count the characters that start before it.
        let column =
            self.text[self.starts[line]..].char_indices().take_while(|(at, _)| self.starts[line] + at < offset);
        (clamp(line + 1), clamp(column.count() + 1))
    }
}

fn clamp(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_characters() {
        let positions = Positions::new("a\nüö = 1\r\n\nend");
        assert_eq!(positions.of(0), (1, 1));
        assert_eq!(positions.of(2), (2, 1));
        assert_eq!(positions.of(6), (2, 3));
        assert_eq!(positions.of(12), (3, 1));
        assert_eq!(positions.of(16), (4, 4));
        assert_eq!(positions.of(999), (4, 4));
        assert_eq!(Positions::new("").of(0), (1, 1));
    }
}

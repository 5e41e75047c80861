//! How wide text is on a terminal, and lines that are cut to fit.

use std::io::{self, Write};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many columns `text` takes; it has no escapes in it.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// `text`, and blanks up to `columns`.
pub(crate) fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// Blanks up to `columns`, and `text`.
pub(crate) fn pad_left(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}

/// `text` in `columns`, its end kept: of a path that tells more than its beginning. `…::orders::Order::place`
pub(crate) fn fit_end(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut left = columns.saturating_sub(1);
    let mut from = text.len();
    for (at, char) in text.char_indices().rev() {
        let Some(rest) = left.checked_sub(char.width().unwrap_or(0)) else { break };
        (left, from) = (rest, at);
    }
    format!("…{}", text.get(from..).unwrap_or_default())
}

/// Cuts what is written to it into lines of at most so many columns; `…` stands where something was cut off. Colours take no room,
/// and none is left on.
pub(crate) struct Cut<'o> {
    out: &'o mut dyn Write,
    columns: usize,
    /// What was written of the line.
    line: Vec<u8>,
}

impl<'o> Cut<'o> {
    pub fn new(out: &'o mut dyn Write, columns: usize) -> Self {
        Self { out, columns, line: Vec::new() }
    }

    fn end_line(&mut self) -> io::Result<()> {
        let text = String::from_utf8_lossy(&self.line);
        let line = cut(&text, self.columns);
        self.out.write_all(line.as_bytes())?;
        self.line.clear();
        Ok(())
    }
}

impl Write for Cut<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut rest = bytes;
        while let Some(at) = rest.iter().position(|byte| *byte == b'\n') {
            let (line, tail) = rest.split_at(at);
            self.line.extend_from_slice(line);
            self.end_line()?;
            self.out.write_all(b"\n")?;
            rest = tail.get(1..).unwrap_or_default();
        }
        self.line.extend_from_slice(rest);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.end_line()?;
        self.out.flush()
    }
}

/// The line in so many columns.
fn cut(line: &str, columns: usize) -> String {
    let mut text = String::with_capacity(line.len().min(4 * columns));
    let mut used = 0;
    // The end of what still leaves room for the `…`, and whether it is in colour there.
    let mut kept = (0, false);
    let (mut coloured, mut rest) = (false, line);
    while let Some(char) = rest.chars().next() {
        if let Some(escape) = escape(rest) {
            coloured = !escape.ends_with("[0m");
            text.push_str(escape);
            rest = rest.get(escape.len()..).unwrap_or_default();
            continue;
        }
        used += char.width().unwrap_or(0);
        if used > columns {
            text.truncate(kept.0);
            text.push_str(if kept.1 { "…\x1b[0m" } else { "…" });
            return text;
        }
        text.push(char);
        if used < columns {
            kept = (text.len(), coloured);
        }
        rest = rest.get(char.len_utf8()..).unwrap_or_default();
    }
    text
}

/// The colour that `text` begins with.
fn escape(text: &str) -> Option<&str> {
    let numbers = text.strip_prefix("\x1b[")?;
    let end = numbers.find(|c: char| !(c.is_ascii_digit() || c == ';'))?;
    numbers.get(end..)?.starts_with('m').then(|| text.get(..end + 3))?
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn through(columns: usize, parts: &[&str]) -> String {
        let mut out = Vec::new();
        let mut cut = Cut::new(&mut out, columns);
        for part in parts {
            cut.write_all(part.as_bytes()).expect("a vector takes all");
        }
        cut.flush().expect("a vector takes all");
        String::from_utf8(out).expect("text")
    }

    /// Without colours.
    fn plain(text: &str) -> String {
        let (mut plain, mut rest) = (String::new(), text);
        while let Some(char) = rest.chars().next() {
            let length = escape(rest).map_or_else(|| (plain.push(char), char.len_utf8()).1, str::len);
            rest = &rest[length..];
        }
        plain
    }

    #[test]
    fn lines_are_cut_where_they_are_too_long() {
        assert_eq!(through(4, &["abcd\nabcde\n\n", "x"]), "abcd\nabc…\n\nx");
        // However it is written.
        assert_eq!(through(4, &["ab", "c", "de", "f\nab", "cd\n"]), "abc…\nabcd\n");
        assert_eq!(through(0, &["a\n\n"]), "…\n\n");
    }

    #[test]
    fn wide_characters_take_two_columns_and_marks_none() {
        assert_eq!(through(4, &["日本\n日本語\n日本x\n"]), "日本\n日…\n日…\n");
        assert_eq!(through(2, &["e\u{301}e\u{301}\n"]), "e\u{301}e\u{301}\n");
        assert_eq!((pad("日", 4), pad_left("日", 4), width("日x")), ("日  ".into(), "  日".into(), 3));
    }

    #[test]
    fn no_colour_is_left_on() {
        assert_eq!(through(3, &["\x1b[31;1mabcd\x1b[0mef\n"]), "\x1b[31;1mab…\x1b[0m\n");
        assert_eq!(through(3, &["\x1b[1mab\x1b[0mcd\n"]), "\x1b[1mab…\x1b[0m\n");
        assert_eq!(through(3, &["\x1b[1mabc\x1b[0m\n"]), "\x1b[1mabc\x1b[0m\n");
    }

    #[test]
    fn the_end_of_a_path_is_kept() {
        assert_eq!(fit_end("app::read", 9), "app::read");
        assert_eq!(fit_end("app::read", 5), "…read");
        assert_eq!(fit_end("a日本", 4), "…本");
        assert_eq!(fit_end("ab", 0), "…");
    }

    proptest! {
        #[test]
        fn no_line_is_wider_and_what_fits_is_as_it_was(line in "(\\x1b\\[(0|31;1)m|[a-z日é\u{301} ]){0,40}", columns in 1usize..40) {
            let cut = through(columns, &[&line, "\n"]);
            let (before, after) = (plain(&line), plain(cut.trim_end_matches('\n')));
            let wide = |text: &str| text.chars().map(|c| c.width().unwrap_or(0)).sum::<usize>();
            prop_assert!(wide(&after) <= columns);
            if wide(&before) <= columns {
                prop_assert_eq!(&cut, &format!("{line}\n"));
            } else {
                prop_assert!(after.ends_with('…') && before.starts_with(after.trim_end_matches('…')));
            }
        }
    }
}

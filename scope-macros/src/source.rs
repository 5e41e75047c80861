//! The user's code as a text: with spaces where the user put them.

use proc_macro2::{Delimiter, LineColumn, TokenStream, TokenTree};

/// The text of `tokens`, in one line, cut behind `most` characters.
pub(crate) fn text(tokens: TokenStream, most: usize) -> String {
    let mut text = Text { out: String::new(), end: None, most };
    text.add(tokens);
    if let Some((cut, _)) = text.out.char_indices().nth(most) {
        text.out.truncate(cut);
        text.out.push('…');
    }
    text.out
}

struct Text {
    out: String,
    /// Where the last token ended.
    end: Option<LineColumn>,
    most: usize,
}

impl Text {
    fn add(&mut self, tokens: TokenStream) {
        for token in tokens {
            // Each character takes one byte at least.
            if self.out.len() > 4 * self.most {
                return;
            }
            match token {
                TokenTree::Group(group) => {
                    let (open, close) = match group.delimiter() {
                        Delimiter::Parenthesis => ("(", ")"),
                        Delimiter::Bracket => ("[", "]"),
                        Delimiter::Brace => ("{", "}"),
                        Delimiter::None => ("", ""),
                    };
                    // Only the whole group's span is left of one that was parsed.
                    let (start, end) = (group.span().start(), group.span().end());
                    if !open.is_empty() {
                        self.word(open, start, LineColumn { column: start.column + 1, ..start });
                    }
                    self.add(group.stream());
                    if !close.is_empty() {
                        self.word(close, LineColumn { column: end.column.saturating_sub(1), ..end }, end);
                    }
                }
                other => {
                    let span = other.span();
                    self.word(&other.to_string(), span.start(), span.end());
                }
            }
        }
    }

    fn word(&mut self, word: &str, start: LineColumn, end: LineColumn) {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let apart = self.end.is_some_and(|before| before != start);
        let touching = self.out.ends_with(is_word) && word.starts_with(is_word);
        if !self.out.is_empty() && (apart || touching) {
            self.out.push(' ');
        }
        self.out.push_str(word);
        self.end = Some(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_are_where_they_were() {
        for code in ["a.b(c)? > 10 && !x", "Some(Foo { x, .. })", "&mut v[1..n]", "'a: x as u8"] {
            assert_eq!(text(code.parse().unwrap(), 60), code);
        }
        assert_eq!(text("a\n    .b()".parse().unwrap(), 60), "a .b()");
        assert_eq!(text("abc > def".parse().unwrap(), 5), "abc >…");
        assert_eq!(text("größer > 1".parse().unwrap(), 6), "größer…");
    }
}

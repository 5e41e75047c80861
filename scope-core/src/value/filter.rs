//! Redaction in text: the names in what a `Debug` prints.
//!
//! It goes byte by byte and keeps no name: where a colon comes, the name before it stands in the text that was shown. `Debug` prints in
//! many small pieces, and in an unoptimised build whatever is done for each of them is dear.

use super::redact::redacts;

/// The longest name that is looked for in `Debug` text, in bytes.
const MAX_NAME: usize = 64;
/// How much of a redacted value's text is passed over before the whole text is given up.
const MAX_SKIPPED: usize = 1 << 16;

/// What [`TextFilter::step`] says of one byte.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Step {
    /// It is shown.
    Show,
    /// It is shown, and the redacted value begins behind it.
    ShowAndHide,
    /// It is shown, and so is the space before it, which looked like a part of the redacted value.
    ShowSpaced,
    /// It is part of a redacted value.
    Hide,
    /// Enough was passed over.
    GiveUp,
}

/// Finds `name: value` in the text that a `Debug` prints, so that a redacted field stays redacted where nothing but
/// text is to be had. It knows string and character literals and brackets; text that is none of a derived `Debug`'s
/// shapes it may misread, but only in what it hides.
#[derive(Debug)]
pub(super) struct TextFilter {
    redact: &'static [&'static str],
    mode: Mode,
    /// Where in the shown text the colon stands that is the byte before; 0: it is none, or behind nothing.
    colon: usize,
    /// Where in the shown text the last string literal begins, behind its quote.
    literal: usize,
    /// Brackets open inside the value that is being hidden; `None`: nothing is being hidden.
    hiding: Option<u32>,
    skipped: usize,
    /// The byte before was a space. Kept while something is being hidden.
    space: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mode {
    Plain,
    Text,
    /// Behind a `\` in a text.
    Escaped,
    /// Behind a `'`, which is a lifetime's or begins a character.
    Quote,
    Char,
    /// Behind a `\` in a character.
    CharEscaped,
}

impl TextFilter {
    pub(super) const fn new(redact: &'static [&'static str]) -> Self {
        Self { redact, mode: Mode::Plain, colon: 0, literal: 0, hiding: None, skipped: 0, space: false }
    }

    pub(super) fn is_idle(&self) -> bool {
        self.redact.is_empty()
    }

    /// The first byte from `at` on that is not just shown: for all before it there is no need of a [`step`](Self::step).
    pub(super) fn skim(&self, bytes: &[u8], mut at: usize) -> usize {
        if self.colon > 0 || self.hiding.is_some() {
            return at;
        }
        let end = bytes.len();
        match self.mode {
            Mode::Plain => {
                while at < end && !matches!(bytes[at], b':' | b'"' | b'\'') {
                    at += 1;
                }
            }
            Mode::Text => {
                while at < end && !matches!(bytes[at], b'\\' | b'"') {
                    at += 1;
                }
            }
            _ => {}
        }
        at
    }

    /// Takes one byte. `shown` holds in its first `len` bytes all that was shown before.
    pub(super) fn step(&mut self, byte: u8, shown: &[u8], len: usize) -> Step {
        let was_hiding = self.hiding.is_some();
        let found = self.advance(byte, shown, len);
        let space = self.space;
        self.space = byte == b' ';
        match (was_hiding, self.hiding.is_some()) {
            (false, _) if found => {
                self.hiding = Some(0);
                Step::ShowAndHide
            }
            (true, true) => {
                self.skipped += 1;
                if self.skipped > MAX_SKIPPED { Step::GiveUp } else { Step::Hide }
            }
            (true, false) if space => Step::ShowSpaced,
            _ => Step::Show,
        }
    }

    /// True where the byte is the space between a redacted name and its value.
    fn advance(&mut self, byte: u8, shown: &[u8], len: usize) -> bool {
        match (self.mode, byte) {
            (Mode::Plain, _) => return self.plain(byte, shown, len),
            (Mode::Text, b'\\') => self.mode = Mode::Escaped,
            (Mode::Text, b'"') => self.mode = Mode::Plain,
            (Mode::Text, _) => {}
            (Mode::Escaped, _) => self.mode = Mode::Text,
            (Mode::Quote, b'\\') => self.mode = Mode::CharEscaped,
            (Mode::Quote, _) => self.mode = Mode::Char,
            (Mode::CharEscaped, _) => self.mode = Mode::Char,
            (Mode::Char, b'\'') => self.mode = Mode::Plain,
            // One character fits between two quotes, of one byte or of more; an escape ends at the quote too.
            (Mode::Char, b'{' | b'}' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | 0x80..0xc0) => {}
            (Mode::Char, _) => {
                self.mode = Mode::Plain;
                return self.plain(byte, shown, len);
            }
        }
        false
    }

    fn plain(&mut self, byte: u8, shown: &[u8], len: usize) -> bool {
        let colon = self.colon;
        self.colon = 0;
        match byte {
            b'"' => {
                self.mode = Mode::Text;
                self.literal = len + 1;
            }
            b'\'' => self.mode = Mode::Quote,
            b':' if colon == 0 && self.hiding.is_none() => self.colon = len,
            b' ' | b'\n' if colon > 0 => return self.redacts(shown, colon),
            _ => {}
        }
        if let Some(open) = self.hiding {
            self.hiding = match byte {
                b'(' | b'[' | b'{' => Some(open + 1),
                b')' | b']' | b'}' => open.checked_sub(1),
                b',' if open == 0 => None,
                _ => Some(open),
            };
        }
        false
    }

    /// Whether the name that ends at `end` is redacted: a word, or a string literal.
    fn redacts(&self, shown: &[u8], end: usize) -> bool {
        let (mut from, mut end) = (end, end);
        if shown[end - 1] == b'"' {
            (from, end) = (self.literal, end - 1);
        } else {
            while let before @ 1.. = name_before(shown, from) {
                from -= before;
            }
        }
        from < end && end - from <= MAX_NAME && redacts(self.redact, &shown[from..end])
    }
}

/// How long the character of a name is that ends at `end`; 0: there is none.
fn name_before(shown: &[u8], end: usize) -> usize {
    if end == 0 {
        return 0;
    }
    match shown[end - 1] {
        b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'-' => 1,
        0x80.. => {
            let text = std::str::from_utf8(&shown[..end]).unwrap_or("");
            text.chars().next_back().filter(|c| c.is_alphanumeric()).map_or(0, char::len_utf8)
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is shown of `text`, with a `#` for each hidden value, and the filter behind it. It comes in pieces that end at `cuts`.
    fn filtered(text: &str, cuts: &[usize], skims: bool) -> (String, String) {
        let mut filter = TextFilter::new(&["password", "token"]);
        let (mut shown, mut at) = (Vec::new(), 0);
        for piece in cuts.iter().copied().chain([text.len()]) {
            while at < piece {
                let skimmed = if skims { filter.skim(&text.as_bytes()[..piece], at) } else { at };
                shown.extend(&text.as_bytes()[at..skimmed]);
                at = skimmed;
                let Some(byte) = text.as_bytes()[..piece].get(at) else { break };
                match filter.step(*byte, &shown, shown.len()) {
                    Step::Show => shown.push(*byte),
                    Step::ShowAndHide => shown.extend([*byte, b'#']),
                    Step::ShowSpaced => shown.extend([b' ', *byte]),
                    Step::Hide | Step::GiveUp => {}
                }
                at += 1;
            }
        }
        filter.space &= filter.hiding.is_some();
        (String::from_utf8(shown).expect("text"), format!("{filter:?}"))
    }

    #[test]
    fn skimming_is_stepping() {
        let long = format!("{} {0}-{0}: 1", "n".repeat(MAX_NAME));
        let text = r#"Login { password: Some("a\"b"), "token": 'x', é_token: [1], q: "é\\tok", token : 2, pass"word": 3, _a-b:1 }"#;
        for text in [text, &long] {
            for cut in 0..text.len() {
                assert_eq!(filtered(text, &[cut / 2, cut], true), filtered(text, &[], false), "{cut}");
            }
        }
    }

    fn shown(text: &str) -> String {
        filtered(text, &[], true).0
    }

    #[test]
    fn debug_text_is_redacted() {
        for (text, want) in [
            (r#"Login { user: "bob", password: "x, }" }"#, r#"Login { user: "bob", password: # }"#),
            (r#"L { password: Some([1, (2, 3)]), id: 3 }"#, r#"L { password: #, id: 3 }"#),
            (r#"{"token": "a\"b", "n": 1}"#, r#"{"token": #, "n": 1}"#),
            (
                r#"password::Kind { a: 'x', b: '"', password: '\'' }"#,
                r#"password::Kind { a: 'x', b: '"', password: # }"#,
            ),
            (r#"P { password: "" , t: "password: 3" }"#, r#"P { password: # , t: "password: 3" }"#),
            ("L {\n    password: 3,\n    id: 4,\n}", "L {\n    password: #,\n    id: 4,\n}"),
            ("&'a str, password: 5", "&'a str, password: #"),
            ("password: hunter2", "password: #"),
            ("→password: 1, épassword: 2, pass", "→password: #, épassword: 2, pass"),
            (r#"'é', "password": 1, "": 2, "a"password: 3"#, r#"'é', "password": #, "": 2, "a"password: #"#),
            ("password::token: 3, password:4, : 5", "password::token: #, password:4, : 5"),
        ] {
            assert_eq!(shown(text), want);
        }
    }

    #[test]
    fn a_gigabyte_is_not_passed_over() {
        let mut filter = TextFilter::new(&["password"]);
        let start = b"password: ";
        start.iter().enumerate().for_each(|(at, byte)| {
            filter.step(*byte, start, at);
        });
        let steps = (0..MAX_SKIPPED + 2).find(|_| filter.step(b'x', start, start.len()) == Step::GiveUp);
        assert_eq!(steps, Some(MAX_SKIPPED));
    }
}

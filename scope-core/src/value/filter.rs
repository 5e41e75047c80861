//! Redaction in text: the names in what a `Debug` prints.

use super::redact::redacts;

/// The longest name that is looked for in `Debug` text, in bytes.
const MAX_NAME: usize = 64;
/// How much of a redacted value's text is passed over before the whole text is given up.
const MAX_SKIPPED: usize = 1 << 16;

/// What [`TextFilter::step`] says of one character.
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
    name: [u8; MAX_NAME],
    len: usize,
    /// The name is longer than its room.
    long: bool,
    mode: Mode,
    /// The character before was a `:` right behind a name.
    colon: bool,
    /// The name is complete: the next character of a name begins a new one.
    ended: bool,
    /// Brackets open inside the value that is being hidden; `None`: nothing is being hidden.
    hiding: Option<u32>,
    skipped: usize,
    /// The character before was a space.
    space: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mode {
    Plain,
    Text {
        escaped: bool,
    },
    /// Behind a `'`, which is a lifetime's or begins a character.
    Quote,
    Char {
        escaped: bool,
    },
}

impl TextFilter {
    pub(super) fn new(redact: &'static [&'static str]) -> Self {
        Self {
            redact,
            name: [0; MAX_NAME],
            len: 0,
            long: false,
            mode: Mode::Plain,
            colon: false,
            ended: false,
            hiding: None,
            skipped: 0,
            space: false,
        }
    }

    pub(super) fn is_idle(&self) -> bool {
        self.redact.is_empty()
    }

    /// Passes over the bytes at the beginning of `text` that are shown and can't begin anything; gives their number. In an unoptimised
    /// build this is what keeps printing from taking many times as long: most of a text needs no [`step`](Self::step).
    pub(super) fn skim(&mut self, text: &str) -> usize {
        let bytes = text.as_bytes();
        let mut end = 0;
        match self.mode {
            _ if self.hiding.is_some() || self.colon => return 0,
            Mode::Plain => {
                while end < bytes.len() && !matches!(bytes[end], b':' | b'"' | b'\'') && bytes[end] < 0x80 {
                    end += 1;
                }
                let mut word = end;
                while word > 0 && end - word <= MAX_NAME && is_name(bytes[word - 1]) {
                    word -= 1;
                }
                if word > 0 || self.ended && end > 0 {
                    self.clear();
                }
                self.push_all(&bytes[word..end]);
            }
            Mode::Text { escaped: false } => {
                while end < bytes.len() && !matches!(bytes[end], b'\\' | b'"') && bytes[end] < 0x80 {
                    end += 1;
                }
                self.push_all(&bytes[..end]);
            }
            _ => return 0,
        }
        if end > 0 {
            self.space = bytes[end - 1] == b' ';
        }
        end
    }

    pub(super) fn step(&mut self, c: char) -> Step {
        let was_hiding = self.hiding;
        let found = self.advance(c);
        let space = std::mem::replace(&mut self.space, c == ' ');
        match (was_hiding, self.hiding) {
            (None, _) if found => {
                self.hiding = Some(0);
                Step::ShowAndHide
            }
            (Some(_), Some(_)) => {
                self.skipped += c.len_utf8();
                if self.skipped > MAX_SKIPPED { Step::GiveUp } else { Step::Hide }
            }
            (Some(_), None) if space => Step::ShowSpaced,
            _ => Step::Show,
        }
    }

    /// Takes one character; true where it is the space between a redacted name and its value.
    fn advance(&mut self, c: char) -> bool {
        match self.mode {
            Mode::Text { escaped: true } => self.mode = Mode::Text { escaped: false },
            Mode::Text { escaped: false } => match c {
                '\\' => self.mode = Mode::Text { escaped: true },
                '"' => (self.mode, self.ended) = (Mode::Plain, true),
                _ => self.push(c),
            },
            Mode::Quote => {
                self.mode = Mode::Char { escaped: c == '\\' };
            }
            Mode::Char { escaped: true } => self.mode = Mode::Char { escaped: false },
            // One character fits between two quotes; an escape ends at the quote too.
            Mode::Char { escaped: false } => {
                if c == '\'' || !(c.is_ascii_alphanumeric() || c == '{' || c == '}') {
                    self.mode = Mode::Plain;
                    if c != '\'' {
                        return self.plain(c);
                    }
                }
            }
            Mode::Plain => return self.plain(c),
        }
        false
    }

    fn plain(&mut self, c: char) -> bool {
        let colon = std::mem::take(&mut self.colon);
        match c {
            '"' => {
                self.clear();
                self.mode = Mode::Text { escaped: false };
            }
            '\'' => {
                self.clear();
                self.mode = Mode::Quote;
            }
            '(' | '[' | '{' => {
                self.clear();
                if let Some(open) = &mut self.hiding {
                    *open += 1;
                }
            }
            ')' | ']' | '}' => {
                self.clear();
                self.hiding = self.hiding.and_then(|open| open.checked_sub(1));
            }
            ',' => {
                self.clear();
                self.hiding = self.hiding.filter(|open| *open > 0);
            }
            ':' => {
                self.colon = self.len > 0 && !colon;
                self.ended = true;
            }
            c if c == ' ' || c == '\n' => {
                let hit = colon && self.hiding.is_none() && self.hit();
                self.clear();
                return hit;
            }
            c if c.is_alphanumeric() || c == '_' || c == '-' => {
                if self.ended {
                    self.clear();
                }
                self.push(c);
            }
            _ => self.clear(),
        }
        false
    }

    fn hit(&self) -> bool {
        let name = std::str::from_utf8(&self.name[..self.len]).unwrap_or("");
        !self.long && redacts(self.redact, name)
    }

    fn push(&mut self, c: char) {
        let end = self.len + c.len_utf8();
        match self.name.get_mut(self.len..end) {
            Some(room) => {
                c.encode_utf8(room);
                self.len = end;
            }
            None => self.long = true,
        }
    }

    fn push_all(&mut self, ascii: &[u8]) {
        if self.long || ascii.is_empty() {
            return;
        }
        let kept = ascii.len().min(MAX_NAME - self.len);
        self.name[self.len..self.len + kept].copy_from_slice(&ascii[..kept]);
        self.len += kept;
        self.long |= kept < ascii.len();
    }

    fn clear(&mut self) {
        (self.len, self.long, self.ended) = (0, false, false);
    }
}

/// Whether a byte is a character that names are made of.
fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The filter's state after stepping through `text`, with skimming in pieces that end at `cuts`, and without.
    fn states(text: &str, cuts: &[usize]) -> [String; 2] {
        [true, false].map(|skims| {
            let mut filter = TextFilter::new(&["password", "token"]);
            let (mut shown, mut at) = (String::new(), 0);
            for piece in cuts.iter().copied().chain([text.len()]) {
                while at < piece {
                    let skimmed = if skims { filter.skim(&text[at..piece]) } else { 0 };
                    shown.extend(std::iter::repeat_n('.', skimmed));
                    at += skimmed;
                    let Some(c) = text[at..piece].chars().next() else { break };
                    let step = filter.step(c);
                    shown.push_str(&if step == Step::Show { ".".repeat(c.len_utf8()) } else { format!("{step:?}") });
                    at += c.len_utf8();
                }
            }
            let name = if filter.long { Vec::new() } else { filter.name[..filter.len].to_vec() };
            format!(
                "{shown} {name:?} {} {:?} {} {} {:?}",
                filter.long, filter.mode, filter.colon, filter.ended, filter.hiding
            )
        })
    }

    #[test]
    fn skimming_is_stepping() {
        let long = format!("{} {0}-{0}: 1", "n".repeat(MAX_NAME));
        let text = r#"Login { password: Some("a\"b"), "token": 'x', é_token: [1], q: "é\\tok", token : 2, pass"word": 3, _a-b:1 }"#;
        for text in [text, &long] {
            for cut in (0..text.len()).filter(|cut| text.is_char_boundary(*cut)) {
                let [skimmed, stepped] = states(text, &[cut / 2, cut].map(|at| super::super::text::floor(text, at)));
                assert_eq!(skimmed, stepped, "{cut}");
            }
        }
    }

    fn shown(text: &str) -> String {
        let mut filter = TextFilter::new(&["password", "token"]);
        let mut out = String::new();
        for c in text.chars() {
            match filter.step(c) {
                Step::Show => out.push(c),
                Step::ShowAndHide => {
                    out.push(c);
                    out.push('#');
                }
                Step::ShowSpaced => {
                    out.push(' ');
                    out.push(c);
                }
                Step::Hide | Step::GiveUp => {}
            }
        }
        out
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
        ] {
            assert_eq!(shown(text), want);
        }
    }

    #[test]
    fn a_gigabyte_is_not_passed_over() {
        let mut filter = TextFilter::new(&["password"]);
        "password: ".chars().for_each(|c| {
            filter.step(c);
        });
        let steps = (0..MAX_SKIPPED + 2).find(|_| filter.step('x') == Step::GiveUp);
        assert_eq!(steps, Some(MAX_SKIPPED));
    }
}

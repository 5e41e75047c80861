//! Which statics a `Debug` that was written by hand may ask for: by name, or by what it calls of the same file, where names mean the same.

use super::read::Line;
use super::text::{behind_fn, path};

/// What the code that shows values mentions.
#[derive(Default)]
pub(super) struct Asks<'t> {
    /// Functions and methods.
    called: Vec<&'t str>,
    /// Those of them that are called by their name alone.
    alone: Vec<&'t str>,
    /// Names in capitals.
    statics: Vec<&'t str>,
}

impl<'t> Asks<'t> {
    pub(super) fn line(&mut self, line: &'t str) {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let mut at = 0;
        for word in line.split(|c| !is_part(c)) {
            let (before, behind) = (&line[..at], &line[at + word.len()..]);
            at += word.len() + behind.chars().next().map_or(0, char::len_utf8);
            // One letter is a variable's, or a parameter's.
            if word.len() < 2 {
                continue;
            }
            if word.bytes().all(|byte| matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b'_')) {
                insert(&mut self.statics, word);
            } else if behind.starts_with('(') && word.starts_with(|c: char| c.is_lowercase()) {
                insert(&mut self.called, word);
                if !before.ends_with(['.', ':']) && !before.ends_with("fn ") {
                    insert(&mut self.alone, word);
                }
            }
        }
    }

    /// The statics; `None`: perhaps all, since functions of other files are called.
    pub(super) fn of_file(mut self, text: &'t str) -> Option<Vec<&'t str>> {
        let mut defined = Vec::new();
        loop {
            let known = self.called.len();
            let mut function = "";
            // Once it is known, it is not read again.
            let mut fresh = Vec::new();
            for line in text.lines().map(|line| Line::of(line).text) {
                function = behind_fn(line).map_or(function, path);
                if self.called.contains(&function) && !defined.contains(&function) {
                    insert(&mut fresh, function);
                    self.line(line);
                }
            }
            defined.append(&mut fresh);
            if self.called.len() == known {
                break;
            }
        }
        self.alone.iter().all(|name| defined.contains(name)).then_some(self.statics)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.called.is_empty() && self.statics.is_empty()
    }
}

fn insert<'t>(words: &mut Vec<&'t str>, word: &'t str) {
    if !words.contains(&word) {
        words.push(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_debug_asks_for_is_found() {
        let text = "\
            fn names() -> &'static [String] {
                &NAMES
            }
            impl Symbol {
                fn text(&self) -> &str {
                    Interner::with(|i| i.text(self))
                }
            }
            impl Interner {
                fn with<R>(f: impl FnOnce(&Self) -> R) -> R {
                    f(&INTERNER.lock().unwrap())
                }
            }
            fn other() { OTHER.get() }
        ";
        for (line, expected) in [
            ("f.write_str(&NAMES[self.0])", Some("NAMES")),
            ("f.write_str(&names()[self.0])", Some("NAMES")),
            ("f.write_str(self.text())", Some("INTERNER")),
            ("write!(f, \"Id({})\", self.0)", Some("")),
            ("f.debug_struct(\"X\").field(\"a\", &self.a).finish()", Some("")),
            (
                "fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { with_names(|names| names.get(self.0)) }",
                None,
            ),
        ] {
            let mut asks = Asks::default();
            asks.line(line);
            assert_eq!(asks.of_file(text).map(|names| names.join(" ")).as_deref(), expected, "{line}");
        }
    }
}

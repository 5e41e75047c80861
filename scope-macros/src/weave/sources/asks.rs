//! Which statics a `Debug` that was written by hand may ask for: by name, or by what it calls of the same file, where names mean the same.

use super::functions::Functions;

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
    pub(super) fn of_file(mut self, functions: &Functions<'t>) -> Option<Vec<&'t str>> {
        let (mut at, mut unknown) = (0, Vec::new());
        while let Some(name) = self.called.get(at).copied() {
            if !functions.read(name, |line| self.line(line)) {
                unknown.push(name);
            }
            at += 1;
        }
        (!self.alone.iter().any(|name| unknown.contains(name))).then_some(self.statics)
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
        let text = "
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
            fn fmt(&self) {
                self.0
            }
            static ANOTHER: LazyLock<u8> = LazyLock::new(load);
        ";
        for (line, expected) in [
            ("f.write_str(&NAMES[self.0])", Some("NAMES")),
            ("f.write_str(&names()[self.0])", Some("NAMES")),
            ("f.write_str(self.text())", Some("INTERNER")),
            ("write!(f, \"Id({})\", self.0)", Some("")),
            ("fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {", Some("")),
            ("f.debug_struct(\"X\").field(\"a\", &self.a).finish()", Some("")),
            (
                "fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { with_names(|names| names.get(self.0)) }",
                None,
            ),
        ] {
            let mut asks = Asks::default();
            asks.line(line);
            assert_eq!(asks.of_file(&Functions::of(text)).map(|names| names.join(" ")).as_deref(), expected, "{line}");
        }
    }
}

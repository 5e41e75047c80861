//! Which of the words that say something about a function are in its text, as parts of others, too: all in one walk. The macro runs unoptimised, where
//! each search through a text takes many times as long as a match of its bytes.

#[derive(Clone, Copy, Default)]
pub(super) struct Words {
    pub(super) has_as: bool,
    pub(super) has_by_text: bool,
    pub(super) has_cfg: bool,
    pub(super) has_dots: bool,
    pub(super) has_expect: bool,
    pub(super) has_mut: bool,
    pub(super) has_question: bool,
    pub(super) has_return: bool,
    pub(super) has_transmute: bool,
    pub(super) has_unsafe: bool,
    pub(super) has_uninit: bool,
    pub(super) has_unlock: bool,
    /// `fn `, `async`, `Guard`, `borrow_mut`, a path through `Mutex`, or a part of what calls others with a lock held.
    pub(super) has_more: bool,
    /// `ock`, `read`, `write`.
    pub(super) has_ock: bool,
    pub(super) has_read: bool,
    pub(super) has_write: bool,
    /// How many brackets are opened.
    pub(super) brackets: usize,
}

impl Words {
    pub(super) fn of(text: &str) -> Self {
        let mut words = Self::default();
        let mut bytes = text.as_bytes();
        while let [first, behind @ ..] = bytes {
            match first {
                b'(' | b'[' | b'{' => words.brackets += 1,
                first => words.see(*first, behind),
            }
            bytes = behind;
        }
        words
    }

    fn see(&mut self, first: u8, behind: &[u8]) {
        match (first, behind) {
            (b'a', [b's', behind @ ..]) => {
                self.has_as = true;
                self.has_more |= matches!(behind, [b'y', b'n', b'c', ..]);
            }
            (b'b', [b'y', b'_', b't', b'e', b'x', b't', ..]) => self.has_by_text = true,
            (b'b', [b'o', b'r', b'r', b'o', b'w', b'_', b'm', b'u', b't', ..])
            | (b'c', [b'a', b'l', b'l', b'_', b'o', b'n', b'c', b'e', ..])
            | (b'g', [b'e', b't', b'_', b'o', b'r', b'_', ..])
            | (b'L', [b'a', b'z', b'y', ..])
            | (b'r', [b'e', b'p', b'l', b'a', b'c', b'e', b'_', b'w', b'i', b't', b'h', ..])
            | (b's', [b'e', b'n', b'd', b'_', b'm' | b'i', ..])
            | (b'c', [b'r', b'i', b't', b'i', b'c', b'a', b'l', b'_', ..])
            | (b'f', [b'n', b' ', ..])
            | (b'G', [b'u', b'a', b'r', b'd', ..]) => self.has_more = true,
            (b'c', [b'f', b'g', ..]) => self.has_cfg = true,
            (b'e', [b'x', b'p', b'e', b'c', b't', ..]) => self.has_expect = true,
            (b'M', [b'u', b't', b'e', b'x', b':', ..] | [b'u', b't', b'e', b'x', b' ', b':', ..]) => {
                self.has_more = true
            }
            (b'm', [b'u', b't', ..]) => self.has_mut = true,
            (b'o', [b'c', b'k', ..]) => self.has_ock = true,
            (b'r', [b'e', b'a', b'd', ..]) => self.has_read = true,
            (b'r', [b'e', b't', b'u', b'r', b'n', ..]) => self.has_return = true,
            (b'u', [b'n', b's', b'a', b'f', b'e', ..]) => self.has_unsafe = true,
            (b'u', [b'n', b'i', b'n', b'i', b't', ..]) => self.has_uninit = true,
            (b'u', [b'n', b'l', b'o', b'c', b'k', ..]) => self.has_unlock = true,
            (b'w', [b'r', b'i', b't', b'e', ..]) => self.has_write = true,
            (b't', [b'r', b'a', b'n', b's', b'm', b'u', b't', b'e', ..]) => self.has_transmute = true,
            (b'.', [b'.', b'.', ..]) => self.has_dots = true,
            (b'?', _) => self.has_question = true,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_alone() {
        type Has = fn(&Words) -> bool;
        let words: [(&[&str], Has); 16] = [
            (&["transmute"], |words| words.has_transmute),
            (&["as"], |words| words.has_as),
            (&["by_text"], |words| words.has_by_text),
            (&["cfg"], |words| words.has_cfg),
            (&["..."], |words| words.has_dots),
            (&["expect"], |words| words.has_expect),
            (&["mut"], |words| words.has_mut),
            (&["?"], |words| words.has_question),
            (&["return"], |words| words.has_return),
            (&["unsafe"], |words| words.has_unsafe),
            (&["uninit"], |words| words.has_uninit),
            (&["unlock"], |words| words.has_unlock),
            (
                &[
                    "fn ",
                    "async",
                    "Guard",
                    "borrow_mut",
                    "Mutex:",
                    "Mutex :",
                    "call_once",
                    "get_or_",
                    "Lazy",
                    "replace_with",
                    "send_m",
                    "send_i",
                    "critical_",
                ],
                |words| words.has_more,
            ),
            (&["ock"], |words| words.has_ock),
            (&["read"], |words| words.has_read),
            (&["write"], |words| words.has_write),
        ];
        for (of, _) in words {
            for word in of {
                for text in [(*word).to_owned(), format!("x {word}y; z"), format!("größe.try_{word}")] {
                    for (others, has) in words {
                        let expected = others.iter().any(|other| text.contains(other));
                        assert_eq!(has(&Words::of(&text)), expected, "{others:?} in {text}");
                    }
                    let cut = &text[..text.find(word).unwrap() + word.len() - 1];
                    for (others, has) in words {
                        let expected = others.iter().any(|other| cut.contains(other));
                        assert_eq!(has(&Words::of(cut)), expected, "{others:?} in {cut}");
                    }
                }
            }
        }
    }
}

//! Texts between two marks, in bytes that come piece by piece.

use scope_core::site::FunctionDef;
use scope_core::woven::{BEGIN, END, read_found};

/// The longest text: a function with ten thousands of places. This bounds what is kept.
const LONGEST: usize = 1 << 20;

/// Finds the texts of woven functions.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// What may be the beginning of a text.
    kept: Vec<u8>,
}

impl Scan {
    /// Takes the next bytes of the file, and gives `see` what is whole now.
    pub fn feed(&mut self, bytes: &[u8], see: &mut dyn FnMut(FunctionDef<'_>)) {
        let rest = if self.kept.is_empty() {
            scan(bytes, see)
        } else {
            self.kept.extend_from_slice(bytes);
            let kept = std::mem::take(&mut self.kept);
            let rest = scan(&kept, see);
            self.kept = kept;
            let seen = self.kept.len() - rest;
            self.kept.drain(..seen);
            return;
        };
        self.kept.extend_from_slice(&bytes[bytes.len() - rest..]);
    }
}

/// Gives `see` the texts in `bytes`; gives back how many of the last bytes may be the beginning of one.
fn scan(bytes: &[u8], see: &mut dyn FnMut(FunctionDef<'_>)) -> usize {
    let mut rest = bytes;
    loop {
        let Some(start) = rest.iter().position(|byte| BEGIN.as_bytes().first() == Some(byte)) else { return 0 };
        rest = &rest[start..];
        let Some(text) = rest.strip_prefix(BEGIN.as_bytes()) else {
            if BEGIN.as_bytes().starts_with(rest) {
                return rest.len();
            }
            rest = &rest[1..];
            continue;
        };
        match text.iter().position(|byte| *byte < b' ' && !matches!(byte, b'\t' | b'\n')) {
            Some(end) => {
                let def = text[end..].starts_with(END.as_bytes()).then(|| std::str::from_utf8(&text[..end]).ok());
                if let Some(def) = def.flatten().and_then(read_found) {
                    see(def);
                }
                // What ends this one may begin another.
                rest = &text[end..];
            }
            None if text.len() < LONGEST => return rest.len(),
            None => rest = text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn marked(text: &str) -> String {
        format!("{BEGIN}{text}{END}")
    }

    /// The names of the functions that are found where the bytes come in pieces of these lengths, one after the other, again and again.
    fn found(bytes: &[u8], pieces: &[usize]) -> Vec<String> {
        let (mut scan, mut names, mut rest) = (Scan::default(), Vec::new(), bytes);
        for piece in pieces.iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let (now, later) = rest.split_at(rest.len().min(*piece));
            scan.feed(now, &mut |def| names.push(def.name.to_owned()));
            rest = later;
        }
        names
    }

    #[test]
    fn texts_are_found_wherever_they_stand() {
        let f = |name: &str| marked(&format!("shop\tsrc/a.rs\t{name}\t7\ta\nL8\nV9\tx"));
        let (a, b, c) = (f("a"), f("b"), f("c"));
        let cut = &a[..a.len() - 1];
        // Back to back; behind one that is cut off; behind a lone beginning, and one that is none.
        let text =
            format!("{a}{b}xx{cut}\0{b}{BEGIN}{c}\u{1e}scope2{c}{BEGIN}\0{a}{}{b}{BEGIN}", marked("no function"));
        let expected = ["a", "b", "b", "c", "c", "a", "b"];
        for piece in 1..text.len() {
            assert_eq!(found(text.as_bytes(), &[piece]), expected, "{piece}");
        }
    }

    #[test]
    fn what_has_no_end_is_not_kept_for_ever() {
        let mut scan = Scan::default();
        scan.feed(BEGIN.as_bytes(), &mut |_| unreachable!());
        let most = (0..100).map(|_| {
            scan.feed(&[b'x'; LONGEST / 10], &mut |_| unreachable!());
            scan.kept.len()
        });
        assert!(most.max() <= Some(2 * LONGEST));
    }

    fn bytes() -> impl Strategy<Value = Vec<u8>> {
        let part = prop_oneof![
            Just(BEGIN.as_bytes().to_vec()),
            Just(END.as_bytes().to_vec()),
            Just(b"a\tf\tg\t7".to_vec()),
            Just(b"\nL8".to_vec()),
            prop::collection::vec(any::<u8>(), 0..9),
        ];
        prop::collection::vec(part, 0..20).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn pieces_make_no_difference(bytes in bytes(), pieces in prop::collection::vec(1..40_usize, 1..9)) {
            prop_assert_eq!(found(&bytes, &pieces), found(&bytes, &[bytes.len().max(1)]));
        }
    }
}

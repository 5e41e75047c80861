//! Which `impl` or trait a function of a file is in: with the attribute on a method alone, nothing of that is among its tokens.

use super::read::{Line, Part};
use super::text::{behind_word, head};

/// The heads of a file's `impl`s and traits.
#[derive(Default)]
pub(super) struct Heads(Vec<Head>);

struct Head {
    /// From line to line.
    begin: usize,
    end: usize,
    text: String,
}

impl Heads {
    pub(super) fn read(text: &str) -> Self {
        const KINDS: [&str; 4] = ["impl", "unsafe impl", "trait ", "unsafe trait "];
        let mut heads: Vec<Head> = Vec::new();
        // Those that have not ended yet.
        let mut open: Vec<(Part, usize)> = Vec::new();
        let mut lines = text.lines();
        let mut number = 0;
        while let Some(line) = lines.next() {
            number += 1;
            let line = Line::of(line);
            if line.is_comment() {
                continue;
            }
            if line.may_be_item() && behind_word(line.text, &KINDS).is_some() {
                open.push((Part::of(line), heads.len()));
                let text = head(line.text, &mut lines.clone()).into_owned();
                heads.push(Head { begin: number, end: usize::MAX, text });
            }
            while let Some((_, at)) = open.pop_if(|(part, _)| !part.goes_on(line)) {
                heads[at].end = number;
            }
        }
        Self(heads)
    }

    /// The head of what the code in a line is in.
    pub(super) fn around(&self, line: usize) -> Option<&str> {
        let is_around = |head: &&Head| (head.begin..=head.end).contains(&line);
        self.0.iter().rev().find(is_around).map(|head| head.text.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_line_is_in() {
        let text = "\
            fn free() {}
            impl<'a> Row<'a> {
                fn of() {
                }
            }
            mod m {
            \tpub KEYWORD trait Get
            \twhere
            \t\tSelf: Sized,
            \t{
            \t\tfn of() {}
            \t}
            \tfn free() {}
            \timpl X { fn of() {} }
            }
            impl Get
                for Row {
                fn of() {
        ";
        let heads = Heads::read(&text.replace("KEYWORD", "unsafe"));
        for (line, expected) in [
            (1, ""),
            (3, "impl<'a> Row<'a>"),
            (6, ""),
            (11, "pub unsafe trait Get where Self: Sized,"),
            (13, ""),
            (14, "impl X"),
            (15, ""),
            (18, "impl Get for Row"),
        ] {
            let around = heads.around(line).unwrap_or_default();
            assert_eq!(around.split_whitespace().collect::<Vec<_>>().join(" "), expected, "{line}");
        }
    }
}

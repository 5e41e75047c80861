//! Which `impl` or trait a function of a file is in: with the attribute on a method alone, nothing of that is among its tokens.

use super::lines::{Line, Lines, Part};
use super::text::{behind_word, head};

/// The heads of a file's `impl`s and traits.
#[derive(Default)]
pub(super) struct Heads {
    all: Vec<Head>,
    /// Those that have not ended yet.
    open: Vec<(Part, usize)>,
}

struct Head {
    /// From line to line.
    begin: usize,
    end: usize,
    text: String,
}

impl Heads {
    pub(super) fn read(text: &str) -> Self {
        let (mut heads, mut lines) = (Self::default(), Lines::of(text));
        while let Some(line) = lines.next() {
            let line = Line::of(line);
            if !line.is_comment() {
                heads.line(line, line.may_be_item(), &lines);
            }
        }
        heads
    }

    /// A line that is no comment, and those behind it.
    pub(super) fn line<'t>(&mut self, line: Line<'t>, may_be_item: bool, lines: &Lines<'t>) {
        const KINDS: [&str; 6] = ["impl ", "impl<", "unsafe impl ", "unsafe impl<", "trait ", "unsafe trait "];
        let may_be_kind = may_be_item && matches!(line.text.as_bytes(), [b'i' | b't' | b'u' | b'p', ..]);
        if may_be_kind && behind_word(line.text, &KINDS).is_some() {
            self.open.push((Part::of(line), self.all.len()));
            let text = head(line.text, &mut lines.clone()).into_owned();
            self.all.push(Head { begin: lines.number, end: usize::MAX, text });
        }
        self.end(line, lines.number);
    }

    fn end(&mut self, line: Line<'_>, number: usize) {
        while let Some((part, at)) = self.open.last()
            && !part.goes_on(line)
        {
            self.all[*at].end = number;
            self.open.pop();
        }
    }

    /// Lines that were taken as those of a head, up to where others begin.
    pub(super) fn taken(&mut self, mut lines: Lines<'_>, end: usize) {
        while lines.number < end
            && let Some(line) = lines.next()
        {
            let line = Line::of(line);
            if !line.is_comment() {
                self.line(line, line.may_be_item(), &lines);
            }
        }
    }

    /// The head of what the code in a line is in.
    pub(super) fn around(&self, line: usize) -> Option<&str> {
        let is_around = |head: &&Head| (head.begin..=head.end).contains(&line);
        self.all.iter().rev().find(is_around).map(|head| head.text.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_behind_what_looks_like_one_are_seen() {
        let text = "struct Plan {\n    implementation: u8,\n}\nimpl Plan {\n    fn f() {}\n    impl_it! { impl A\n}\nimpl Row {\n    fn g() {}\n}\n";
        let heads = &crate::weave::sources::found::Found::default().learn([text].into_iter())[0];
        let around = [5, 9, 2].map(|line| heads.around(line).map(str::trim));
        assert_eq!(around, [Some("impl Plan"), Some("impl Row"), None]);
    }

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

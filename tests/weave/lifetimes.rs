//! Values given back whose lifetimes are those of the `impl`.

use crate::shape::shape;
use scope::instrument;

shape! {
    of_self
    {
        #[derive(Debug, Clone, Copy)]
        struct Pair<'a>(&'a str, &'a str);
        #[instrument(level = "full")]
        impl<'a> Pair<'a> {
            fn of(one: &'a str) -> Self { Self(one, one) }
            fn swapped(self) -> Option<Self> {
                if self.0 == self.1 { return None; }
                Some(Self(self.1, self.0))
            }
            fn cut(self) -> Result<Self, std::num::ParseIntError> {
                let at: usize = self.1.parse()?;
                Ok(Self(&self.0[..at], self.1))
            }
        }
    }
    {
        let pair = Pair::of("a");
        assert!(pair.swapped().is_none());
        assert_eq!(Pair("ab", "1").cut().unwrap().0, "a");
        assert!(pair.cut().is_err());
    }
    "Pair<'a>::of(one = \"a\")"
    "Pair<'a>::of Returned Pair(\"a\", \"a\")"
    "Pair<'a>::swapped(self = Pair(\"a\", \"a\"))"
    "  branch if self.0 == self.1"
    "Pair<'a>::swapped Returned None"
    "Pair<'a>::cut(self = Pair(\"ab\", \"1\"))"
    "  at = 1"
    "Pair<'a>::cut Returned Ok(Pair(\"a\", \"1\"))"
    "Pair<'a>::cut(self = Pair(\"a\", \"a\"))"
    "Pair<'a>::cut Early ParseIntError { kind: InvalidDigit } at +1"
}
shape! {
    of_the_implementor
    {
        #[derive(Debug)]
        struct Words<'t> { rest: &'t str }
        #[instrument(level = "full")]
        impl<'t> Iterator for Words<'t> {
            type Item = &'t str;
            fn next(&mut self) -> Option<Self::Item> {
                let (word, rest) = self.rest.split_once(' ')?;
                self.rest = rest;
                return Some(word);
            }
        }
        impl<'t> From<&'t str> for Words<'t> {
            #[instrument(level = "full")]
            fn from(rest: &'t str) -> Self { Words { rest } }
        }
    }
    { assert_eq!(Words::from("a b").collect::<Vec<_>>(), ["a"]); }
    "from(rest = \"a b\")"
    "from Returned Words { rest: \"a b\" }"
    "<Words<'t> as Iterator>::next(self = Words { rest: \"a b\" })"
    "  word = \"a\""
    "  rest = \"b\""
    "<Words<'t> as Iterator>::next Returned Some(\"a\")"
    "<Words<'t> as Iterator>::next(self = Words { rest: \"b\" })"
    "<Words<'t> as Iterator>::next Early None at +1"
}
shape! {
    of_the_impl
    {
        #[derive(Debug)]
        struct Text<'t> { text: &'t str, seen: std::cell::Cell<&'t str> }
        impl<'t> Text<'t> {
            #[instrument(level = "full")]
            fn words(&self) -> Box<dyn Iterator<Item = &'t str> + 't> { Box::new(self.text.split(' ')) }
            #[instrument(level = "full")]
            fn halves(&self, at: usize) -> (&'t str, Option<&'t str>) {
                if at > self.text.len() { return (self.text, None) }
                let (one, other) = self.text.split_at(at);
                (one, Some(other))
            }
            #[instrument(level = "full")]
            fn last(&self, new: &'t str) -> Option<std::cell::Cell<&'t str>> {
                let old = self.seen.replace(new);
                Some(std::cell::Cell::new(old))
            }
            #[instrument(level = "full")]
            fn chosen(&self, long: bool) -> Option<fn(&'t str) -> usize> {
                if long { Some(str::len) } else { Some(|_| 0) }
            }
            #[instrument(level = "full")]
            fn mixed<'o>(&self, other: &'o str) -> Vec<(&'t str, &'o str)> { vec![(self.text, other)] }
        }
    }
    {
        let text = Text { text: "a b", seen: std::cell::Cell::new("") };
        assert_eq!(text.words().count(), 2);
        assert_eq!(text.halves(1), ("a", Some(" b")));
        assert_eq!(text.halves(9), ("a b", None));
        assert_eq!(text.last("new").unwrap().get(), "");
        assert_eq!(text.chosen(true).unwrap()("abc"), 3);
        assert_eq!(text.mixed("c"), [("a b", "c")]);
    }
    "words(self = Text { text: \"a b\", seen: Cell { value: \"\" } })"
    "words Returned <Opaque: alloc::boxed::Box<dyn core::iter::traits::iterator::Iterator<Item = &str>>, 16 bytes>"
    "halves(self = Text { text: \"a b\", seen: Cell { value: \"\" } }, at = 1)"
    "  one = \"a\""
    "  other = \" b\""
    "halves Returned (\"a\", Some(\" b\"))"
    "halves(self = Text { text: \"a b\", seen: Cell { value: \"\" } }, at = 9)"
    "  branch if at > self.text.len()"
    "halves Returned (\"a b\", None)"
    "last(self = Text { text: \"a b\", seen: Cell { value: \"\" } }, new = \"new\")"
    "  old = \"\""
    "last Returned Some(Cell(\"\"))"
    "chosen(self = Text { text: \"a b\", seen: Cell { value: \"new\" } }, long = true)"
    "  branch if long"
    "chosen Returned Some(0x…)"
    "mixed(self = Text { text: \"a b\", seen: Cell { value: \"new\" } }, other = \"c\")"
    "mixed Returned [(\"a b\", \"c\")]"
}
shape! {
    of_what_lends
    {
        trait Lends { type Lent<'l> where Self: 'l; fn lend<'l>(&'l mut self) -> Option<Self::Lent<'l>>; fn other(&self) -> Self where Self: Sized; }
        #[derive(Debug)]
        struct Rows<'r>(&'r [u8], usize);
        #[instrument(level = "full")]
        impl<'r> Lends for Rows<'r> {
            type Lent<'l> = (&'l mut usize, &'r u8) where Self: 'l;
            fn lend<'l>(&'l mut self) -> Option<Self::Lent<'l>> {
                let first = self.0.first()?;
                Some((&mut self.1, first))
            }
            fn other(&self) -> Self where Self: Sized { Rows(self.0, self.1 + 1) }
        }
    }
    { let mut rows = Rows(&[7], 1); *rows.lend().unwrap().0 += 1; assert_eq!(rows.other().1, 3); }
    "<Rows<'r> as Lends>::lend(self = Rows([7], 1))"
    "  first = 7"
    "<Rows<'r> as Lends>::lend Returned Some((1, 7))"
    "<Rows<'r> as Lends>::other(self = Rows([7], 2))"
    "<Rows<'r> as Lends>::other Returned Rows([7], 3)"
}

//! What is given back with lifetimes of the `impl`, or of `Self`.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Debug;

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair<'a>(&'a str, &'a str);
#[derive(Clone, Debug)]
pub struct Parser<'a, T> {
    text: &'a str,
    rest: T,
    seen: HashMap<String, Pair<'a>>,
}

impl<'a> Pair<'a> {
    /*@*/
    pub fn of(one: &'a str) -> Self {
        Self(one, one)
    }
    /*@*/
    pub fn swapped(self) -> Option<Self> {
        if self.0 == self.1 {
            return None;
        }
        Some(Self(self.1, self.0))
    }
    /*@*/
    pub fn named(self) -> Pair<'a> {
        Pair(self.1, self.0)
    }
    /*@*/
    pub fn cut<'b>(self, other: &'b str) -> (Self, Pair<'b>) {
        (self, Pair(other, other))
    }
}
/*@*/
impl<'a, T: Clone + Debug> Parser<'a, T> {
    pub fn new(text: &'a str, rest: T) -> Self {
        Self { text, rest, seen: HashMap::new() }
    }
    pub fn word(&mut self) -> Option<&'a str> {
        let (word, text) = self.text.split_once(' ')?;
        self.text = text;
        Some(word)
    }
    pub fn pair(&self, key: &str) -> Result<Pair<'a>, std::num::ParseIntError> {
        let at: usize = key.parse()?;
        match self.seen.get(key) {
            Some(pair) => Ok(*pair),
            None => Ok(Pair(&self.text[at..], self.text)),
        }
    }
    pub fn all(&self) -> Box<dyn Iterator<Item = (usize, &'a str)> + 'a> {
        Box::new(self.text.split(' ').enumerate())
    }
    #[must_use]
    pub fn at(self, rest: T) -> Self {
        Parser { text: self.text, rest, seen: self.seen }
    }
    pub fn nested(&self) -> HashMap<String, Vec<Option<(Pair<'a>, &'a str)>>> {
        let mut all = HashMap::new();
        all.insert(format!("{:?}", self.rest), vec![None, Some((Pair(self.text, ""), self.text))]);
        all
    }
    pub fn owned(&self, long: bool) -> Cow<'a, str> {
        if long { return Cow::Owned(self.text.repeat(2)); }
        Cow::Borrowed(self.text)
    }
    pub fn lasting(&self) -> Option<(&'static str, Pair<'a>)> {
        Some(("", Pair(self.text, self.text)))
    }
}
impl<'a> Iterator for Pair<'a> {
    type Item = &'a str;
    /*@*/
    fn next(&mut self) -> Option<Self::Item> {
        let Pair(one, other) = *self;
        *self = Pair(other, "");
        if one.is_empty() { None } else { Some(one) }
    }
}
impl<'a> From<&'a str> for Pair<'a> {
    /*@*/
    fn from(text: &'a str) -> Self {
        Pair(text, text)
    }
}
impl Default for Pair<'_> {
    /*@*/
    fn default() -> Self {
        Self("", " ")
    }
}

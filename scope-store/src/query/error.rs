//! What is wrong with a condition.

use std::error::Error;
use std::fmt;

/// The most characters of a condition that are shown on each side of what is wrong.
const SHOWN: usize = 60;

/// Why a text is no condition: where, and what would be one. Its `Display` has the text, with a caret below the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    text: String,
    /// In bytes.
    at: usize,
    wrong: String,
}

impl QueryError {
    pub(super) fn new(text: &str, at: usize, wrong: impl Into<String>) -> Self {
        Self { text: text.to_owned(), at, wrong: wrong.into() }
    }

    /// Where: characters from the text's beginning, from 1. One more than there are stands for the end.
    pub fn column(&self) -> usize {
        self.before().chars().count() + 1
    }

    /// What is wrong, and what was expected.
    pub fn message(&self) -> &str {
        &self.wrong
    }

    fn before(&self) -> &str {
        self.text.get(..self.at).unwrap_or(&self.text)
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let clean = |c: char| if c.is_control() { ' ' } else { c };
        let before: Vec<char> = self.before().chars().map(clean).collect();
        let shown = before.get(before.len().saturating_sub(SHOWN)..).unwrap_or_default();
        let cut = if shown.len() < before.len() { "…" } else { "" };
        let behind = self.text.get(self.at..).unwrap_or_default();
        writeln!(f, "{} at column {}", self.wrong, self.column())?;
        write!(f, "  {cut}{}", shown.iter().collect::<String>())?;
        write!(f, "{}", behind.chars().map(clean).take(SHOWN).collect::<String>().trim_end())?;
        write!(f, "\n  {:1$}^", "", shown.len() + cut.chars().count())
    }
}

impl Error for QueryError {}

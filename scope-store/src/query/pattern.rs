//! Patterns of names.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

/// Text that a function's path contains, or, with a `*`, a glob over the whole path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunctionPattern(String);

impl FunctionPattern {
    /// Does the function with this path match?
    pub fn matches(&self, path: &str) -> bool {
        if self.0.contains('*') { glob(&self.0, path) } else { path.contains(&self.0) }
    }
}

impl From<&str> for FunctionPattern {
    fn from(pattern: &str) -> Self {
        Self(pattern.to_owned())
    }
}

impl FromStr for FunctionPattern {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(text.into())
    }
}

impl fmt::Display for FunctionPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A thread's number in the log, or its name, where `*` stands for any text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreadPattern {
    id: Option<u32>,
    name: String,
}

impl ThreadPattern {
    /// Does the thread with this number and name match?
    pub fn matches(&self, id: u32, name: Option<&str>) -> bool {
        self.id == Some(id) || name.is_some_and(|name| glob(&self.name, name))
    }
}

impl From<&str> for ThreadPattern {
    fn from(pattern: &str) -> Self {
        Self { id: pattern.parse().ok(), name: pattern.to_owned() }
    }
}

impl FromStr for ThreadPattern {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(text.into())
    }
}

/// Does `text` match `pattern` as a whole, where a run of `*` stands for any text? Never more work than the product of the lengths.
pub fn glob(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        match rest.split_once(part) {
            Some((_, behind)) => rest = behind,
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions() {
        let matches = |pattern: &str, path| FunctionPattern::from(pattern).matches(path);
        assert!(matches("parse", "tour::parse::record"));
        assert!(matches("*::record", "tour::parse::record"));
        assert!(matches("tour::**", "tour::parse::record"));
        assert!(matches("<* as Shape>::area", "<Order as Shape>::area"));
        assert!(!matches("*::rec", "tour::parse::record"));
        assert!(!matches("a*a", "a"));
        assert!(matches("a*b*c", "a1b2b3c"));
    }

    #[test]
    fn threads() {
        let pattern = ThreadPattern::from("7");
        assert!(pattern.matches(7, None) && pattern.matches(1, Some("7")) && !pattern.matches(1, Some("77")));
        let pattern = ThreadPattern::from("worker-*");
        assert!(pattern.matches(1, Some("worker-2")) && !pattern.matches(1, Some("main")) && !pattern.matches(1, None));
    }
}

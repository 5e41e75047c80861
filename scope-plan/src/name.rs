//! Globs over the names of arguments, variables and fields, for redaction.

use std::fmt;

use crate::glob::{GlobError, wildcard};

/// A glob over names: `*` stands for any characters, the case of ASCII letters does not matter, as at run time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameGlob(String);

impl NameGlob {
    /// Reads a glob.
    ///
    /// # Errors
    /// The text is empty, or has characters that no name has.
    pub fn new(text: &str) -> Result<Self, GlobError> {
        // A serialised field may be renamed to `api-key` or `x.token`, so more than identifiers is let through.
        if !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '*' | '-' | '.')) {
            return Ok(Self(text.to_ascii_lowercase()));
        }
        Err(GlobError::new(format!(
            "`{text}` is no name; write a name, with `*` for any characters, as in `*password*`"
        )))
    }

    /// The glob in lower case, as a run time compares it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the glob matches `name`, whatever the case of either.
    pub fn matches(&self, name: &str) -> bool {
        wildcard(&self.0, &name.to_ascii_lowercase())
    }
}

impl fmt::Display for NameGlob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::NameGlob;

    #[test]
    fn case_does_not_matter() {
        let glob = NameGlob::new("*_Token").unwrap();
        assert!(glob.matches("access_token") && glob.matches("ACCESS_TOKEN"));
        assert!(!glob.matches("token") && !glob.matches("token_count"));
        assert_eq!(glob.as_str(), "*_token");
    }

    #[test]
    fn names_only() {
        assert!(NameGlob::new("x-api-key").is_ok());
        for text in ["", "a::b", "a b", "pass?", "<x>"] {
            assert!(NameGlob::new(text).is_err(), "{text}");
        }
    }
}

//! Globs over types and names, for values that are never looked into.

use std::fmt;

use crate::glob::{GlobError, wildcard};

/// A glob over types and names: `*` stands for any characters, `::` too. With a `::` in it, it is about the whole paths of types; without, about
/// names of arguments, variables and fields, and about the last names of types. Upper and lower case differ, as in Rust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpaqueGlob(String);

impl OpaqueGlob {
    /// Reads a glob.
    ///
    /// # Errors
    /// The text is empty, or has characters that neither a name nor a path has.
    pub fn new(text: &str) -> Result<Self, GlobError> {
        let plain = text.replace("::", "");
        if !plain.is_empty() && plain.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '*' | '-' | '.')) {
            return Ok(Self(text.to_owned()));
        }
        let hint = if text.contains('<') { "; generic arguments are not compared: leave them out" } else { "" };
        Err(GlobError::new(format!(
            "`{text}` is no type and no name; write a path or a name, with `*` for any characters, as in `*::Connection`{hint}"
        )))
    }

    /// The glob, as a run time compares it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the glob is about the argument, variable or field `name`.
    pub fn matches_name(&self, name: &str) -> bool {
        !self.0.contains("::") && wildcard(&self.0, name)
    }
}

impl fmt::Display for OpaqueGlob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::OpaqueGlob;

    #[test]
    fn names_and_paths() {
        let glob = OpaqueGlob::new("*_pool").unwrap();
        assert!(glob.matches_name("db_pool") && !glob.matches_name("db_Pool") && !glob.matches_name("pool"));
        let glob = OpaqueGlob::new("*::Pool").unwrap();
        assert!(!glob.matches_name("Pool") && !glob.matches_name("a::Pool"));
        for text in ["", "::", "a:b", "a b", "Pool<u8>", "&Pool"] {
            assert!(OpaqueGlob::new(text).is_err(), "{text}");
        }
    }
}

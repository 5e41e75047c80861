//! Where captured values are cut, and what is never captured.

/// Where captured values are cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Limits {
    /// How deep a value is walked.
    pub max_depth: u16,
    /// How long a string may get, in bytes.
    pub max_string: u32,
    /// How many items of a collection are kept.
    pub max_items: u32,
    /// How long all values of one record may get together, in bytes.
    pub max_bytes: u32,
    /// Whether a user's `Debug` may be called.
    pub debug: bool,
}

impl Limits {
    /// What holds where the plan says nothing; the run time has the same.
    pub const DEFAULT: Self = Self { max_depth: 8, max_string: 256, max_items: 32, max_bytes: 4096, debug: true };

    /// The most that [`crate::Detail::Brief`] keeps.
    pub const BRIEF: Self = Self { max_depth: 2, max_string: 64, max_items: 8, max_bytes: 512, debug: true };

    /// These limits, and within [`Limits::BRIEF`].
    pub fn brief(self) -> Self {
        Self {
            max_depth: self.max_depth.min(Self::BRIEF.max_depth),
            max_string: self.max_string.min(Self::BRIEF.max_string),
            max_items: self.max_items.min(Self::BRIEF.max_items),
            max_bytes: self.max_bytes.min(Self::BRIEF.max_bytes),
            debug: self.debug,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// The names whose values are never recorded unless a plan says `redact_defaults = false`: a copy of the run time's
/// list, which a test compares, because the macro must not depend on the run time.
///
/// `token` alone, and with what makes it a secret: a parser's `next_token` and `token_count` are none.
pub const DEFAULT_REDACT: &[&str] = &[
    "*password*",
    "*passwd*",
    "*passphrase*",
    "*secret*",
    "token",
    "*access*token*",
    "*api*token*",
    "*auth*token*",
    "*refresh*token*",
    "*session*token*",
    "*bearer*",
    "*api*key*",
    "*private*key*",
    "*authorization*",
    "*credential*",
    "cookie",
    "set-cookie",
];

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn the_run_time_redacts_the_same() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scope-core/src/value/limits.rs");
        // Outside the repository, in a published crate, there is nothing to compare.
        let Ok(source) = fs::read_to_string(path) else { return };
        let list =
            source.split_once("DEFAULT_REDACT: &[&str] = &[").and_then(|(_, rest)| rest.split_once("];")).unwrap().0;
        let theirs: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
        assert_eq!(theirs, DEFAULT_REDACT);
    }

    #[test]
    fn brief_never_widens() {
        let narrow = Limits { max_depth: 1, max_string: 0, max_items: 0, max_bytes: 64, debug: false };
        assert_eq!(narrow.brief(), narrow);
        assert_eq!(Limits::DEFAULT.brief(), Limits::BRIEF);
    }
}

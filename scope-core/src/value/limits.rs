//! Where captured values are cut.

use super::opaque;
use super::redact::redacts;

/// The names that are redacted unless the plan says otherwise; see [`name_matches`](super::name_matches) for how they match.
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

/// Where captured values are cut, and what of them is never captured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many containers may nest; what is deeper is cut.
    pub max_depth: u16,
    /// The longest string, byte string or `Debug` text, in bytes.
    pub max_string: u32,
    /// The most items of one collection. Fields and tuples are not counted.
    pub max_items: u32,
    /// The most bytes of all the values of one record.
    pub max_bytes: u32,
    /// Whether `Debug` may be called; a type that is neither `Capture` nor `Serialize` is else only named.
    pub debug: bool,
    /// Globs over types and the names of fields whose values are never looked into: see `docs/plan.md`.
    pub opaque: &'static [&'static str],
    /// Globs over the names of fields (and string keys of maps) whose values are never captured.
    pub redact: &'static [&'static str],
}

impl Limits {
    /// What holds where the plan says nothing.
    pub const DEFAULT: Self = Self {
        max_depth: 8,
        max_string: 256,
        max_items: 32,
        max_bytes: 4096,
        debug: true,
        opaque: &[],
        redact: DEFAULT_REDACT,
    };

    /// Whether what has this name is never captured.
    pub fn redacts(&self, name: &str) -> bool {
        redacts(self.redact, name.as_bytes())
    }

    /// Whether a field of this name is never looked into.
    pub fn hides_field(&self, name: &str) -> bool {
        self.opaque.iter().any(|glob| opaque::names(glob, name))
    }

    /// Whether a value of this type, named as `std::any::type_name` does, is never looked into.
    pub fn hides_type(&self, type_name: &str) -> bool {
        !self.opaque.is_empty() && opaque::hides(self.opaque, type_name)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

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
    /// How long one captured value may get, in bytes.
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

/// The names whose values are never recorded unless a plan says `redact_defaults = false`; the run time has the same.
///
/// `*token` and not `*token*`: a tokenizer's `token_count` is no secret.
pub const DEFAULT_REDACT: &[&str] = &[
    "*password*",
    "*passwd*",
    "*passphrase*",
    "*passcode*",
    "pwd",
    "*_pwd",
    "*secret*",
    "*token",
    "*api_key*",
    "*api-key*",
    "*apikey*",
    "*access_key*",
    "*accesskey*",
    "*private_key*",
    "*private-key*",
    "*privatekey*",
    "*credential",
    "*credentials",
    "*authorization",
    "*cookie",
    "*cookies",
    "bearer",
    "*session_id",
    "*sessionid",
];

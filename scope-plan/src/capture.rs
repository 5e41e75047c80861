//! What a rule says of capture; what it does not say it inherits.

use crate::name::NameGlob;
use crate::opaque::OpaqueGlob;

/// How much is woven into a function: a preset of the switches in [`Capture`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Level {
    /// Nothing: the item stays as it was written.
    None,
    /// Only the probes that [`Capture`] switches on.
    Custom,
    /// Entry and exit, without values.
    Boundaries,
    /// Also arguments, return value, and the error with which a `?` leaves.
    Detailed,
    /// Also lines and variables.
    Full,
}

/// When a function's calls are said to begin and end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Clock {
    /// By a reading of the clock each time.
    #[default]
    Exact,
    /// By a reading that all threads share, a moment ago.
    Coarse,
    /// Not at all: their order is known.
    None,
}

impl Clock {
    /// The names in a plan.
    pub const NAMES: [&str; 3] = ["exact", "coarse", "none"];

    /// The one with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "exact" => Self::Exact,
            "coarse" => Self::Coarse,
            "none" => Self::None,
            _ => return None,
        })
    }

    /// The name in a plan.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Coarse => "coarse",
            Self::None => "none",
        }
    }
}

/// How much of a value is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Detail {
    /// Nothing.
    #[default]
    None,
    /// A first look: within [`crate::Limits::BRIEF`].
    Brief,
    /// As much as the plan's limits allow.
    Full,
}

impl Level {
    /// The names in a plan, from least to most.
    pub const NAMES: [&str; 5] = ["none", "boundaries", "detailed", "full", "custom"];

    /// The level with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "none" => Self::None,
            "boundaries" => Self::Boundaries,
            "detailed" => Self::Detailed,
            "full" => Self::Full,
            "custom" => Self::Custom,
            _ => return None,
        })
    }

    /// The name in a plan.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Custom => "custom",
            Self::Boundaries => "boundaries",
            Self::Detailed => "detailed",
            Self::Full => "full",
        }
    }
}

impl Detail {
    /// The names in a plan, from least to most.
    pub const NAMES: [&str; 3] = ["none", "brief", "full"];

    /// The detail with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "none" => Self::None,
            "brief" => Self::Brief,
            "full" => Self::Full,
            _ => return None,
        })
    }

    /// The name in a plan.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Brief => "brief",
            Self::Full => "full",
        }
    }
}

/// A `capture` table: each key that was given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Capture {
    /// How much of the arguments is kept.
    pub args: Option<Detail>,
    /// How much of the return value is kept, and of the error with which a `?` leaves.
    pub return_value: Option<Detail>,
    /// Whether lines are recorded.
    pub lines: Option<bool>,
    /// Whether each line is dated.
    pub line_times: Option<bool>,
    /// Whether variables are recorded when they are bound and assigned.
    pub variables: Option<bool>,
    /// Whether expressions are recorded; a plan can't switch it on yet.
    pub expressions: Option<bool>,
    /// How deep a value is walked.
    pub max_depth: Option<u16>,
    /// How long a string may get, in bytes.
    pub max_string: Option<u32>,
    /// How many items of a collection are kept.
    pub max_items: Option<u32>,
    /// How long all values of one record may get together, in bytes.
    pub max_bytes: Option<u32>,
    /// Whether a user's `Debug` may be called.
    pub debug: Option<bool>,
    /// Types and names whose values are never looked into, on top of those of weaker rules.
    pub opaque: Vec<OpaqueGlob>,
    /// Names whose values are never recorded, on top of those of weaker rules.
    pub redact: Vec<NameGlob>,
    /// Whether [`crate::DEFAULT_REDACT`] is in force.
    pub redact_defaults: Option<bool>,
    /// Whether the log gets the text of the source file.
    pub embed_source: Option<bool>,
}

impl Capture {
    /// The keys that were given, with their values as a plan writes them; the first five are the switches.
    pub(crate) fn given(&self) -> Vec<(&'static str, String)> {
        let quoted = |name: &str| format!("\"{name}\"");
        let mut keys: Vec<(&'static str, Option<String>)> = vec![
            ("args", self.args.map(|detail| quoted(detail.name()))),
            ("return_value", self.return_value.map(|detail| quoted(detail.name()))),
            ("lines", self.lines.map(|on| on.to_string())),
            ("variables", self.variables.map(|on| on.to_string())),
            ("expressions", self.expressions.map(|on| on.to_string())),
            ("line_times", self.line_times.map(|on| on.to_string())),
            ("max_depth", self.max_depth.map(|n| n.to_string())),
            ("max_string", self.max_string.map(|n| n.to_string())),
            ("max_items", self.max_items.map(|n| n.to_string())),
            ("max_bytes", self.max_bytes.map(|n| n.to_string())),
            ("debug", self.debug.map(|on| on.to_string())),
            ("redact_defaults", self.redact_defaults.map(|on| on.to_string())),
            ("embed_source", self.embed_source.map(|on| on.to_string())),
        ];
        let listed = |globs: Vec<String>| (!globs.is_empty()).then(|| format!("[{}]", globs.join(", ")));
        keys.push(("opaque", listed(self.opaque.iter().map(|glob| quoted(glob.as_str())).collect())));
        keys.push(("redact", listed(self.redact.iter().map(|glob| quoted(glob.as_str())).collect())));
        keys.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
    }

    /// Whether `key` is one of the switches that a level presets.
    pub(crate) fn is_switch(key: &str) -> bool {
        matches!(key, "args" | "return_value" | "lines" | "variables" | "expressions")
    }
}

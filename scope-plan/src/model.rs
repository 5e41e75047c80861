//! The plan as data, and the strength of its rules.

use std::cmp::Ordering;
use std::time::Duration;

use crate::capture::{Capture, Clock, Level};
use crate::glob::PathGlob;
use crate::runtime::Runtime;

/// A plan: what is woven into which function. The default plan is the one of a crate that has no `scope.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Plan {
    /// The plan's own name for itself.
    pub plan_id: Option<String>,
    /// The profile that is in force.
    pub profile: Option<String>,
    /// All rules, the weakest first: what a rule says holds until a later one that matches says otherwise.
    pub rules: Vec<Rule>,
    /// The `[runtime]` table.
    pub runtime: Runtime,
}

/// One table of the plan that says something of functions.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// Which table it is.
    pub kind: RuleKind,
    /// Which paths it is about; `**` for `[defaults]`.
    pub path: PathGlob,
    /// The level, if given.
    pub level: Option<Level>,
    /// The clock, if given.
    pub clock: Option<Clock>,
    /// What a flight recorder makes a snapshot of, if given: a call that takes longer.
    pub snapshot_over: Option<Duration>,
    /// What is captured.
    pub capture: Capture,
    /// What is left out; empty for functions.
    pub filter: Filter,
    /// The line of the table in the plan's file, from 1.
    pub line: u32,
    /// The profile that the rule comes from; `None`: the base.
    pub profile: Option<String>,
}

/// Which table a rule is; later ones are stronger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum RuleKind {
    /// `[defaults]`: about every path.
    Defaults,
    /// `[[module]]`: about what its glob matches and all that is inside.
    Module,
    /// `[[function]]`: about what its glob matches.
    Function,
}

/// Which of the paths that a rule is about are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only these are let through; not given or empty: all.
    pub include: Option<Vec<PathGlob>>,
    /// These are not, even if they are included.
    pub exclude: Option<Vec<PathGlob>>,
}

impl Plan {
    /// Puts the rules into their order.
    pub(crate) fn sorted(mut self) -> Self {
        // Stable: among equals the later in the file stays the later.
        self.rules.sort_by(Rule::compare_strength);
        self
    }

    /// The plan's `[runtime]` table as `key=value` lines, see [`Runtime::to_lines`].
    pub fn runtime_lines(&self) -> String {
        self.runtime.to_lines()
    }
}

impl Rule {
    /// Whether the rule is about `path`.
    pub fn applies_to(&self, path: &str) -> bool {
        match self.kind {
            RuleKind::Defaults => true,
            RuleKind::Module => self.path.covers(path),
            RuleKind::Function => self.path.matches(path),
        }
    }

    /// `[[module]] \`shop::orders\` (line 12)`: the rule in a message.
    pub fn describe(&self) -> String {
        let table = match (self.kind, &self.profile) {
            (RuleKind::Defaults, None) => "[defaults]".to_owned(),
            (RuleKind::Defaults, Some(profile)) => format!("[profile.{profile}.defaults]"),
            (RuleKind::Module, None) => format!("[[module]] `{}`", self.path),
            (RuleKind::Module, Some(profile)) => format!("[[profile.{profile}.module]] `{}`", self.path),
            (RuleKind::Function, None) => format!("[[function]] `{}`", self.path),
            (RuleKind::Function, Some(profile)) => format!("[[profile.{profile}.function]] `{}`", self.path),
        };
        format!("{table} (line {})", self.line)
    }

    /// Orders the weaker rule before the stronger one: `[defaults]` before rules with a path, the base before the profile,
    /// modules before functions, the vaguer glob before the more specific one.
    fn compare_strength(&self, other: &Self) -> Ordering {
        let key =
            |rule: &Self| (rule.kind != RuleKind::Defaults, rule.profile.is_some(), rule.kind, rule.path.specificity());
        key(self).cmp(&key(other))
    }
}

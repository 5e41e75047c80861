//! Why a path gets what it gets: the answer to "which rule did that?".

use std::fmt;

use crate::capture::Capture;
use crate::duration::show_duration;
use crate::model::{Plan, Rule};
use crate::resolved::Resolved;
use crate::select::{LeftOut, left_out};

/// How a plan comes to its result for one path. Its `Display` is for people.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Explanation {
    /// The path asked for.
    pub path: String,
    /// The result.
    pub resolved: Resolved,
    /// Why the path is left out although rules are about it.
    pub left_out: Option<String>,
    /// The rules that are about the path, the strongest first.
    pub steps: Vec<Step>,
}

/// What one rule says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step {
    /// The rule, as [`Rule::describe`] names it.
    pub rule: String,
    /// The line of its table in the plan, from 1.
    pub line: u32,
    /// The keys that it gives.
    pub keys: Vec<KeyGiven>,
}

/// One key that a rule gives.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeyGiven {
    /// The key: `level`, `clock`, `snapshot_over`, or `capture.` and a key of that table.
    pub key: String,
    /// The value as a plan writes it.
    pub value: String,
    /// The stronger rule that says otherwise; `None`: the key holds.
    pub overridden_by: Option<String>,
}

impl Plan {
    /// Why [`Plan::resolve`] says what it says of `path`.
    pub fn explain(&self, path: &str) -> Explanation {
        let rules = self.rules_for(path);
        let left_out = left_out(&rules, path).map(|reason| match reason {
            LeftOut::Excluded(rule, glob) => format!("{} excludes `{glob}`", rule.describe()),
            LeftOut::NotIncluded(rule) => format!("{} does not include it", rule.describe()),
        });
        let steps = rules.iter().enumerate().rev().map(|(i, rule)| step(rule, &rules[i + 1..])).collect();
        Explanation { path: path.to_owned(), resolved: self.resolve(path), left_out, steps }
    }
}

fn step(rule: &Rule, stronger: &[&Rule]) -> Step {
    let mut keys = Vec::new();
    if let Some(level) = rule.level {
        let other = stronger.iter().rev().find(|other| other.level.is_some());
        keys.push(KeyGiven {
            key: "level".to_owned(),
            value: format!("\"{}\"", level.name()),
            overridden_by: other.map(|rule| rule.describe()),
        });
    }
    if let Some(clock) = rule.clock {
        let other = stronger.iter().rev().find(|other| other.clock.is_some());
        keys.push(KeyGiven {
            key: "clock".to_owned(),
            value: format!("\"{}\"", clock.name()),
            overridden_by: other.map(|rule| rule.describe()),
        });
    }
    if let Some(limit) = rule.snapshot_over {
        let other = stronger.iter().rev().find(|other| other.snapshot_over.is_some());
        keys.push(KeyGiven {
            key: "snapshot_over".to_owned(),
            value: format!("\"{}\"", show_duration(limit)),
            overridden_by: other.map(|rule| rule.describe()),
        });
    }
    for (key, value) in rule.capture.given() {
        let other = stronger.iter().rev().find(|other| overrides(other, key));
        keys.push(KeyGiven { key: format!("capture.{key}"), value, overridden_by: other.map(|rule| rule.describe()) });
    }
    Step { rule: rule.describe(), line: rule.line, keys }
}

/// Whether a stronger rule makes this key of a `capture` table moot.
fn overrides(stronger: &Rule, key: &str) -> bool {
    // These are added up, never taken away.
    let given =
        || !["redact", "opaque"].contains(&key) && stronger.capture.given().iter().any(|(other, _)| *other == key);
    (Capture::is_switch(key) && stronger.level.is_some()) || given()
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: level `{}`", self.path, self.resolved.level.name())?;
        if let Some(reason) = &self.left_out {
            write!(f, ", because {reason}")?;
        }
        for step in &self.steps {
            write!(f, "\n  {}", step.rule)?;
            for key in &step.keys {
                write!(f, "\n    {} = {}", key.key, key.value)?;
                if let Some(other) = &key.overridden_by {
                    write!(f, ", overridden by {other}")?;
                }
            }
        }
        if self.steps.is_empty() {
            f.write_str("\n  no rule is about it: the built-in default")?;
        }
        Ok(())
    }
}

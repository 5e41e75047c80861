//! What can be wrong with a plan: every fault at its place, all faults of a file at once.

use std::fmt;
use std::path::{Path, PathBuf};

/// Why a plan can't be used: one issue or more, in the order of their places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanError {
    issues: Vec<Issue>,
}

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Issue {
    /// The plan file, as it was named; `None` where there is no file to blame.
    pub path: Option<PathBuf>,
    /// Line and column in the file, both from 1, the column in characters; `None`: the fault is the file's as a whole.
    pub position: Option<(u32, u32)>,
    /// What is wrong and what to do: lower case, no full stop, one line.
    pub message: String,
}

impl PlanError {
    /// The error of these issues, which are at least one.
    pub(crate) fn new(mut issues: Vec<Issue>) -> Self {
        // The parser meets keys in alphabetical order; people read from top to bottom.
        issues.sort_by_key(|issue| issue.position);
        Self { issues }
    }

    /// The error of one fault that has no position.
    pub(crate) fn whole(path: Option<&Path>, message: impl Into<String>) -> Self {
        Self { issues: vec![Issue { path: path.map(Path::to_owned), position: None, message: message.into() }] }
    }

    /// All faults found, in the order of their places; never empty.
    pub fn issues(&self) -> &[Issue] {
        &self.issues
    }
}

impl fmt::Display for PlanError {
    /// Each issue on a line of its own: `path:line:col: message`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, issue) in self.issues.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            issue.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for PlanError {}

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "{}:", path.display())?;
            if let Some((line, column)) = self.position {
                write!(f, "{line}:{column}:")?;
            }
            f.write_str(" ")?;
        }
        f.write_str(&self.message)
    }
}

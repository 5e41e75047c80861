//! The exit codes, listed in `--help`, beside examples.

use std::process::ExitCode;

/// How a run of `scope-dump` ended: its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Exit {
    /// 0: everything asked for was shown; also where the log's tail is torn, and where the output was closed early.
    Success,
    /// 1: the output could not be written.
    Output,
    /// 2: the log can't be opened, is no log, or is damaged; what could be read was shown.
    BadLog,
    /// 3, of `check`: nothing is damaged, but records were lost, or the log has no end.
    Partial,
    /// 64: the command line is wrong.
    Usage,
}

/// What `--help` says about them.
const CODES: &str = "\
Exit codes:
  0   shown (a torn tail, left by a program that was killed, is normal; so is a closed pipe)
  1   the output could not be written
  2   the log can't be opened, is no log, or is damaged (what could be read was shown)
  3   of `check`: nothing is damaged, but records were lost, or the log has no end
  64  the command line is wrong";

/// The end of a command's `--help`: examples, which a test runs beside the logs `run.scope` and `other.scope`, and the exit codes.
pub(crate) fn help(examples: &[&str]) -> String {
    let examples: String = examples.iter().map(|example| format!("  {example}\n")).collect();
    format!("Examples:\n{examples}\n{CODES}")
}

impl Exit {
    /// The number that the process ends with.
    pub const fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Output => 1,
            Self::BadLog => 2,
            Self::Partial => 3,
            Self::Usage => 64,
        }
    }
}

impl Exit {
    /// The worse one of two: damage is worse than what is merely not whole.
    pub(crate) fn or(self, other: Self) -> Self {
        if self == Self::Success || other == Self::BadLog { other } else { self }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        exit.code().into()
    }
}

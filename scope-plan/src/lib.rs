//! The plan of `scope`: which probes the attribute macro weaves into which function.
//!
//! A plan is a `scope.toml`. This crate finds it ([`load`]), reads it with a position for every error
//! ([`Plan::parse`]), and answers what holds for a function ([`Plan::resolve`]) and why ([`Plan::explain`]). All of it is
//! pure but [`load`], so that macro, planner and command line agree.
//!
//! ```
//! use scope_plan::{Level, Plan};
//!
//! let text = r#"
//!     [defaults]
//!     level = "boundaries"
//!
//!     [[module]]
//!     path = "shop::orders"
//!     level = "full"
//! "#;
//! let plan = Plan::parse(text, "scope.toml".as_ref(), None)?;
//! assert_eq!(plan.resolve("shop::main").level, Level::Boundaries);
//! assert_eq!(plan.resolve("shop::orders::Order::place").level, Level::Full);
//! # Ok::<(), scope_plan::PlanError>(())
//! ```
//!
//! The schema is documented for users in `docs/plan.md`.

mod capture;
mod duration;
mod error;
mod explain;
mod glob;
mod hint;
mod limits;
mod locate;
mod model;
mod name;
mod opaque;
mod parse;
mod path;
mod position;
mod resolved;
mod runtime;
mod select;
mod size;

pub use capture::{Capture, Clock, Detail, Level};
pub use duration::{DurationError, parse_duration};
pub use error::{Issue, PlanError};
pub use explain::{Explanation, KeyGiven, Step};
pub use glob::{GlobError, PathGlob, Specificity};
pub use hint::closest;
pub use limits::{DEFAULT_REDACT, Limits};
pub use locate::{FILE_NAME, Loaded, PLAN_VARIABLE, PROFILE_VARIABLE, load};
pub use model::{Filter, Plan, Rule, RuleKind};
pub use name::NameGlob;
pub use opaque::OpaqueGlob;
pub use parse::SNAPSHOT_OVER;
pub use resolved::{Overrides, ProbeSet, Resolved};
pub use runtime::{Compression, Overflow, Rings, Runtime};
pub use size::{SizeError, parse_size};

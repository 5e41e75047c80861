//! Conditions on events and calls: `args.qty > 10 and ret is Err`.
//!
//! A [`Query`] is such a condition, made from text; `docs/query.md` has the grammar and what each word means. A [`Filter`] is all
//! that may be asked for: a span of time, threads, functions, calls, operations, kinds, sites, and a query.
//!
//! ```
//! use scope_store::query::Query;
//! let query: Query = "args.qty > 10 and not ret is Err".parse()?;
//! assert_eq!(query.to_string(), "args.qty > 10 and not ret is Err");
//! let error = "args.qty >".parse::<Query>().unwrap_err();
//! assert_eq!(error.column(), 11);
//! # Ok::<(), scope_store::query::QueryError>(())
//! ```

pub mod ast;
mod compare;
mod error;
mod filter;
mod lex;
mod look;
mod parse;
mod pattern;
mod show;
mod subject;
#[cfg(test)]
mod tests;

pub use ast::Path;
pub use error::QueryError;
pub use filter::Filter;
pub use pattern::{FunctionPattern, ThreadPattern, glob};
pub use subject::Subject;

use ast::Expr;
use scope_core::value::{Items, Omitted, Value};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// A condition on an event, or on a call: see `docs/query.md`.
#[derive(Clone, Debug, PartialEq)]
pub struct Query(pub Expr);

impl Query {
    /// Does it hold for this event, or call?
    pub fn matches(&self, subject: &Subject<'_>) -> bool {
        look::holds(&self.0, subject)
    }

    /// The names of arguments, variables and fields that it asks for. One that no site of a log has is likely misspelt.
    pub fn names(&self) -> BTreeSet<&str> {
        let mut names = BTreeSet::new();
        self.0.names(&mut names);
        names
    }
}

impl FromStr for Query {
    type Err = QueryError;

    fn from_str(text: &str) -> Result<Self, QueryError> {
        parse::query(text).map(Self)
    }
}

impl FromStr for Path {
    type Err = QueryError;

    fn from_str(text: &str) -> Result<Self, QueryError> {
        parse::path(text)
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What the path leads to in this event; where that is more than one value, a sequence of them.
pub(crate) fn values_at(path: &Path, subject: &Subject<'_>) -> Option<Value> {
    let mut values = Vec::new();
    look::any(path, subject, &mut |found| {
        values.push(found.to_value());
        false
    });
    if values.len() > 1 {
        return Some(Value::Seq(Items { items: values, omitted: Omitted::None }));
    }
    values.pop()
}

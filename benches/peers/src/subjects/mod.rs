//! The recorders, one module each.

mod chrome;
mod fastrace;
mod hotpath;
mod limit;
mod perfetto;
mod puffin;
mod scope;
mod tracing;
mod tracy;
mod untraced;

use crate::subject::Subject;

pub use self::limit::{LIMIT, READ as LIMIT_READ};
pub use self::scope::{BLOCK as SCOPE_BLOCK, DEFAULT_RING as SCOPE_DEFAULT_RING, SCOPE, check as check_scope};
pub use self::untraced::UNTRACED;

/// Those whose price of a probe is measured.
pub const PRICED: [&Subject; 9] = [
    &LIMIT,
    &SCOPE,
    &tracing::TRACING,
    &chrome::CHROME,
    &fastrace::FASTRACE,
    &puffin::PUFFIN,
    &perfetto::PERFETTO,
    &tracy::TRACY,
    &hotpath::HOTPATH,
];

/// Those that write a file, and those that they are compared with.
pub const WRITING: [&Subject; 6] =
    [&UNTRACED, &LIMIT_READ, &SCOPE_BLOCK, &chrome::CHROME, &puffin::PUFFIN, &perfetto::PERFETTO];

/// The recorder with that name, of those that `list` has.
pub fn find(list: &[&'static Subject], name: &str) -> Option<&'static Subject> {
    list.iter().copied().find(|subject| subject.name == name)
}

//! Programs in two versions.

mod asyncs;
mod borrows;
mod closures;
mod control;
mod drops;
mod exits;
mod panics;
mod types;

/// A program, both ways.
#[derive(Clone, Copy)]
pub struct Case {
    pub name: &'static str,
    pub plain: fn(),
    pub woven: fn(),
}

/// The same tokens, and so the same lines and columns, in two modules.
macro_rules! twins {
    ([$($case:ident),* $(,)?] $($items:tt)*) => {
        mod plain {
            use crate::trace::*;
            $($items)*
        }

        #[scope::instrument(level = "full")]
        mod woven {
            use crate::trace::*;
            $($items)*
        }

        pub const CASES: &[crate::cases::Case] = &[
            $(crate::cases::Case { name: stringify!($case), plain: plain::$case, woven: woven::$case }),*
        ];
    };
}
use twins;

/// All of them.
pub fn all() -> Vec<Case> {
    [
        asyncs::CASES,
        borrows::CASES,
        closures::CASES,
        control::CASES,
        drops::CASES,
        exits::CASES,
        panics::CASES,
        types::CASES,
    ]
    .concat()
}

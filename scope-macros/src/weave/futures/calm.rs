//! Variables of async code that may be looked at as in any other code.
//!
//! A future keeps every local that was borrowed, be it moved or dead, until it goes out of scope: it would grow, and a type that is not
//! `Send` would make it not `Send`. But only over an `.await`: where none is left until the end of the block, looking costs nothing.

use super::hidden::Hidden;
use crate::weave::body::Body;
use syn::{Block, Expr, Stmt};

/// The variables that are gone before the code is suspended: those that were bound last, from these counts on.
#[derive(Clone, Copy)]
pub(crate) struct Calm {
    /// Of the locals.
    locals: usize,
    /// Of those that are shown before they are used.
    pub(crate) uses: usize,
}

impl Body<'_, '_> {
    /// How many of the statements are behind us when the last one is that may wait. Where none of it matters: none.
    pub(crate) fn last_wait(&self, statements: &[Stmt]) -> usize {
        if !self.asks() {
            return 0;
        }
        let waits = |statement: &Stmt| Hidden::of_statements(std::slice::from_ref(statement)).waits;
        statements.iter().rposition(waits).map_or(0, |index| index + 1)
    }

    /// Whether `block`, and `before` it, never waits.
    pub(crate) fn is_calm(&self, block: &Block, before: Option<&Expr>) -> bool {
        self.asks()
            && !Hidden::of_block(block).waits
            && before.is_none_or(|before| !Hidden::of_expression(before).waits)
    }

    /// The same for an expression.
    pub(crate) fn is_calm_value(&self, value: &Expr, before: Option<&Expr>) -> bool {
        self.asks()
            && !Hidden::of_expression(value).waits
            && before.is_none_or(|before| !Hidden::of_expression(before).waits)
    }

    fn asks(&self) -> bool {
        self.sees_variables() && self.frame().suspends && self.frame().calm.is_none()
    }

    /// What is bound from here on, to the end of the block, is gone before the code waits, if `calm`.
    pub(crate) fn calm_from_here(&mut self, calm: bool) {
        if calm && self.frame().suspends && self.frame().calm.is_none() {
            let here = Calm { locals: self.locals.len(), uses: self.uses.enter() };
            self.frame_mut().calm = Some(here);
        }
    }

    /// Walks code; if `calm`, what is bound there is gone before the code waits.
    pub(crate) fn calmly(&mut self, calm: bool, walk: impl FnOnce(&mut Self)) {
        let before = self.frame().calm;
        self.calm_from_here(calm);
        walk(self);
        self.frame_mut().calm = before;
    }

    /// Whether what is bound here may be looked at.
    pub(crate) fn looks(&self) -> bool {
        self.sees_variables() && (!self.frame().suspends || self.frame().calm.is_some())
    }

    /// Whether this variable, which was bound before, may be.
    pub(crate) fn looks_at(&self, name: &str) -> bool {
        let is_local = |from: usize| self.locals.iter().skip(from).any(|local| local == name);
        let seen = if self.frame().suspends {
            self.frame().calm.is_some_and(|calm| is_local(calm.locals))
        } else {
            !self.is_unsafe || self.uses.knows(name) || is_local(0)
        };
        self.sees_variables() && seen
    }
}

//! The variables in scope, and what may still be done with them: a coarse picture of moves and loans, so that most of what is
//! generated is accepted. What is not is thrown away.

use super::types::Ty;

#[derive(Clone, Debug)]
pub struct Var {
    pub name: String,
    pub ty: Ty,
    pub mutable: bool,
    /// Whether it has its value: it was not moved, and what it borrows was not used otherwise.
    pub live: bool,
    /// The variables that it may borrow from, and whether mutably.
    pub loans: Vec<(usize, bool)>,
    /// In how many loops and closures it was declared.
    pub loops: usize,
    pub closures: usize,
}

/// What is done with a variable.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Use {
    Read,
    Write,
    Move,
}

#[derive(Clone, Default)]
pub struct Scope {
    pub vars: Vec<Var>,
    pub loops: usize,
    pub closures: usize,
    /// Loans of the expression that is being made; whether exclusive.
    pub pins: Vec<(usize, bool)>,
    /// What the expression has borrowed so far.
    pub touched: Vec<(usize, bool)>,
    /// What the closure that is being made uses from outside.
    pub captures: Vec<(usize, bool)>,
    /// Whether nothing may be moved: the code may run twice, or not at all.
    pub stays: bool,
}

impl Scope {
    pub fn declare(&mut self, name: &str, ty: Ty, mutable: bool, loans: Vec<(usize, bool)>) -> usize {
        let loans = if ty.borrows() { loans } else { Vec::new() };
        let (loops, closures) = (self.loops, self.closures);
        self.vars.push(Var { name: name.to_owned(), ty, mutable, live: true, loans, loops, closures });
        self.vars.len() - 1
    }

    /// Whether the variable is the one that its name means.
    fn is_visible(&self, at: usize) -> bool {
        self.vars.iter().rposition(|var| var.name == self.vars[at].name) == Some(at)
    }

    /// Who borrows from a variable, so that this use ends the loan.
    fn victims(&self, at: usize, what: Use) -> Vec<usize> {
        let conflicts = |&(of, mutable): &(usize, bool)| of == at && (mutable || what != Use::Read);
        let held = |(holder, var): (usize, &Var)| (var.live && var.loans.iter().any(conflicts)).then_some(holder);
        let mut found: Vec<usize> = self.vars.iter().enumerate().filter_map(held).collect();
        let mut next = 0;
        while next < found.len() {
            for (holder, var) in self.vars.iter().enumerate() {
                if var.live && !found.contains(&holder) && var.loans.iter().any(|(of, _)| *of == found[next]) {
                    found.push(holder);
                }
            }
            next += 1;
        }
        found
    }

    pub fn can(&self, at: usize, what: Use) -> bool {
        let var = &self.vars[at];
        let pinned = self.pins.iter().any(|&(of, exclusive)| of == at && (exclusive || what != Use::Read));
        if !var.live || pinned || !self.is_visible(at) {
            return false;
        }
        let here = var.loops == self.loops && var.closures == self.closures && !self.stays;
        if what == Use::Move && !here {
            return false;
        }
        self.victims(at, what).into_iter().all(|holder| {
            let var = &self.vars[holder];
            let pinned = self.pins.iter().any(|(of, _)| *of == holder);
            !pinned && var.loops == self.loops && var.closures == self.closures
        })
    }

    pub fn does(&mut self, at: usize, what: Use) {
        if self.vars[at].closures < self.closures {
            self.captures.push((at, what != Use::Read));
        }
        for holder in self.victims(at, what) {
            self.vars[holder].live = false;
        }
        if what == Use::Move {
            let loans = self.vars[at].loans.clone();
            self.touched.extend(loans);
            self.vars[at].live = false;
        }
    }

    /// Leaves a block: what was declared in it is gone.
    pub fn leave(&mut self, from: usize) {
        self.vars.truncate(from);
        for var in &mut self.vars {
            if var.loans.iter().any(|(of, _)| *of >= from) {
                var.live = false;
            }
        }
        self.touched.retain(|(of, _)| *of < from);
        self.pins.retain(|(of, _)| *of < from);
    }

    /// Both ways may have been taken.
    pub fn join(&mut self, other: &Scope) {
        for (var, other) in self.vars.iter_mut().zip(&other.vars) {
            var.live &= other.live;
            for loan in &other.loans {
                if !var.loans.contains(loan) {
                    var.loans.push(*loan);
                }
            }
        }
    }
}

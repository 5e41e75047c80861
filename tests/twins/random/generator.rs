//! The state of a generator, and blocks.

use super::rng::Rng;
use super::scope::Scope;
use super::types::Ty;

pub struct Generator {
    pub rng: Rng,
    pub scope: Scope,
    /// What the function gives back.
    pub ret: Ty,
    pub is_async: bool,
    pub edition: u16,
    /// Whether a reference may be one to a temporary, which dies with the statement.
    pub temporaries: bool,
    /// The labels of the loops round here.
    pub labels: Vec<String>,
    /// What is still to be said, so that the types of earlier statements are known.
    pub pending: Vec<String>,
    /// What has to stand before the statement that is being made: variables for it to borrow.
    pub hoisted: Vec<String>,
    names: usize,
    /// How many statements may still be made.
    pub fuel: usize,
}

/// A block, and what holds behind it. `None`: its end is never reached.
pub struct Branch {
    pub text: String,
    pub after: Option<Scope>,
}

impl Generator {
    pub fn new(seed: u64, edition: u16) -> Self {
        Self {
            rng: Rng::new(seed),
            scope: Scope::default(),
            ret: Ty::Unit,
            is_async: false,
            edition,
            temporaries: true,
            labels: Vec::new(),
            pending: Vec::new(),
            hoisted: Vec::new(),
            names: 0,
            fuel: 0,
        }
    }

    pub fn fresh(&mut self) -> String {
        self.names += 1;
        format!("v{}", self.names)
    }

    /// A name for a new variable: now and then one that there is already.
    pub fn name(&mut self) -> String {
        let visible: Vec<String> =
            self.scope.vars.iter().map(|var| var.name.clone()).filter(|name| name != "self").collect();
        if !visible.is_empty() && self.rng.chance(6) { self.rng.pick(&visible).clone() } else { self.fresh() }
    }

    /// Statements, and how they end.
    pub fn statements(&mut self, depth: u32, len: usize) -> (String, bool) {
        let mut text = String::new();
        for _ in 0..len {
            if self.fuel == 0 {
                break;
            }
            self.fuel -= 1;
            self.scope.touched.clear();
            text.push_str(&self.with_hoisted(|this| this.statement(depth)));
            text.push('\n');
            if !self.pending.is_empty() && self.rng.chance(40) {
                let last = self.pending.remove(0);
                text.push_str(&format!("{last}\n"));
            }
        }
        let end = (self.rng.chance(12) && depth < 3).then(|| self.leaving()).flatten();
        if let Some(end) = &end {
            text.push_str(&format!("{end}\n"));
        }
        (text, end.is_some())
    }

    /// A statement with what it needs before it.
    pub fn with_hoisted(&mut self, make: impl FnOnce(&mut Self) -> String) -> String {
        let outer = std::mem::take(&mut self.hoisted);
        let text = make(self);
        let mut lines = std::mem::replace(&mut self.hoisted, outer);
        lines.push(text);
        lines.join("\n")
    }

    /// A statement after which nothing is reached.
    fn leaving(&mut self) -> Option<String> {
        if !self.labels.is_empty() && self.scope.closures == 0 && self.rng.chance(60) {
            let label = self.rng.pick(&self.labels).clone();
            let word = if self.rng.chance(60) { "break" } else { "continue" };
            return Some(if self.rng.chance(50) { format!("{word} {label};") } else { format!("{word};") });
        }
        if self.scope.closures > 0 || self.ret.borrows() {
            return None;
        }
        if self.rng.chance(10) {
            return Some("panic!(\"at {}\", num());".to_owned());
        }
        let ret = self.ret.clone();
        Some(if ret == Ty::Unit { "return;".to_owned() } else { format!("return {};", self.value(&ret, 2)) })
    }

    /// A block in which `binds` are bound; `loops`: whether it may run several times.
    pub fn branch(&mut self, binds: Vec<Bind>, depth: u32, loops: bool, first: &str) -> Branch {
        let before = self.scope.clone();
        let pending = std::mem::take(&mut self.pending);
        self.scope.loops += usize::from(loops);
        for Bind { name, ty, mutable, loans } in binds {
            self.scope.declare(&name, ty, mutable, loans);
        }
        let len = self.rng.below(4);
        let (mut text, ends) = self.statements(depth.saturating_sub(1), len);
        for last in std::mem::replace(&mut self.pending, pending) {
            if !ends {
                text.push_str(&format!("{last}\n"));
            }
        }
        self.scope.leave(before.vars.len());
        let mut after = std::mem::replace(&mut self.scope, before);
        after.loops = self.scope.loops;
        after.pins.clone_from(&self.scope.pins);
        Branch { text: format!("{{\n{first}{text}}}"), after: (!ends).then_some(after) }
    }

    /// Goes on behind branches of which one was taken.
    pub fn merge(&mut self, branches: Vec<Option<Scope>>) {
        let mut open = branches.into_iter().flatten();
        if let Some(first) = open.next() {
            self.scope = first;
            open.for_each(|other| self.scope.join(&other));
        }
    }
}

/// A variable that a pattern binds.
pub struct Bind {
    pub name: String,
    pub ty: Ty,
    pub mutable: bool,
    pub loans: Vec<(usize, bool)>,
}

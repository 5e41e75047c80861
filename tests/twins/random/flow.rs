//! Statements with blocks.

use super::generator::{Bind, Generator};
use super::types::Ty::{self, Bool, Kind, Noisy, U8};
use super::types::{by_mut, by_ref, opt, tup, vec as list};

type Loans = Vec<(usize, bool)>;

impl Generator {
    pub fn flow(&mut self, depth: u32) -> Option<String> {
        Some(match self.rng.below(12) {
            0..=2 => self.choice(depth),
            3..=5 => self.matching(depth),
            6 | 7 => self.for_loop(depth)?,
            8 => self.while_loop(depth),
            9 => self.endless_loop(depth),
            10 => {
                let body = self.branch(Vec::new(), depth, false, "");
                let text = body.text.clone();
                self.merge(vec![body.after]);
                text
            }
            _ => self.labelled(depth),
        })
    }

    /// An `if`, with a condition or a pattern, in a chain where the edition has them.
    fn choice(&mut self, depth: u32) -> String {
        let (mut condition, binds) = self.condition();
        if self.edition >= 2024 && self.rng.chance(30) {
            let more = self.quiet(&Bool);
            condition = format!("{condition} && ({more})");
        }
        let taken = self.branch(binds, depth, false, "");
        let mut text = format!("if {condition} {}", taken.text);
        let mut ways = vec![taken.after];
        if self.rng.chance(25) {
            let more = self.quiet(&Bool);
            let other = self.branch(Vec::new(), depth, false, "");
            text.push_str(&format!(" else if {more} {}", other.text));
            ways.push(other.after);
        }
        if self.rng.chance(60) {
            let other = self.branch(Vec::new(), depth, false, "");
            text.push_str(&format!(" else {}", other.text));
            ways.push(other.after);
        } else {
            ways.push(Some(self.scope.clone()));
        }
        self.merge(ways);
        text
    }

    /// A value of which nothing is moved.
    fn quiet(&mut self, ty: &Ty) -> String {
        self.scope.stays = true;
        let text = self.value(ty, 1);
        self.scope.stays = false;
        text
    }

    fn condition(&mut self) -> (String, Vec<Bind>) {
        let a = self.fresh();
        if self.rng.chance(45) {
            return (self.value(&Bool, 2), Vec::new());
        }
        let of = Ty::owned(&mut self.rng, 1);
        let ty = match self.rng.below(4) {
            0 => by_ref(of),
            1 | 2 => by_mut(of),
            _ => of,
        };
        let (value, loans) = self.kept(&opt(ty.clone()), 2);
        let value = if value.ends_with('}') || value.contains('{') { format!("({value})") } else { value };
        let mutable = self.rng.chance(40);
        let text = format!("let Some({}{a}) = {value}", if mutable { "mut " } else { "" });
        (text, vec![Bind { name: a, ty, mutable, loans }])
    }

    /// A `match`: what is matched, and the patterns of its arms with what they bind.
    fn matching(&mut self, depth: u32) -> String {
        let (a, b) = (self.fresh(), self.fresh());
        let bind = |name: &str, ty: Ty, loans: &Loans| Bind {
            name: name.to_owned(),
            ty,
            mutable: false,
            loans: loans.clone(),
        };
        let arms: Vec<(String, Vec<Bind>)>;
        let head;
        match self.rng.below(6) {
            0 => {
                let (value, loans) = self.kept(&by_mut(Kind), 1);
                head = value;
                arms = vec![
                    (format!("Kind::One({a})"), vec![bind(&a, by_mut(Noisy), &loans)]),
                    (
                        format!("Kind::Named {{ id: {a}, list: {b} }}"),
                        vec![bind(&a, by_mut(U8), &loans), bind(&b, by_mut(list(U8)), &loans)],
                    ),
                    (format!("{a} @ Kind::Nested(_)"), vec![bind(&a, by_mut(Kind), &loans)]),
                    ("_".to_owned(), vec![]),
                ];
            }
            1 => {
                head = self.value(&Kind, 2);
                arms = vec![
                    (format!("Kind::One({a}) if flip()"), vec![bind(&a, Noisy, &vec![])]),
                    (format!("Kind::Named {{ list: {b}, .. }}"), vec![bind(&b, list(U8), &vec![])]),
                    (format!("Kind::Nested({a})"), vec![bind(&a, super::types::boxed(Kind), &vec![])]),
                    (a.clone(), vec![bind(&a, Kind, &vec![])]),
                ];
            }
            2 => {
                head = self.value(&tup(U8, opt(Noisy)), 2);
                arms = vec![
                    (format!("(0 | 1, Some({b}))"), vec![bind(&b, Noisy, &vec![])]),
                    (format!("({a} @ 2..=9, None) if {a} % 2 == 0"), vec![bind(&a, U8, &vec![])]),
                    (
                        format!("({a}, {b}) if {b}.is_some()"),
                        vec![bind(&a, U8, &vec![]), bind(&b, opt(Noisy), &vec![])],
                    ),
                    (format!("({a}, _)"), vec![bind(&a, U8, &vec![])]),
                ];
            }
            3 => {
                let of = Ty::owned(&mut self.rng, 1);
                let (value, loans) = self.kept(&opt(by_mut(of.clone())), 2);
                head = value;
                arms = vec![(format!("Some({a})"), vec![bind(&a, by_mut(of), &loans)]), ("None".to_owned(), vec![])];
            }
            4 => {
                let (value, loans) = self.kept(&by_ref(list(U8)), 1);
                head = format!("({value}).as_slice()");
                arms = vec![
                    ("[]".to_owned(), vec![]),
                    (format!("[{a}]"), vec![bind(&a, by_ref(U8), &loans)]),
                    (format!("[{a}, .., {b}]"), vec![bind(&a, by_ref(U8), &loans), bind(&b, by_ref(U8), &loans)]),
                ];
            }
            _ => {
                let of = Ty::owned(&mut self.rng, 1);
                head = self.value(&super::types::res(of.clone()), 2);
                arms = vec![
                    (format!("Ok({a})"), vec![bind(&a, of, &vec![])]),
                    (format!("Err(Fault::Noisy({a}))"), vec![bind(&a, Noisy, &vec![])]),
                    (format!("Err(Fault::Text({a}))"), vec![bind(&a, Ty::String, &vec![])]),
                ];
            }
        }
        let head = if head.contains('{') { format!("({head})") } else { head };
        let mut text = format!("match {head} {{\n");
        let mut ways = Vec::new();
        for (pattern, binds) in arms {
            let arm = self.branch(binds, depth, false, "");
            text.push_str(&format!("{pattern} => {}\n", arm.text));
            ways.push(arm.after);
        }
        text.push('}');
        self.merge(ways);
        text
    }

    fn for_loop(&mut self, depth: u32) -> Option<String> {
        let a = self.fresh();
        let of = Ty::owned(&mut self.rng, 1);
        let (head, ty) = match self.rng.below(6) {
            0 => ("0..below(4)".to_owned(), U8),
            1 => (self.value(&list(of.clone()), 1), of),
            2 => (format!("({}).iter()", self.kept_for_loop(&by_ref(list(of.clone())))), by_ref(of)),
            3 => (format!("({}).iter_mut()", self.kept_for_loop(&by_mut(list(of.clone())))), by_mut(of)),
            4 => (format!("({}).drain(..)", self.kept_for_loop(&by_mut(list(of.clone())))), of),
            _ => (self.kept_for_loop(&by_mut(list(of.clone()))), by_mut(of)),
        };
        let head = if head.contains('{') { format!("({head})") } else { head };
        let loans = self.scope.touched.clone();
        let pins = self.scope.pins.len();
        self.scope.pins.extend(loans.iter().copied());
        let label = self.fresh().replace('v', "'l");
        self.labels.push(label.clone());
        let mutable = self.rng.chance(30);
        let bind = Bind { name: a.clone(), ty, mutable, loans };
        let body = self.branch(vec![bind], depth, true, "tick();\n");
        self.labels.pop();
        self.scope.pins.truncate(pins);
        let mutability = if mutable { "mut " } else { "" };
        let text = format!("{label}: for {mutability}{a} in {head} {}", body.text);
        self.after_loop(body.after);
        Some(text)
    }

    fn kept_for_loop(&mut self, ty: &Ty) -> String {
        self.value(ty, 1)
    }

    fn after_loop(&mut self, after: Option<super::scope::Scope>) {
        if let Some(mut after) = after {
            after.pins.clone_from(&self.scope.pins);
            self.scope.join(&after);
        }
    }

    fn while_loop(&mut self, depth: u32) -> String {
        self.scope.loops += 1;
        let (condition, binds) = match self.rng.below(3) {
            0 => self.condition(),
            _ => (self.value(&Bool, 1), Vec::new()),
        };
        self.scope.loops -= 1;
        let label = self.fresh().replace('v', "'l");
        self.labels.push(label.clone());
        let body = self.branch(binds, depth, true, "tick();\n");
        self.labels.pop();
        let text = format!("{label}: while {condition} {}", body.text);
        self.after_loop(body.after);
        text
    }

    fn endless_loop(&mut self, depth: u32) -> String {
        let label = self.fresh().replace('v', "'l");
        self.labels.push(label.clone());
        let body = self.branch(Vec::new(), depth, true, "tick(); if flip() { break; }\n");
        self.labels.pop();
        let text = format!("{label}: loop {}", body.text);
        self.after_loop(body.after);
        text
    }

    /// A block that gives a value, also from its middle.
    fn labelled(&mut self, depth: u32) -> String {
        let ty = Ty::owned(&mut self.rng, 1);
        let len = self.scope.vars.len();
        self.scope.stays = true;
        let early = self.value(&ty, 1);
        let count = self.rng.below(3);
        let labels = std::mem::take(&mut self.labels);
        let pending = std::mem::take(&mut self.pending);
        let (inside, _) = self.statements(0, count);
        let rest = std::mem::replace(&mut self.pending, pending).join("\n");
        self.labels = labels;
        let last = self.value(&ty, depth.min(2));
        self.scope.stays = false;
        self.scope.leave(len);
        let (name, label) = (self.fresh(), self.fresh().replace('v', "'b"));
        self.scope.declare(&name, ty, true, Vec::new());
        format!("let mut {name} = {label}: {{\nif flip() {{ break {label} {early}; }}\n{inside}{rest}\n{last}\n}};")
    }
}

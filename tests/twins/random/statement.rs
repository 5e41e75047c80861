//! Statements.

use super::expr::Hole::{Lazy, Name, Read, Val, Write};
use super::generator::Generator;
use super::scope::Use;
use super::types::Ty::{self, Bool, Kind, Noisy, Rec, Str, String as Text, U8};
use super::types::{by_mut, by_ref, opt, vec as list};

impl Generator {
    pub fn statement(&mut self, depth: u32) -> String {
        for _ in 0..4 {
            let choice = self.rng.below(100);
            let text = match choice {
                0..=29 => Some(self.binding()),
                30..=35 => self.closure(),
                36..=41 => self.pattern(),
                42..=52 => self.assignment(),
                53..=70 => self.effect(),
                71..=80 => self.idiom(),
                81..=83 => Some(self.late()),
                _ if depth > 0 => self.flow(depth),
                _ => self.effect(),
            };
            if let Some(text) = text {
                return text;
            }
        }
        "here();".to_owned()
    }

    /// A value for a variable, and what it borrows.
    pub fn kept(&mut self, ty: &Ty, depth: u32) -> (String, Vec<(usize, bool)>) {
        self.temporaries = !ty.borrows();
        let start = self.scope.touched.len();
        let text = self.value(ty, depth);
        self.temporaries = true;
        let loans = self.scope.touched.split_off(start);
        (text, loans)
    }

    fn binding(&mut self) -> String {
        let ty = Ty::any(&mut self.rng);
        let depth = 1 + self.rng.below(3) as u32;
        let (value, loans) = self.kept(&ty, depth);
        let mutable = self.rng.chance(60);
        let name = self.name();
        let written = if self.rng.chance(35) { format!(": {}", ty.text("")) } else { String::new() };
        let mutability = if mutable { "mut " } else { "" };
        self.scope.declare(&name, ty, mutable, loans);
        format!("let {mutability}{name}{written} = {value};")
    }

    fn closure(&mut self) -> Option<String> {
        let captures = self.scope.captures.len();
        let len = self.scope.vars.len();
        self.scope.closures += 1;
        let param = self.fresh();
        self.scope.declare(&param, U8, false, Vec::new());
        let body = self.value(&U8, 2);
        self.scope.closures -= 1;
        self.scope.leave(len);
        let mut loans = self.scope.captures.split_off(captures);
        loans.retain(|(of, _)| *of < len);
        let mutable = loans.iter().any(|(_, mutable)| *mutable);
        let name = self.fresh();
        let (mutability, typed) = (
            if mutable { "mut " } else { "" },
            if self.rng.chance(50) || !body.contains(&param) { ": u8" } else { "" },
        );
        self.scope.declare(&name, Ty::Closure(mutable), mutable, loans);
        let body = match self.rng.below(4) {
            0 => format!("{{ let held = Noisy::new({param}); ({body}) ^ held.get() }}"),
            1 => format!("{{ if flip() {{ return {param}; }} ({body}) }}"),
            _ => body,
        };
        Some(format!("let {mutability}{name} = |{param}{typed}| -> u8 {{ {body} }};"))
    }

    fn pattern(&mut self) -> Option<String> {
        let (a, b) = (self.fresh(), self.fresh());
        let start = self.scope.vars.len();
        let text = match self.rng.below(7) {
            0 => {
                let (x, y) = (Ty::owned(&mut self.rng, 1), Ty::owned(&mut self.rng, 1));
                let value = self.value(&super::types::tup(x.clone(), y.clone()), 2);
                self.scope.declare(&a, x, true, Vec::new());
                self.scope.declare(&b, y, false, Vec::new());
                format!("let (mut {a}, {b}) = {value};")
            }
            1 => {
                let value = self.value(&Rec, 2);
                self.scope.declare(&a, Noisy, true, Vec::new());
                self.scope.declare(&b, list(U8), true, Vec::new());
                format!("let Rec {{ noisy: mut {a}, list: mut {b}, .. }} = {value};")
            }
            2 => {
                let (value, loans) = self.kept(&by_mut(Rec), 1);
                self.scope.declare(&a, by_mut(Noisy), false, loans.clone());
                self.scope.declare(&b, by_mut(list(U8)), false, loans);
                format!("let Rec {{ noisy: {a}, list: {b}, .. }} = {value};")
            }
            3 => {
                let ty = Ty::owned(&mut self.rng, 1);
                let value = self.value(&opt(ty.clone()), 2);
                let otherwise = self.otherwise()?;
                self.scope.declare(&a, ty, true, Vec::new());
                format!("let Some(mut {a}) = ({value}) else {{ {otherwise} }};")
            }
            4 => {
                let ty = Ty::owned(&mut self.rng, 0);
                let (value, loans) = self.kept(&opt(by_ref(ty.clone())), 1);
                let otherwise = self.otherwise()?;
                self.scope.declare(&a, by_ref(ty), false, loans);
                format!("let Some({a}) = ({value}) else {{ {otherwise} }};")
            }
            5 => {
                let value = self.value(&Noisy, 1);
                self.scope.declare(&a, Noisy, false, Vec::new());
                self.scope.declare(&b, by_ref(Noisy), false, vec![(start, false)]);
                format!("let {a} = {value}; let {b} @ Noisy(_) = &{a};")
            }
            _ => {
                let value = self.value(&list(U8), 1);
                self.scope.declare(&a, list(U8), true, Vec::new());
                self.scope.declare(&b, U8, false, Vec::new());
                format!("let mut {a} = {value}; let &[{b}, ..] = &{a}[..] else {{ panic!(\"none\") }};")
            }
        };
        Some(text)
    }

    fn otherwise(&mut self) -> Option<String> {
        if !self.labels.is_empty() {
            return Some(self.rng.pick(&["break", "continue"]).to_string());
        }
        let returns = self.ret == Ty::Unit;
        Some(if returns { "return".to_owned() } else { "panic!(\"nothing\")".to_owned() })
    }

    fn assignment(&mut self) -> Option<String> {
        let mut fits = Vec::new();
        for (at, var) in self.scope.vars.iter().enumerate() {
            let name = var.name.clone();
            let writes = self.scope.can(at, Use::Write);
            match &var.ty {
                Ty::Closure(_) => {}
                Ty::Mut(of) if writes && !of.borrows() => fits.push((at, format!("*{name}"), (**of).clone())),
                ty if var.mutable => {
                    let gone = !var.live && var.loops == self.scope.loops && var.closures == self.scope.closures;
                    let visible = self.scope.vars.iter().rposition(|other| other.name == name) == Some(at);
                    if writes || gone && visible {
                        fits.push((at, name, ty.clone()));
                    }
                }
                _ => {}
            }
        }
        if fits.is_empty() {
            return None;
        }
        let (at, place, ty) = self.rng.pick(&fits).clone();
        if ty == U8 && self.rng.chance(60) {
            let by = self.value(&U8, 2);
            if !self.scope.can(at, Use::Write) {
                return Some(format!("note({by});"));
            }
            self.scope.does(at, Use::Write);
            let op = self.rng.pick(&["^=", "|=", "/= 2 +", "+=", "&="]);
            let by = if op.len() > 2 { format!("({by}) / 2") } else { by };
            return Some(format!("{place} {op} {by};"));
        }
        let (value, loans) = self.kept(&ty, 2);
        let alive = self.scope.vars[at].live;
        if alive && !self.scope.can(at, Use::Write) {
            return Some(format!("drop({value});"));
        }
        self.scope.does(at, Use::Write);
        let var = &mut self.scope.vars[at];
        var.live = true;
        if ty.borrows() {
            var.loans.extend(loans);
        }
        Some(format!("{place} = {value};"))
    }

    fn effect(&mut self) -> Option<String> {
        let any = Ty::any(&mut self.rng);
        let owned = Ty::owned(&mut self.rng, 2);
        let vecs: Vec<Ty> =
            self.scope.vars.iter().filter(|var| matches!(var.ty, Ty::Vec(_))).map(|var| var.ty.clone()).collect();
        let forms = vec![
            ("drop(#);", vec![Val(any.clone())]),
            ("let _ = #;", vec![Val(any)]),
            ("_ = #;", vec![Val(owned.clone())]),
            ("show(#);", vec![Val(owned.clone())]),
            ("show(#);", vec![Val(Ty::any(&mut self.rng))]),
            ("#;", vec![Val(Ty::Unit)]),
            ("note(#);", vec![Val(U8)]),
            ("seen(format!(\"{#:?}\"));", vec![Name]),
            ("show((format!(\"{#:?}\"), #));", vec![Name, Val(owned.clone())]),
            ("show((#, format!(\"{#:?}\")));", vec![Val(owned.clone()), Name]),
            ("note(format_args!(\"{#:?} {}\", #));", vec![Name, Val(U8)]),
            ("assert!(@, \"no {}\", #);", vec![Val(Bool), Val(U8)]),
            ("std::mem::swap(#, #);", vec![Val(by_mut(owned.clone())), Val(by_mut(owned))]),
            ("#.push(#);", vec![Write(list(U8)), Val(U8)]),
            ("#.push(#);", vec![Write(list(Noisy)), Val(Noisy)]),
            ("#.push(#.len() as u8);", vec![Write(list(U8)), Read(list(U8))]),
            ("#.push_str(#);", vec![Write(Text), Val(Str)]),
            ("#.extend(#);", vec![Write(list(U8)), Val(list(U8))]),
            ("#.retain(|a| a.get() > #);", vec![Write(list(Noisy)), Lazy(U8)]),
            ("#.iter_mut().for_each(|a| *a ^= #);", vec![Write(list(U8)), Lazy(U8)]),
            ("for a in #.iter_mut() { *a = a.wrapping_add(1); }", vec![Write(list(U8))]),
            ("#.n = #;", vec![Write(Rec), Val(U8)]),
            ("#.noisy = #;", vec![Write(Rec), Val(Noisy)]),
            ("#.truncate(1);", vec![Write(list(Noisy))]),
            ("#.clear();", vec![Write(list(U8))]),
            ("if let Some(a) = #.slot() { *a ^= 1; }", vec![Write(Kind)]),
            (
                "if let Some(a) = # { *a = a.wrapping_add(#); }",
                vec![Val(opt(by_mut(U8))), super::expr::Hole::Maybe(U8)],
            ),
            ("#(#);", vec![Write(Ty::Closure(true)), Val(U8)]),
            ("#(#);", vec![Write(Ty::Closure(true)), Val(U8)]),
        ];
        if !vecs.is_empty() && self.rng.chance(30) {
            let Ty::Vec(of) = self.rng.pick(&vecs).clone() else { return None };
            let form = ("#.push(#);", vec![Write(list((*of).clone())), Val((*of).clone())]);
            let places: Vec<usize> =
                (0..self.scope.vars.len()).filter(|at| self.scope.vars[*at].ty == list((*of).clone())).collect();
            self.temporaries = !of.borrows();
            let start = self.scope.touched.len();
            let text = self.fill(&form, 2);
            self.temporaries = true;
            let loans = self.scope.touched.split_off(start.min(self.scope.touched.len()));
            if of.borrows() {
                for at in places {
                    let more: Vec<_> = loans.iter().copied().filter(|(of, _)| *of != at).collect();
                    self.scope.vars[at].loans.extend(more);
                }
            }
            return text;
        }
        let form = self.rng.pick(&forms).clone();
        self.fill(&form, 2)
    }

    /// A variable whose type is only known from what follows.
    fn late(&mut self) -> String {
        let name = self.fresh();
        let ty = Ty::owned(&mut self.rng, 1);
        let (text, whole) = match self.rng.below(4) {
            0 => (format!("let mut {name} = Vec::new();"), list(ty)),
            1 => (format!("let mut {name} = None;"), opt(ty)),
            2 => (format!("let mut {name} = Default::default();"), if self.rng.chance(50) { U8 } else { Noisy }),
            _ => (format!("let mut {name} = \"x7\"[1..].parse().unwrap();"), U8),
        };
        self.pending.push(format!("let _: &{} = &{name};", whole.text("")));
        // Until then nobody else uses it.
        let early = match &whole {
            Ty::Vec(_) => *self.rng.pick(&[
                "#.reverse();",
                "note(#.len());",
                "#.truncate(4);",
                "while #.len() > 9 { #.pop(); }",
                "",
            ]),
            Ty::Opt(_) => {
                *self.rng.pick(&["note(#.is_some());", "#.take();", "while let Some(a) = #.take() { drop(a); }", ""])
            }
            _ => *self.rng.pick(&["", "let # = same(#);", "{ let a = &#; drop(a); }"]),
        };
        format!("{text} {}", early.replace('#', &name))
    }
}

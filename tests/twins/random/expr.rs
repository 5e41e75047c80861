//! Expressions of a wanted type.

use super::generator::Generator;
use super::scope::Use;
use super::types::{Ty, boxed, by_mut, by_ref};

/// What stands in a form for `#`, or for `@`, where it is an operand.
#[derive(Clone, Debug)]
pub enum Hole {
    /// A value.
    Val(Ty),
    /// A place that is looked at, or changed, by a method.
    Read(Ty),
    Write(Ty),
    /// A value that is made in a closure.
    Lazy(Ty),
    /// A value that is made in a loop.
    Round(Ty),
    /// A value that may not be made.
    Maybe(Ty),
    /// The name of a variable that can be printed.
    Name,
    /// What `return` gives.
    Return,
}

pub type Form = (&'static str, Vec<Hole>);

/// A way to use a variable: its index, the text, the use, what the value borrows.
type Way = (usize, String, Use, Option<bool>);

impl Generator {
    /// A value of this type.
    pub fn value(&mut self, ty: &Ty, depth: u32) -> String {
        let touched = self.scope.touched.len();
        let text = self.any_value(ty, depth);
        if !ty.borrows() {
            self.scope.touched.truncate(touched);
        }
        text
    }

    fn any_value(&mut self, ty: &Ty, depth: u32) -> String {
        let ways = self.ways(ty);
        if !ways.is_empty() && self.rng.chance(if depth == 0 { 80 } else { 40 }) {
            let (at, text, what, borrows) = self.rng.pick(&ways).clone();
            if let Some(mutable) = borrows {
                self.scope.touched.push((at, mutable));
            }
            let loans = self.scope.vars[at].loans.clone();
            self.scope.touched.extend(loans);
            self.scope.does(at, what);
            return text;
        }
        if depth > 0 {
            for _ in 0..3 {
                let forms = self.forms(ty);
                let form = self.rng.pick(&forms).clone();
                if let Some(text) = self.fill(&form, depth - 1) {
                    return text;
                }
            }
        }
        self.literal(ty, depth)
    }

    /// How a variable gives a value of this type.
    fn ways(&self, ty: &Ty) -> Vec<Way> {
        let mut ways = Vec::new();
        for (at, var) in self.scope.vars.iter().enumerate() {
            let name = &var.name;
            let mut way = |text: String, what: Use, borrows: Option<bool>| {
                if self.scope.can(at, what) {
                    ways.push((at, text, what, borrows));
                }
            };
            if var.ty == *ty {
                if ty.is_copy() {
                    way(name.clone(), Use::Read, None);
                } else if let Ty::Mut(_) = ty {
                    way(format!("&mut *{name}"), Use::Write, Some(true));
                    way(name.clone(), Use::Move, None);
                } else {
                    way(name.clone(), Use::Move, None);
                    if ty.is_clone() {
                        way(format!("{name}.clone()"), Use::Read, None);
                    }
                }
            }
            let writable = var.mutable || matches!(var.ty, Ty::Mut(_));
            match ty {
                Ty::Ref(inner) if var.ty == **inner => way(format!("&{name}"), Use::Read, Some(false)),
                Ty::Ref(inner) if var.ty == by_mut((**inner).clone()) => {
                    way(format!("&*{name}"), Use::Read, Some(false));
                }
                Ty::Mut(inner) if var.ty == **inner && var.mutable => {
                    way(format!("&mut {name}"), Use::Write, Some(true));
                }
                Ty::Mut(inner) if var.ty == boxed((**inner).clone()) && var.mutable => {
                    way(format!("&mut *{name}"), Use::Write, Some(true));
                }
                Ty::Str if var.ty == Ty::String => way(format!("&{name}"), Use::Read, Some(false)),
                Ty::Str if var.ty == by_mut(Ty::String) => way(format!("{name}.as_str()"), Use::Read, Some(false)),
                _ => {}
            }
            for (field, of) in fields(&var.ty) {
                match ty {
                    Ty::Ref(inner) if **inner == of => way(format!("&{name}.{field}"), Use::Read, Some(false)),
                    Ty::Mut(inner) if **inner == of && writable => {
                        way(format!("&mut {name}.{field}"), Use::Write, Some(true));
                    }
                    _ if of == *ty && ty.is_copy() => way(format!("{name}.{field}"), Use::Read, None),
                    _ => {}
                }
            }
        }
        ways
    }

    /// A place of this type that a method is called on.
    fn place(&mut self, ty: &Ty, what: Use, depth: u32) -> Option<String> {
        let mut ways = Vec::new();
        for (at, var) in self.scope.vars.iter().enumerate() {
            let through = var.ty == by_mut(ty.clone());
            let shared = var.ty == by_ref(ty.clone());
            let owned = var.ty == *ty || var.ty == boxed(ty.clone());
            let writable = var.mutable || matches!(var.ty, Ty::Mut(_));
            let fits = through || what == Use::Read && shared || owned && (what == Use::Read || var.mutable);
            if fits && self.scope.can(at, what) {
                ways.push((at, var.name.clone()));
            }
            for (field, of) in fields(&var.ty) {
                if of == *ty && (what == Use::Read || writable) && self.scope.can(at, what) {
                    ways.push((at, format!("{}.{field}", var.name)));
                }
            }
        }
        if ways.is_empty() || what == Use::Read && depth > 0 && self.rng.chance(10) {
            let temporary = what == Use::Read && self.temporaries && !matches!(ty, Ty::Closure(_));
            return temporary.then(|| {
                let text = self.value(ty, depth);
                operand(text)
            });
        }
        let (at, text) = self.rng.pick(&ways).clone();
        self.scope.does(at, what);
        self.scope.touched.push((at, what == Use::Write));
        let loans = self.scope.vars[at].loans.clone();
        self.scope.touched.extend(loans);
        Some(text)
    }

    /// A form with its holes filled, from left to right.
    pub fn fill(&mut self, form: &Form, depth: u32) -> Option<String> {
        let (text, holes) = form;
        let before = self.scope.clone();
        let filled = self.parts(text, holes, depth);
        self.scope.pins.truncate(before.pins.len());
        let Some(parts) = filled else {
            self.scope = before;
            return None;
        };
        let mut parts = parts.into_iter();
        let mut out = String::new();
        for c in text.chars() {
            match c {
                '#' => out.push_str(&parts.next()?),
                '@' => out.push_str(&operand(parts.next()?)),
                c => out.push(c),
            }
        }
        Some(out)
    }

    fn parts(&mut self, text: &str, holes: &[Hole], depth: u32) -> Option<Vec<String>> {
        let mut parts = Vec::new();
        for hole in holes {
            let touched = self.scope.touched.len();
            let (outer, stays) = (self.scope.clone(), self.scope.stays);
            let part = match hole {
                Hole::Val(ty) => self.value(ty, depth),
                Hole::Read(ty) => self.place(ty, Use::Read, depth)?,
                Hole::Write(ty) => self.place(ty, Use::Write, depth)?,
                Hole::Maybe(ty) => {
                    self.scope.stays = true;
                    self.value(ty, depth)
                }
                Hole::Round(ty) => {
                    self.scope.loops += 1;
                    self.value(ty, depth)
                }
                Hole::Lazy(ty) => {
                    self.scope.closures += 1;
                    self.value(ty, depth)
                }
                Hole::Name => self.printable()?,
                Hole::Return => self.returned(depth)?,
            };
            self.scope.stays = stays;
            self.scope.loops = outer.loops;
            self.scope.closures = outer.closures;
            let mut pins: Vec<(usize, bool)> = self.scope.touched[touched..].to_vec();
            // A method's receiver is borrowed for good only when it is called.
            if matches!(hole, Hole::Write(_)) && text.starts_with("#.") {
                pins.iter_mut().for_each(|(_, exclusive)| *exclusive = false);
            }
            if let Hole::Lazy(_) = hole {
                pins.extend_from_slice(&self.scope.captures[outer.captures.len()..]);
                if self.scope.closures == 0 {
                    self.scope.captures.clear();
                }
            }
            self.scope.pins.extend(pins);
            parts.push(part);
        }
        Some(parts)
    }

    /// A variable that `{:?}` can print.
    pub fn printable(&mut self) -> Option<String> {
        let vars = self.scope.vars.iter().enumerate();
        let fits: Vec<usize> =
            vars.filter(|(at, var)| prints(&var.ty) && self.scope.can(*at, Use::Read)).map(|(at, _)| at).collect();
        if fits.is_empty() {
            return None;
        }
        let at = *self.rng.pick(&fits);
        self.scope.does(at, Use::Read);
        Some(self.scope.vars[at].name.clone())
    }

    /// What `return` may give here.
    fn returned(&mut self, depth: u32) -> Option<String> {
        if self.scope.closures > 0 || self.ret.borrows() {
            return None;
        }
        let ret = self.ret.clone();
        self.scope.stays = true;
        Some(if ret == Ty::Unit { String::new() } else { self.value(&ret, depth) })
    }

    /// A value that uses no variable.
    fn simple(&mut self, ty: &Ty) -> String {
        let outer = std::mem::take(&mut self.scope.vars);
        let text = self.literal(ty, 1);
        self.scope.vars = outer;
        text
    }

    fn literal(&mut self, ty: &Ty, depth: u32) -> String {
        let depth = depth.saturating_sub(1);
        let n = self.rng.below(9);
        let inner = |this: &mut Self, ty: &Ty| this.value(ty, depth);
        match ty {
            Ty::U8 => {
                if n < 5 {
                    format!("{n}_u8")
                } else {
                    "num()".to_owned()
                }
            }
            Ty::U32 => format!("{n}_u32"),
            Ty::Usize => format!("{n}_usize"),
            Ty::Bool => "flip()".to_owned(),
            Ty::Str => format!("\"text {n}\""),
            Ty::String => format!("\"owned {n}\".to_owned()"),
            Ty::Noisy => format!("Noisy::new({n})"),
            Ty::Mute => format!("Mute::new({n})"),
            Ty::Rec => format!("Rec::new({n}, Noisy::new(3))"),
            Ty::Kind => format!("Kind::new({n})"),
            Ty::Unit => "()".to_owned(),
            Ty::Vec(of) => {
                if n < 4 {
                    format!("Vec::<{}>::new()", of.text(""))
                } else {
                    format!("vec![{}]", inner(self, of))
                }
            }
            Ty::Opt(of) => {
                if n < 3 {
                    format!("None::<{}>", of.text(""))
                } else {
                    format!("Some({})", inner(self, of))
                }
            }
            Ty::Res(of) => format!("Ok::<{}, Fault>({})", of.text(""), inner(self, of)),
            Ty::Tup(a, b) => format!("({}, {})", inner(self, a), inner(self, b)),
            Ty::Boxed(of) => format!("Box::new({})", inner(self, of)),
            Ty::Ref(of) | Ty::Mut(of) if !self.temporaries || self.rng.chance(90) => {
                let name = self.fresh();
                let value = self.simple(of);
                self.hoisted.push(format!("let mut {name} = {value};"));
                let at = self.scope.declare(&name, (**of).clone(), true, Vec::new());
                let exclusive = matches!(ty, Ty::Mut(_));
                self.scope.touched.push((at, exclusive));
                format!("&{}{name}", if exclusive { "mut " } else { "" })
            }
            Ty::Ref(of) => format!("&{}", operand(inner(self, of))),
            Ty::Mut(of) => format!("&mut {}", operand(inner(self, of))),
            Ty::Closure(_) => "|a: u8| a ^ 1".to_owned(),
        }
    }
}

/// The fields of a variable of this type.
fn fields(ty: &Ty) -> Vec<(&'static str, Ty)> {
    match ty {
        Ty::Rec => vec![("n", Ty::U8), ("text", Ty::String), ("noisy", Ty::Noisy), ("list", Ty::Vec(Box::new(Ty::U8)))],
        Ty::Tup(a, b) => vec![("0", (**a).clone()), ("1", (**b).clone())],
        Ty::Mut(of) | Ty::Boxed(of) if **of == Ty::Rec => fields(of),
        _ => Vec::new(),
    }
}

fn prints(ty: &Ty) -> bool {
    match ty {
        Ty::Mute | Ty::Closure(_) => false,
        Ty::Vec(of) | Ty::Opt(of) | Ty::Res(of) | Ty::Boxed(of) | Ty::Ref(of) | Ty::Mut(of) => prints(of),
        Ty::Tup(a, b) => prints(a) && prints(b),
        _ => true,
    }
}

/// In parentheses, where it is more than a word or a call.
fn operand(text: String) -> String {
    let simple = text.chars().all(|c| c.is_alphanumeric() || "_.()".contains(c)) && !text.starts_with('(');
    if simple { text } else { format!("({text})") }
}

//! The types of random programs.

use super::rng::Rng;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ty {
    U8,
    U32,
    Usize,
    Bool,
    Str,
    String,
    Noisy,
    Mute,
    Rec,
    Kind,
    Unit,
    Vec(Box<Ty>),
    Opt(Box<Ty>),
    Res(Box<Ty>),
    Tup(Box<Ty>, Box<Ty>),
    Boxed(Box<Ty>),
    Ref(Box<Ty>),
    Mut(Box<Ty>),
    /// A closure from `u8` to `u8`; whether calling it changes something.
    Closure(bool),
}

pub fn vec(ty: Ty) -> Ty {
    Ty::Vec(Box::new(ty))
}
pub fn opt(ty: Ty) -> Ty {
    Ty::Opt(Box::new(ty))
}
pub fn res(ty: Ty) -> Ty {
    Ty::Res(Box::new(ty))
}
pub fn tup(a: Ty, b: Ty) -> Ty {
    Ty::Tup(Box::new(a), Box::new(b))
}
pub fn boxed(ty: Ty) -> Ty {
    Ty::Boxed(Box::new(ty))
}
pub fn by_ref(ty: Ty) -> Ty {
    Ty::Ref(Box::new(ty))
}
pub fn by_mut(ty: Ty) -> Ty {
    Ty::Mut(Box::new(ty))
}

impl Ty {
    /// As it is written; `lifetime`: with a space behind it, or empty.
    pub fn text(&self, lifetime: &str) -> String {
        let inside = |ty: &Ty| ty.text(lifetime);
        match self {
            Self::U8 => "u8".to_owned(),
            Self::U32 => "u32".to_owned(),
            Self::Usize => "usize".to_owned(),
            Self::Bool => "bool".to_owned(),
            Self::Str => format!("&{lifetime}str"),
            Self::String => "String".to_owned(),
            Self::Noisy => "Noisy".to_owned(),
            Self::Mute => "Mute".to_owned(),
            Self::Rec => "Rec".to_owned(),
            Self::Kind => "Kind".to_owned(),
            Self::Unit => "()".to_owned(),
            Self::Vec(ty) => format!("Vec<{}>", inside(ty)),
            Self::Opt(ty) => format!("Option<{}>", inside(ty)),
            Self::Res(ty) => format!("Result<{}, Fault>", inside(ty)),
            Self::Tup(a, b) => format!("({}, {})", inside(a), inside(b)),
            Self::Boxed(ty) => format!("Box<{}>", inside(ty)),
            Self::Ref(ty) => format!("&{lifetime}{}", inside(ty)),
            Self::Mut(ty) => format!("&{lifetime}mut {}", inside(ty)),
            Self::Closure(_) => "_".to_owned(),
        }
    }

    pub fn is_copy(&self) -> bool {
        match self {
            Self::U8 | Self::U32 | Self::Usize | Self::Bool | Self::Str | Self::Unit | Self::Ref(_) => true,
            Self::Opt(ty) => ty.is_copy(),
            Self::Tup(a, b) => a.is_copy() && b.is_copy(),
            _ => false,
        }
    }

    pub fn is_clone(&self) -> bool {
        match self {
            Self::Mute | Self::Mut(_) | Self::Res(_) | Self::Closure(_) => false,
            Self::Vec(ty) | Self::Opt(ty) | Self::Boxed(ty) => ty.is_clone(),
            Self::Tup(a, b) => a.is_clone() && b.is_clone(),
            _ => true,
        }
    }

    /// Whether a value may hold a borrow of a local.
    pub fn borrows(&self) -> bool {
        match self {
            Self::Str | Self::Ref(_) | Self::Mut(_) | Self::Closure(_) => true,
            Self::Vec(ty) | Self::Opt(ty) | Self::Res(ty) | Self::Boxed(ty) => ty.borrows(),
            Self::Tup(a, b) => a.borrows() || b.borrows(),
            _ => false,
        }
    }

    /// A type that borrows nothing.
    pub fn owned(rng: &mut Rng, depth: u32) -> Self {
        if depth == 0 || rng.chance(55) {
            return match rng.below(12) {
                0..=2 => Self::U8,
                3 => Self::Usize,
                4 => Self::Bool,
                5 => Self::String,
                6 | 7 => Self::Noisy,
                8 => Self::Mute,
                9 => Self::Rec,
                10 => Self::Kind,
                _ => Self::U32,
            };
        }
        let inner = Self::owned(rng, depth - 1);
        match rng.below(10) {
            0..=3 => vec(inner),
            4..=6 => opt(inner),
            7 => tup(inner, Self::owned(rng, depth - 1)),
            8 => res(inner),
            _ => boxed(inner),
        }
    }

    /// Any type of a local or an argument.
    pub fn any(rng: &mut Rng) -> Self {
        match rng.below(20) {
            0 | 1 => by_ref(Self::owned(rng, 1)),
            2..=4 => by_mut(Self::owned(rng, 1)),
            5 => Self::Str,
            6 => opt(by_ref(Self::owned(rng, 0))),
            7 => opt(by_mut(Self::owned(rng, 0))),
            8 => vec(by_ref(Self::owned(rng, 0))),
            9 => vec(Self::Str),
            10 => vec(by_mut(Self::owned(rng, 0))),
            11 => tup(by_mut(Self::owned(rng, 0)), Self::owned(rng, 0)),
            _ => Self::owned(rng, 2),
        }
    }
}

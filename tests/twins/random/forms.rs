//! The forms that an expression of a type may have.

use super::expr::Form;
use super::expr::Hole::{self, Lazy, Maybe, Name, Read, Return, Round, Val, Write};
use super::generator::Generator;
use super::types::Ty::{self, Bool, Kind, Mute, Noisy, Rec, Str, String, U8, Unit, Usize};
use super::types::{by_mut, by_ref, opt, res, tup, vec as list};

macro_rules! forms {
    ($($text:literal $($hole:expr),*;)*) => { std::vec![$(($text, std::vec![$($hole),*])),*] };
}

impl Generator {
    pub fn forms(&mut self, ty: &Ty) -> Vec<Form> {
        let mut forms = match ty {
            U8 => numbers(),
            Noisy => noisy(),
            Ty::Vec(of) => lists(of),
            Ty::Opt(of) => options(of),
            Ty::Res(of) => results(of),
            Ty::Ref(of) => references(of),
            Ty::Mut(of) => mutables(of),
            other => others(other),
        };
        let own = self.scope.closures == 0;
        let val = |ty: &Ty| Val(ty.clone());
        if own && ty != &Unit {
            if let Ty::Res(_) = self.ret {
                forms.push(("@?", vec![Val(res(ty.clone()))]));
                forms.push(("@?", vec![Val(res(ty.clone()))]));
                match ty {
                    U8 => forms.extend(forms!("may(#)?" Val(U8);)),
                    Noisy => forms.extend(forms!("try_noisy(#)?" Val(U8);)),
                    _ => {}
                }
            }
            if let Ty::Opt(_) = self.ret {
                forms.push(("@?", vec![Val(opt(ty.clone()))]));
            }
            forms.push(("match # { Some(a) => a, None => return # }", vec![Val(opt(ty.clone())), Return]));
            forms.push(("if flip() { # } else { return # }", vec![Maybe(ty.clone()), Return]));
            if self.is_async && *ty == U8 {
                let more = forms!("pause(#).await" Val(U8); "pause(#).await ^ #" Val(U8), Val(U8););
                forms.extend([more.clone(), more.clone(), more].concat());
            }
        }
        if !matches!(ty, Ty::Closure(_)) && self.rng.chance(40) {
            forms.push(("same(#)", vec![val(ty)]));
            forms.push(("either(#, #)", vec![val(ty), val(ty)]));
            forms.push(("if # { # } else { # }", vec![Val(Bool), Maybe(ty.clone()), Maybe(ty.clone())]));
            forms.push(("match # { a => a }", vec![val(ty)]));
            forms.push(("{ let a = #; a }", vec![val(ty)]));
            forms.push(("{ #; # }", vec![Val(Noisy), val(ty)]));
            forms.push(("loop { tick(); if flip() { break #; } }", vec![Round(ty.clone())]));
            forms.push(("'out: { if flip() { break 'out #; } # }", vec![Maybe(ty.clone()), val(ty)]));
            forms.push(("(#, #).0", vec![val(ty), Val(Noisy)]));
            forms.push(("(#, #).1", vec![Val(Noisy), val(ty)]));
            forms.push((
                "match # { 0 => #, 1..=9 if flip() => #, _ => # }",
                vec![Val(U8), Maybe(ty.clone()), Maybe(ty.clone()), Maybe(ty.clone())],
            ));
            forms.push(("if let Some(a) = # { a } else { # }", vec![Val(opt(ty.clone())), val(ty)]));
            if !ty.borrows() {
                forms.push(("once(|| #)", vec![Lazy(ty.clone())]));
                forms.push(("(|| #)()", vec![Lazy(ty.clone())]));
                forms.push(("once(|| { if flip() { return #; } # })", vec![Lazy(ty.clone()), Lazy(ty.clone())]));
            }
        }
        forms
    }
}

fn numbers() -> Vec<Form> {
    forms! {
        "num()"; "below(5)"; "#.get()" Read(Noisy); "#.get()" Read(Noisy); "#.get()" Read(Mute); "#.id()" Read(Kind);
        "#.n" Read(Rec); "#.bump()" Write(Rec); "#.bump()" Write(Rec); "#" Read(U8);
        "add_to(#, #)" Val(by_mut(U8)), Val(U8); "add_to(#, #)" Val(by_mut(U8)), Val(U8);
        "@.wrapping_add(#)" Val(U8), Val(U8); "@ ^ @" Val(U8), Val(U8); "@ / 2 + #.get() / 2" Val(U8), Read(Noisy);
        "#.len() as u8" Read(list(U8)); "#.len() as u8" Read(String); "@.len() as u8" Val(Str);
        "#.len() as u8" Read(list(Noisy)); "#.iter().copied().fold(0, |a, b| a ^ b)" Read(list(U8));
        "#.iter().map(|a| a.get()).max().unwrap_or(#)" Read(list(Noisy)), Val(U8);
        "#.pop().unwrap_or(#)" Write(list(U8)), Val(U8); "#.first().copied().unwrap_or_default()" Read(list(U8));
        "#[usize::from(below(2))]" Read(list(U8)); "#.take().unwrap_or(#)" Write(opt(U8)), Val(U8);
        "*#.get_or_insert(#)" Write(opt(U8)), Val(U8); "@.unwrap_or(#)" Val(opt(U8)), Val(U8);
        "match # { Some(a) if a > 3 => a ^ 1, Some(_) | None => # }" Val(opt(U8)), Val(U8);
        "match # { Ok(a) => a, Err(Fault::Noisy(a)) => a.get(), Err(_) => # }" Val(res(U8)), Val(U8);
        "if let Some(a) = # { a.get() } else { # }" Val(opt(by_ref(Noisy))), Val(U8);
        "match # { Kind::One(a) if a.0 > 3 => a.get(), other => other.id() }" Val(Kind);
        "match # { Kind::Named { id: id @ 1..=9, .. } => *id, Kind::One(a) => a.get(), _ => # }" Val(by_ref(Kind)), Val(U8);
        "match # { (0, a) => a.get(), (n, _) => n }" Val(tup(U8, Noisy));
        "{ let a = #; let b = #; a.get() ^ b }" Val(Noisy), Val(U8); "{ let (a, _) = (#, #); a.get() }" Val(Noisy), Val(Noisy);
        "once(|| #)" Lazy(U8); "twice(|a| a ^ #)" Lazy(U8); "strict(#)" Val(U8); "*@" Val(by_ref(U8)); "*@" Val(by_mut(U8));
        "#(#)" Read(Ty::Closure(false)), Val(U8); "#(#)" Write(Ty::Closure(true)), Val(U8);
        "with(#, |a| a.get())" Val(by_ref(Noisy)); "with(#, |a| a.get() ^ #)" Val(by_ref(Noisy)), Lazy(U8);
        "edit(#, |a| { a.push(#); a.len() as u8 })" Val(by_mut(list(U8))), Lazy(U8);
        "edit(#, |a| a.bump() ^ #)" Val(by_mut(Rec)), Lazy(U8); "std::mem::take(#)" Val(by_mut(U8));
        "std::mem::replace(#, #)" Val(by_mut(U8)), Val(U8); "@ as u8" Val(Usize); "u8::from(#)" Val(Bool);
        "#.push(#).push(#).bump()" Write(Rec), Val(U8), Val(U8); "*#.item(#)" Write(Rec), Val(U8);
        "#.list.len() as u8 ^ #.n" Read(Rec), Read(Rec); "debug(#) as u8" Val(by_ref(list(U8)));
        "@.parse().unwrap_or(#)" Val(Str), Val(U8); "format!(\"{#:?}\").len() as u8 ^ #" Name, Val(U8);
        "#.slot().map_or(#, |a| *a)" Write(Kind), Val(U8); "#.iter().map(|a| a.len() as u8).sum::<u8>()" Read(list(Str));
        "#.iter_mut().map(|a| a.bump()).fold(0, |a, b| a ^ b)" Write(list(Rec)); "(#, #).0.get()" Val(Noisy), Val(Noisy);
        "[#, #][usize::from(flip())]" Val(U8), Val(U8); "{ let a: u8 = #; a }" Val(U8); "@.0" Val(tup(U8, Noisy));
        "#.iter().zip(#).map(|(a, b)| a ^ b).fold(1, |a, b| a ^ b)" Read(list(U8)), Val(by_ref(list(U8)));
        "@.unwrap()" Val(opt(U8)); "@.expect(\"a number\")" Val(res(U8));
    }
}

fn noisy() -> Vec<Form> {
    forms! {
        "Noisy::new(#)" Val(U8); "#.clone()" Read(Noisy); "@.pass()" Val(Noisy); "std::mem::take(#)" Val(by_mut(Noisy));
        "std::mem::replace(#, #)" Val(by_mut(Noisy)), Val(Noisy); "@.into_noisy()" Val(Rec);
        "@.unwrap_or_else(|| #)" Val(opt(Noisy)), Lazy(Noisy); "@.0" Val(Mute); "@.noisy" Val(Rec); "@.1" Val(tup(U8, Noisy));
        "*@" Val(super::types::boxed(Noisy)); "#.pop().unwrap_or_default()" Write(list(Noisy));
        "match # { Kind::One(a) => a, _ => # }" Val(Kind), Val(Noisy); "#.take().unwrap_or_default()" Write(opt(Noisy));
        "match try_noisy(#) { Ok(a) | Err(a) => a }" Val(U8); "@.into_iter().next_back().unwrap_or_default()" Val(list(Noisy));
        "#.iter().find(|a| a.get() > #).cloned().unwrap_or_default()" Read(list(Noisy)), Lazy(U8);
    }
}

fn lists(of: &Ty) -> Vec<Form> {
    let one = || of.clone();
    let mut forms = forms! {
        "vec![#, #]" Val(one()), Val(one()); "Vec::from([#])" Val(one()); "std::mem::take(#)" Val(by_mut(list(one())));
        "#.drain(..).collect::<Vec<_>>()" Write(list(one())); "@.into_iter().rev().collect::<Vec<_>>()" Val(list(one()));
        "@.into_iter().filter(|_| flip()).collect::<Vec<_>>()" Val(list(one()));
        "{ let mut a = #; a.push(#); a }" Val(list(one())), Val(one());
        "#.split_off(usize::from(flip()).min(#))" Write(list(one())), Val(Usize);
    };
    if of.is_clone() {
        forms.extend(forms!("#.iter().cloned().collect::<Vec<_>>()" Read(list(one()));));
    }
    match of {
        U8 => forms.extend(forms! {
            "(0..below(4)).collect::<Vec<u8>>()"; "@.list" Val(Rec); "(0..3).map(|a| a ^ #).collect::<Vec<u8>>()" Lazy(U8);
            "#.iter().map(|a| a.get()).collect::<Vec<u8>>()" Read(list(Noisy)); "@.into_bytes()" Val(String);
        }),
        Ty::Ref(to) => forms.extend(forms!("#.iter().collect::<Vec<_>>()" Read(list((**to).clone()));)),
        Ty::Mut(to) => forms.extend(forms!("#.iter_mut().collect::<Vec<_>>()" Write(list((**to).clone()));)),
        Str => forms.extend(forms!("@.split('e').collect::<Vec<_>>()" Val(Str);)),
        _ => {}
    }
    forms
}

fn options(of: &Ty) -> Vec<Form> {
    let one = || of.clone();
    let mut forms = forms! {
        "Some(#)" Val(one()); "Some(#).filter(|_| flip())" Val(one()); "#.pop()" Write(list(one())); "#.take()" Write(opt(one()));
        "@.into_iter().next()" Val(list(one())); "@.map(|a| a)" Val(opt(one())); "@.or(#)" Val(opt(one())), Val(opt(one()));
        "#.replace(#)" Write(opt(one())), Val(one()); "@.ok()" Val(res(one())); "Some(Some(#)).flatten()" Val(one());
    };
    if !of.borrows() {
        forms.extend(forms!("flip().then(|| #)" Lazy(one()); "@.and_then(|a| if flip() { Some(a) } else { Some(#) })" Val(opt(one())), Lazy(one());));
    }
    match of {
        U8 => forms.extend(forms! {
            "#.some()" Read(Noisy); "@.checked_sub(#)" Val(U8), Val(U8); "#.first().copied()" Read(list(U8));
            "#.iter().copied().max()" Read(list(U8)); "@.map(|a| a.get())" Val(opt(by_ref(Noisy)));
            "#.iter().find_map(|a| a.some())" Read(list(Noisy)); "@.bytes().last()" Val(Str);
        }),
        Ty::Ref(to) => {
            let to = || (**to).clone();
            forms.extend(forms! {
                "#.first()" Read(list(to())); "#.iter().find(|_| flip())" Read(list(to())); "#.as_ref()" Read(opt(to()));
                "first(#)" Val(by_ref(list(to()))); "@.iter().last()" Val(by_ref(list(to())));
            });
        }
        Ty::Mut(to) => {
            let to = || (**to).clone();
            forms.extend(forms! {
                "#.last_mut()" Write(list(to())); "#.as_mut()" Write(opt(to())); "#.iter_mut().find(|_| flip())" Write(list(to()));
            });
            if to() == U8 {
                forms.extend(forms!("#.slot()" Write(Kind);));
            }
        }
        _ => {}
    }
    forms
}

fn results(of: &Ty) -> Vec<Form> {
    let one = || of.clone();
    let mut forms = forms! {
        "Ok::<_, Fault>(#)" Val(one()); "Ok::<_, Fault>(#)" Val(one()); "Err(Fault::Noisy(#))" Val(Noisy); "Err(Fault::from(#))" Val(String);
        "@.ok_or_else(|| Fault::Noisy(#))" Val(opt(one())), Lazy(Noisy); "@.or_else(|a| if flip() { Err(a) } else { Ok(#) })" Val(res(one())), Lazy(one());
        "once(|| { let a = @?; Ok(a) })" Lazy(res(one()));
    };
    if *of == U8 {
        forms.extend(forms!("may(#).map_err(Fault::from)" Val(U8);));
    }
    forms
}

fn references(of: &Ty) -> Vec<Form> {
    let one = || of.clone();
    let own = || by_ref(of.clone());
    let mut forms = forms! {
        "either(#, #)" Val(own()), Val(own()); "#.first().unwrap_or(#)" Read(list(one())), Val(own());
        "#.as_ref().unwrap_or(#)" Read(opt(one())), Val(own()); "&#[0]" Read(list(one()));
        "match # { Some(a) => a, None => # }" Val(opt(own())), Val(own()); "@.unwrap_or(#)" Val(opt(own())), Val(own());
    };
    if *of == U8 {
        forms.extend(forms!("#.item(#)" Write(Rec), Val(U8);));
    }
    forms
}

fn mutables(of: &Ty) -> Vec<Form> {
    let one = || of.clone();
    let own = || by_mut(of.clone());
    let mut forms = forms! {
        "either(#, #)" Val(own()), Val(own()); "match # { Some(a) => a, None => # }" Val(opt(own())), Val(own());
        "#.get_or_insert_with(|| #)" Write(opt(one())), Lazy(one()); "&mut #[0]" Write(list(one())); "&mut *@" Val(own());
    };
    match of {
        U8 => forms.extend(forms!("#.item(#)" Write(Rec), Val(U8); "&mut @.n" Val(by_mut(Rec));)),
        Rec => forms.extend(forms!("#.push(#)" Write(Rec), Val(U8);)),
        Ty::Vec(to) => forms.push(("{ let a = #; a.push(#); a }", vec![Val(own()), Val((**to).clone())])),
        _ => {}
    }
    forms
}

fn others(ty: &Ty) -> Vec<Form> {
    match ty {
        Ty::Tup(a, b) => vec![("(#, #)", vec![Val((**a).clone()), Val((**b).clone())])],
        Ty::Boxed(of) => vec![("Box::new(#)", vec![Val((**of).clone())])],
        Ty::U32 => forms!("u32::from(#)" Val(U8); "@.count_ones()" Val(U8);),
        Usize => forms! {
            "usize::from(#)" Val(U8); "#.len()" Read(list(U8)); "#.len()" Read(list(Noisy)); "debug(#)" Val(by_ref(list(U8)));
            "#.len() + #.len()" Read(list(U8)), Read(String); "#.chars().count()" Read(String);
        },
        Bool => forms! {
            "@ > @" Val(U8), Val(U8); "@ == @" Val(U8), Val(U8); "#.is_empty()" Read(list(U8)); "@ && @" Val(Bool), Maybe(Bool);
            "@ || @" Val(Bool), Maybe(Bool); "!@" Val(Bool); "matches!(#, Some(a) if a > 2)" Val(opt(U8)); "#.is_some()" Read(opt(Noisy));
            "@.is_some_and(|a| a.get() > 2)" Val(opt(Noisy)); "#.get() > #.get()" Read(Noisy), Read(Noisy);
            "matches!(#, Kind::One(_) | Kind::Empty)" Read(Kind); "#.pop().is_none()" Write(list(U8));
        },
        Str => forms! {
            "#.words()" Read(Rec); "longest(#, #)" Val(Str), Val(Str); "@.trim()" Val(Str); "#.as_str()" Read(String);
            "&#[..]" Read(String); "@.split('e').next().unwrap_or(#)" Val(Str), Val(Str);
        },
        String => forms! {
            "String::from(#)" Val(Str); "@.to_owned()" Val(Str); "format!(\"{}-{}\", #, #)" Val(U8), Val(Str); "@.text" Val(Rec);
            "#.to_uppercase()" Read(String); "std::mem::take(#)" Val(by_mut(String)); "format!(\"{#:?}\")" Name; "@ + #" Val(String), Val(Str);
            "#.iter().map(|a| a.to_string()).collect::<Vec<_>>().join(\"+\")" Read(list(U8)); "#.concat()" Read(list(Str));
            "#.iter().map(|a| format!(\"{a:?}\")).collect()" Read(list(Noisy));
        },
        Rec => forms! {
            "Rec::new(#, #)" Val(U8), Val(Noisy); "Rec { n: #, ..# }" Val(U8), Val(Rec); "std::mem::take(#)" Val(by_mut(Rec));
            "Rec { noisy: #, list: #, ..Default::default() }" Val(Noisy), Val(list(U8)); "{ let Rec { noisy, text, .. } = #; Rec { text, ..Rec::new(2, noisy) } }" Val(Rec);
        },
        Kind => forms! {
            "Kind::new(#)" Val(U8); "Kind::One(#)" Val(Noisy); "Kind::Named { id: #, list: # }" Val(U8), Val(list(U8));
            "Kind::Nested(Box::new(#))" Val(Kind); "match # { Kind::Nested(a) => *a, a => a }" Val(Kind);
        },
        Mute => forms!("Mute::new(#)" Val(U8); "Mute(#)" Val(Noisy);),
        Unit => forms!("drop(#)" Val(Noisy); "note(#)" Val(U8); "()";),
        _ => vec![("|a: u8| a ^ 1", Vec::<Hole>::new())],
    }
}

//! Which way the code went: branches and arms that were taken, and what their patterns bound.

use crate::shape::shape;
use scope::instrument;
use std::hint::black_box;

shape! {
    if_taken
    { #[instrument(level = "full")] fn f(n: u8) -> u8 { if n > 2 { 1 } else { 0 } } }
    { assert_eq!(f(3), 1); }
    "f(n = 3)" "  branch if n > 2" "f Returned 1"
}
shape! {
    else_taken
    { #[instrument(level = "full")] fn f(n: u8) -> u8 { if n > 2 { 1 } else { 0 } } }
    { assert_eq!(f(1), 0); }
    "f(n = 1)" "  branch else of if n > 2" "f Returned 0"
}
shape! {
    else_if_taken
    { #[instrument(level = "full")] fn f(n: u8) -> u8 { if n > 2 { 1 } else if n == 1 { 2 } else { 0 } } }
    { assert_eq!(f(1), 2); }
    "f(n = 1)" "  branch if n == 1" "f Returned 2"
}
shape! {
    no_else
    { #[instrument(level = "full")] fn f(n: u8) { if n > 2 { black_box(n); } } }
    { f(1); }
    "f(n = 1)" "f Returned"
}
shape! {
    if_let
    { #[instrument(level = "full")] fn f(n: Option<u8>) -> u8 { if let Some(x) = n { x } else { 0 } } }
    { assert_eq!(f(Some(4)), 4); }
    "f(n = Some(4))" "  branch if let Some(x) = n" "  x = 4" "f Returned 4"
}
shape! {
    if_let_else
    { #[instrument(level = "full")] fn f(n: Option<u8>) -> u8 { if let Some(x) = n { x } else { 0 } } }
    { assert_eq!(f(None), 0); }
    "f(n = None)" "  branch else of if let Some(x) = n" "f Returned 0"
}
shape! {
    a_condition_is_an_expression
    { #[instrument(level = "full")] fn f(n: Option<u8>) -> bool { let big = if n.is_some_and(|m| m > 3) { true } else { false }; big } }
    { assert_eq!(f(Some(4)), true); }
    "f(n = Some(4))" "  branch if n.is_some_and(|m| m > 3)" "  big = true" "f Returned true"
}
shape! {
    arms
    {
        #[instrument(level = "full")]
        fn f(n: Result<u8, String>) -> usize {
            match n { Ok(0) => 0, Ok(x) if x > 9 => 1, Ok(x) => usize::from(x), Err(text) => { text.len() } }
        }
    }
    { assert_eq!(f(Err("no".to_owned())), 2); }
    "f(n = Err(\"no\"))" "  branch Err(text)" "  text = \"no\"" "f Returned 2"
}
shape! {
    arms_with_a_guard
    {
        #[instrument(level = "full")]
        fn f(n: Result<u8, String>) -> usize {
            match n { Ok(0) => 0, Ok(x) if x > 9 => 1, Ok(x) => usize::from(x), Err(text) => { text.len() } }
        }
    }
    { assert_eq!(f(Ok(10)), 1); }
    "f(n = Ok(10))" "  branch Ok(x) if x > 9" "  x = 10" "f Returned 1"
}
shape! {
    arms_of_alternatives
    { #[instrument(level = "full")] fn f(n: (u8, u8)) -> u8 { match n { (0, a) | (1, a) => a, _ => 0 } } }
    { assert_eq!(f((1, 7)), 7); }
    "f(n = (1, 7))" "  branch (0, a) | (1, a)" "  a = 7" "f Returned 7"
}
shape! {
    arms_by_reference
    { #[instrument(level = "full")] fn f(n: &mut Option<Vec<u8>>) { match n { Some(v) => v.push(2), None => {} } } }
    { f(&mut Some(vec![1u8])); }
    "f(n = Some(b\"\\x01\"))" "  branch Some(v)" "  v = b\"\\x01\"" "f Returned"
}
shape! {
    nested_arms
    { #[instrument(level = "full")] fn f(n: Option<Option<u8>>) -> u8 { match n { Some(m) => match m { Some(k) => k, None => 1 }, None => 2 } } }
    { assert_eq!(f(Some(Some(1))), 1); }
    "f(n = Some(Some(1)))" "  branch Some(m)" "  m = Some(1)" "  branch Some(k)" "  k = 1" "f Returned 1"
}
shape! {
    let_else_left
    { #[instrument(level = "full")] fn f(n: Option<u8>) -> u8 { let Some(x) = n else { return 9 }; x } }
    { assert_eq!(f(None), 9); }
    "f(n = None)" "  branch else of let Some(x)" "f Returned 9"
}
shape! {
    let_else_stayed
    { #[instrument(level = "full")] fn f(n: Option<u8>) -> u8 { let Some(x) = n else { return 9 }; x } }
    { assert_eq!(f(Some(2)), 2); }
    "f(n = Some(2))" "  x = 2" "f Returned 2"
}
shape! {
    closure_parameters
    { #[instrument(level = "full")] fn f(n: u8) -> u8 { let add = |a: u8, (b, _): (u8, u8)| { a + b + n }; add(1, (2, 3)) } }
    { assert_eq!(f(2), 5); }
    "f(n = 2)" "  add = <Opaque: weave::branches::closure_parameters::f::{{closure}}, 8 bytes>" "  a = 1" "  b = 2" "f Returned 5"
}
shape! {
    closures_of_one_expression
    { #[instrument(level = "full")] fn f(n: Vec<u8>) -> u8 { let k = 3; n.iter().map(|x| x * k).sum() } }
    { assert_eq!(f(vec![1, 2]), 9); }
    "f(n = b\"\\x01\\x02\")" "  k = 3" "  x = 1" "  x = 2" "f Returned 9"
}
shape! {
    an_open_type_is_known_later
    {
        #[instrument(level = "full")]
        fn f(n: u8) -> usize {
            let mut all = Vec::new();
            if let Some(first) = all.pop() { drop::<String>(first); }
            for s in &all { black_box::<&String>(s); }
            all.push(n.to_string());
            match all.pop() { Some(s) => s.len(), None => 0 }
        }
    }
    { assert_eq!(f(1), 1); }
    "f(n = 1)" "  all = []" "  all = []" "  all = []" "  all = [\"1\"]" "  branch Some(s)" "  s = \"1\"" "f Returned 1"
}
shape! {
    temporaries_live_as_long
    {
        #[instrument(level = "full")]
        fn f(n: u8) -> usize {
            let text: &str = match n { 0 => "zero", _ => &String::from("more") };
            let size = match &format!("{n}") { s if s.is_empty() => 0, s => s.len() + text.len() };
            size
        }
    }
    { assert_eq!(f(1), 5); }
    "f(n = 1)" "  branch _" "  text = \"more\"" "  branch s" "  s = \"1\"" "  size = 5" "f Returned 5"
}
shape! {
    under_cfg
    {
        #[instrument(level = "full")]
        fn f(n: u8) -> u8 {
            match n {
                #[cfg(any())]
                1 => 5,
                #[cfg(all())]
                m => m,
                #[cfg(any())]
                _ => 0,
            }
        }
    }
    { assert_eq!(f(1), 1); }
    "f(n = 1)" "  branch m" "  m = 1" "f Returned 1"
}
shape! {
    names_that_nobody_uses
    { #[instrument(level = "full")] fn f(n: (u8, u8)) -> u8 { match n { (_a, b) => b } } }
    { assert_eq!(f((1, 2)), 2); }
    "f(n = (1, 2))" "  branch (_a, b)" "  b = 2" "f Returned 2"
}
shape! {
    hidden_names
    { #[instrument(level = "full")] fn f(n: Option<&'static str>) -> usize { if let Some(password) = n { password.len() } else { 0 } } }
    { assert_eq!(f(Some("hunter2")), 7); }
    "f(n = Some(\"hunter2\"))" "  branch if let Some(password) = n" "  password = <redacted>" "f Returned 7"
}
shape! {
    a_chain_of_lets
    { #[instrument(level = "full")] fn f(a: Option<u16>, b: Result<u16, ()>) -> u16 { if let Some(x) = a && x > 1 && let Ok(y) = b { x + y } else { 0 } } }
    { assert_eq!((f(Some(2), Ok(3)), f(Some(1), Ok(3)), f(Some(2), Err(()))), (5, 0, 0)); }
    "f(a = Some(2), b = Ok(3))" "  branch if let Some(x) = a && x > 1 && let Ok(y) = b" "  x = 2" "  y = 3" "f Returned 5"
    "f(a = Some(1), b = Ok(3))" "  branch else of if let Some(x) = a && x > 1 && let Ok(y) = b" "f Returned 0"
    "f(a = Some(2), b = Err(()))" "  branch else of if let Some(x) = a && x > 1 && let Ok(y) = b" "f Returned 0"
}
shape! {
    lets_in_a_macro_condition
    { #[instrument(level = "full")] fn f(n: Option<u16>) -> bool { if matches!(n, Some(x) if x > 1) { return true; } false } }
    { assert!(f(Some(2))); }
    "f(n = Some(2))" "  branch if matches!(n, Some(x) if x > 1)" "f Returned true"
}
shape! {
    a_match_in_let
    { #[instrument(level = "full")] fn f(n: u16) -> u16 { let m = match n { 0 => 10, k @ 1..=3 => k * 2, _ => 0 }; m } }
    { assert_eq!((f(0), f(2), f(9)), (10, 4, 0)); }
    "f(n = 0)" "  branch 0" "  m = 10" "f Returned 10"
    "f(n = 2)" "  branch k @ 1..=3" "  k = 2" "  m = 4" "f Returned 4"
    "f(n = 9)" "  branch _" "  m = 0" "f Returned 0"
}
shape! {
    guards_are_untouched
    {
        #[instrument(level = "full")]
        fn f(n: Option<u16>) -> u16 {
            let mut asked = 0;
            let mut ask = |yes: bool| { asked += 1; yes };
            match n {
                Some(x) if ask(x > 5) => x,
                Some(x) if { let y = x; ask(y > 1) } => x * 10,
                _ => { ask(true); asked }
            }
        }
    }
    { assert_eq!((f(Some(2)), f(Some(1))), (20, 3)); }
    "f(n = Some(2))" "  asked = 0" "  ask = <Opaque: weave::branches::guards_are_untouched::f::{{closure}}, 8 bytes>" "  yes = false"
    "  asked = 1" "  yes = true" "  asked = 2" "  branch Some(x) if { let y = x; ask(y > 1) }" "  x = 2" "f Returned 20"
    "f(n = Some(1))" "  asked = 0" "  ask = <Opaque: weave::branches::guards_are_untouched::f::{{closure}}, 8 bytes>" "  yes = false"
    "  asked = 1" "  yes = false" "  asked = 2" "  branch _"
    "  ask = <Opaque: weave::branches::guards_are_untouched::f::{{closure}}, 8 bytes>" "  yes = true" "  asked = 3" "  asked = 3"
    "f Returned 3"
}
shape! {
    slices_and_bindings
    {
        #[instrument(level = "full")]
        fn f(v: &[u16]) -> usize { match v { [] => 0, [one] => usize::from(*one), [first, rest @ ..] => usize::from(*first) + rest.len() } }
    }
    { assert_eq!((f(&[]), f(&[7]), f(&[1, 2, 3])), (0, 7, 3)); }
    "f(v = [])" "  branch []" "f Returned 0" "f(v = [7])" "  branch [one]" "  one = 7" "f Returned 7"
    "f(v = [1, 2, 3])" "  branch [first, rest @ ..]" "  first = 1" "  rest = [2, 3]" "f Returned 3"
}
shape! {
    constants_and_paths_in_patterns
    {
        const LIMIT: u16 = 3;
        #[derive(Clone, Copy, Debug, PartialEq)]
        enum E { A, B { n: u16 } }
        use E::A;
        #[instrument(level = "full")]
        fn f(e: E) -> u16 { match e { A => 1, E::B { n: LIMIT } => 2, E::B { n } => n } }
    }
    { assert_eq!((f(A), f(E::B { n: 3 }), f(E::B { n: 4 })), (1, 2, 4)); }
    "f(e = A)" "  branch A" "f Returned 1" "f(e = B { n: 3 })" "  branch E::B { n: LIMIT }" "f Returned 2"
    "f(e = B { n: 4 })" "  branch E::B { n }" "  n = 4" "f Returned 4"
}
shape! {
    bound_by_ref
    {
        #[instrument(level = "full")]
        fn f(mut n: Option<String>) -> usize { match n { Some(ref mut s) if s.is_empty() => { s.push('x'); s.len() } Some(ref s) => s.len() + 10, None => 0 } }
    }
    { assert_eq!((f(Some(String::new())), f(Some("ab".to_owned()))), (1, 12)); }
    "f(n = Some(\"\"))" "  branch Some(ref mut s) if s.is_empty()" "  s = \"\"" "f Returned 1"
    "f(n = Some(\"ab\"))" "  branch Some(ref s)" "  s = \"ab\"" "f Returned 12"
}
shape! {
    arms_of_closures_and_blocks
    { #[instrument(level = "full", skip(g))] fn f(n: u16) -> u16 { let g: &dyn Fn(u16) -> u16 = match n { 0 => &|m| m + 1, _ => &|m| { m * 2 } }; g(5) } }
    { assert_eq!((f(0), f(1)), (6, 10)); }
    "f(n = 0)" "  branch 0" "f Returned 6" "f(n = 1)" "  branch _" "f Returned 10"
}
shape! {
    conditions_with_blocks
    { #[instrument(level = "full")] fn f(n: u16) -> bool { if { let m = n + 1; m > 1 } { true } else { false } } }
    { assert!(f(1)); }
    "f(n = 1)" "  m = 2" "  branch if { let m = n + 1; m > 1 }" "f Returned true"
}
shape! {
    long_conditions_are_cut
    { #[instrument(level = "full")] fn f(number: u16) -> bool { if number > 1 && number > 2 && number > 3 && number > 4 && number > 5 && number > 6 { true } else { false } } }
    { assert!(f(7)); }
    "f(number = 7)" "  branch if number > 1 && number > 2 && number > 3 && number > 4 && numb…" "f Returned true"
}
shape! {
    lines_of_branches lines
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> u16 {
            let m = if n > 1 {
                n
            } else {
                0
            };
            match m {
                0 => 5,
                k => {
                    k + 1
                }
            }
        }
    }
    { assert_eq!((f(2), f(1)), (3, 5)); }
    "f(n = 2)" "  +1" "  branch if n > 1" "  +2" "  m = 2" "  +6" "  branch k" "  k = 2" "  +9" "f Returned 3 at +12"
    "f(n = 1)" "  +1" "  branch else of if n > 1" "  +4" "  m = 0" "  +6" "  branch 0" "f Returned 5 at +12"
}
shape! {
    if_in_an_operand
    { #[instrument(level = "full")] fn f(n: u16) -> u16 { (if n > 1 { 10 } else { 20 }) + match n { 0 => 1, _ => 2 } } }
    { assert_eq!(f(0), 21); }
    "f(n = 0)" "  branch else of if n > 1" "  branch 0" "f Returned 21"
}
shape! {
    a_call_of_a_match
    { fn one() -> u16 { 1 } fn two() -> u16 { 2 } #[instrument(level = "full")] fn f(n: Option<u16>) -> u16 { match n { Some(m) => (match m { 0 => one, _ => two })(), None => 0 } } }
    { assert_eq!((f(Some(0)), f(Some(1))), (1, 2)); }
    "f(n = Some(0))" "  branch Some(m)" "  m = 0" "f Returned 1" "f(n = Some(1))" "  branch Some(m)" "  m = 1" "f Returned 2"
}
shape! {
    let_else_with_what_was_changed
    { #[instrument(level = "full")] fn f(mut v: Vec<u16>) -> usize { let Some(x) = v.pop() else { v.push(7); return v.len(); }; usize::from(x) } }
    { assert_eq!((f(vec![]), f(vec![3])), (1, 3)); }
    "f(v = [])" "  branch else of let Some(x)" "  v = []" "  v = [7]" "f Returned 1"
    "f(v = [3])" "  x = 3" "f Returned 3"
}
shape! {
    let_else_of_many
    { #[instrument(level = "full")] fn f(v: &[u16]) -> u16 { let (&[a, b, ..], true) = (v, v.len() < 4) else { panic!("{v:?}") }; a + b } }
    { assert_eq!(f(&[1, 2, 3]), 3); assert!(std::panic::catch_unwind(|| f(&[1])).is_err()); }
    "f(v = [1, 2, 3])" "  a = 1" "  b = 2" "f Returned 3"
    "f(v = [1])" "  branch else of let (&[a, b, ..], true)" "f Panicked at +0"
}
shape! {
    arms_that_are_borrowed_anew
    {
        #[instrument(level = "full")]
        fn f(c: bool, a: &mut u8, b: &mut u8) -> u8 { let r = match c { true => &mut *a, false => b }; *r += 1; *b += 2; *b }
    }
    { assert_eq!((f(true, &mut 1, &mut 2), f(false, &mut 1, &mut 2)), (4, 5)); }
    "f(c = true, a = 1, b = 2)" "  branch true" "  r = 1" "f Returned 4" "f(c = false, a = 1, b = 2)" "  r = 2" "f Returned 5"
}
shape! {
    arms_behind_a_shared_borrow
    {
        #[instrument(level = "full")]
        fn f(c: bool, s: &mut String) -> usize { let r = match c { true => "lit", false => s }; let n = r.len(); s.push('x'); n }
        #[instrument(level = "full")]
        fn g(c: bool, #[cfg(all())] b: &mut u8) -> u8 { let r = match c { true => &5, false => b }; let s = *r; *b = 2; s }
    }
    { assert_eq!((f(true, &mut "s".to_owned()), g(false, &mut 3)), (3, 3)); }
    "f(c = true, s = \"s\")" "  branch true" "  r = \"lit\"" "  n = 3" "  s = \"s\"" "f Returned 3"
    "g(c = false, b = 3)" "  r = 3" "  s = 3" "g Returned 3"
}
shape! {
    arms_of_a_known_type
    {
        #[derive(Debug)]
        struct S<'s>(&'s mut u8, [u8; 2]);
        #[instrument(level = "full")]
        fn f<'f>(s: &'f mut S<'_>, n: usize) -> &'f mut u8 { match s.1.get_mut(n) { Some(x) => x, None => s.0 } }
        #[instrument(level = "full")]
        fn g(s: &mut S<'_>, n: usize) -> u8 { let r: &mut u8 = match s.1.get_mut(n) { Some(x) => x, None => s.0 }; *r += 1; *s.0 }
    }
    { assert_eq!((*f(&mut S(&mut 7, [1, 2]), 1), g(&mut S(&mut 7, [1, 2]), 2)), (2, 8)); }
    "f(s = S(7, [1, 2]), n = 1)" "  branch Some(x)" "  x = 2" "f Returned 2" "g(s = S(7, [1, 2]), n = 2)" "  branch None" "  r = 7" "g Returned 8"
}
shape! {
    arms_of_a_type_that_is_seen
    {
        #[derive(Debug)]
        struct P { size: u8 }
        #[instrument(level = "full")]
        fn f(p: Option<&P>, d: u8) -> u8 { let n = match p { Some(p) => p.size, None => 0 }; let m = match p { Some(p) => p.size, None => d }; n + m }
    }
    { assert_eq!(f(Some(&P { size: 3 }), 1), 6); }
    "f(p = Some(P { size: 3 }), d = 1)" "  branch Some(p)" "  p = P { size: 3 }" "  n = 3" "  branch Some(p)" "  p = P { size: 3 }" "  m = 3"
    "f Returned 6"
}
shape! {
    a_value_behind_an_if
    {
        #[instrument(level = "boundaries")]
        mod behind {
            pub fn label(c: bool) -> u8 { if c { return 1; } 'a: loop { loop { break 'a 3; } } }
            pub fn attribute(c: bool) -> u8 { if c { return 1; } #[allow(clippy::match_bool, reason = "an attribute")] match c { true => 1, false => 3 } }
            pub fn negative(c: bool) -> i8 { if c { return 1; } -{ 3 } }
            pub fn not(c: bool) -> bool { if c { return true; } !match c { true => true, false => false } }
            pub fn place(n: &u8) -> u8 { if *n == 1 { return 1; } *{ n } }
            pub fn closure(c: bool) -> fn(u8) -> u8 { if c { return |n| n; } |n| { n + 1 } }
            pub fn path(c: bool) -> u8 { if c { return 1; } <Kept>::made(Kept { n: 2 }); ::std::convert::identity(Kept { n: 3 }).n }
            pub fn built(c: bool) -> Kept { if c { return Kept { n: 1 }; } self::Kept { n: 2 } }
            pub struct Kept { pub n: u8 }
            impl Kept { #[scope::skip] fn made(self) -> u8 { self.n } }
        }
    }
    {
        use behind::*;
        assert_eq!((label(false), attribute(false), negative(true), not(false), place(&2)), (3, 3, 1, true, 2));
        assert_eq!((closure(false)(1), path(false), built(false).n), (2, 3, 2));
    }
    "label()" "label Returned" "attribute()" "attribute Returned"
    "negative()" "negative Returned" "not()" "not Returned"
    "place()" "place Returned" "closure()" "closure Returned"
    "path()" "path Returned" "built()" "built Returned"
}

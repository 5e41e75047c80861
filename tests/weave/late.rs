//! Values whose type is only known behind the place where they are looked at.

use crate::shape::shape;
use scope::instrument;
use std::collections::{BTreeMap, HashMap};
use std::hint::black_box;

struct Opaque;

shape! {
    an_empty_collection
    { #[instrument(level = "full")] fn f(n: u16) -> usize { let mut v = Vec::new(); v.push(n); v.push(2); v.len() } }
    { assert_eq!(f(1), 2); }
    "f(n = 1)" "  v = []" "  v = [1]" "  v = [1, 2]" "f Returned 2"
}
shape! {
    a_collection_of_what_cannot_be_shown
    { #[instrument(level = "full")] fn f() -> usize { let mut v = Vec::new(); v.push(Opaque); v.push(Opaque); v.len() } }
    { assert_eq!(f(), 2); }
    "f()" "  v = []" "  v = [<Opaque: weave::late::Opaque, 0 bytes>]"
    "  v = [<Opaque: weave::late::Opaque, 0 bytes>, <Opaque: weave::late::Opaque, 0 bytes>]" "f Returned 2"
}
shape! {
    a_collection_of_references
    { #[instrument(level = "full")] fn f<'a>(s: &'a str) -> Option<&'a str> { let mut v = Vec::new(); for word in s.split(' ') { v.push(word); } v.pop() } }
    { assert_eq!(f("a b"), Some("b")); }
    // Before `v.push(word)` the `word` may hold a borrow of `v`, as far as the syntax says.
    "f(s = \"a b\")" "  v = []" "  round for word in s.split(' ')" "  word = \"a\"" "  round for word in s.split(' ')"
    "  word = \"b\"" "  v = [\"a\", \"b\"]" "f Returned Some(\"b\")"
}
shape! {
    known_by_what_is_given_back
    { #[instrument(level = "full")] fn f(s: &str) -> Vec<u8> { let all = s.bytes().rev().collect(); all } }
    { assert_eq!(f("ab"), b"ba"); }
    "f(s = \"ab\")" "  all = b\"ba\"" "f Returned b\"ba\""
}
shape! {
    known_by_an_argument_of_a_later_call
    { fn take(_: &[i64]) {} #[instrument(level = "full")] fn f(n: i8) -> usize { let all: Vec<_> = [n, 2].into_iter().map(Into::into).collect(); take(&all); all.len() } }
    { assert_eq!(f(1), 2); }
    "f(n = 1)" "  all = [1, 2]" "f Returned 2"
}
shape! {
    known_inside_a_closure
    { #[instrument(level = "full")] fn f(n: u16) -> usize { let mut v = Vec::new(); let mut add = |m| v.push(m); add(n); v.len() } }
    { assert_eq!(f(1), 1); }
    "f(n = 1)" "  v = []" "  add = <Opaque: weave::late::known_inside_a_closure::f::{{closure}}, 8 bytes>" "  m = 1" "  v = [1]" "f Returned 1"
}
shape! {
    known_in_one_branch_only
    { #[instrument(level = "full")] fn f(n: u16) -> Option<u16> { let mut last = None; if n > 1 { last = Some(n); } last } }
    { assert_eq!((f(1), f(2)), (None, Some(2))); }
    "f(n = 1)" "  last = None" "  last = None" "f Returned None"
    "f(n = 2)" "  last = None" "  branch if n > 1" "  last = Some(2)" "  last = Some(2)" "f Returned Some(2)"
}
shape! {
    known_in_a_loop
    { #[instrument(level = "full")] fn f(v: &[u16]) -> u16 { let mut most = None; for n in v { most = most.max(Some(*n)); } most.unwrap_or_default() } }
    { assert_eq!(f(&[1, 3]), 3); }
    "f(v = [1, 3])" "  most = None" "  round for n in v" "  n = 1" "  most = Some(1)" "  round for n in v" "  n = 3"
    "  most = Some(3)" "  most = Some(3)" "f Returned 3"
}
shape! {
    a_number_of_unknown_size
    { #[instrument(level = "full")] fn f(n: u64) -> u64 { let big = 1; let half = 0.5; black_box(half); big + n } }
    { assert_eq!(f(u64::MAX - 1), u64::MAX); }
    "f(n = 18446744073709551614)" "  big = 1" "  half = 0.5" "f Returned 18446744073709551615"
}
shape! {
    parsed_into_what_is_wanted_later
    { #[instrument(level = "full")] fn f(s: &str) -> Result<u8, std::num::ParseIntError> { let n = s.parse(); let m = n?; Ok(m) } }
    { assert_eq!(f("7"), Ok(7)); assert!(f("x").is_err()); }
    "f(s = \"7\")" "  n = Ok(7)" "  m = 7" "f Returned Ok(7)"
    "f(s = \"x\")" "  n = Err(ParseIntError { kind: InvalidDigit })" "f Early ParseIntError { kind: InvalidDigit } at +0"
}
shape! {
    a_default_of_a_later_type
    { #[instrument(level = "full")] fn f(n: u16) -> BTreeMap<u16, &'static str> { let mut map = Default::default(); let add = |map: &mut BTreeMap<_, _>| map.insert(n, "a"); add(&mut map); map } }
    { assert_eq!(f(1).len(), 1); }
    "f(n = 1)" "  map = {}" "  add = <Opaque: weave::late::a_default_of_a_later_type::f::{{closure}}, 8 bytes>" "  map = {}"
    "  map = {1: \"a\"}" "f Returned {1: \"a\"}"
}
shape! {
    a_map_of_unknown_keys
    { #[instrument(level = "full")] fn f(s: &str) -> usize { let mut seen = HashMap::new(); for c in s.chars() { *seen.entry(c).or_insert(0) += 1; } seen[&'a'] } }
    { assert_eq!(f("aa"), 2); }
    "f(s = \"aa\")" "  seen = {}" "  round for c in s.chars()" "  c = 'a'" "  round for c in s.chars()" "  c = 'a'" "  seen = {'a': 2}" "f Returned 2"
}
shape! {
    an_open_error_type
    { #[instrument(level = "full")] fn f(n: u16) -> Result<u16, String> { let r = Ok(n); let s = r.clone(); if n > 1 { return s.and(Err("big".to_owned())); } r } }
    { assert_eq!(f(1), Ok(1)); }
    "f(n = 1)" "  r = Ok(1)" "  s = Ok(1)" "f Returned Ok(1)"
}
shape! {
    nested_open_types
    { #[instrument(level = "full")] fn f(n: u16) -> usize { let mut rows = vec![Vec::new(); 2]; rows[0].push((n, None)); rows[1].push((n, Some("a"))); let all = rows.concat(); all.len() } }
    { assert_eq!(f(1), 2); }
    "f(n = 1)" "  rows = [[], []]" "  rows = [[(1, None)], []]" "  rows = [[(1, None)], [(1, Some(\"a\"))]]"
    "  all = [(1, None), (1, Some(\"a\"))]" "f Returned 2"
}
shape! {
    open_in_a_generic_function
    { #[instrument(level = "full")] fn f<T: Clone>(t: &T) -> Vec<T> { let mut v = Vec::new(); v.push(t.clone()); v } }
    { assert_eq!(f(&1_u16), [1]); }
    "f(t = 1)" "  v = []" "  v = [1]" "f Returned [1]"
}
shape! {
    open_and_generic_with_debug
    { #[instrument(level = "full")] fn f<T: Clone + std::fmt::Debug>(t: &T) -> Vec<T> { let mut v = Vec::new(); v.push(t.clone()); v.push(t.clone()); v } }
    { assert_eq!(f(&1_u16), [1, 1]); }
    "f(t = 1)" "  v = []" "  v = [1]" "  v = [1, 1]" "f Returned [1, 1]"
}
shape! {
    a_reference_to_an_open_type
    { #[instrument(level = "full")] fn f(n: u16) -> usize { let mut v = Vec::new(); { let r = &mut v; r.push(n); r.push(2); } v.len() } }
    { assert_eq!(f(1), 2); }
    "f(n = 1)" "  v = []" "  r = []" "  v = [1, 2]" "f Returned 2"
}
shape! {
    a_method_that_needs_the_type
    { #[instrument(level = "full")] fn f(v: Vec<&str>) -> String { let parts = v.into_iter().map(|s| { let t = s.trim(); t.to_uppercase() }).collect::<Vec<_>>(); let joined = parts.join("-"); joined } }
    { assert_eq!(f(vec![" a", "b "]), "A-B"); }
    "f(v = [\" a\", \"b \"])" "  parts = [\"A\", \"B\"]" "  joined = \"A-B\"" "f Returned \"A-B\""
}
shape! {
    a_sum_without_a_type
    { #[instrument(level = "full")] fn f(v: &[u8]) -> f64 { let sum = v.iter().map(|n| f64::from(*n)).sum(); let mean: f64 = sum; mean / 2.0 } }
    { assert_eq!(f(&[1, 2]), 1.5); }
    "f(v = b\"\\x01\\x02\")" "  sum = 3.0" "  mean = 3.0" "f Returned 1.5"
}
shape! {
    casts_to_open_types
    { #[instrument(level = "full")] fn f(n: u16) -> u32 { let p = std::ptr::null_mut::<u8>() as *const _; let q = p; let v = Vec::new(); let mut w = v; w.push(q); w.push(&n); n as _ } }
    { assert_eq!(f(1), 1); }
    "f(n = 1)" "  p = 0x0" "  q = 0x0" "  v = []" "  w = []" "  w = [0x0]" "f Returned 1"
}

/// A number of somebody's own making: which of its operators is meant, only the literal beside it tells.
#[derive(Clone, Debug)]
struct Big(u64);

macro_rules! arithmetic {
    ($($number:ty)*) => {$(
        impl std::ops::Shl<$number> for &Big {
            type Output = Big;
            fn shl(self, by: $number) -> Big {
                Big(self.0 << by)
            }
        }
        impl std::ops::Add<$number> for Big {
            type Output = Big;
            fn add(self, more: $number) -> Big {
                Big(self.0 + more as u64)
            }
        }
    )*};
}
arithmetic! { i32 u32 u64 }

shape! {
    known_when_the_literals_are
    {
        #[instrument(level = "full")]
        fn f(s: &Big, n: u64) -> Big {
            let t = s << 1;
            let mut u = if n > 9 { t } else { t + 1 };
            if n > 3 { u = u + 2; }
            u
        }
    }
    { assert_eq!(f(&Big(3), 4).0, 9); }
    "f(s = Big(3), n = 4)" "  t = Big(6)" "  branch else of if n > 9" "  u = Big(7)" "  branch if n > 3" "  u = Big(9)" "  u = Big(9)"
    "f Returned Big(9)"
}
shape! {
    a_number_for_sure
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> u16 {
            let mut m = n * 2 + 1;
            for i in n - 1..n { m += i; }
            let n = Some(m);
            let (a, b) = (m - 1, &n);
            if let k = a % 2 && b.is_some() { m + k } else { a }
        }
    }
    { assert_eq!(f(4), 13); }
    "f(n = 4)" "  m = 9" "  round for i in n - 1..n" "  i = 3" "  m = 12" "  m = 12" "  n = Some(12)" "  a = 11" "  b = Some(12)"
    "  branch if let k = a % 2 && b.is_some()" "  k = 1" "f Returned 13"
}
shape! {
    numbers_that_async_blocks_give
    {
        #[instrument(level = "full", skip(shifted, more))]
        fn f(s: &Big) -> (Big, Big) {
            let shifted = async { let t = s << 1; t };
            let more = async {
                if s.0 > 9 { return s << 2; }
                s << 1
            };
            let (a, b) = (ready(shifted), ready(more));
            (a, b)
        }
        fn ready<F: Future>(future: F) -> F::Output {
            let mut context = std::task::Context::from_waker(std::task::Waker::noop());
            let std::task::Poll::Ready(value) = std::pin::pin!(future).poll(&mut context) else { panic!() };
            value
        }
    }
    { let (a, b) = f(&Big(3)); assert_eq!((a.0, b.0), (6, 6)); }
    "f(s = Big(3))" "  f::{async block}()" "    t = Big(6)" "  f::{async block} Returned Big(6)" "  f::{async block}()"
    "  f::{async block} Returned Big(6)" "  a = Big(6)" "  b = Big(6)" "f Returned (Big(6), Big(6))"
}

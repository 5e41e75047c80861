//! `?`: on every type that has it, wherever it stands, and what it leaves with.

use crate::shape::shape;
use scope::instrument;
use std::error::Error;
use std::fmt;
use std::hint::black_box;
use std::ops::ControlFlow;
use std::task::Poll;

#[derive(Debug, PartialEq)]
struct Low(u16);
impl fmt::Display for Low {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "low {}", self.0)
    }
}
impl Error for Low {}

#[derive(Debug, PartialEq)]
struct High(String);
impl From<Low> for High {
    fn from(low: Low) -> Self {
        Self(low.to_string())
    }
}

fn low(n: u16) -> Result<u16, Low> {
    if n > 1 { Err(Low(n)) } else { Ok(n) }
}

shape! {
    on_a_result lines
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> Result<u16, Low> {
            let m = low(n)?;
            Ok(m + 1)
        }
    }
    { assert_eq!((f(1), f(2)), (Ok(2), Err(Low(2)))); }
    "f(n = 1)" "  +1" "  m = 1" "  +2" "f Returned Ok(2) at +3"
    "f(n = 2)" "  +1" "f Early Low(2) at +1"
}
shape! {
    which_converts_the_error
    { #[instrument(level = "full")] fn f(n: u16) -> Result<u16, High> { Ok(low(n)?) } }
    { assert_eq!(f(2), Err(High("low 2".to_owned()))); }
    // What it leaves with is what went wrong, before it is converted.
    "f(n = 2)" "f Early Low(2) at +0"
}
shape! {
    which_boxes_the_error
    { #[instrument(level = "full")] fn f(n: u16, s: &str) -> Result<u16, Box<dyn Error + Send + Sync>> { let m: u16 = s.parse()?; if n == 0 { Err("zero")?; } Ok(m + low(n)?) } }
    { assert!(f(1, "x").is_err()); assert!(f(0, "1").is_err()); assert!(f(5, "1").is_err()); assert_eq!(f(1, "2").unwrap(), 3); }
    "f(n = 1, s = \"x\")" "f Early ParseIntError { kind: InvalidDigit } at +0"
    "f(n = 0, s = \"1\")" "  m = 1" "  branch if n == 0" "f Early \"zero\" at +0"
    "f(n = 5, s = \"1\")" "  m = 1" "f Early Low(5) at +0"
    "f(n = 1, s = \"2\")" "  m = 2" "f Returned Ok(3)"
}
shape! {
    on_an_option
    { #[instrument(level = "full")] fn f(v: &[u16]) -> Option<u16> { let first = v.first()?; first.checked_sub(1) } }
    { assert_eq!((f(&[]), f(&[0]), f(&[3])), (None, None, Some(2))); }
    "f(v = [])" "f Early None at +0" "f(v = [0])" "  first = 0" "f Returned None" "f(v = [3])" "  first = 3" "f Returned Some(2)"
}
shape! {
    on_a_control_flow
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> ControlFlow<String, u16> {
            (if n > 1 { ControlFlow::Break("enough".to_owned()) } else { ControlFlow::Continue(()) })?;
            ControlFlow::Continue(n)
        }
    }
    { assert_eq!(f(2), ControlFlow::Break("enough".to_owned())); assert_eq!(f(1), ControlFlow::Continue(1)); }
    "f(n = 2)" "  branch if n > 1" "f Early \"enough\" at +1"
    "f(n = 1)" "  branch else of if n > 1" "f Returned Continue(1)"
}
shape! {
    on_a_poll
    {
        #[instrument(level = "full")]
        fn f(p: Poll<Result<u16, Low>>) -> Poll<Result<u16, Low>> { let inner = p?; inner.map(|n| Ok(n + 1)) }
    }
    { assert_eq!(f(Poll::Ready(Err(Low(1)))), Poll::Ready(Err(Low(1)))); assert!(f(Poll::Pending).is_pending()); assert_eq!(f(Poll::Ready(Ok(1))), Poll::Ready(Ok(2))); }
    "f(p = Ready(Err(Low(1))))" "f Early Low(1) at +0"
    "f(p = Pending)" "  inner = Pending" "f Returned Pending"
    "f(p = Ready(Ok(1)))" "  inner = Ready(1)" "f Returned Ready(Ok(2))"
}
shape! {
    on_a_poll_of_an_option
    {
        #[instrument(level = "full")]
        fn f(p: Poll<Option<Result<u16, Low>>>) -> Poll<Option<Result<u16, Low>>> { let inner = p?; inner.map(|n| n.map(Ok)) }
    }
    { assert_eq!(f(Poll::Ready(Some(Err(Low(1))))), Poll::Ready(Some(Err(Low(1))))); assert_eq!(f(Poll::Ready(None)), Poll::Ready(None)); }
    "f(p = Ready(Some(Err(Low(1)))))" "f Early Low(1) at +0"
    "f(p = Ready(None))" "  inner = Ready(None)" "f Returned Ready(None)"
}
shape! {
    several_in_one_line
    { #[instrument(level = "full")] fn f(a: u16, b: u16) -> Result<u16, Low> { let sum = low(a)? + low(b)?; Ok(sum) } }
    { assert_eq!((f(5, 0), f(0, 6)), (Err(Low(5)), Err(Low(6)))); }
    "f(a = 5, b = 0)" "f Early Low(5) at +0" "f(a = 0, b = 6)" "f Early Low(6) at +0"
}
shape! {
    several_in_a_chain
    {
        #[instrument(level = "full")]
        fn f(s: &str) -> Option<u16> {
            s.split(' ')
                .nth(1)?
                .parse::<u16>()
                .ok()?
                .checked_sub(1)
        }
    }
    { assert_eq!((f("a"), f("a b"), f("a 3")), (None, None, Some(2))); }
    "f(s = \"a\")" "f Early None at +2" "f(s = \"a b\")" "f Early None at +4" "f(s = \"a 3\")" "f Returned Some(2)"
}
shape! {
    twice_on_one_value
    { #[instrument(level = "full")] fn f(r: Result<Option<u16>, Low>) -> Result<u16, Box<dyn Error>> { let n = r.map(|o| o.ok_or("none"))??; Ok(n) } }
    { assert!(f(Ok(None)).is_err()); assert!(f(Err(Low(1))).is_err()); assert_eq!(f(Ok(Some(1))).unwrap(), 1); }
    "f(r = Ok(None))" "f Early \"none\" at +0" "f(r = Err(Low(1)))" "f Early Low(1) at +0" "f(r = Ok(Some(1)))" "  n = 1" "f Returned Ok(1)"
}
shape! {
    as_a_statement_of_its_own
    { #[instrument(level = "full")] fn f(n: u16) -> Result<(), Low> { low(n)?; low(n + 1)?; Ok(()) } }
    { assert_eq!((f(0), f(1), f(2)), (Ok(()), Err(Low(2)), Err(Low(2)))); }
    "f(n = 0)" "f Returned Ok(())" "f(n = 1)" "f Early Low(2) at +0" "f(n = 2)" "f Early Low(2) at +0"
}
shape! {
    in_the_tail
    { #[instrument(level = "full")] fn f(r: Result<Result<u16, Low>, Low>) -> Result<u16, Low> { r? } }
    { assert_eq!((f(Ok(Ok(1))), f(Ok(Err(Low(1)))), f(Err(Low(2)))), (Ok(1), Err(Low(1)), Err(Low(2)))); }
    "f(r = Ok(Ok(1)))" "f Returned Ok(1)" "f(r = Ok(Err(Low(1))))" "f Returned Err(Low(1))" "f(r = Err(Low(2)))" "f Early Low(2) at +0"
}
shape! {
    in_a_loop
    { #[instrument(level = "full")] fn f(all: &[u16]) -> Result<u16, Low> { let mut sum = 0; for n in all { sum += low(*n)?; } Ok(sum) } }
    { assert_eq!(f(&[1, 7, 1]), Err(Low(7))); }
    "f(all = [1, 7, 1])" "  sum = 0" "  round for n in all" "  n = 1" "  sum = 1" "  round for n in all" "  n = 7" "f Early Low(7) at +0"
}
shape! {
    in_conditions_and_arms
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> Result<&'static str, Low> {
            if low(n)? == 0 { return Ok("none"); }
            match low(n + 1)? { 0 => Ok("?"), m => { low(m + 1)?; Ok("more") } }
        }
    }
    { assert_eq!((f(0), f(5), f(1)), (Ok("none"), Err(Low(5)), Err(Low(2)))); }
    "f(n = 0)" "  branch if low(n)? == 0" "f Returned Ok(\"none\")" "f(n = 5)" "f Early Low(5) at +1" "f(n = 1)" "f Early Low(2) at +2"
}
shape! {
    in_a_while_let_and_an_if_let
    {
        fn next(v: &mut Vec<u16>) -> Result<Option<u16>, Low> { v.pop().map(low).transpose() }
        #[instrument(level = "full")]
        fn f(mut v: Vec<u16>) -> Result<u16, Low> { let mut last = 0; while let Some(n) = next(&mut v)? { last = n; } if let 0 = low(last)? { Ok(9) } else { Ok(last) } }
    }
    { assert_eq!((f(vec![0]), f(vec![9, 1])), (Ok(9), Err(Low(9)))); }
    "f(v = [0])" "  last = 0" "  round while let Some(n) = next(&mut v)?" "  n = 0" "  last = 0" "  last = 0" "  branch if let 0 = low(last)?" "f Returned Ok(9)"
    "f(v = [9, 1])" "  last = 0" "  round while let Some(n) = next(&mut v)?" "  n = 1" "  last = 1" "f Early Low(9) at +0"
}
shape! {
    in_arguments_fields_and_indices
    {
        #[derive(Debug, PartialEq)]
        struct P { x: u16, y: u16 }
        #[instrument(level = "full")]
        fn f(n: u16) -> Result<P, Low> { let all = [low(n)?, u16::max(low(0)?, 1)]; Ok(P { x: all[usize::from(low(0)?)], y: low(n + 1)? }) }
    }
    { assert_eq!((f(0), f(1)), (Ok(P { x: 0, y: 1 }), Err(Low(2)))); }
    "f(n = 0)" "  all = [0, 1]" "f Returned Ok(P { x: 0, y: 1 })" "f(n = 1)" "  all = [1, 1]" "f Early Low(2) at +0"
}
shape! {
    in_a_closure_of_its_own
    { #[instrument(level = "full")] fn f(n: u16) -> u16 { let g = || -> Result<u16, Low> { let m = low(n)?; Ok(m) }; g().unwrap_or(99) } }
    { assert_eq!((f(1), f(2)), (1, 99)); }
    "f(n = 1)" "  g = <Opaque: weave::questions::in_a_closure_of_its_own::f::{{closure}}, 8 bytes>" "  m = 1" "f Returned 1"
    "f(n = 2)" "  g = <Opaque: weave::questions::in_a_closure_of_its_own::f::{{closure}}, 8 bytes>" "f Returned 99"
}
shape! {
    in_a_closure_for_an_iterator
    { #[instrument(level = "full")] fn f(v: &[u16]) -> Result<Vec<u16>, Low> { v.iter().map(|n| { let m = low(*n)?; Ok(m) }).collect() } }
    { assert_eq!((f(&[0, 1]), f(&[3])), (Ok(vec![0, 1]), Err(Low(3)))); }
    "f(v = [0, 1])" "f Returned Ok([0, 1])" "f(v = [3])" "f Returned Err(Low(3))"
}
shape! {
    inside_a_macro
    {
        macro_rules! tried { ($e:expr) => { $e? } }
        #[instrument(level = "full")]
        fn f(n: u16) -> Result<u16, Low> {
            let m = tried!(low(n));
            Ok(m)
        }
    }
    { assert_eq!((f(1), f(2)), (Ok(1), Err(Low(2)))); }
    "f(n = 1)" "  m = 1" "f Returned Ok(1)" "f(n = 2)" "f Left at +1"
}
shape! {
    inside_the_arguments_of_a_macro
    { #[instrument(level = "full")] fn f(n: u16) -> Result<String, Low> { let s = format!("{}", low(n)?); Ok(s) } }
    { assert_eq!((f(1), f(2)), (Ok("1".to_owned()), Err(Low(2)))); }
    "f(n = 1)" "  s = \"1\"" "f Returned Ok(\"1\")" "f(n = 2)" "f Early Low(2) at +0"
}
shape! {
    inside_the_arguments_of_macros_in_a_macro
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> Result<Vec<String>, Low> {
            let all = vec![format!("{a}{}", low(n)?, a = low(n / 2)?), String::new()];
            assert!(low(n)? > 0, "{}", low(8)?);
            Ok(all)
        }
    }
    {
        assert_eq!((f(1), f(2)), (Ok(vec!["01".to_owned(), String::new()]), Err(Low(2))));
        assert_eq!(f(0), Err(Low(8)));
    }
    "f(n = 1)" "  all = [\"01\", \"\"]" "f Returned Ok([\"01\", \"\"])" "f(n = 2)" "f Early Low(2) at +1"
    "f(n = 0)" "  all = [\"00\", \"\"]" "f Early Low(8) at +2"
}
shape! {
    inside_the_condition_that_a_macro_prints
    { #[instrument(level = "full")] fn f(n: u16) -> Result<(), Low> { assert!(low(n)? > 0); Ok(()) } }
    {
        assert_eq!((f(1), f(2)), (Ok(()), Err(Low(2))));
        let panic = std::panic::catch_unwind(|| f(0)).unwrap_err();
        assert_eq!(panic.downcast_ref(), Some(&"assertion failed: low(n)? > 0"));
    }
    "f(n = 1)" "f Returned Ok(())" "f(n = 2)" "f Left at +0" "f(n = 0)" "f Panicked at +0"
}
shape! {
    on_errors_without_debug
    {
        struct Bare(u16);
        #[instrument(level = "full")]
        fn f(r: Result<u16, Bare>) -> Result<u16, Bare> { let n = r?; Ok(n) }
    }
    { assert!(f(Err(Bare(1))).is_err_and(|bare| bare.0 == 1)); }
    "f(r = Err(<Opaque: weave::questions::on_errors_without_debug::Bare, 2 bytes>))"
    "f Early <Opaque: weave::questions::on_errors_without_debug::Bare, 2 bytes> at +0"
}
shape! {
    on_generic_errors
    { #[instrument(level = "full")] fn f<T, E, F: From<E>>(r: Result<T, E>) -> Result<T, F> { let t = r?; Ok(t) } }
    { assert_eq!(f::<u16, Low, High>(Err(Low(1))), Err(High("low 1".to_owned()))); }
    "f(r = Err(<Opaque: weave::questions::Low, 2 bytes>))" "f Early <Opaque: weave::questions::Low, 2 bytes> at +0"
}
shape! {
    on_errors_that_borrow
    { #[instrument(level = "full")] fn f<'a>(s: &'a str, n: &mut u16) -> Result<(), &'a str> { *n = s.len().try_into().map_err(|_| s)?; (if s.is_empty() { Err(s) } else { Ok(()) })?; Err(&s[1..])? } }
    { let mut n = 0; assert_eq!((f("", &mut n), f("abc", &mut n), n), (Err(""), Err("bc"), 3)); }
    "f(s = \"\", n = 0)" "  branch if s.is_empty()" "f Early \"\" at +0" "f(s = \"abc\", n = 0)" "  branch else of if s.is_empty()" "f Early \"bc\" at +0"
}
shape! {
    on_a_temporary_that_is_borrowed
    { #[instrument(level = "full")] fn f(m: &std::sync::Mutex<Vec<u16>>) -> Option<u16> { let n = *m.lock().ok()?.last()?; Some(n) } }
    { assert_eq!((f(&std::sync::Mutex::new(vec![])), f(&std::sync::Mutex::new(vec![1]))), (None, Some(1))); }
    "f(m = Mutex([]))" "f Early None at +0" "f(m = Mutex([1]))" "  n = 1" "f Returned Some(1)"
}
shape! {
    on_what_is_written_to
    {
        use std::fmt::Write;
        #[instrument(level = "full")]
        fn f(n: u16) -> Result<String, fmt::Error> { let mut s = String::new(); write!(s, "{n}")?; writeln!(&mut s)?; Ok(s) }
    }
    { assert_eq!(f(1).unwrap(), "1\n"); }
    "f(n = 1)" "  s = \"\"" "  s = \"1\\n\"" "f Returned Ok(\"1\\n\")"
}
shape! {
    with_a_type_that_it_makes_known
    { #[instrument(level = "full")] fn f(s: &str) -> Result<u16, std::num::ParseIntError> { let n = s.parse()?; let all = s.chars().map(|c| c.to_string().parse::<u16>()).collect::<Result<Vec<_>, _>>()?; black_box(all); Ok(n) } }
    { assert_eq!(f("12"), Ok(12)); }
    "f(s = \"12\")" "  n = 12" "  all = [1, 2]" "f Returned Ok(12)"
}
shape! {
    through_drops
    {
        #[derive(Debug)]
        struct D(u16);
        #[instrument(level = "full")]
        impl Drop for D { fn drop(&mut self) { self.0 += 1; } }
        #[instrument(level = "full")]
        fn f(n: u16) -> Result<u16, Low> { let _d = D(1); let m = low(n)?; let _e = D(2); Ok(m) }
    }
    { assert_eq!(f(2), Err(Low(2))); }
    "f(n = 2)" "  <D as Drop>::drop(self = D(1))" "  <D as Drop>::drop Returned" "f Early Low(2) at +0"
}
shape! {
    a_panic_behind_it
    {
        #[derive(Debug)]
        struct Bomb;
        impl Drop for Bomb { fn drop(&mut self) { panic!("boom"); } }
        #[instrument(level = "full")]
        fn f(n: u16) -> Result<u16, Low> { let _bomb = Bomb; let m = low(n)?; Ok(m) }
    }
    { assert!(std::panic::catch_unwind(|| f(2)).is_err()); }
    "f(n = 2)" "f Panicked at +0"
}
shape! {
    through_three_calls
    {
        #[instrument(level = "full")]
        mod m {
            pub(super) fn a(n: u16) -> Result<u16, super::High> { Ok(b(n)? + 1) }
            fn b(n: u16) -> Result<u16, super::Low> { c(n).map(|n| n + 1) }
            fn c(n: u16) -> Result<u16, super::Low> { let n = super::low(n)?; Ok(n) }
        }
    }
    { assert_eq!(m::a(2), Err(High("low 2".to_owned()))); }
    "a(n = 2)" "  b(n = 2)" "    c(n = 2)" "    c Early Low(2) at +0" "  b Returned Err(Low(2))" "a Early Low(2) at +0"
}
shape! {
    in_a_const_generic_block
    { #[instrument(level = "full")] fn f(n: u16) -> Option<u16> { let k = const { 1 + 1 }; let m = { let inner = n.checked_sub(1)?; inner + k }; Some(m) } }
    { assert_eq!((f(0), f(1)), (None, Some(2))); }
    "f(n = 0)" "  k = 2" "f Early None at +0" "f(n = 1)" "  k = 2" "  inner = 0" "  m = 2" "f Returned Some(2)"
}
shape! {
    where_the_error_is_never
    {
        use std::convert::Infallible;
        #[instrument(level = "full")]
        fn f(n: u16) -> Result<u32, Infallible> { let m = u32::try_from(n)?; Ok(m) }
    }
    { assert_eq!(f(1), Ok(1)); }
    "f(n = 1)" "  m = 1" "f Returned Ok(1)"
}

//! How a function is left: by its tail, by `return` at any depth, by a panic, and never.

use crate::shape::shape;
use scope::instrument;
use std::hint::black_box;
use std::panic::catch_unwind;

macro_rules! bail {
    ($e:expr) => {
        return Err($e)
    };
}

shape! {
    by_return lines
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> u16 {
            if n > 1 {
                return n * 2;
            }
            n
        }
    }
    { assert_eq!((f(1), f(2)), (1, 4)); }
    "f(n = 1)" "  +1" "  +4" "f Returned 1 at +5"
    "f(n = 2)" "  +1" "  branch if n > 1" "  +2" "f Returned 4 at +2"
}
shape! {
    by_return_of_nothing lines
    {
        #[instrument(level = "full")]
        fn f(n: u16) {
            if n > 1 {
                return;
            }
            black_box(n);
        }
    }
    { f(1); f(2); }
    "f(n = 1)" "  +1" "  +4" "f Returned () at +5"
    "f(n = 2)" "  +1" "  branch if n > 1" "  +2" "f Returned () at +2"
}
shape! {
    by_return_at_the_end
    { #[instrument(level = "full")] fn f(n: u16) -> u16 { return n; } }
    { assert_eq!(f(1), 1); }
    "f(n = 1)" "f Returned 1"
}
shape! {
    by_return_of_what_nothing_gave
    { fn g() {} #[instrument(level = "full")] fn f(n: u16) { if n > 0 { return g(); } black_box(n); } }
    { f(1); }
    "f(n = 1)" "  branch if n > 0" "f Returned ()"
}
shape! {
    by_return_in_loops
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> Option<u16> {
            for i in 0.. {
                let mut j = i;
                while j < n { j += 1; if j == 2 { loop { return Some(i); } } }
            }
            None
        }
    }
    { assert_eq!(f(2), Some(0)); }
    "f(n = 2)"
    "  round for i in 0.."
    "  i = 0"
    "  j = 0"
    "  round while j < n"
    "  j = 1"
    "  round while j < n"
    "  j = 2"
    "  branch if j == 2"
    "  round loop"
    "f Returned Some(0)"
}
shape! {
    by_return_in_a_match_in_an_argument
    {
        fn g(n: u16, m: u16) -> u16 { n + m }
        #[instrument(level = "full")]
        fn f(n: Option<u16>) -> u16 { g(1, match n { Some(m) => m, None => return 0 }) }
    }
    { assert_eq!((f(Some(1)), f(None)), (2, 0)); }
    "f(n = Some(1))" "  branch Some(m)" "  m = 1" "f Returned 2" "f(n = None)" "  branch None" "f Returned 0"
}
shape! {
    by_return_of_return
    { #[instrument(level = "full")] #[allow(unreachable_code, reason = "it is the point")] fn f(n: u16) -> u16 { return return n; } }
    { assert_eq!(f(1), 1); }
    "f(n = 1)" "f Returned 1"
}
shape! {
    by_return_in_a_closure_of_its_own
    { #[instrument(level = "full")] fn f(n: u16) -> u16 { let g = |m: u16| { if m > 1 { return 0; } m }; let a = g(n); let b = g(a + 1); a + b } }
    { assert_eq!(f(1), 1); }
    "f(n = 1)"
    "  g = <Opaque: weave::exits::by_return_in_a_closure_of_its_own::f::{{closure}}, 0 bytes>"
    "  m = 1"
    "  a = 1"
    "  m = 2"
    "  branch if m > 1"
    "  b = 0"
    "f Returned 1"
}
shape! {
    by_return_in_a_closure_that_captures
    { #[instrument(level = "full", skip(g))] fn f(n: u16) -> u16 { let g = |m: u16| { if m > n { return 0; } m }; let a = g(n); g(a + 1) } }
    { assert_eq!(f(1), 0); }
    "f(n = 1)" "  m = 1" "  a = 1" "  m = 2" "  branch if m > n" "f Returned 0"
}
shape! {
    by_return_in_a_nested_function
    { #[instrument(level = "full")] fn f(n: u16) -> u16 { fn g(n: u16) -> u16 { if n > 0 { return 1; } 0 } g(n) + 1 } }
    { assert_eq!(f(1), 2); }
    "f(n = 1)" "  f::g(n = 1)" "    branch if n > 0" "  f::g Returned 1" "f Returned 2"
}
shape! {
    by_return_in_a_macro
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> Result<u16, String> {
            if n > 1 {
                bail!("big".to_owned());
            }
            Ok(n)
        }
    }
    { assert_eq!(f(1), Ok(1)); assert!(f(2).is_err()); }
    "f(n = 1)" "f Returned Ok(1)" "f(n = 2)" "  branch if n > 1" "f Left at +2"
}
shape! {
    by_return_in_a_macro_of_nothing
    {
        macro_rules! done { () => { return } }
        #[instrument(level = "full")]
        fn f(n: u16) { if n > 1 { done!(); } black_box(n); }
    }
    { f(2); }
    "f(n = 2)" "  branch if n > 1" "f Returned"
}
shape! {
    by_break_with_a_value
    { #[instrument(level = "full")] fn f(n: u16) -> u16 { let mut m = n; loop { m += 1; if m > 2 { break m * 2; } } } }
    { assert_eq!(f(2), 6); }
    "f(n = 2)" "  m = 2" "  round loop" "  m = 3" "  branch if m > 2" "f Returned 6"
}
shape! {
    by_break_of_a_labelled_block
    { #[instrument(level = "full")] fn f(n: u16) -> u16 { let m = 'a: { if n > 1 { break 'a 7; } n }; m + 1 } }
    { assert_eq!((f(1), f(2)), (2, 8)); }
    "f(n = 1)" "  m = 1" "f Returned 2" "f(n = 2)" "  branch if n > 1" "  m = 7" "f Returned 8"
}
shape! {
    by_a_tail_of_if
    { #[instrument(level = "full")] fn f(n: u16) -> &'static str { if n > 1 { "big" } else if n == 1 { "one" } else { "none" } } }
    { assert_eq!((f(2), f(1), f(0)), ("big", "one", "none")); }
    "f(n = 2)" "  branch if n > 1" "f Returned \"big\"" "f(n = 1)" "  branch if n == 1" "f Returned \"one\""
    "f(n = 0)" "  branch else of if n == 1" "f Returned \"none\""
}
shape! {
    by_a_tail_of_unsafe
    { #[instrument(level = "full")] fn f(s: &[u16]) -> u16 { unsafe { *s.as_ptr() } } }
    { assert_eq!(f(&[1]), 1); }
    "f(s = [1])" "f Returned 1"
}
shape! {
    by_a_tail_of_a_macro
    { #[instrument(level = "full")] fn f(n: u16) -> String { format!("{n}") } #[instrument(level = "full")] fn g() -> Vec<u16> { vec![1; 2] } }
    { assert_eq!(f(1), "1"); assert_eq!(g(), [1, 1]); }
    "f(n = 1)" "f Returned \"1\"" "g()" "g Returned [1, 1]"
}
shape! {
    by_a_tail_that_borrows_a_temporary
    { #[instrument(level = "full")] fn f(m: &std::sync::Mutex<Vec<u16>>) -> usize { m.lock().unwrap().len() } }
    { assert_eq!(f(&std::sync::Mutex::new(vec![1])), 1); }
    "f(m = Mutex([1]))" "f Returned 1"
}
shape! {
    by_a_tail_that_is_an_assignment
    { #[instrument(level = "full")] fn f(n: &mut u16) { *n = 2 } }
    { let mut n = 1; f(&mut n); assert_eq!(n, 2); }
    "f(n = 1)" "f Returned"
}
shape! {
    by_a_panic
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> u16 {
            let m = n + 1;
            assert!(m < 2, "too much");
            m
        }
    }
    { assert_eq!(f(0), 1); assert!(catch_unwind(|| f(1)).is_err()); }
    "f(n = 0)" "  m = 1" "f Returned 1" "f(n = 1)" "  m = 2" "f Panicked at +2"
}
shape! {
    by_a_panic_inside_another
    {
        #[instrument(level = "full")]
        mod m {
            pub(super) fn f(n: u16) -> u16 {
                let m = 1;
                g(n) + m
            }
            fn g(n: u16) -> u16 { [1, 2][usize::from(n)] }
        }
    }
    { assert!(catch_unwind(|| m::f(7)).is_err()); }
    "f(n = 7)" "  m = 1" "  g(n = 7)" "  g Panicked at +0" "f Panicked at +2"
}
shape! {
    by_a_panic_in_a_statement_of_a_macro
    { #[instrument(level = "full")] fn f(n: u16) -> u16 { if n > 0 { panic!("no {n}") } else { todo!() } } }
    { assert!(catch_unwind(|| f(1)).is_err()); assert!(catch_unwind(|| f(0)).is_err()); }
    "f(n = 1)" "  branch if n > 0" "f Panicked at +0" "f(n = 0)" "  branch else of if n > 0" "f Panicked at +0"
}
shape! {
    by_a_panic_that_is_caught_inside
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> bool {
            let caught = catch_unwind(|| { if n > 0 { unreachable!() } }).is_err();
            caught
        }
    }
    { assert!(f(1)); assert!(!f(0)); }
    "f(n = 1)" "  branch if n > 0" "  caught = true" "f Returned true" "f(n = 0)" "  caught = false" "f Returned false"
}
shape! {
    by_a_panic_with_a_value_on_its_way
    {
        struct Bomb;
        impl Drop for Bomb { fn drop(&mut self) { panic!("boom"); } }
        #[instrument(level = "full")]
        fn f() -> u16 { let _bomb = Bomb; 1 }
    }
    { assert!(catch_unwind(f).is_err()); }
    "f()" "f Panicked at +0"
}
shape! {
    calls_while_unwinding
    {
        #[derive(Debug)]
        struct Guard;
        #[instrument(level = "full")]
        impl Drop for Guard { fn drop(&mut self) { let n = 1; black_box(n); } }
        #[instrument(level = "full")]
        fn f() { let _guard = Guard; panic!("no"); }
    }
    { assert!(catch_unwind(f).is_err()); }
    "f()" "  <Guard as Drop>::drop(self = Guard)" "    n = 1" "  <Guard as Drop>::drop Returned" "f Panicked at +0"
}
shape! {
    by_resumed_panics
    { #[instrument(level = "full")] fn f(n: u16) -> u16 { if n > 0 { std::panic::resume_unwind(Box::new(n)) } n } }
    { assert_eq!(catch_unwind(|| f(3)).unwrap_err().downcast_ref::<u16>(), Some(&3)); }
    "f(n = 3)" "  branch if n > 0" "f Panicked at +0"
}
shape! {
    never_by_a_panic
    { #[instrument(level = "full")] fn f(n: u16) -> ! { panic!("{n}") } }
    { assert!(catch_unwind(|| f(1)).is_err()); }
    "f(n = 1)" "f Panicked at +0"
}
shape! {
    never_by_a_loop
    { #[instrument(level = "full")] fn f(mut n: u16) -> ! { loop { n += 1; assert!(n < 2); } } }
    { assert!(catch_unwind(|| f(0)).is_err()); }
    "f(n = 0)" "  round loop" "  n = 1" "  round loop" "  n = 2" "f Panicked at +0"
}
shape! {
    never_by_another
    {
        #[instrument(level = "full")]
        mod m {
            fn die(n: u16) -> ! { std::panic::panic_any(n) }
            pub(super) fn f(n: Option<u16>) -> u16 { let m = n.unwrap_or_else(|| die(1)); if m > 1 { die(m) } m }
        }
    }
    { assert_eq!(m::f(Some(1)), 1); assert!(catch_unwind(|| m::f(Some(2))).is_err()); assert!(catch_unwind(|| m::f(None)).is_err()); }
    "f(n = Some(1))" "  m = 1" "f Returned 1"
    "f(n = Some(2))" "  m = 2" "  branch if m > 1" "  die(n = 2)" "  die Panicked at +0" "f Panicked at +0"
    "f(n = None)" "  die(n = 1)" "  die Panicked at +0" "f Panicked at +0"
}
shape! {
    a_call_that_diverges_as_an_argument
    {
        #[instrument(level = "full")]
        #[allow(unreachable_code, reason = "it is the point")]
        fn f(n: u16) -> u16 { let m = black_box(if n > 0 { return 5 } else { n }); m }
    }
    { assert_eq!((f(1), f(0)), (5, 0)); }
    "f(n = 1)" "  branch if n > 0" "f Returned 5" "f(n = 0)" "  branch else of if n > 0" "  m = 0" "f Returned 0"
}
shape! {
    an_empty_match
    {
        enum Never {}
        #[instrument(level = "full")]
        fn f(r: Result<u16, Never>) -> u16 { match r { Ok(n) => n, Err(never) => match never {} } }
    }
    { assert_eq!(f(Ok(1)), 1); }
    "f(r = Ok(1))" "  branch Ok(n)" "  n = 1" "f Returned 1"
}
shape! {
    the_values_drop_order
    {
        #[derive(Debug)]
        struct D(&'static str);
        #[instrument(level = "full")]
        impl Drop for D { fn drop(&mut self) {} }
        #[instrument(level = "full")]
        fn f(arg: D) -> D { let local = D("local"); let _ = D("temporary"); if arg.0 == "arg" { return D("result"); } local }
    }
    { assert_eq!(f(D("arg")).0, "result"); }
    "f(arg = D(\"arg\"))"
    "  local = D(\"local\")"
    "  <D as Drop>::drop(self = D(\"temporary\"))"
    "  <D as Drop>::drop Returned"
    "  branch if arg.0 == \"arg\""
    "  <D as Drop>::drop(self = D(\"local\"))"
    "  <D as Drop>::drop Returned"
    "f Returned D(\"result\")"
    "<D as Drop>::drop(self = D(\"arg\"))"
    "<D as Drop>::drop Returned"
    "<D as Drop>::drop(self = D(\"result\"))"
    "<D as Drop>::drop Returned"
}

shape! {
    what_the_user_knows_not_to_be_reached
    {
        #[instrument(level = "full")]
        fn f(n: u16) {
            {
                black_box(n);
                return;
            }
            #[allow(unreachable_code, reason = "it is the point")]
            {
                black_box(2);
            }
        }
    }
    { f(1); }
    "f(n = 1)" "f Returned ()"
}

shape! {
    by_return_of_what_begins_with_a_block
    {
        #[instrument(level = "full")]
        fn f(n: u8) -> u8 {
            if n == 0 { return if n > 0 { 1 } else { 2 } + 3; }
            if n == 1 { return match n { 1 => 5, _ => 6 } - 1; }
            if n == 2 { return { u16::from(n) } as u8 * 2; }
            if n == 3 { return loop { break 7 } & 3; }
            if n == 4 { return match n { _ => [8, 9] }[1]; }
            if n == 5 { return 'a: { if n > 0 { break 'a 1; } 2 } + 1; }
            if n == 6 { return { n } * 2; }
            if n == 7 { return if n > 0 { 1 } else { 2 }.max(3); }
            n
        }
    }
    { assert_eq!([0, 1, 2, 3, 4, 5, 6, 7].map(f), [5, 4, 4, 3, 9, 2, 12, 3]); }
    "f(n = 0)" "  branch if n == 0" "  branch else of if n > 0" "f Returned 5"
    "f(n = 1)" "  branch if n == 1" "  branch 1" "f Returned 4"
    "f(n = 2)" "  branch if n == 2" "f Returned 4"
    "f(n = 3)" "  branch if n == 3" "  round loop" "f Returned 3"
    "f(n = 4)" "  branch if n == 4" "  branch _" "f Returned 9"
    "f(n = 5)" "  branch if n == 5" "  branch if n > 0" "f Returned 2"
    "f(n = 6)" "  branch if n == 6" "f Returned 12"
    "f(n = 7)" "  branch if n == 7" "  branch if n > 0" "f Returned 3"
}
shape! {
    by_return_of_a_range_that_begins_with_a_block
    { #[instrument(level = "full")] fn f(n: u8) -> std::ops::Range<u8> { if n == 1 { return { n + 1 }..3; } 0..n } }
    { assert_eq!((f(1), f(2)), (2..3, 0..2)); }
    "f(n = 1)" "  branch if n == 1" "f Returned Range { start: 2, end: 3 }"
    "f(n = 2)" "f Returned Range { start: 0, end: 2 }"
}
shape! {
    by_return_of_an_assignment_that_begins_with_a_block
    { #[instrument(level = "full")] fn f(n: u8) { let mut x = [0]; if n == 1 { return { &mut x }[0] = 3; } black_box(x); } }
    { f(1); }
    "f(n = 1)" "  x = [0]" "  branch if n == 1" "f Returned ()"
}
shape! {
    by_return_of_a_macro_in_braces
    { #[instrument(level = "full")] fn f(n: u8) -> Vec<u8> { if n == 1 { return vec! { 1, 2 }; } vec! {} } }
    { assert_eq!((f(1), f(2)), (vec![1, 2], vec![])); }
    "f(n = 1)" "  branch if n == 1" r#"f Returned b"\x01\x02""#
    "f(n = 2)" r#"f Returned b"""#
}

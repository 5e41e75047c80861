//! Loops: each round, and what it binds.

use crate::shape::shape;
use scope::instrument;
use std::hint::black_box;

shape! {
    for_rounds
    { #[instrument(level = "full")] fn f(n: [u8; 2]) { for x in n { black_box(x); } } }
    { f([5, 6]); }
    "f(n = b\"\\x05\\x06\")" "  round for x in n" "  x = 5" "  round for x in n" "  x = 6" "f Returned"
}
shape! {
    for_patterns
    { #[instrument(level = "full")] fn f(n: [(u8, char); 1]) { for (i, (x, c)) in n.into_iter().enumerate() { black_box((i, x, c)); } } }
    { f([(5, 'a')]); }
    "f(n = [(5, 'a')])" "  round for (i, (x, c)) in n.into_iter().enumerate()" "  i = 0" "  x = 5" "  c = 'a'" "f Returned"
}
shape! {
    while_rounds
    { #[instrument(level = "full")] fn f(n: u8) { let mut n = n; while n > 0 { n -= 1; } } }
    { f(2); }
    "f(n = 2)" "  n = 2" "  round while n > 0" "  n = 1" "  round while n > 0" "  n = 0" "f Returned"
}
shape! {
    while_let
    { #[instrument(level = "full")] fn f(n: Vec<u8>) { let mut n = n; while let Some(x) = n.pop() { black_box(x); } } }
    { f(vec![8]); }
    "f(n = b\"\\x08\")" "  n = b\"\\x08\"" "  round while let Some(x) = n.pop()" "  x = 8" "f Returned"
}
shape! {
    loop_with_a_value
    { #[instrument(level = "full")] fn f(n: u8) -> u8 { let mut n = n; let m = loop { n += 1; if n > 2 { break n; } }; m } }
    { assert_eq!(f(1), 3); }
    "f(n = 1)" "  n = 1" "  round loop" "  n = 2" "  round loop" "  n = 3" "  branch if n > 2" "  m = 3" "f Returned 3"
}
shape! {
    labelled
    { #[instrument(level = "full")] fn f(n: u8) -> u8 { 'a: loop { for i in 0..9 { if i == n { break 'a i; } } } } }
    { assert_eq!(f(1), 1); }
    "f(n = 1)" "  round loop" "  round for i in 0..9" "  i = 0" "  round for i in 0..9" "  i = 1" "  branch if i == n" "f Returned 1"
}
shape! {
    a_chain_of_lets_in_while
    { #[instrument(level = "full")] fn f(mut v: Vec<u16>) -> u16 { let mut sum = 0; while let Some(x) = v.pop() && x > 0 { sum += x; } sum } }
    { assert_eq!(f(vec![9, 0, 1]), 1); }
    "f(v = [9, 0, 1])" "  sum = 0" "  round while let Some(x) = v.pop() && x > 0" "  x = 1" "  sum = 1" "  sum = 1" "f Returned 1"
}
shape! {
    arms_that_never_end
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> u16 { let mut k = 0; loop { k += 1; match n + k { 1 => continue, 2 => break, 3 => return 9, _ => unreachable!() } } k }
    }
    { assert_eq!((f(0), f(2)), (2, 9)); }
    "f(n = 0)" "  k = 0" "  round loop" "  k = 1" "  branch 1" "  round loop" "  k = 2" "  branch 2" "  k = 2" "f Returned 2"
    "f(n = 2)" "  k = 0" "  round loop" "  k = 1" "  branch 3" "f Returned 9"
}
shape! {
    nested_loops_with_labels
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> u16 {
            let mut sum = 0;
            'rows: for i in 0..n {
                for j in 0..n {
                    if j > i { continue 'rows; }
                    if sum > 0 { break 'rows; }
                    sum += i + j;
                }
            }
            sum
        }
    }
    { assert_eq!(f(2), 1); }
    "f(n = 2)" "  sum = 0" "  round for i in 0..n" "  i = 0" "  round for j in 0..n" "  j = 0" "  sum = 0" "  sum = 0"
    "  round for j in 0..n" "  j = 1" "  branch if j > i" "  round for i in 0..n" "  i = 1" "  round for j in 0..n" "  j = 0"
    "  sum = 0" "  sum = 1" "  round for j in 0..n" "  j = 1" "  sum = 1" "  branch if sum > 0" "  sum = 1" "f Returned 1"
}
shape! {
    loops_without_a_round
    { #[instrument(level = "full")] fn f(n: u16) -> u16 { for i in 0..n { black_box(i); } while n > 0 { black_box(n); } n } }
    { assert_eq!(f(0), 0); }
    "f(n = 0)" "f Returned 0"
}
shape! {
    loops_over_references
    { #[instrument(level = "full")] fn f(v: &mut [u16]) { for x in v.iter_mut() { *x += 1; } for (i, x) in v.iter().enumerate().rev() { black_box((i, x)); } } }
    { let mut v = [1]; f(&mut v); assert_eq!(v, [2]); }
    "f(v = [1])" "  round for x in v.iter_mut()" "  x = 1" "  v = [2]" "  round for (i, x) in v.iter().enumerate().rev()" "  i = 0" "  x = 2" "f Returned"
}
shape! {
    loops_in_closures
    { #[instrument(level = "full")] fn f(n: u16) -> u16 { let sum = || { let mut s = 0; for i in 0..n { s += i; } s }; sum() } }
    { assert_eq!(f(2), 1); }
    "f(n = 2)" "  sum = <Opaque: weave::rounds::loops_in_closures::f::{{closure}}, 8 bytes>" "  s = 0"
    "  round for i in 0..n" "  i = 0" "  s = 0" "  round for i in 0..n" "  i = 1" "  s = 1" "f Returned 1"
}

//! Values before use: what a statement is about to work on, where it may have changed since it was last seen.

use crate::shape::shape;
use scope::instrument;
use std::hint::black_box;

shape! {
    what_a_call_changed
    { #[instrument(level = "full")] fn f(n: u8) -> usize { let mut v = Vec::new(); v.push(n); v.push(2); v.len() } }
    { assert_eq!(f(1), 2); }
    "f(n = 1)" "  v = b\"\"" "  v = b\"\\x01\"" "  v = b\"\\x01\\x02\"" "f Returned 2"
}
shape! {
    an_argument_behind_a_reference
    { #[instrument(level = "full")] fn f(v: &mut Vec<u16>) { v.push(2); v.push(3); v.clear(); } }
    { f(&mut vec![1]); }
    "f(v = [1])" "  v = [1, 2]" "  v = [1, 2, 3]" "f Returned"
}
shape! {
    an_argument_that_is_mut
    { #[instrument(level = "full")] fn f(mut n: u16) -> u16 { n += 1; let m = n; m } }
    { assert_eq!(f(1), 2); }
    "f(n = 1)" "  n = 2" "  m = 2" "f Returned 2"
}
shape! {
    in_loops
    { #[instrument(level = "full")] fn f(n: u16) -> u16 { let mut v = vec![n]; while v.len() < 3 { v.push(n); } v[1] } }
    { assert_eq!(f(2), 2); }
    "f(n = 2)" "  v = [2]" "  round while v.len() < 3" "  v = [2]" "  round while v.len() < 3" "  v = [2, 2]" "  v = [2, 2, 2]" "f Returned 2"
}
shape! {
    heads_of_statements
    {
        #[instrument(level = "full")]
        fn f(v: &mut Vec<u16>) -> u16 {
            for x in v.iter() { black_box(x); }
            if v.is_empty() { return 0; }
            match v.pop() { Some(x) => x, None => 0 }
        }
    }
    { assert_eq!(f(&mut vec![7]), 7); }
    "f(v = [7])" "  round for x in v.iter()" "  x = 7" "  v = [7]" "  v = [7]" "  branch Some(x)" "  x = 7" "f Returned 7"
}
shape! {
    not_while_another_may_hold_it
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> usize {
            let mut v = vec![n, 2];
            let mut r = v.iter_mut();
            let m = (r.next().is_some(), v.len()).1;
            v.push(3);
            m + v.len()
        }
    }
    { assert_eq!(f(1), 5); }
    "f(n = 1)" "  v = [1, 2]" "  r = IterMut([1, 2])" "  m = 2" "  v = [1, 2]" "f Returned 5"
}
shape! {
    not_through_a_chain
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> usize {
            let mut v = vec![n, 2];
            let r = v.iter_mut();
            let mut s = r.skip(1);
            let m = (s.next().is_some(), v.len()).1;
            m
        }
    }
    { assert_eq!(f(1), 2); }
    "f(n = 1)" "  v = [1, 2]" "  r = IterMut([1, 2])" "  s = Skip { iter: IterMut([1, 2]), n: 1 }" "  m = 2" "f Returned 2"
}
shape! {
    not_where_it_gets_a_value
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> u16 {
            let mut v;
            v = n;
            let m = v;
            v = { v = m + 1; v } + v;
            v
        }
    }
    { assert_eq!(f(1), 4); }
    "f(n = 1)" "  v = 1" "  m = 1" "  v = 2" "  v = 4" "f Returned 4"
}
shape! {
    not_where_a_part_has_moved
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> usize {
            let mut v = (vec![n], vec![n]);
            v.1.push(2);
            let a = v.0;
            let b = v.1;
            v.0 = a;
            v.0.len() + b.len()
        }
    }
    { assert_eq!(f(1), 3); }
    "f(n = 1)" "  v = ([1], [1])" "  a = [1]" "  b = [1, 2]" "f Returned 3"
}
shape! {
    not_by_a_name_that_a_macro_took
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> u16 {
            macro_rules! wrapped { ($x:ident) => { let $x = Some($x); } }
            let mut v = vec![n];
            v.push(2);
            wrapped!(v);
            let m = v.map_or(0, |v| v[1]);
            m
        }
    }
    { assert_eq!(f(1), 2); }
    "f(n = 1)" "  v = [1]" "  m = 2" "f Returned 2"
}
shape! {
    shadows
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> usize {
            let mut v = vec![n];
            { let v = "inner"; black_box(v); }
            v.push(2);
            v.len()
        }
    }
    { assert_eq!(f(1), 2); }
    "f(n = 1)" "  v = [1]" "  v = \"inner\"" "  v = [1]" "  v = [1, 2]" "f Returned 2"
}
shape! {
    in_a_branch_behind_its_condition
    { #[instrument(level = "full")] fn f(mut v: Vec<u16>) -> usize { if v.pop().is_some() { v.push(8); } v.len() } }
    { assert_eq!(f(vec![1, 2]), 2); }
    "f(v = [1, 2])" "  branch if v.pop().is_some()" "  v = [1]" "  v = [1, 8]" "f Returned 2"
}
shape! {
    in_each_of_two_branches
    {
        fn change(v: &mut Vec<u16>) -> bool { v.push(1); v.len() > 1 }
        #[instrument(level = "full")]
        fn f(n: usize) -> usize {
            let mut v = vec![0; n];
            let big = change(&mut v);
            if big { let m = v.len(); m } else { let m = v.len() + 10; m }
        }
    }
    { assert_eq!((f(0), f(1)), (11, 2)); }
    "f(n = 0)" "  v = []" "  big = false" "  branch else of if big" "  v = [1]" "  m = 11" "f Returned 11"
    "f(n = 1)" "  v = [0]" "  big = true" "  branch if big" "  v = [0, 1]" "  m = 2" "f Returned 2"
}
shape! {
    behind_a_branch_that_only_looked
    {
        fn change(v: &mut u16) { *v += 1; }
        #[instrument(level = "full")]
        fn f(n: u16) -> u16 { let mut v = n; change(&mut v); if n > 1 { let m = v + 1; black_box(m); } let k = v * 2; k }
    }
    { assert_eq!((f(1), f(2)), (4, 6)); }
    "f(n = 1)" "  v = 1" "  v = 2" "  k = 4" "f Returned 4"
    "f(n = 2)" "  v = 2" "  branch if n > 1" "  v = 3" "  m = 4" "  v = 3" "  k = 6" "f Returned 6"
}
shape! {
    in_arms_behind_guards
    { #[instrument(level = "full")] fn f(mut v: Vec<u16>) -> usize { match v.len() { 1 if v.pop() == Some(5) => { v.push(6); v.len() } _ => v.len() } } }
    { assert_eq!((f(vec![5]), f(vec![4])), (1, 0)); }
    "f(v = [5])" "  branch 1 if v.pop() == Some(5)" "  v = []" "  v = [6]" "f Returned 1"
    "f(v = [4])" "  branch _" "f Returned 0"
}
shape! {
    swapped_variables
    { #[instrument(level = "full")] fn f(a: u16) -> u16 { let mut x = a; let mut y = 9; std::mem::swap(&mut x, &mut y); let z = x - y; z } }
    { assert_eq!(f(1), 8); }
    "f(a = 1)" "  x = 1" "  y = 9" "  x = 9" "  z = 8" "f Returned 8"
}
shape! {
    a_field_that_was_assigned
    {
        #[derive(Debug)]
        struct P { x: u16, y: u16 }
        #[instrument(level = "full")]
        fn f(x: u16) -> u16 { let mut p = P { x, y: 0 }; p.y = 2; p.x += 1; let q = p; q.x + q.y }
    }
    { assert_eq!(f(1), 4); }
    "f(x = 1)" "  p = P { x: 1, y: 0 }" "  p = P { x: 2, y: 2 }" "  q = P { x: 2, y: 2 }" "f Returned 4"
}
shape! {
    an_element_that_was_assigned
    { #[instrument(level = "full")] fn f(n: u16) -> u16 { let mut a = [n; 3]; a[1] = 7; a[2] += a[1]; let sum: u16 = a.iter().sum(); sum } }
    { assert_eq!(f(1), 16); }
    "f(n = 1)" "  a = [1, 1, 1]" "  a = [1, 7, 8]" "  sum = 16" "f Returned 16"
}
shape! {
    behind_a_pointer
    { #[instrument(level = "full")] fn f(n: u16) -> u16 { let mut b = Box::new(n); *b += 1; let m = *b; *b = 9; m + *b } }
    { assert_eq!(f(1), 11); }
    "f(n = 1)" "  b = 1" "  m = 2" "f Returned 11"
}
shape! {
    moved_and_given_a_new_value
    {
        fn eat(_: Vec<u16>) {}
        #[instrument(level = "full")]
        fn f(n: u16) -> usize { let mut v = vec![n]; v.push(2); eat(v); v = vec![3]; v.push(4); v.len() }
    }
    { assert_eq!(f(1), 2); }
    "f(n = 1)" "  v = [1]" "  v = [1, 2]" "  v = [3]" "  v = [3, 4]" "f Returned 2"
}
shape! {
    moved_in_one_branch
    {
        fn eat(_: Vec<u16>) {}
        #[instrument(level = "full")]
        fn f(n: u16) -> usize { let mut v = vec![n]; v.push(2); if n > 1 { eat(v); return 0; } v.push(3); v.len() }
    }
    { assert_eq!((f(1), f(2)), (3, 0)); }
    "f(n = 1)" "  v = [1]" "  v = [1, 2]" "  v = [1, 2, 3]" "f Returned 3"
    "f(n = 2)" "  v = [2]" "  branch if n > 1" "  v = [2, 2]" "f Returned 0"
}
shape! {
    given_a_value_in_branches
    { #[instrument(level = "full")] fn f(n: u16) -> u16 { let m; if n > 1 { m = 1; } else { m = 2; } let mut k; k = m; k += 1; k } }
    { assert_eq!((f(1), f(2)), (3, 2)); }
    "f(n = 1)" "  branch else of if n > 1" "  m = 2" "  k = 2" "  k = 3" "f Returned 3"
    "f(n = 2)" "  branch if n > 1" "  m = 1" "  k = 1" "  k = 2" "f Returned 2"
}
shape! {
    assigned_by_a_pattern
    { #[instrument(level = "full")] fn f(n: u16) -> u16 { let (mut a, mut b) = (n, 2); (a, b) = (b, a); [a, _] = [a + 1, 0]; let c = a + b; c } }
    { assert_eq!(f(1), 4); }
    "f(n = 1)" "  a = 1" "  b = 2" "  a = 2" "  b = 1" "  a = 3" "  c = 4" "f Returned 4"
}
shape! {
    captured_by_a_closure_that_changes_it
    { #[instrument(level = "full")] fn f(n: u16) -> u16 { let mut sum = n; let mut add = |m| sum += m; add(1); add(2); let twice = sum * 2; twice } }
    { assert_eq!(f(1), 8); }
    "f(n = 1)" "  sum = 1" "  add = <Opaque: weave::uses::captured_by_a_closure_that_changes_it::f::{{closure}}, 8 bytes>"
    "  m = 1" "  add = <Opaque: weave::uses::captured_by_a_closure_that_changes_it::f::{{closure}}, 8 bytes>" "  m = 2"
    "  sum = 4" "  twice = 8" "f Returned 8"
}
shape! {
    behind_a_mutable_reference_to_a_local
    { #[instrument(level = "full")] fn f(n: u16) -> u16 { let mut a = n; let r = &mut a; *r += 1; *r += 1; let b = a + 1; b } }
    { assert_eq!(f(1), 4); }
    "f(n = 1)" "  a = 1" "  r = 1" "  a = 3" "  b = 4" "f Returned 4"
}
shape! {
    a_reference_that_moves_on
    {
        #[instrument(level = "full")]
        fn f(mut rest: &str) -> usize { let mut n = 0; while let Some((_, more)) = rest.split_once(',') { rest = more; n += 1; } n + rest.len() }
    }
    { assert_eq!(f("a,b"), 2); }
    "f(rest = \"a,b\")" "  n = 0" "  round while let Some((_, more)) = rest.split_once(',')" "  more = \"b\"" "  rest = \"b\""
    "  n = 1" "  n = 1" "  rest = \"b\"" "f Returned 2"
}
shape! {
    walking_a_list
    {
        #[derive(Debug)]
        struct Node { n: u16, next: Option<Box<Node>> }
        #[instrument(level = "full")]
        fn f(mut at: &mut Node) -> u16 { while let Some(ref mut next) = at.next { at = next; } at.n += 1; at.n }
    }
    { assert_eq!(f(&mut Node { n: 1, next: Some(Box::new(Node { n: 2, next: None })) }), 3); }
    "f(at = Node { n: 1, next: Some(Node { n: 2, next: None }) })"
    "  round while let Some(ref mut next) = at.next" "  next = Node { n: 2, next: None }" "  at = Node { n: 2, next: None }" "f Returned 3"
}
shape! {
    an_iterator_that_moves_on
    { #[instrument(level = "full")] fn f(s: &str) -> Option<char> { let mut chars = s.chars(); chars.next(); let second = chars.next(); second } }
    { assert_eq!(f("abc"), Some('b')); }
    "f(s = \"abc\")" "  chars = Chars(['a', 'b', 'c'])" "  chars = Chars(['b', 'c'])" "  second = Some('b')" "f Returned Some('b')"
}
shape! {
    cells_change_without_mut
    {
        use std::cell::Cell;
        #[instrument(level = "full")]
        fn f(n: u16) -> u16 { let c = Cell::new(n); c.set(2); let m = c.get(); c.set(m + 1); c.get() }
    }
    { assert_eq!(f(1), 3); }
    // Only what is `mut` is shown again.
    "f(n = 1)" "  c = Cell(1)" "  m = 2" "f Returned 3"
}
shape! {
    in_macros_that_print
    { #[instrument(level = "full")] fn f(n: u16) -> String { let mut v = vec![n]; v.push(2); let s = format!("{v:?}{}", v.len()); s } }
    { assert_eq!(f(1), "[1, 2]2"); }
    // What a macro does with its tokens is not known.
    "f(n = 1)" "  v = [1]" "  s = \"[1, 2]2\"" "f Returned \"[1, 2]2\""
}
shape! {
    swapped_fields_of_self
    {
        #[derive(Debug)]
        struct P { a: u16, b: u16 }
        #[instrument(level = "full")]
        impl P { fn f(&mut self) -> u16 { let a = self.a; self.a = self.b; self.b = a; self.a } }
    }
    { assert_eq!(P { a: 1, b: 2 }.f(), 2); }
    "P::f(self = P { a: 1, b: 2 })" "  a = 1" "P::f Returned 2"
}
shape! {
    a_value_that_was_dropped_by_its_address
    {
        #[instrument(level = "full")]
        fn f() -> usize {
            let mut v = vec![String::from("one")];
            v.push("x".repeat(3));
            // SAFETY: the other one is forgotten.
            let raw = unsafe { std::ptr::read(&v) };
            let n = raw.len();
            drop(raw);
            std::mem::forget(v);
            n
        }
    }
    { assert_eq!(f(), 2); }
    "f()" "  v = [\"one\"]" "  raw = [\"one\", \"xxx\"]" "  n = 2" "f Returned 2"
}

//! Functions that macros make, and what macros hand over: blocks, types, names, whole items.

use crate::shape::shape;
use scope::instrument;
use std::hint::black_box;

shape! {
    a_body_that_is_a_block
    {
        macro_rules! make { ($name:ident, $n:ident, $body:block) => { #[instrument(level = "full")] fn $name($n: u16) -> u16 $body } }
        make!(f, n, { let m = n + 1; if m > 1 { return 9; } m });
    }
    { assert_eq!((f(0), f(1)), (1, 9)); }
    "f(n = 0)" "  m = 1" "f Returned 1" "f(n = 1)" "  m = 2" "  branch if m > 1" "f Returned 9"
}
shape! {
    an_expression_as_the_tail
    {
        macro_rules! make { ($name:ident($arg:ident: $ty:ty) = $e:expr) => { #[instrument(level = "full")] fn $name($arg: $ty) -> $ty { let before = $arg; black_box(before); $e } } }
        make!(f(n: u16) = n * 2 + 1);
    }
    { assert_eq!(f(2), 5); }
    "f(n = 2)" "  before = 2" "f Returned 5"
}
shape! {
    operators_round_an_expression
    {
        macro_rules! make { ($($name:ident = $a:expr, $b:expr, $c:literal, $t:ty;)*) => { $(
            #[instrument(level = "full")] fn $name() -> [i32; 4] { [times(), negative(), power(), cast(3)] }
            #[instrument(level = "full")] fn times() -> i32 { $a * $b }
            #[instrument(level = "full")] fn negative() -> i32 { let r = -$a; r }
            #[instrument(level = "full")] fn power() -> i32 { let r: i32 = $c.pow(2); r }
            #[instrument(level = "full")] fn cast(x: u16) -> i32 { let n = $b; i32::from(x as $t < 4) + n }
        )* } }
        make!(f = 1 + 1, 2 + 3, -7i32, u8;);
    }
    { assert_eq!(f(), [10, -2, 49, 6]); }
    // What would be split by a look inside is left in one piece.
    "f()" "  times()" "  times Returned" "  negative()" "  negative Returned" "  power()" "  power Returned" "  cast()" "  cast Returned"
    "f Returned [10, -2, 49, 6]"
}
shape! {
    operators_beside_the_functions
    {
        struct S;
        macro_rules! make { ($n:expr, $t:ty, $vis:vis) => {
            #[instrument(level = "full")] impl S { const K: i32 = $n * 2; fn f(&self) -> i32 { Self::K } }
            #[instrument(level = "full")] mod m { pub static Y: i32 = -$n; $vis fn g() -> [u8; $n * 2] { [0; 4] } }
            #[instrument(level = "full")] $vis fn h(n: $t) -> i32 { n * $n }
        } }
        make!(1 + 1, i32, pub(crate));
    }
    { assert_eq!((S.f(), m::Y, m::g().len(), h(1)), (4, -2, 4, 2)); }
    // An item in which there is one is left alone as a whole.
    "h()" "h Returned"
}
shape! {
    types_and_patterns_from_outside
    {
        macro_rules! make { ($vis:vis fn $name:ident($pat:pat_param = $ty:ty) -> $out:ty $body:block) => { #[instrument(level = "full")] $vis fn $name($pat: $ty) -> $out $body } }
        make!(pub(crate) fn f((a, mut b) = (u16, Vec<u16>)) -> Option<u16> { b.push(a); b.first().copied() });
    }
    { assert_eq!(f((1, vec![])), Some(1)); }
    "f(a = 1, b = [])" "  b = [1]" "f Returned Some(1)"
}
shape! {
    whole_items_from_outside
    {
        macro_rules! make { ($($item:item)*) => { $(#[instrument(level = "full")] $item)* } }
        make! {
            fn f(n: u16) -> u16 { g(n) + 1 }
            fn g(n: u16) -> u16 { n * 2 }
        }
    }
    { assert_eq!(f(1), 3); }
    "f(n = 1)" "  g(n = 1)" "  g Returned 2" "f Returned 3"
}
shape! {
    statements_from_outside
    {
        macro_rules! make { ($name:ident: $($s:stmt)*) => { #[instrument(level = "full")] fn $name() -> u16 { $($s)* } } }
        make!(f: let a = 1; let b = a + 1; a + b);
    }
    { assert_eq!(f(), 3); }
    // Whole statements of a macro come as they are: they get no probes.
    "f()" "f Returned 3"
}
shape! {
    many_functions
    {
        macro_rules! make { ($($name:ident $n:literal)*) => { $(#[instrument(level = "full")] fn $name(n: u16) -> u16 { let m = n * $n; m })* } }
        make!(twice 2 thrice 3);
    }
    { assert_eq!((twice(2), thrice(2)), (4, 6)); }
    "twice(n = 2)" "  m = 4" "twice Returned 4" "thrice(n = 2)" "  m = 6" "thrice Returned 6"
}
shape! {
    methods_of_many_types
    {
        trait Size { fn size(&self) -> usize; }
        macro_rules! make { ($($ty:ty => $e:expr;)*) => { $(#[instrument(level = "full")] impl Size for $ty { fn size(&self) -> usize { $e } })* } }
        make! { u16 => 2; Vec<u16> => 3; [char; 2] => 8; }
    }
    { assert_eq!(1_u16.size() + vec![1_u16].size() + ['a', 'b'].size(), 13); }
    "<u16 as Size>::size(self = 1)" "<u16 as Size>::size Returned 2"
    "<Vec<u16> as Size>::size(self = [1])" "<Vec<u16> as Size>::size Returned 3"
    "<[char; 2] as Size>::size(self = ['a', 'b'])" "<[char; 2] as Size>::size Returned 8"
}
shape! {
    a_self_that_comes_from_outside
    {
        #[derive(Debug)]
        struct S(u16);
        macro_rules! make { ($name:ident, $this:ident => $e:expr) => { #[instrument(level = "full")] impl S { fn $name(&$this) -> u16 { let n = $e; n } } } }
        make!(get, self => self.0);
    }
    { assert_eq!(S(1).get(), 1); }
    "S::get(self = S(1))" "  n = 1" "S::get Returned 1"
}
shape! {
    locals_of_a_macro_are_its_own
    {
        macro_rules! make { ($name:ident, $e:expr) => { #[instrument(level = "full")] fn $name(n: u16) -> u16 { let m = n; let k = { let m = 7; black_box(m); $e }; m + k } } }
        make!(f, { let m = 1; m });
    }
    { assert_eq!(f(1), 2); }
    "f(n = 1)" "  m = 1" "  m = 7" "  m = 1" "  k = 1" "f Returned 2"
}
shape! {
    lines_of_what_macros_make lines
    {
        macro_rules! make {
            ($name:ident $body:block) => {
                #[instrument(level = "full")]
                fn $name(n: u16) -> Option<u16> {
                    let m = n.checked_sub(1)?;
                    black_box(m);
                    $body
                }
            };
        }
        make!(f {
            let k = 1;
            Some(k)
        });
    }
    { assert_eq!((f(0), f(1)), (None, Some(1))); }
    "f(n = 0)" "  -6" "f Early None at -6"
    "f(n = 1)" "  -6" "  m = 0" "  -5" "  +0" "  +1" "  k = 1" "  +2" "f Returned Some(1) at -3"
}
shape! {
    a_macro_that_makes_a_module
    {
        macro_rules! make { ($name:ident { $($code:tt)* }) => { #[instrument(level = "full")] mod $name { $($code)* } } }
        make!(inner { pub(super) fn f(n: u16) -> u16 { let m = n; m } });
    }
    { assert_eq!(inner::f(1), 1); }
    "f(n = 1)" "  m = 1" "f Returned 1"
}
shape! {
    macros_inside_the_woven_module_are_passed_by
    {
        #[instrument(level = "full")]
        mod m {
            macro_rules! make { ($name:ident) => { fn $name(n: u16) -> u16 { n * 2 } } }
            make!(twice);
            pub(super) fn f(n: u16) -> u16 { twice(n) + 1 }
        }
    }
    { assert_eq!(m::f(1), 3); }
    "f(n = 1)" "f Returned 3"
}
shape! {
    the_attribute_on_a_function_of_a_woven_module_by_another_name
    {
        use scope::instrument as watch;
        #[watch(level = "full")]
        fn f(n: u16) -> u16 { let m = n; m }
        #[scope::instrument(level = "detailed")]
        fn g(n: u16) -> u16 { let m = n; m }
    }
    { assert_eq!(f(1) + g(2), 3); }
    "f(n = 1)" "  m = 1" "f Returned 1" "g(n = 2)" "g Returned 2"
}
shape! {
    levels
    {
        #[instrument(level = "none")] fn a(n: u16) -> u16 { let m = n; m }
        #[instrument(level = "boundaries")] fn b(n: u16) -> Option<u16> { let m = n.checked_sub(1)?; if m > 0 { return None; } Some(m) }
        #[instrument(level = "detailed")] fn c(n: u16) -> Option<u16> { let m = n.checked_sub(1)?; if m > 0 { return None; } Some(m) }
    }
    { assert_eq!((a(1), b(0), b(1), b(2), c(0), c(1), c(2)), (1, None, Some(0), None, None, Some(0), None)); }
    "b()" "b Returned" "b()" "b Returned" "b()" "b Returned"
    "c(n = 0)" "c Early None at +0" "c(n = 1)" "c Returned Some(0)" "c(n = 2)" "c Returned None"
}
shape! {
    threads
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> u16 { let handle = std::thread::spawn(move || g(n)); let m = handle.join().unwrap(); m + 1 }
        #[instrument(level = "full")]
        fn g(n: u16) -> u16 { n * 2 }
    }
    { assert_eq!(f(1), 3); }
    "f(n = 1)" "  handle = JoinHandle { .. }" "  m = 2" "f Returned 3" "on another thread"
    "g(n = 1)" "g Returned 2"
}
shape! {
    scoped_threads
    {
        #[instrument(level = "full", skip(s))]
        fn f(all: &mut [u16]) -> u16 { std::thread::scope(|s| { for x in all.iter_mut() { s.spawn(move || { let y = *x + 1; *x = y; }).join().unwrap(); } }); all.iter().sum() }
    }
    { assert_eq!(f(&mut [1, 2]), 5); }
    "f(all = [1, 2])" "  round for x in all.iter_mut()" "  x = 1" "  round for x in all.iter_mut()" "  x = 2" "  all = [2, 3]"
    "f Returned 5" "on another thread" "y = 2" "on another thread" "y = 3"
}
shape! {
    statements_of_a_macro
    {
        macro_rules! made {
            ($name:ident: $($statement:stmt)*) => {
                #[allow(redundant_semicolons, reason = "they are statements")] #[instrument(level = "boundaries")] fn $name() -> u8 { $($statement)* 3 }
            };
            ($level:literal $name:ident: $statement:stmt) => {
                #[instrument(level = $level)] fn $name() -> u8 { $statement; 4 }
            };
        }
        made!(several: let x = 3; drop(vec![x]));
        made!("full" one: drop(vec![1]));
    }
    { assert_eq!((several(), one()), (3, 4)); }
    "several()" "several Returned" "one()" "one Returned 4"
}

//! Generics with and without bounds, `impl Trait`, `dyn`, types without a size, and lifetimes.

use crate::shape::shape;
use scope::instrument;
use std::borrow::Cow;
use std::fmt::{Debug, Display};
use std::hint::black_box;

shape! {
    without_bounds
    { #[instrument(level = "full")] fn f<T>(t: T) -> T { let u = t; u } }
    { assert_eq!(f('a'), 'a'); }
    "f(t = 'a')" "  u = 'a'" "f Returned 'a'"
}
shape! {
    with_debug
    { #[instrument(level = "full")] fn f<T: Debug>(t: T) -> T { let u = t; u } }
    { assert_eq!(f('a'), 'a'); }
    "f(t = 'a')" "  u = 'a'" "f Returned 'a'"
}
shape! {
    with_debug_by_where
    { #[instrument(level = "full")] fn f<T>(t: &[T]) -> Option<&T> where T: Debug + Copy { t.first() } }
    { assert_eq!(f(&[1, 2]), Some(&1)); }
    "f(t = [1, 2])" "f Returned Some(1)"
}
shape! {
    with_debug_of_a_supertrait
    {
        trait Id: Debug { fn id(&self) -> u16; }
        impl Id for u16 { fn id(&self) -> u16 { *self } }
        #[instrument(level = "full")]
        fn f<T: Id>(t: T) -> u16 { t.id() }
    }
    { assert_eq!(f(3), 3); }
    "f(t = 3)" "f Returned 3"
}
shape! {
    with_serialize
    {
        use serde::ser::{Serialize, SerializeStruct, Serializer};
        struct S { a: u16, password: &'static str }
        impl Serialize for S {
            fn serialize<Z: Serializer>(&self, to: Z) -> Result<Z::Ok, Z::Error> {
                let mut s = to.serialize_struct("S", 2)?;
                s.serialize_field("a", &self.a)?;
                s.serialize_field("password", self.password)?;
                s.end()
            }
        }
        #[instrument(level = "full")]
        fn f<T: serde::Serialize>(t: &T) -> usize { size_of_val(t) }
    }
    { assert!(f(&S { a: 1, password: "hunter2" }) > 0); }
    "f(t = S { a: 1, password: <redacted> })" "f Returned 24"
}
shape! {
    with_capture
    {
        struct Own(u16);
        impl scope::Capture for Own { fn capture(&self, w: &mut scope::value::ValueWriter<'_>) { w.str(&format!("own {}", self.0)); } }
        #[instrument(level = "full")]
        fn f<T: scope::Capture>(t: T) -> Option<T> { Some(t) }
    }
    { assert!(f(Own(1)).is_some_and(|own| own.0 == 1)); }
    "f(t = \"own 1\")" "f Returned Some(\"own 1\")"
}
shape! {
    with_display_alone
    { #[instrument(level = "full")] fn f<T: Display>(t: T) -> String { t.to_string() } }
    { assert_eq!(f(1), "1"); }
    "f(t = 1)" "f Returned \"1\""
}
shape! {
    collections_of_any
    {
        #[instrument(level = "full")]
        fn f<T, E: Debug>(t: Vec<T>, r: Result<T, E>) -> (usize, bool) { (t.len(), r.is_ok()) }
    }
    { assert_eq!(f(vec!['a'], Err::<_, u16>(1)), (1, false)); }
    "f(t = ['a'], r = Err(1))" "f Returned (1, false)"
}
shape! {
    several_parameters
    {
        #[instrument(level = "full")]
        fn f<A: Clone + Debug, B, F>(a: &A, b: B, g: F) -> A where B: Into<u16>, F: Fn(u16, &A) -> A { g(b.into(), a) }
    }
    { assert_eq!(f(&1, 2_u8, |b, a| a + i32::from(b)), 3); }
    "f(a = 1, b = 2, g = <Opaque: weave::generics::several_parameters::{{closure}}::{{closure}}, 0 bytes>)"
    "f Returned 3"
}
shape! {
    const_generics
    { #[instrument(level = "full")] fn f<const N: usize, const B: bool>(a: [u16; N]) -> [bool; N] { a.map(|n| (n > 1) == B) } }
    { assert_eq!(f::<2, true>([1, 2]), [false, true]); }
    "f(a = [1, 2])" "f Returned [false, true]"
}
shape! {
    const_generics_of_types
    {
        #[derive(Debug)]
        struct Grid<T, const W: usize, const H: usize>([[T; W]; H]);
        #[instrument(level = "full")]
        impl<T: Copy + Debug, const W: usize, const H: usize> Grid<T, W, H> { fn at(&self, x: usize, y: usize) -> T { self.0[y][x] } }
    }
    { assert_eq!(Grid([[1, 2], [3, 4]]).at(1, 0), 2); }
    "Grid<T, W, H>::at(self = Grid([[1, 2], [3, 4]]), x = 1, y = 0)" "Grid<T, W, H>::at Returned 2"
}
shape! {
    impl_trait_as_argument
    { #[instrument(level = "full")] fn f(all: impl IntoIterator<Item = u16> + Debug, g: &impl Fn(u16) -> u16) -> u16 { all.into_iter().map(g).sum() } }
    { assert_eq!(f([1, 2], &|n| n * 2), 6); }
    "f(all = [1, 2], g = <Opaque: &weave::generics::impl_trait_as_argument::{{closure}}::{{closure}}, 8 bytes>)" "f Returned 6"
}
shape! {
    impl_trait_given_back
    { #[instrument(level = "full")] fn f(n: u16) -> impl Iterator<Item = u16> { let m = n + 1; (0..m).filter(|k| k % 2 == 0) } }
    { assert_eq!(f(2).collect::<Vec<_>>(), [0, 2]); }
    "f(n = 2)" "  m = 3" "f Returned"
}
shape! {
    impl_trait_inside_a_type lines
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> Result<Option<impl Display>, String> {
            if n == 0 {
                return Err("none".to_owned());
            }
            Ok(Some(n))
        }
    }
    { assert!(f(0).is_err()); assert!(f(1).is_ok()); }
    // A value whose type has no name is not seen, but the line is.
    "f(n = 0)" "  +1" "  branch if n == 0" "  +2" "f Returned at +2"
    "f(n = 1)" "  +1" "  +4" "f Returned at +4"
}
shape! {
    a_closure_given_back
    { #[instrument(level = "full")] fn f(n: u16) -> impl Fn(u16) -> u16 { let k = 2; move |m| n * k + m } }
    { assert_eq!(f(3)(1), 7); }
    "f(n = 3)" "  k = 2" "f Returned" "m = 1"
}
shape! {
    a_boxed_closure_given_back
    { #[instrument(level = "full")] fn f(n: u16) -> Box<dyn Fn(u16) -> u16> { Box::new(move |m| n + m) } }
    { assert_eq!(f(3)(1), 4); }
    "f(n = 3)" "f Returned <Opaque: alloc::boxed::Box<dyn core::ops::function::Fn(u16) -> u16>, 16 bytes>" "m = 1"
}
shape! {
    dyn_as_argument
    { #[instrument(level = "full")] fn f(d: &dyn Debug, e: Box<dyn Display + Send>, g: &mut dyn FnMut(u16)) -> String { g(1); format!("{d:?}{e}") } }
    { let mut sum = 0; assert_eq!(f(&'a', Box::new(1), &mut |n| sum += n), "'a'1"); assert_eq!(sum, 1); }
    "f(d = 'a', e = <Opaque: alloc::boxed::Box<dyn core::fmt::Display + core::marker::Send>, 16 bytes>, g = <Opaque: &mut dyn core::ops::function::FnMut(u16), 16 bytes>)"
    "f Returned \"'a'1\""
}
shape! {
    coercion_to_dyn_in_the_tail
    { #[instrument(level = "full")] fn f(n: u16) -> Box<dyn Debug> { if n > 1 { return Box::new(n); } Box::new("small") } }
    { assert_eq!(format!("{:?}{:?}", f(1), f(2)), "\"small\"2"); }
    "f(n = 1)" "f Returned \"small\"" "f(n = 2)" "  branch if n > 1" "f Returned 2"
}
shape! {
    unsized_types
    { #[instrument(level = "full")] fn f<T: ?Sized + Debug>(t: &T, s: &str, b: Box<[u16]>) -> usize { size_of_val(t) + s.len() + b.len() } }
    { assert_eq!(f::<[u8]>(&[1], "ab", Box::new([3])), 4); assert_eq!(f("x", "", Box::new([])), 1); }
    "f(t = [1], s = \"ab\", b = [3])" "f Returned 4" "f(t = \"x\", s = \"\", b = [])" "f Returned 1"
}
shape! {
    unsized_without_debug
    { #[instrument(level = "full")] fn f<T: ?Sized>(t: &T) -> usize { size_of_val(t) } }
    { assert_eq!(f("ab"), 2); }
    "f(t = \"ab\")" "f Returned 2"
}
shape! {
    named_lifetimes
    { #[instrument(level = "full")] fn f<'a, 'b: 'a>(a: &'a str, b: &'b str) -> &'a str { let longer = if a.len() > b.len() { a } else { b }; longer } }
    { assert_eq!(f("ab", "c"), "ab"); }
    "f(a = \"ab\", b = \"c\")" "  branch if a.len() > b.len()" "  longer = \"ab\"" "f Returned \"ab\""
}
shape! {
    lifetimes_of_types
    {
        #[derive(Debug)]
        struct Parser<'a> { rest: &'a str }
        #[instrument(level = "full")]
        impl<'a> Parser<'a> {
            fn word(&mut self) -> Option<&'a str> {
                let (word, rest) = self.rest.split_once(' ')?;
                self.rest = rest;
                Some(word)
            }
        }
    }
    { let mut parser = Parser { rest: "a b" }; assert_eq!(parser.word(), Some("a")); assert_eq!(parser.word(), None); }
    "Parser<'a>::word(self = Parser { rest: \"a b\" })"
    "  word = \"a\""
    "  rest = \"b\""
    "Parser<'a>::word Returned Some(\"a\")"
    "Parser<'a>::word(self = Parser { rest: \"b\" })"
    "Parser<'a>::word Early None at +1"
}
shape! {
    higher_ranked
    { #[instrument(level = "full", skip(g))] fn f(g: &dyn for<'a> Fn(&'a str) -> &'a str, h: impl for<'a> Fn(&'a u16) -> &'a u16) -> usize { g("abc").len() + usize::from(*h(&1)) } }
    { assert_eq!(f(&|s| &s[1..], |n| n), 3); }
    "f(h = <Opaque: weave::generics::higher_ranked::{{closure}}::{{closure}}, 0 bytes>)" "f Returned 3"
}
shape! {
    invariant_lifetimes
    {
        #[instrument(level = "full")]
        fn f<'a>(cell: &std::cell::Cell<&'a str>, s: &'a str) -> &'a str { let old = cell.replace(s); old }
    }
    { let cell = std::cell::Cell::new("a"); assert_eq!((f(&cell, "b"), cell.get()), ("a", "b")); }
    "f(cell = Cell(\"a\"), s = \"b\")" "  old = \"a\"" "f Returned \"a\""
}
shape! {
    a_reborrow_in_the_tail
    {
        #[instrument(level = "full")]
        fn f<'a>(v: &'a mut Vec<u16>, n: &u16) -> &'a mut u16 {
            if v.is_empty() { v.push(*n); return &mut v[0]; }
            let last = v.last_mut();
            last.unwrap()
        }
    }
    { let mut v = vec![]; *f(&mut v, &1) = 2; *f(&mut v, &9) += 1; assert_eq!(v, [3]); }
    "f(v = [], n = 1)" "  branch if v.is_empty()" "  v = []" "  v = [1]" "f Returned 1"
    "f(v = [2], n = 9)" "  v = [2]" "  last = Some(2)" "f Returned 2"
}
shape! {
    cow
    { #[instrument(level = "full")] fn f(s: &str) -> Cow<'_, str> { if s.is_empty() { Cow::Owned("none".to_owned()) } else { s.into() } } }
    { assert_eq!(f("") + f("a"), "nonea"); }
    "f(s = \"\")" "  branch if s.is_empty()" "f Returned \"none\"" "f(s = \"a\")" "  branch else of if s.is_empty()" "f Returned \"a\""
}
shape! {
    recursion_over_types
    {
        trait Depth { fn depth(&self) -> u16; }
        impl Depth for () { fn depth(&self) -> u16 { 0 } }
        #[instrument(level = "full")]
        impl<T: Depth> Depth for Option<T> { fn depth(&self) -> u16 { match self { Some(t) => t.depth() + 1, None => 1 } } }
    }
    { assert_eq!(Some(Some(())).depth(), 2); }
    "<Option<T> as Depth>::depth(self = Some(<Opaque: core::option::Option<()>, 1 byte>))"
    "  branch Some(t)"
    "  t = <Opaque: &core::option::Option<()>, 8 bytes>"
    "  <Option<T> as Depth>::depth(self = Some(<Opaque: (), 0 bytes>))"
    "    branch Some(t)"
    "    t = <Opaque: &(), 8 bytes>"
    "  <Option<T> as Depth>::depth Returned 1"
    "<Option<T> as Depth>::depth Returned 2"
}
shape! {
    associated_types
    {
        #[instrument(level = "full")]
        fn f<I>(mut all: I) -> Option<I::Item> where I: Iterator, I::Item: Debug + Ord { let first = all.next()?; let most = all.fold(first, I::Item::max); Some(most) }
    }
    { assert_eq!(f([1, 3, 2].into_iter()), Some(3)); }
    // `first` may hold a borrow of `all`, as far as the syntax says: `all` is not shown again.
    "f(all = <Opaque: core::array::iter::IntoIter<i32, 3>, 32 bytes>)"
    "  first = 1"
    "  most = 3"
    "f Returned Some(3)"
}
shape! {
    phantom_parameters
    {
        #[derive(Debug)]
        struct Id<T: ?Sized>(u16, std::marker::PhantomData<fn() -> Box<T>>);
        #[instrument(level = "full")]
        fn f<T: ?Sized>(id: Id<T>) -> u16 { id.0 }
    }
    { assert_eq!(f(Id::<str>(1, std::marker::PhantomData)), 1); }
    "f(id = <Opaque: weave::generics::phantom_parameters::Id<str>, 2 bytes>)" "f Returned 1"
}
shape! {
    not_send
    {
        #[instrument(level = "full")]
        fn f(rc: std::rc::Rc<std::cell::RefCell<Vec<u16>>>) -> usize { rc.borrow_mut().push(1); let n = rc.borrow().len(); n }
    }
    { assert_eq!(f(std::rc::Rc::default()), 1); }
    "f(rc = RefCell([]))" "  n = 1" "f Returned 1"
}
shape! {
    default_of_a_type_parameter
    { #[instrument(level = "full")] fn f<T: Default + Debug + PartialEq>() -> T { let t = T::default(); black_box(&t); t } }
    { assert_eq!(f::<(u16, String)>(), (0, String::new())); }
    "f()" "  t = (0, \"\")" "f Returned (0, \"\")"
}
shape! {
    turbofish_and_inferred_tail
    { #[instrument(level = "full")] fn f<C: FromIterator<u16> + Debug>(n: u16) -> C { (0..n).collect() } }
    { assert_eq!(f::<std::collections::BTreeSet<_>>(2).len(), 2); }
    "f(n = 2)" "f Returned {0, 1}"
}

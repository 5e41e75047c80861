//! Traits with their defaults and their implementations, operators, and what the language calls by itself.

use crate::shape::shape;
use scope::instrument;

#[derive(Clone, Debug, PartialEq)]
struct Count {
    n: u16,
}

shape! {
    trait_default
    {
        #[instrument(level = "full")]
        trait Area { fn side(&self) -> u16; fn area(&self) -> u16 { self.side() * self.side() } }
        impl Area for u16 { fn side(&self) -> u16 { *self } }
    }
    { assert_eq!(3_u16.area(), 9); }
    "Area::area(self = 3)" "Area::area Returned 9"
}
shape! {
    trait_default_of_debug
    {
        #[instrument(level = "full")]
        trait Area: std::fmt::Debug { fn side(&self) -> u16; fn area(&self) -> u16 { self.side() * self.side() } }
        impl Area for u16 { fn side(&self) -> u16 { *self } }
    }
    { assert_eq!(3_u16.area(), 9); let d: &dyn Area = &2_u16; assert_eq!(d.area(), 4); }
    "Area::area(self = 3)" "Area::area Returned 9" "Area::area(self = 2)" "Area::area Returned 4"
}
shape! {
    trait_impl
    {
        trait Area { fn area(&self) -> u16; fn twice(&self) -> u16 { self.area() * 2 } }
        #[instrument(level = "full")]
        impl Area for Count { fn area(&self) -> u16 { self.n * self.n } }
    }
    { assert_eq!(Count { n: 3 }.twice(), 18); }
    "<Count as Area>::area(self = Count { n: 3 })" "<Count as Area>::area Returned 9"
}
shape! {
    trait_impl_of_generics
    {
        trait Name<T> { fn name(&self, t: T) -> String; }
        #[instrument(level = "full")]
        impl<T: std::fmt::Display> Name<T> for Vec<T> { fn name(&self, t: T) -> String { format!("{t}{}", self.len()) } }
    }
    { assert_eq!(vec!['a'].name('b'), "b1"); }
    "<Vec<T> as Name<T>>::name(self = ['a'], t = 'b')"
    "<Vec<T> as Name<T>>::name Returned \"b1\""
}
shape! {
    trait_with_where_self_sized
    {
        #[instrument(level = "full")]
        trait Make { fn make() -> Self where Self: Sized; fn with(self, n: u16) -> u16 where Self: Sized { n } }
        #[instrument(level = "full")]
        impl Make for () { fn make() -> Self {} }
    }
    { let made: () = Make::make(); assert_eq!(made.with(1), 1); }
    "<() as Make>::make()" "<() as Make>::make Returned ()" "Make::with(self = <Opaque: (), 0 bytes>, n = 1)" "Make::with Returned 1"
}
shape! {
    through_dyn
    {
        trait Shape { fn area(&self) -> u16; }
        #[instrument(level = "full")]
        impl Shape for Count { fn area(&self) -> u16 { self.n } }
        #[instrument(level = "full")]
        fn f(shapes: &[Box<dyn Shape>]) -> u16 { shapes.iter().map(|s| s.area()).sum() }
    }
    { assert_eq!(f(&[Box::new(Count { n: 1 }), Box::new(Count { n: 2 })]), 3); }
    "f(shapes = [<Opaque: alloc::boxed::Box<dyn weave::traits::through_dyn::Shape>, 16 bytes>, <Opaque: alloc::boxed::Box<dyn weave::traits::through_dyn::Shape>, 16 bytes>])"
    "  <Count as Shape>::area(self = Count { n: 1 })"
    "  <Count as Shape>::area Returned 1"
    "  <Count as Shape>::area(self = Count { n: 2 })"
    "  <Count as Shape>::area Returned 2"
    "f Returned 3"
}
shape! {
    methods_of_dyn
    {
        trait Shape { fn area(&self) -> u16; }
        impl Shape for u16 { fn area(&self) -> u16 { *self } }
        #[instrument(level = "full")]
        impl dyn Shape { fn twice(&self) -> u16 { self.area() * 2 } }
    }
    { let shape: &dyn Shape = &2; assert_eq!(shape.twice(), 4); }
    "dyn Shape::twice(self = <Opaque: dyn weave::traits::methods_of_dyn::Shape, 2 bytes>)" "dyn Shape::twice Returned 4"
}
shape! {
    supertraits_and_associated_types
    {
        trait Node { type Id: std::fmt::Debug; fn id(&self) -> Self::Id; }
        #[instrument(level = "full")]
        trait Named: Node { fn both(&self) -> (Self::Id, Self::Id) { (self.id(), self.id()) } }
        #[instrument(level = "full")]
        impl Node for Count { type Id = u16; fn id(&self) -> Self::Id { self.n } }
        impl Named for Count {}
    }
    { assert_eq!(Count { n: 1 }.both(), (1, 1)); }
    "Named::both(self = <Opaque: weave::traits::Count, 2 bytes>)"
    "  <Count as Node>::id(self = Count { n: 1 })"
    "  <Count as Node>::id Returned 1"
    "  <Count as Node>::id(self = Count { n: 1 })"
    "  <Count as Node>::id Returned 1"
    "Named::both Returned (1, 1)"
}
shape! {
    operators
    {
        #[derive(Clone, Copy, Debug, PartialEq)]
        struct V(i32);
        #[instrument(level = "full")]
        impl std::ops::Add for V { type Output = Self; fn add(self, other: Self) -> Self { Self(self.0 + other.0) } }
        #[instrument(level = "full")]
        impl std::ops::AddAssign<i32> for V { fn add_assign(&mut self, n: i32) { self.0 += n; } }
        #[instrument(level = "full")]
        impl std::ops::Neg for V { type Output = Self; fn neg(self) -> Self { Self(-self.0) } }
    }
    { let mut v = V(1) + -V(2); v += 5; assert_eq!(v, V(4)); }
    "<V as std::ops::Neg>::neg(self = V(2))"
    "<V as std::ops::Neg>::neg Returned V(-2)"
    "<V as std::ops::Add>::add(self = V(1), other = V(-2))"
    "<V as std::ops::Add>::add Returned V(-1)"
    "<V as std::ops::AddAssign<i32>>::add_assign(self = V(-1), n = 5)"
    "<V as std::ops::AddAssign<i32>>::add_assign Returned"
}
shape! {
    index_and_deref
    {
        #[derive(Debug)]
        struct W(Vec<u16>);
        #[instrument(level = "full")]
        impl std::ops::Deref for W { type Target = [u16]; fn deref(&self) -> &[u16] { &self.0 } }
        #[instrument(level = "full")]
        impl std::ops::Index<char> for W { type Output = u16; fn index(&self, _: char) -> &u16 { &self.0[0] } }
    }
    { let w = W(vec![1, 2]); assert_eq!((w['a'], w.len()), (1, 2)); }
    "<W as std::ops::Index<char>>::index(self = W([1, 2]))"
    "<W as std::ops::Index<char>>::index Returned 1"
    "<W as std::ops::Deref>::deref(self = W([1, 2]))"
    "<W as std::ops::Deref>::deref Returned [1, 2]"
}
shape! {
    iterator
    {
        #[instrument(level = "full")]
        impl Iterator for Count {
            type Item = u16;
            fn next(&mut self) -> Option<u16> { if self.n == 0 { return None; } self.n -= 1; Some(self.n) }
        }
    }
    { assert_eq!(Count { n: 1 }.sum::<u16>(), 0); }
    "<Count as Iterator>::next(self = Count { n: 1 })"
    "<Count as Iterator>::next Returned Some(0)"
    "<Count as Iterator>::next(self = Count { n: 0 })"
    "  branch if self.n == 0"
    "<Count as Iterator>::next Returned None"
}
shape! {
    dropped
    {
        #[derive(Debug)]
        struct Noisy(u16);
        #[instrument(level = "full")]
        impl Drop for Noisy { fn drop(&mut self) { self.0 += 1; } }
        #[instrument(level = "full")]
        fn f(a: Noisy) -> u16 { let _b = Noisy(2); a.0 }
    }
    { assert_eq!(f(Noisy(1)), 1); }
    "f(a = Noisy(1))"
    "  <Noisy as Drop>::drop(self = Noisy(2))"
    "  <Noisy as Drop>::drop Returned"
    "f Returned 1"
    "<Noisy as Drop>::drop(self = Noisy(1))"
    "<Noisy as Drop>::drop Returned"
}
shape! {
    default_and_from
    {
        #[instrument(level = "full")]
        impl Default for Count { fn default() -> Self { Self { n: 7 } } }
        #[instrument(level = "full")]
        impl From<u16> for Count { fn from(n: u16) -> Self { Self { n, ..Self::default() } } }
    }
    { assert_eq!(<u16 as Into<Count>>::into(1).n + Count::default().n, 8); }
    "<Count as From<u16>>::from(n = 1)"
    "  <Count as Default>::default()"
    "  <Count as Default>::default Returned Count { n: 7 }"
    "<Count as From<u16>>::from Returned Count { n: 1 }"
    "<Count as Default>::default()" "<Count as Default>::default Returned Count { n: 7 }"
}
shape! {
    associated_constants_and_types
    {
        trait Limit { const MAX: u16; type Of; fn of(&self) -> Self::Of; }
        #[instrument(level = "full")]
        impl Limit for Count { const MAX: u16 = { 4 + 5 }; type Of = [u16; 2]; fn of(&self) -> Self::Of { [Self::MAX; 2] } }
    }
    { assert_eq!(Count { n: 0 }.of(), [9, 9]); }
    "<Count as Limit>::of(self = Count { n: 0 })" "<Count as Limit>::of Returned [9, 9]"
}
shape! {
    extension_trait_of_all_types
    {
        #[instrument(level = "full")]
        trait Tap: Sized { fn tap(self, f: impl FnOnce(&Self)) -> Self { f(&self); self } }
        impl<T> Tap for T {}
    }
    { assert_eq!(1_u16.tap(|n| assert_eq!(*n, 1)), 1); }
    "Tap::tap(self = 1, f = <Opaque: weave::traits::extension_trait_of_all_types::{{closure}}::{{closure}}, 0 bytes>)"
    "Tap::tap Returned 1"
}

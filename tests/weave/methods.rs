//! Methods: each kind of `self`, traits with their defaults and their implementations, operators, and what the language calls by itself.

use crate::shape::shape;
use scope::instrument;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

#[derive(Clone, Debug, PartialEq)]
struct Count {
    n: u16,
}

shape! {
    by_reference
    { impl Count { #[instrument(level = "full")] fn by_reference(&self, m: u16) -> u16 { self.n + m } } }
    { assert_eq!(Count { n: 1 }.by_reference(2), 3); }
    "by_reference(self = Count { n: 1 }, m = 2)" "by_reference Returned 3"
}
shape! {
    by_mutable_reference
    { #[instrument(level = "full")] impl Count { fn by_mut(&mut self) -> &mut u16 { self.n += 1; &mut self.n } } }
    { let mut count = Count { n: 1 }; *count.by_mut() += 1; assert_eq!(count.n, 3); }
    "Count::by_mut(self = Count { n: 1 })" "Count::by_mut Returned 2"
}
shape! {
    by_value
    { #[instrument(level = "full")] impl Count { fn by_value(self) -> u16 { self.n } } }
    { assert_eq!(Count { n: 1 }.by_value(), 1); }
    "Count::by_value(self = Count { n: 1 })" "Count::by_value Returned 1"
}
shape! {
    by_mutable_value
    { #[instrument(level = "full")] impl Count { fn by_mut_value(mut self) -> Self { self.n += 1; self } } }
    { assert_eq!(Count { n: 1 }.by_mut_value().n, 2); }
    "Count::by_mut_value(self = Count { n: 1 })" "Count::by_mut_value Returned Count { n: 2 }"
}
shape! {
    by_box
    { #[instrument(level = "full")] impl Count { fn by_box(self: Box<Self>) -> u16 { self.n } } }
    { assert_eq!(Box::new(Count { n: 1 }).by_box(), 1); }
    "Count::by_box(self = Count { n: 1 })" "Count::by_box Returned 1"
}
shape! {
    by_rc
    { #[instrument(level = "full")] impl Count { fn by_rc(self: Rc<Self>) -> usize { Rc::strong_count(&self) } } }
    { let count = Rc::new(Count { n: 1 }); assert_eq!(Rc::clone(&count).by_rc(), 2); }
    "Count::by_rc(self = Count { n: 1 })" "Count::by_rc Returned 2"
}
shape! {
    by_reference_to_arc
    { #[instrument(level = "full")] impl Count { fn by_arc(self: &Arc<Self>) -> Arc<Self> { Arc::clone(self) } } }
    { assert_eq!(Arc::new(Count { n: 1 }).by_arc().n, 1); }
    "Count::by_arc(self = Count { n: 1 })" "Count::by_arc Returned Count { n: 1 }"
}
shape! {
    by_pin
    {
        #[instrument(level = "full")]
        impl Count { fn by_pin(self: Pin<&mut Self>) -> u16 { let this = self.get_mut(); this.n += 1; this.n } }
    }
    { assert_eq!(Pin::new(&mut Count { n: 1 }).by_pin(), 2); }
    "Count::by_pin(self = Count { n: 1 })" "  this = Count { n: 1 }" "Count::by_pin Returned 2"
}
shape! {
    by_mutable_pin
    {
        #[instrument(level = "full")]
        impl Count { fn by_mut_pin(mut self: Pin<&mut Self>) -> u16 { self.as_mut().n = 5; self.n } }
    }
    { assert_eq!(Pin::new(&mut Count { n: 1 }).by_mut_pin(), 5); }
    "Count::by_mut_pin(self = Count { n: 1 })" "Count::by_mut_pin Returned 5"
}
shape! {
    by_a_lifetime
    { #[instrument(level = "full")] impl Count { fn by_lifetime<'a>(&'a self, _: &str) -> &'a u16 { &self.n } } }
    { assert_eq!(Count { n: 1 }.by_lifetime(""), &1); }
    "Count::by_lifetime(self = Count { n: 1 })" "Count::by_lifetime Returned 1"
}
shape! {
    without_self
    { #[instrument(level = "full")] impl Count { fn new(n: u16) -> Self { Self { n } } } }
    { assert_eq!(Count::new(1).n, 1); }
    "Count::new(n = 1)" "Count::new Returned Count { n: 1 }"
}
shape! {
    methods_that_call_each_other
    {
        #[instrument(level = "full")]
        impl Count {
            fn outer(&mut self) -> u16 { self.inner(1); Self::free(self.n) }
            fn inner(&mut self, m: u16) { self.n += m; }
            fn free(n: u16) -> u16 { n }
        }
    }
    { assert_eq!(Count { n: 1 }.outer(), 2); }
    "Count::outer(self = Count { n: 1 })"
    "  Count::inner(self = Count { n: 1 }, m = 1)"
    "  Count::inner Returned"
    "  Count::free(n = 2)"
    "  Count::free Returned 2"
    "Count::outer Returned 2"
}
shape! {
    without_debug
    {
        struct Bare(u16);
        #[instrument(level = "full")]
        impl Bare { fn get(&self) -> u16 { self.0 } }
    }
    { assert_eq!(Bare(1).get(), 1); }
    "Bare::get(self = <Opaque: &weave::methods::without_debug::Bare, 8 bytes>)" "Bare::get Returned 1"
}
shape! {
    skipped_self
    { impl Count { #[instrument(level = "full", skip(self))] fn skipped(&self, m: u16) -> u16 { self.n + m } } }
    { assert_eq!(Count { n: 1 }.skipped(2), 3); }
    "skipped(m = 2)" "skipped Returned 3"
}
shape! {
    trait_default
    {
        #[instrument(level = "full")]
        trait Area { fn side(&self) -> u16; fn area(&self) -> u16 { self.side() * self.side() } }
        impl Area for u16 { fn side(&self) -> u16 { *self } }
    }
    { assert_eq!(3_u16.area(), 9); }
    "Area::area(self = <Opaque: &u16, 8 bytes>)" "Area::area Returned 9"
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
    "<Vec<T> as Name<T>>::name(self = [<Opaque: char, 4 bytes>], t = <Opaque: char, 4 bytes>)"
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
    "f(shapes = [<Opaque: alloc::boxed::Box<dyn weave::methods::through_dyn::Shape>, 16 bytes>, <Opaque: alloc::boxed::Box<dyn weave::methods::through_dyn::Shape>, 16 bytes>])"
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
    "dyn Shape::twice(self = <Opaque: &dyn weave::methods::methods_of_dyn::Shape, 16 bytes>)" "dyn Shape::twice Returned 4"
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
    "Named::both(self = <Opaque: &weave::methods::Count, 8 bytes>)"
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
    an_impl_with_inner_levels
    {
        #[instrument(level = "full")]
        impl Count {
            #[instrument(level = "boundaries")]
            fn quiet(&self) -> u16 { let m = self.n; m }
            #[scope::skip]
            fn silent(&self) -> u16 { self.quiet() }
            fn loud(&self) -> u16 { let m = self.silent(); m }
        }
    }
    { assert_eq!(Count { n: 1 }.loud(), 1); }
    "Count::loud(self = Count { n: 1 })"
    "  Count::quiet()"
    "  Count::quiet Returned"
    "  m = 1"
    "Count::loud Returned 1"
}
shape! {
    extension_trait_of_all_types
    {
        #[instrument(level = "full")]
        trait Tap: Sized { fn tap(self, f: impl FnOnce(&Self)) -> Self { f(&self); self } }
        impl<T> Tap for T {}
    }
    { assert_eq!(1_u16.tap(|n| assert_eq!(*n, 1)), 1); }
    "Tap::tap(self = <Opaque: u16, 2 bytes>, f = <Opaque: weave::methods::extension_trait_of_all_types::{{closure}}::{{closure}}, 0 bytes>)"
    "Tap::tap Returned <Opaque: u16, 2 bytes>"
}
shape! {
    method_on_a_field_through_self
    {
        struct Two { a: Vec<u16>, b: Vec<u16> }
        #[instrument(level = "full", skip(self))]
        impl Two {
            fn both(&mut self) -> usize {
                let Self { a, b } = self;
                for x in a.iter() { b.push(*x); }
                let n = b.len();
                n + a.len()
            }
        }
    }
    { assert_eq!(Two { a: vec![1], b: vec![] }.both(), 2); }
    "Two::both()"
    "  a = [1]"
    "  b = []"
    "  round for x in a.iter()"
    "  x = 1"
    "  n = 1"
    "Two::both Returned 2"
}

//! Methods: each kind of `self`.

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
    "Bare::get(self = <Opaque: weave::methods::without_debug::Bare, 2 bytes>)" "Bare::get Returned 1"
}
shape! {
    skipped_self
    { impl Count { #[instrument(level = "full", skip(self))] fn skipped(&self, m: u16) -> u16 { self.n + m } } }
    { assert_eq!(Count { n: 1 }.skipped(2), 3); }
    "skipped(m = 2)" "skipped Returned 3"
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

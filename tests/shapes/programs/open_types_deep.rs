//! Types that hang on the type of a literal, and stand deep inside of others.
//@ edition 2024
#![deny(warnings)]
#![forbid(trivial_casts)]
#![allow(dead_code)]
use std::collections::BTreeMap;
use std::ops::Div;
use std::rc::Rc;

/// Something can be shown of what `Seen / 2.0` is, and nothing of `Blank / 2.0`.
#[derive(Clone, Copy)]
struct Blank;

#[derive(Debug, Clone, Copy, PartialEq)]
struct Seen(u8);

/// By an `f32` it is something else.
impl Div<f32> for Blank {
    type Output = [Blank; 1];
    fn div(self, _: f32) -> [Blank; 1] {
        [self]
    }
}
impl Div<f64> for Blank {
    type Output = Blank;
    fn div(self, _: f64) -> Blank {
        self
    }
}
impl Div<f32> for Seen {
    type Output = Blank;
    fn div(self, _: f32) -> Blank {
        Blank
    }
}
impl Div<f64> for Seen {
    type Output = Seen;
    fn div(self, _: f64) -> Seen {
        self
    }
}

#[derive(Debug)]
struct P<T> {
    a: T,
}

#[derive(Debug)]
enum Either<L, R> {
    Left(L),
    Right { r: R },
}

struct Silent<T>(T);

fn used<T>(_: T) {}

fn wrap<T>(a: T) -> P<Option<T>> {
    P { a: Some(a) }
}

macro_rules! halves {
    ($($e:expr),*) => {
        ($(Some($e / 2.0),)*)
    };
}

#[scope::instrument]
fn std_types(s: Seen, b: Blank) {
    let x = Some(Some(vec![s / 2.0]));
    used(x);
    let x = Some(Some(vec![b / 2.0]));
    used(x);
    let t = (Some(s / 2.0), 1);
    used(t);
    let t = (Some(b / 2.0), 1);
    used(t);
    let array = [(1, [s / 2.0]), (2, [s / 3.0])];
    used(array);
    let array = [(1, b / 2.0), (2, b / 3.0)];
    for (n, item) in array {
        used((n, item));
    }
    let mut map = BTreeMap::new();
    map.insert(1, vec![(s / 2.0, "x")]);
    used(map);
    let rc = Rc::new(Some(Box::new(b / 2.0)));
    used(rc);
    let m = halves!(s, b);
    used(m);
}

#[scope::instrument]
fn user_types(s: Seen, b: Blank) {
    let p = P { a: s / 2.0 };
    used(p);
    let p = P { a: vec![b / 2.0] };
    used(p);
    let e = if s.0 > 5 { Either::Left(b / 2.0) } else { Either::Right { r: P { a: s / 2.0 } } };
    used(e);
    let silent = Silent(s / 2.0);
    used(silent);
    let part = s / 2.0;
    let wrapped = wrap(part);
    let again = Some([wrapped]);
    used(again);
    let ok = Ok::<_, P<u8>>(P { a: s / 2.0 });
    used(ok);
    let err = Err::<P<u8>, _>(P { a: b / 2.0 });
    used(err);
}

#[scope::instrument]
fn iterators(s: Seen, b: Blank) {
    let it = std::iter::repeat(s / 2.0);
    let mut taken = it.take(2).enumerate();
    while let Some(item) = taken.next() {
        used(item);
    }
    let it = std::iter::repeat(b / 2.0);
    let mapped = it.map(|x| P { a: x }).take(1);
    for p in mapped {
        used(p);
    }
    let list = (0..2).map(|n| (n, P { a: s / 2.0 })).collect::<Vec<_>>();
    let last = list.into_iter().last().map(|(_, p)| p.a);
    used(last);
}

fn main() {
    let (s, b) = (Seen(1), Blank);
    std_types(s, b);
    user_types(s, b);
    iterators(s, b);
}
//> std_types(s = Seen(1), b = <Opaque: open_types_deep::Blank, 0 bytes>)
//>   x = Some(Some([Seen(1)]))
//>   x = Some(<Opaque: core::option::Option<alloc::vec::Vec<open_types_deep::Blank>>, 24 bytes>)
//>   t = (Some(Seen(1)), 1)
//>   t = (<Opaque: core::option::Option<open_types_deep::Blank>, 1 byte>, 1)
//>   array = [(1, [Seen(1)]), (2, [Seen(1)])]
//>   array = [<Opaque: (i32, open_types_deep::Blank), 4 bytes>, <Opaque: (i32, open_types_deep::Blank), 4 bytes>]
//>   round for (n, item) in array
//>   n = 1
//>   item = <Opaque: open_types_deep::Blank, 0 bytes>
//>   round for (n, item) in array
//>   n = 2
//>   item = <Opaque: open_types_deep::Blank, 0 bytes>
//>   map = {}
//>   map = {1: [(Seen(1), "x")]}
//>   rc = Some(<Opaque: alloc::boxed::Box<open_types_deep::Blank>, 8 bytes>)
//>   m = (Some(Seen(1)), <Opaque: core::option::Option<open_types_deep::Blank>, 1 byte>)
//> std_types Returned
//> user_types(s = Seen(1), b = <Opaque: open_types_deep::Blank, 0 bytes>)
//>   p = P { a: Seen(1) }
//>   p = <Opaque: open_types_deep::P<alloc::vec::Vec<open_types_deep::Blank>>, 24 bytes>
//>   branch else of if s.0 > 5
//>   e = <Opaque: open_types_deep::Either<open_types_deep::Blank, open_types_deep::P<open_types_deep::Seen>>, 2 bytes>
//>   silent = <Opaque: open_types_deep::Silent<open_types_deep::Seen>, 1 byte>
//>   part = Seen(1)
//>   wrapped = P { a: Some(Seen(1)) }
//>   again = Some([P { a: Some(Seen(1)) }])
//>   ok = Ok(P { a: Seen(1) })
//>   err = Err(<Opaque: open_types_deep::P<open_types_deep::Blank>, 0 bytes>)
//> user_types Returned
//> iterators(s = Seen(1), b = <Opaque: open_types_deep::Blank, 0 bytes>)
//>   it = Repeat { element: Seen(1) }
//>   taken = Enumerate { iter: Take { iter: Repeat { element: Seen(1) }, n: 2 }, count: 0 }
//>   round while let Some(item) = taken.next()
//>   item = (0, Seen(1))
//>   round while let Some(item) = taken.next()
//>   item = (1, Seen(1))
//>   it = <Opaque: core::iter::sources::repeat::Repeat<open_types_deep::Blank>, 0 bytes>
//>   mapped = <Opaque: core::iter::adapters::take::Take<core::iter::adapters::map::Map<core::iter::sources::repeat::Repeat<open_types_deep::Blank>, open_types_deep::iterators::{{closure}}>>, 8 bytes>
//>   round for p in mapped
//>   p = <Opaque: open_types_deep::P<open_types_deep::Blank>, 0 bytes>
//>   n = 0
//>   n = 1
//>   list = [(0, P { a: Seen(1) }), (1, P { a: Seen(1) })]
//>   last = Some(Seen(1))
//> iterators Returned

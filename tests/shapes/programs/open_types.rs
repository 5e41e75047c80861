//! Types that hang on the type of a literal, which rustc chooses behind all else.
use std::ops::{Div, Mul};

/// Nothing can be shown of it.
#[derive(Clone)]
struct Blank;

/// Something can.
#[derive(Debug, Clone)]
struct Seen;

trait Op<A> {
    type Out;
    fn op(&self, by: A) -> Self::Out;
}

macro_rules! computes {
    ($($ty:ident $trait:ident $method:ident $by:ty;)*) => {$(
        impl $trait<$by> for $ty {
            type Output = $ty;
            fn $method(self, _: $by) -> $ty {
                self
            }
        }
    )*};
}
macro_rules! each {
    ($($ty:ident)*) => {$(
        computes! {
            $ty Div div f32;
            $ty Div div f64;
            $ty Mul mul u8;
            $ty Mul mul i32;
        }
        impl Op<u8> for $ty {
            type Out = $ty;
            fn op(&self, _: u8) -> $ty {
                self.clone()
            }
        }
        impl Op<i32> for $ty {
            type Out = Option<$ty>;
            fn op(&self, _: i32) -> Option<$ty> {
                Some(self.clone())
            }
        }
    )*};
}
each!(Blank Seen);

macro_rules! half {
    ($e:expr) => {
        $e / 2.0
    };
}

fn used<T>(_: T) {}

#[scope::instrument]
fn computed(blank: Blank) {
    let a = blank.clone() / 100.00;
    used(a);
    let two = 2;
    let b = blank.clone() * two;
    used(b);
    let c;
    c = blank.clone() * 3;
    used(c);
    let d = half!(blank.clone());
    used(d);
    let e = if two > 1 { blank.clone() / 2.0 } else { blank.clone() / 3.0 };
    used(e);
    let (f, g) = (blank.clone() / 2.0, blank / 1e3);
    used(f);
    used(g);
}

#[scope::instrument]
fn called(blank: Blank) {
    let a = blank.op(2);
    used(a);
    for i in 0..1 {
        let b = blank.op(i);
        used(b);
    }
    let list = (0..1).map(|i| blank.op(i)).collect::<Vec<_>>();
    used(list);
    let later = |x: Blank| {
        let y = x / 2.0;
        used(y);
    };
    later(blank);
}

#[scope::instrument]
fn inside(blank: Blank) {
    let some = Some(blank.clone() * 2);
    used(some);
    let list = vec![blank.clone() / 2.0];
    used(list);
    let boxed = Box::new(blank.clone() * 2);
    used(boxed);
    let twice = Some(vec![blank.clone() * 2]);
    used(twice);
    let triple = (1, "x", blank.clone() * 2);
    used(triple);
    let mut pushed = Vec::new();
    pushed.push(blank.clone() / 2.0);
    used(pushed);
    if let Some(part) = Some(blank.clone() * 2) {
        used(part);
    }
    for item in [blank.clone() * 2] {
        used(item);
    }
    match blank / 2.0 {
        all => used(all),
    }
}

#[scope::instrument]
async fn waits(blank: Blank) {
    if let Some(part) = Some(blank.clone() * 2) {
        used(part);
    }
    used(async { blank / 2.0 }.await);
}

/// What is known in the end is shown as ever.
#[scope::instrument]
fn known(seen: Seen) {
    let a = seen.clone() / 2.0f32;
    let b = Some(seen.clone() * 2u8);
    let by = 2.0;
    let c = vec![seen.clone() / by];
    used::<f32>(by);
    let d = [1, 2].iter().map(|x| x * 2).collect::<Vec<_>>();
    let e: Seen = seen * 2;
    let f = 1u8 << 1;
    let g = (f << 2, "x".len() * 2, Some(d.len() + 1));
    used((a, b, c, d, e, f, g));
}

fn main() {
    computed(Blank);
    called(Blank);
    inside(Blank);
    let mut future = std::pin::pin!(waits(Blank));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(std::future::Future::poll(future.as_mut(), &mut context).is_ready());
    known(Seen);
}
//> computed(blank = <Opaque: open_types::Blank, 0 bytes>)
//>   a = <Opaque: open_types::Blank, 0 bytes>
//>   two = 2
//>   b = <Opaque: open_types::Blank, 0 bytes>
//>   c = <Opaque: open_types::Blank, 0 bytes>
//>   d = <Opaque: open_types::Blank, 0 bytes>
//>   branch if two > 1
//>   e = <Opaque: open_types::Blank, 0 bytes>
//>   f = <Opaque: open_types::Blank, 0 bytes>
//>   g = <Opaque: open_types::Blank, 0 bytes>
//> computed Returned
//> called(blank = <Opaque: open_types::Blank, 0 bytes>)
//>   a = Some(<Opaque: open_types::Blank, 0 bytes>)
//>   round for i in 0..1
//>   i = 0
//>   b = Some(<Opaque: open_types::Blank, 0 bytes>)
//>   i = 0
//>   list = [<Opaque: core::option::Option<open_types::Blank>, 1 byte>]
//>   later = <Opaque: open_types::called::{{closure}}, 0 bytes>
//>   x = <Opaque: open_types::Blank, 0 bytes>
//> called Returned
//> inside(blank = <Opaque: open_types::Blank, 0 bytes>)
//>   some = Some(<Opaque: open_types::Blank, 0 bytes>)
//>   list = [<Opaque: open_types::Blank, 0 bytes>]
//>   boxed = <Opaque: alloc::boxed::Box<open_types::Blank>, 8 bytes>
//>   twice = Some(<Opaque: alloc::vec::Vec<open_types::Blank>, 24 bytes>)
//>   triple = <Opaque: (i32, &str, open_types::Blank), 24 bytes>
//>   pushed = []
//>   pushed = [<Opaque: open_types::Blank, 0 bytes>]
//>   branch if let Some(part) = Some(blank.clone() * 2)
//>   part = <Opaque: open_types::Blank, 0 bytes>
//>   round for item in [blank.clone() * 2]
//>   item = <Opaque: open_types::Blank, 0 bytes>
//>   branch all
//>   all = <Opaque: open_types::Blank, 0 bytes>
//> inside Returned
//> waits(blank = <Opaque: open_types::Blank, 0 bytes>)
//>   branch if let Some(part) = Some(blank.clone() * 2)
//>   part = <Opaque: open_types::Blank, 0 bytes>
//>   waits::{async block}()
//>   waits::{async block} Returned <Opaque: open_types::Blank, 0 bytes>
//> waits Returned
//> known(seen = Seen)
//>   a = Seen
//>   b = Some(Seen)
//>   by = 2.0
//>   c = [Seen]
//>   d = [2, 4]
//>   e = Seen
//>   f = 2
//>   g = (8, 2, Some(3))
//> known Returned

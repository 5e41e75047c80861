//! Types that hang on the type of a literal, and go other ways than through variables.
//@ edition 2021
#![deny(warnings)]
#![allow(dead_code)]
use std::ops::Div;

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

#[scope::instrument]
fn closures(s: Seen, b: Blank) {
    let half = || P { a: s / 2.0 };
    let p = half();
    used(p);
    let held = P { a: b / 2.0 };
    let later = move || held.a;
    used(later());
    let boxed: Box<dyn Fn(u8) -> u8> = {
        let held = Some(Some(s / 2.0));
        Box::new(move |n| n + held.map_or(0, |_| 1))
    };
    used(boxed(1));
}

#[scope::instrument]
fn asked(s: Seen) -> Result<u8, String> {
    let ok = Ok::<_, String>(P { a: s / 2.0 })?;
    used(ok);
    let some = (|| {
        let x = Some(P { a: s / 2.0 })?;
        Some(x)
    })();
    used(some);
    let failed = (|| {
        let x = Err::<u8, _>(P { a: s / 2.0 })?;
        Ok(x)
    })();
    used::<Result<u8, P<_>>>(failed);
    let failed = (|| {
        Err::<u8, _>(P { a: Blank / 2.0 })?;
        Ok(1)
    })();
    used::<Result<u8, P<_>>>(failed);
    Ok(1)
}

#[scope::instrument]
fn returned(s: Seen) -> Option<P<Seen>> {
    if let Some(Some(part)) = Some(Some(s / 2.0)) {
        used(part);
    }
    match wrap(Blank / 2.0) {
        P { a: Some(a) } => used(a),
        all => used(all),
    }
    let Either::Left(left) = Either::<_, u8>::Left(P { a: s / 2.0 }) else { return None };
    used(left);
    let early = s / 2.0;
    if s.0 == 1 {
        return Some(P { a: early });
    }
    Some(P { a: s / 2.0 })
}

#[scope::instrument]
fn opaque(s: Seen) -> impl Iterator {
    let list = vec![P { a: s / 2.0 }];
    list.into_iter().map(|p| Some(p.a))
}

#[scope::instrument]
fn generic<'a, T>(e: &'a T) -> usize
where
    &'a T: Div<f32> + Div<f64>,
{
    let p = P { a: Some(e / 2.0) };
    used(p);
    let silent = vec![Silent(e / 2.0)];
    silent.len()
}

impl Div<f32> for &Seen {
    type Output = Blank;
    fn div(self, _: f32) -> Blank {
        Blank
    }
}
impl Div<f64> for &Seen {
    type Output = Seen;
    fn div(self, _: f64) -> Seen {
        *self
    }
}

#[scope::instrument]
async fn waits(s: Seen) {
    let p = async { P { a: Some(s / 2.0) } }.await;
    used(p);
    let held = vec![P { a: Blank / 2.0 }];
    std::future::ready(()).await;
    used(held);
}

/// Casts are the user's, too.
#[scope::instrument]
fn cast(s: Seen) {
    let x = Some(P { a: s / 2.0 });
    let p = &x as *const Option<P<_>>;
    used(p.is_null());
    let small = 65 as u8 as char;
    used(small);
    let n = (2.0 * 1.5) as i32 as _;
    used::<u64>(n);
    let null = 0 as *const _;
    used::<*const Seen>(null);
}

/// What is known is in parts.
#[scope::instrument]
fn known() {
    let list = vec![P { a: 1.5 }];
    used(list);
    let ok = Ok::<_, Silent<u8>>(P { a: 2 });
    used(ok);
    let some = Some(Silent(2));
    used(some);
    let n = 2 << 3;
    used((n, Silent(1)));
}

fn main() {
    let (s, b) = (Seen(1), Blank);
    closures(s, b);
    assert!(asked(s).is_ok());
    assert!(returned(s).is_some());
    assert_eq!(opaque(s).count(), 1);
    assert_eq!(generic(&s), 1);
    let mut future = Box::pin(waits(s));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(std::future::Future::poll(future.as_mut(), &mut context).is_ready());
    cast(s);
    known();
}
//> closures(s = Seen(1), b = <Opaque: open_types_flow::Blank, 0 bytes>)
//>   half = <Opaque: open_types_flow::closures::{{closure}}, 8 bytes>
//>   p = P { a: Seen(1) }
//>   held = <Opaque: open_types_flow::P<open_types_flow::Blank>, 0 bytes>
//>   later = <Opaque: open_types_flow::closures::{{closure}}, 0 bytes>
//>   held = Some(Some(Seen(1)))
//>   boxed = <Opaque: alloc::boxed::Box<dyn core::ops::function::Fn(u8) -> u8>, 16 bytes>
//>   n = 1
//> closures Returned
//> asked(s = Seen(1))
//>   ok = P { a: Seen(1) }
//>   x = P { a: Seen(1) }
//>   some = Some(P { a: Seen(1) })
//>   failed = Err(P { a: Seen(1) })
//>   failed = Err(<Opaque: open_types_flow::P<open_types_flow::Blank>, 0 bytes>)
//> asked Returned Ok(1)
//> returned(s = Seen(1))
//>   branch if let Some(Some(part)) = Some(Some(s / 2.0))
//>   part = Seen(1)
//>   branch P { a: Some(a) }
//>   a = <Opaque: open_types_flow::Blank, 0 bytes>
//>   left = P { a: Seen(1) }
//>   early = Seen(1)
//>   branch if s.0 == 1
//> returned Returned Some(P { a: Seen(1) })
//> opaque(s = Seen(1))
//>   list = [P { a: Seen(1) }]
//> opaque Returned
//> generic(e = <Opaque: open_types_flow::Seen, 1 byte>)
//>   p = <Opaque: open_types_flow::P<core::option::Option<open_types_flow::Seen>>, 2 bytes>
//>   silent = [<Opaque: open_types_flow::Silent<open_types_flow::Seen>, 1 byte>]
//> generic Returned 1
//> waits(s = Seen(1))
//>   waits::{async block}()
//>   waits::{async block} Returned P { a: Some(Seen(1)) }
//>   p = P { a: Some(Seen(1)) }
//>   held = [<Opaque: open_types_flow::P<open_types_flow::Blank>, 0 bytes>]
//> waits Returned
//> cast(s = Seen(1))
//>   x = Some(P { a: Seen(1) })
//>   p = 0x…
//>   small = 'A'
//>   n = 3
//>   null = 0x0
//> cast Returned
//> known()
//>   list = [P { a: 1.5 }]
//>   ok = Ok(P { a: 2 })
//>   some = Some(<Opaque: open_types_flow::Silent<i32>, 4 bytes>)
//>   n = 16
//> known Returned

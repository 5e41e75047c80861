//! The choice of a strategy: for types that are known, and for those that are known later. That it compiles is most of the test.

#![deny(warnings, unused, unreachable_code)]
#![forbid(unsafe_code)]

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::fmt::{self, Debug};
use std::future::Future;
use std::num::ParseIntError;
use std::ops::ControlFlow;
use std::pin::pin;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use scope_core::capture::choose::of;
use scope_core::capture::{Pick, Residual, Strategy};
use scope_core::value::{Limits, ValueWriter, decode_all};

struct Plain;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Shown(u8);

#[derive(serde::Serialize)]
struct Sent {
    id: u8,
    password: &'static str,
}

const SENT: Sent = Sent { id: 3, password: "hunter2" };

fn write(f: impl FnOnce(&mut ValueWriter<'_>)) -> String {
    let mut buf = [0xff; 512];
    let mut w = ValueWriter::new(&mut buf, &Limits::DEFAULT);
    f(&mut w);
    let used = w.finish();
    let values = decode_all(&buf[..used]).expect("what was written can be read");
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

fn by<T: ?Sized, S: Strategy<T>>(value: &T, _: S) -> String {
    write(|w| S::write(value, w))
}

fn leaves<T: ?Sized, S: Residual<T>>(value: &T, _: &Pick<T, S>) -> Option<String> {
    S::leaves(value).then(|| write(|w| S::write(value, w)))
}

/// What the macro weaves for a value.
macro_rules! show {
    ($value:expr) => {{
        #[allow(unused_imports, reason = "not every value has parts")]
        use scope_core::capture::halves::{ByHalves as _, First as _, Second as _};
        #[allow(unused_imports, reason = "not every value has parts")]
        use scope_core::capture::{choose::Choice as _, kinds::Split as _};
        let text = by(&$value, (&&of(&$value)).__scope_strategy().__scope_parts());
        let again = by(&$value, (&&of(&$value)).__scope_halves().__scope_first().__scope_second());
        assert_eq!(text, again, "both ways give the same");
        text
    }};
}

/// What the macro weaves for the operand of a `?`.
macro_rules! left {
    ($value:expr) => {{
        use scope_core::capture::choose::SettleResidual as _;
        let pick = Pick::new();
        let left = leaves(&$value, &pick);
        (&&pick).__scope_settle_residual();
        left
    }};
}

/// What the macro weaves around a body, with the tokens that it uses.
macro_rules! picks {
    ([$($pick:ident),*] $body:block) => {{
        $(let $pick = scope_core::capture::Pick::new();)*
        let ret = $body;
        #[allow(unreachable_code, reason = "that is its use")]
        'never: {
            break 'never;
            #[allow(unused_imports, reason = "parts are not always there")]
            use scope_core::capture::{choose::Settle as _, kinds::Split as _};
            $((&&$pick).__scope_settle().__scope_parts();)*
        }
        ret
    }};
}

#[test]
fn the_first_that_fits_wins() {
    assert_eq!(show!(3u8), "3");
    assert_eq!(show!("text"), r#""text""#);
    assert_eq!(show!(*"text"), r#""text""#);
    assert_eq!(show!(Some(vec![(1, 'c')])), "Some([(1, 'c')])");
    assert_eq!(show!(SENT), "Sent { id: 3, password: <redacted> }");
    assert_eq!(show!(&SENT), "Sent { id: 3, password: <redacted> }");
    assert_eq!(show!(Shown(1)), "Shown(1)");
    assert_eq!(show!(Plain), "<Opaque: late_bound::Plain, 0 bytes>");
    assert_eq!(show!(&mut 5), "5");
    assert_eq!(show!([1u16, 2][..]), "[1, 2]");
}

#[test]
fn parts_are_shown_each_in_its_own_way() {
    let failed: Result<u64, ParseIntError> = "x".parse::<u64>();
    assert_eq!(show!(failed), "Err(ParseIntError { kind: InvalidDigit })");
    assert_eq!(show!("7".parse::<u64>()), "Ok(7)");
    assert_eq!(show!(Ok::<Sent, Shown>(SENT)), "Ok(Sent { id: 3, password: <redacted> })");
    assert_eq!(show!(Ok::<Plain, Shown>(Plain)), "Ok(<Opaque: late_bound::Plain, 0 bytes>)");
    assert_eq!(show!(Err::<Plain, _>(Shown(2))), "Err(Shown(2))");
    assert_eq!(show!(Err::<Plain, _>("text")), r#"Err("text")"#);
    assert_eq!(show!(Err::<Plain, _>(SENT)), "Err(Sent { id: 3, password: <redacted> })");
    assert_eq!(show!(Err::<Shown, _>(Plain)), "Err(<Opaque: late_bound::Plain, 0 bytes>)");
    assert_eq!(show!(Err::<u8, _>(Plain)), "Err(<Opaque: late_bound::Plain, 0 bytes>)");
    assert_eq!(show!(Err::<Plain, _>(Plain)), "Err(<Opaque: late_bound::Plain, 0 bytes>)");
    assert_eq!(show!(Some(Shown(1))), "Some(Shown(1))");
    assert_eq!(show!(None::<Plain>), "None");
    assert_eq!(show!(vec![Shown(1), Shown(2)]), "[Shown(1), Shown(2)]");
    assert_eq!(show!(&[Shown(1)][..]), "[Shown(1)]");
    assert_eq!(show!(&mut vec![Plain]), "[<Opaque: late_bound::Plain, 0 bytes>]");
    assert_eq!(show!(HashMap::from([("k", Plain)])), r#"{"k": <Opaque: late_bound::Plain, 0 bytes>}"#);
    assert_eq!(show!(BTreeMap::from([(1, Shown(2))])), "{1: Shown(2)}");
    assert_eq!(show!((1, Plain)), "(1, <Opaque: late_bound::Plain, 0 bytes>)");
    assert_eq!(show!(Arc::new(Mutex::new(SENT))), "Mutex(Sent { id: 3, password: <redacted> })");
    assert_eq!(show!(ControlFlow::<Plain, u8>::Continue(1)), "Continue(1)");
    assert_eq!(show!(Poll::Ready(Shown(1))), "Ready(Shown(1))");
}

#[test]
fn what_is_locked_is_not_waited_for() {
    let mutex = Mutex::new(SENT);
    let guard = mutex.lock().unwrap();
    assert_eq!(show!(mutex), "Mutex(<locked>)");
    assert_eq!(guard.id, 3);
    let cell = RefCell::new(5);
    let borrowed = cell.borrow_mut();
    assert_eq!(show!(cell), "RefCell(<borrowed>)");
    assert_eq!(*borrowed, 5);
}

#[test]
fn what_a_question_mark_leaves_with() {
    assert_eq!(left!(Ok::<u8, Plain>(1)), None);
    assert_eq!(left!(Err::<Plain, _>("text")).as_deref(), Some(r#""text""#));
    assert_eq!(left!(Err::<u8, _>(Shown(1))).as_deref(), Some("Shown(1)"));
    assert_eq!(left!(Err::<u8, _>(SENT)).as_deref(), Some("Sent { id: 3, password: <redacted> }"));
    assert_eq!(left!(Err::<u8, _>(Plain)).as_deref(), Some("<Opaque: late_bound::Plain, 0 bytes>"));
    assert_eq!(left!(None::<Plain>).as_deref(), Some("None"));
    assert_eq!(left!(Some(Plain)), None);
    assert_eq!(left!(ControlFlow::<_, Plain>::Break(4)).as_deref(), Some("4"));
    assert_eq!(left!(Poll::<Result<Plain, _>>::Ready(Err(4))).as_deref(), Some("4"));
    assert_eq!(left!(Poll::<Result<Plain, u8>>::Pending), None);
    assert_eq!(left!(Poll::Ready(Some(Err::<Plain, _>(4)))).as_deref(), Some("4"));
    assert_eq!(left!(Plain), None);
}

fn generic<T>(value: &T) -> String {
    show!(value)
}

fn generic_debug<T: Debug + ?Sized>(value: &T) -> String {
    show!(*value)
}

fn generic_result<T, E: Debug>(value: &Result<T, E>) -> String {
    show!(*value)
}

fn dynamic(value: &dyn Debug) -> String {
    show!(value)
}

fn implied(value: impl IntoIterator<Item = u8> + Clone) -> String {
    show!(value)
}

/// Writes a value in the way that is yet to be chosen.
fn show<T: ?Sized, S: Strategy<T>>(_: &Pick<T, S>, value: &T, w: &mut ValueWriter<'_>) {
    S::write(value, w);
}

#[test]
fn generic_functions_use_their_bounds() {
    assert_eq!(generic(&1), "<Opaque: &i32, 8 bytes>");
    assert_eq!(generic_debug(&Shown(1)), "Shown(1)");
    assert_eq!(generic_debug("text"), r#""text""#);
    assert_eq!(generic_result(&Ok::<_, u8>(Plain)), "Ok(<Opaque: late_bound::Plain, 0 bytes>)");
    assert_eq!(generic_result(&Err::<Plain, _>(1)), "Err(1)");
    assert_eq!(dynamic(&1), "1");
    assert!(implied([1]).starts_with("<Opaque: [u8; 1]"));
}

#[test]
fn an_open_type_takes_an_item_without_debug() {
    let seen = picks!([v_, w_] {
        let mut v = Vec::new();
        let mut seen = vec![write(|w| show(&v_, &v, w))];
        v.push(Plain);
        seen.push(write(|w| show(&v_, &v, w)));
        let mut map = HashMap::new();
        seen.push(write(|w| show(&w_, &map, w)));
        map.insert("k", Plain);
        v.clear();
        seen
    });
    assert_eq!(seen, ["[]", "[<Opaque: late_bound::Plain, 0 bytes>]", "{}"]);
}

#[test]
fn moved_locals_borrows_and_loops() {
    let seen = picks!([a_, r_, i_, o_] {
        let mut seen = Vec::new();
        let mut a = vec![Shown(1)];
        seen.push(write(|w| show(&a_, &a, w)));
        let r = &mut a;
        seen.push(write(|w| show(&r_, &r, w)));
        r.push(Shown(2));
        a.push(Shown(3));
        for i in a {
            seen.push(write(|w| show(&i_, &i, w)));
            let o = Some(i);
            seen.push(write(|w| show(&o_, &o, w)));
            assert!(o.is_some());
        }
        seen
    });
    let want = [
        "[Shown(1)]",
        "[Shown(1)]",
        "Shown(1)",
        "Some(Shown(1))",
        "Shown(2)",
        "Some(Shown(2))",
        "Shown(3)",
        "Some(Shown(3))",
    ];
    assert_eq!(seen, want);
}

#[test]
fn numbers_that_are_open_stay_what_they_were() {
    let seen = picks!([n_, s_] {
        let n = 5;
        let one = write(|w| show(&n_, &n, w));
        let s: Vec<_> = [n].iter().map(|n: &u8| n + 1).collect();
        [one, write(|w| show(&s_, &s, w))]
    });
    assert_eq!(seen, ["5", r#"b"\x06""#]);
}

fn first<'a, T, E: Debug>(items: &'a mut [T], fail: Option<E>, seen: &mut Vec<String>) -> Result<&'a mut T, E> {
    picks!([e_, f_] {
        let e = fail;
        seen.push(write(|w| show(&e_, &e, w)));
        if let Some(e) = e {
            return Err(e);
        }
        let first = &mut items[0];
        seen.push(write(|w| show(&f_, &first, w)));
        Ok(first)
    })
}

#[test]
fn generic_functions_with_early_returns() {
    let mut seen = Vec::new();
    *first(&mut [1, 2], None::<Shown>, &mut seen).unwrap() = 3;
    assert!(first(&mut [Plain], Some(Shown(1)), &mut seen).is_err());
    assert_eq!(seen, ["None", "<Opaque: &mut i32, 8 bytes>", "Some(Shown(1))"]);
}

/// Not `Send`, and alive only before the `await`.
async fn waits(seen: &Mutex<Vec<String>>) -> u8 {
    picks!([rc_, v_] {
        {
            let rc = Rc::new(1);
            seen.lock().unwrap().push(write(|w| show(&rc_, &rc, w)));
        }
        let mut v = Vec::new();
        seen.lock().unwrap().push(write(|w| show(&v_, &v, w)));
        std::future::ready(()).await;
        v.push(Shown(1));
        seen.lock().unwrap().push(write(|w| show(&v_, &v, w)));
        v[0].0
    })
}

#[test]
fn a_future_stays_send_whatever_the_type() {
    fn send<T: Send>(value: T) -> T {
        value
    }
    let seen = Mutex::new(Vec::new());
    let mut future = pin!(send(waits(&seen)));
    let poll = future.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    assert_eq!(poll, Poll::Ready(1));
    assert_eq!(*seen.lock().unwrap(), ["1", "[]", "[Shown(1)]"]);
}

trait Shape {
    fn area(&self) -> f64;
}

/// Only for `'static` ones: what borrows has no `Debug`.
struct Square(f64);

impl Shape for Square {
    fn area(&self) -> f64 {
        self.0
    }
}

fn shape<'a>(shape: &'a (dyn Shape + 'a)) -> (f64, String) {
    (shape.area(), show!(shape))
}

#[test]
fn trait_objects_are_named() {
    let (area, text) = shape(&Square(2.0));
    assert_eq!(area, 2.0);
    assert!(text.starts_with("<Opaque: &dyn late_bound::Shape"), "{text}");
}

struct Unfit<const N: u8>;

impl<const N: u8> fmt::Debug for Unfit<N> {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        panic!("unfit")
    }
}

#[test]
fn a_panic_stays_in_its_value() {
    assert_eq!(show!(Unfit::<0>), "<panicked: unfit>");
    assert_eq!(show!([Some(Unfit::<1>)]), "[<panicked: unfit>]");
    assert_eq!(show!(vec![Unfit::<2>]), "[<panicked: unfit>]");
    assert_eq!(show!((1, Unfit::<3>)), "(1, <panicked: unfit>)");
}

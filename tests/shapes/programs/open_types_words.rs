//! Literals that say what a type is, in places where they mostly do not.
//@ edition 2024
#![deny(warnings)]
#![allow(dead_code)]
use std::ops::{Index, RangeTo, Shl};

/// Nothing can be shown of it.
struct Blank(u64);

impl Shl<i32> for &Blank {
    type Output = Blank;
    fn shl(self, n: i32) -> Blank {
        Blank(self.0 << n)
    }
}
impl Shl<u64> for &Blank {
    type Output = [Blank; 1];
    fn shl(self, n: u64) -> [Blank; 1] {
        [Blank(self.0 << n)]
    }
}

trait Op<R> {
    type Out;
    fn op(&self, r: R) -> Self::Out;
}
impl Op<[i32; 1]> for Blank {
    type Out = Blank;
    fn op(&self, r: [i32; 1]) -> Blank {
        Blank(self.0 + r[0] as u64)
    }
}
impl Op<[u64; 1]> for Blank {
    type Out = u8;
    fn op(&self, _: [u64; 1]) -> u8 {
        1
    }
}
impl Op<Vec<i32>> for Blank {
    type Out = Blank;
    fn op(&self, r: Vec<i32>) -> Blank {
        Blank(self.0 + r[0] as u64)
    }
}
impl Op<Vec<u64>> for Blank {
    type Out = u8;
    fn op(&self, _: Vec<u64>) -> u8 {
        1
    }
}
impl Op<RangeTo<i32>> for Blank {
    type Out = Blank;
    fn op(&self, r: RangeTo<i32>) -> Blank {
        Blank(self.0 + r.end as u64)
    }
}
impl Op<RangeTo<u64>> for Blank {
    type Out = u8;
    fn op(&self, _: RangeTo<u64>) -> u8 {
        1
    }
}

trait Named {
    type Out;
    fn of_u64(self) -> Self::Out;
}
impl Named for i32 {
    type Out = Blank;
    fn of_u64(self) -> Blank {
        Blank(self as u64)
    }
}
impl Named for u64 {
    type Out = u8;
    fn of_u64(self) -> u8 {
        1
    }
}

impl Index<i32> for Blank {
    type Output = Blank;
    fn index(&self, _: i32) -> &Blank {
        self
    }
}
impl Index<u8> for Blank {
    type Output = u8;
    fn index(&self, _: u8) -> &u8 {
        &1
    }
}

macro_rules! json {
    () => {
        7
    };
}

fn run<F: Future>(future: F) -> F::Output {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match std::pin::pin!(future).poll(&mut context) {
        std::task::Poll::Ready(value) => value,
        std::task::Poll::Pending => unreachable!(),
    }
}

#[scope::instrument(level = "full")]
fn by_index(s: &Blank) -> usize {
    let t = &s[0];
    size_of_val(t)
}

#[scope::instrument(level = "full")]
fn of_an_async_block(s: &Blank) {
    let b = async { return 1; };
    let t = s << run(b);
    drop(t);
}

#[scope::instrument(level = "full")]
fn macro_of_a_known_name(s: &Blank) {
    let t = s << json!();
    drop(t);
}

#[scope::instrument(level = "full")]
fn array_of_one(s: &Blank) {
    let t = s.op([1]);
    drop(t);
}

#[scope::instrument(level = "full")]
fn vec_of_one(s: &Blank) {
    let t = s.op(vec![2]);
    drop(t);
}

#[scope::instrument(level = "full")]
fn range_to(s: &Blank) {
    let t = s.op(..4);
    drop(t);
}

#[scope::instrument(level = "full")]
fn named_like_a_suffix() {
    let t = 2.of_u64();
    drop(t);
}

#[scope::instrument(level = "full")]
fn of_a_closure(s: &Blank, v: &[u8]) {
    let t = v
        .iter()
        .map(|b| {
            if b.is_ascii() {
                return 1;
            }
            #[allow(clippy::needless_return)]
            return 2;
        })
        .map(|n| s << n)
        .next();
    drop(t);
}

/// Casts say what is in a variable, behind all else.
#[scope::instrument(level = "full")]
fn known_by_a_cast() -> usize {
    fn look(v: &Vec<Blank>) -> usize {
        v.len()
    }
    let v = Vec::new();
    look(&v as &Vec<Blank>)
}

#[scope::instrument(level = "full")]
fn known_by_a_pointer() -> bool {
    fn fill(p: *mut Blank) -> bool {
        p.is_null()
    }
    let mut st = std::mem::MaybeUninit::uninit();
    fill(st.as_mut_ptr() as *mut Blank)
}

fn main() {
    let one = Blank(1);
    array_of_one(&one);
    vec_of_one(&one);
    range_to(&one);
    named_like_a_suffix();
    assert_eq!(by_index(&one), 8);
    of_an_async_block(&one);
    macro_of_a_known_name(&one);
    of_a_closure(&one, b"x");
    assert_eq!(known_by_a_cast(), 0);
    assert!(!known_by_a_pointer());
}
//> array_of_one(s = <Opaque: open_types_words::Blank, 8 bytes>)
//>   t = <Opaque: open_types_words::Blank, 8 bytes>
//> array_of_one Returned
//> vec_of_one(s = <Opaque: open_types_words::Blank, 8 bytes>)
//>   t = <Opaque: open_types_words::Blank, 8 bytes>
//> vec_of_one Returned
//> range_to(s = <Opaque: open_types_words::Blank, 8 bytes>)
//>   t = <Opaque: open_types_words::Blank, 8 bytes>
//> range_to Returned
//> named_like_a_suffix()
//>   t = <Opaque: open_types_words::Blank, 8 bytes>
//> named_like_a_suffix Returned
//> by_index(s = <Opaque: open_types_words::Blank, 8 bytes>)
//>   t = <Opaque: &open_types_words::Blank, 8 bytes>
//> by_index Returned 8
//> of_an_async_block(s = <Opaque: open_types_words::Blank, 8 bytes>)
//>   b = <Opaque: scope_core::watch::AsyncBlock<open_types_words::of_an_async_block::{{closure}}>, 48 bytes>
//>   of_an_async_block::{async block}()
//>   of_an_async_block::{async block} Returned 1
//>   t = <Opaque: open_types_words::Blank, 8 bytes>
//> of_an_async_block Returned
//> macro_of_a_known_name(s = <Opaque: open_types_words::Blank, 8 bytes>)
//>   t = <Opaque: open_types_words::Blank, 8 bytes>
//> macro_of_a_known_name Returned
//> of_a_closure(s = <Opaque: open_types_words::Blank, 8 bytes>, v = b"x")
//>   branch if b.is_ascii()
//>   n = 1
//>   t = Some(<Opaque: open_types_words::Blank, 8 bytes>)
//> of_a_closure Returned
//> known_by_a_cast()
//>   v = []
//>   known_by_a_cast::look(v = [])
//>   known_by_a_cast::look Returned 0
//> known_by_a_cast Returned 0
//> known_by_a_pointer()
//>   known_by_a_pointer::fill(p = 0x…)
//>   known_by_a_pointer::fill Returned false
//> known_by_a_pointer Returned

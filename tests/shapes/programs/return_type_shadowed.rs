//! Items in a body that give the names of the return type another meaning, which holds in the body alone.
//@ edition 2021
#![deny(warnings)]
#![allow(dead_code)]

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

#[derive(Debug, PartialEq)]
pub struct Fixed(pub i32);

mod other {
    pub struct Fixed(pub i64);
}

enum Value {
    String,
    Int,
}

#[scope::instrument(level = "full")]
fn by_a_name(n: u8) -> Option<Fixed> {
    #[allow(unused_imports)]
    use other::Fixed;
    if n == 0 {
        return None;
    }
    None
}

#[scope::instrument(level = "full")]
fn by_a_variant(value: Value) -> Option<String> {
    use Value::*;
    match value {
        String => return Some("text".to_owned()),
        Int => {}
    }
    None
}

#[scope::instrument(level = "detailed")]
fn by_an_alias(n: u8) -> Result<u8, u8> {
    #[allow(unused_imports)]
    use std::fmt::*;
    if n == 0 {
        return Err(n);
    }
    Ok(n)
}

#[scope::instrument(level = "full")]
fn of_a_future(n: u8) -> Pin<Box<dyn Future<Output = Option<Fixed>>>> {
    use other::Fixed;
    let k = Fixed(1).0;
    Box::pin(async move { Some(crate::Fixed(i32::from(n) + k as i32)) })
}

#[scope::instrument(level = "full")]
fn of_an_opaque_future(n: u8) -> impl Future<Output = Result<u8, u8>> {
    #[allow(unused_imports)]
    use std::fmt::Result;
    async move {
        if n > 1 {
            return Err(n);
        }
        Ok(n)
    }
}

macro_rules! prelude {
    () => {
        #[allow(unused_imports)]
        use other::Fixed;
    };
}

#[scope::instrument(level = "full")]
fn by_a_prelude(n: u8) -> Option<Fixed> {
    prelude!();
    if n == 0 {
        return None;
    }
    None
}

macro_rules! define {
    ($name:ident) => {
        struct $name(u8);
    };
}

#[scope::instrument(level = "full")]
fn by_a_macro(n: u8) -> Fixed {
    define!(Fixed);
    let small = Fixed(3).0;
    if n == 0 {
        return self::Fixed(small.into());
    }
    self::Fixed(2)
}

#[scope::instrument(level = "full")]
fn not_at_all(n: u8) -> Option<Fixed> {
    use std::num::Wrapping;
    if n == 0 {
        return Some(Fixed(Wrapping(1).0));
    }
    None
}

#[scope::instrument(level = "full")]
fn in_a_future(n: u8) -> Pin<Box<dyn Future<Output = Fixed>>> {
    Box::pin(async move {
        use other::Fixed;
        let small = Fixed(3).0;
        if n == 0 {
            return self::Fixed(small as i32);
        }
        self::Fixed(2)
    })
}

fn run<T>(future: impl Future<Output = T>) -> T {
    match std::pin::pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits for nothing"),
    }
}

fn main() {
    assert_eq!(run(of_a_future(1)), Some(Fixed(2)));
    assert_eq!(run(of_an_opaque_future(1)), Ok(1));
    assert_eq!(by_a_prelude(0), None);
    assert_eq!(run(in_a_future(0)), Fixed(3));
    assert_eq!(by_a_name(0), None);
    assert_eq!(by_a_variant(Value::String).as_deref(), Some("text"));
    assert_eq!(by_a_variant(Value::Int), None);
    assert_eq!(by_an_alias(0), Err(0));
    assert_eq!(by_an_alias(1), Ok(1));
    assert_eq!(by_a_macro(0), Fixed(3));
    assert_eq!(not_at_all(0), Some(Fixed(1)));
}
//> of_a_future(n = 1)
//>   k = 1
//> of_a_future Suspended
//> of_a_future Resumed
//> of_a_future Returned Some(Fixed(2))
//> of_an_opaque_future(n = 1)
//> of_an_opaque_future Suspended
//> of_an_opaque_future Resumed
//> of_an_opaque_future Returned Ok(1)
//> by_a_prelude(n = 0)
//>   branch if n == 0
//> by_a_prelude Returned None
//> in_a_future(n = 0)
//> in_a_future Suspended
//> in_a_future Resumed
//>   small = 3
//>   branch if n == 0
//> in_a_future Returned Fixed(3)
//> by_a_name(n = 0)
//>   branch if n == 0
//> by_a_name Returned None
//> by_a_variant(value = <Opaque: return_type_shadowed::Value, 1 byte>)
//>   branch String
//> by_a_variant Returned Some("text")
//> by_a_variant(value = <Opaque: return_type_shadowed::Value, 1 byte>)
//>   branch Int
//> by_a_variant Returned None
//> by_an_alias(n = 0)
//> by_an_alias Returned Err(0)
//> by_an_alias(n = 1)
//> by_an_alias Returned Ok(1)
//> by_a_macro(n = 0)
//>   small = 3
//>   branch if n == 0
//> by_a_macro Returned Fixed(3)
//> not_at_all(n = 0)
//>   branch if n == 0
//> not_at_all Returned Some(Fixed(1))

//! Casts whose type rustc finds out behind all of a function's code.
//@ edition 2024
#![deny(warnings)]
#![allow(dead_code)]

#[derive(Debug, Clone)]
struct P<T> {
    a: T,
}

/// Nothing can be shown of it.
struct Blank(u8);

fn used<T>(_: T) {}

fn is_null<T>(pointer: *const T) -> bool {
    pointer.is_null()
}

#[scope::instrument]
fn numbers(n: u8) -> u32 {
    let wide = n as _;
    used::<u64>(wide);
    let list: Vec<u64> = [n, 2].iter().map(|x| *x as _).collect();
    let sum = list.iter().map(|x| {
        let y = *x as _;
        used::<f32>(y);
        y
    });
    let total = sum.sum::<f32>();
    let deep = Some(P { a: vec![n as _] });
    used::<Option<P<Vec<i16>>>>(deep);
    if total > 100.0 {
        return 0 as _;
    }
    n as _
}

#[scope::instrument]
fn pointers(bare: &Blank, mut list: Vec<u8>) -> bool {
    let pointer = std::ptr::from_ref(bare) as *const _;
    let same = pointer;
    let mut all = Vec::new();
    all.push(same);
    let held = P { a: Some(pointer) };
    used(held.clone());
    let first = list.as_mut_ptr() as *mut _;
    used::<*mut u8>(first);
    let boxed = Box::into_raw(Box::new(Blank(1))) as *mut _;
    used::<*mut Blank>(boxed);
    match (P { a: pointer }).a {
        it if is_null(it) => return false,
        it => used(it),
    }
    all.len() == 1 && std::ptr::eq(bare, pointer)
}

#[scope::instrument]
fn functions(n: u8) -> u8 {
    let twice = (|x: u8| x * 2) as fn(_) -> _;
    let list = vec![twice, |x| x + 1];
    let objects = [Box::new(P { a: n }) as Box<dyn std::fmt::Debug>];
    used(objects);
    let slice = &[n, n] as &[_];
    let tried = || {
        let x = Ok::<_, P<u8>>(n as _)?;
        Ok::<u16, P<u8>>(x)
    };
    used(tried());
    used(slice);
    list.iter().fold(n, |n, f| f(n))
}

#[scope::instrument]
async fn waits(n: u8) -> u64 {
    let wide = n as _;
    std::future::ready(()).await;
    let more = async { Some(n as _) }.await;
    used::<Option<u32>>(more);
    wide
}

fn main() {
    assert_eq!(numbers(3), 3);
    assert!(pointers(&Blank(1), vec![1]));
    assert_eq!(functions(3), 7);
    let mut future = std::pin::pin!(waits(3));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert_eq!(std::future::Future::poll(future.as_mut(), &mut context), std::task::Poll::Ready(3));
}
//> numbers(n = 3)
//>   wide = 3
//>   list = [3, 2]
//>   sum = Map { iter: Iter([3, 2]) }
//>   total = 5.0
//>   deep = Some(P { a: [3] })
//> numbers Returned 3
//> pointers(bare = <Opaque: casts::Blank, 1 byte>, list = b"\x01")
//>   pointer = 0x…
//>   same = 0x…
//>   all = []
//>   held = P { a: Some(0x…) }
//>   first = 0x…
//>   boxed = 0x…
//>   branch it
//>   it = 0x…
//> pointers Returned true
//> functions(n = 3)
//>   twice = 0x…
//>   list = [0x…, 0x…]
//>   objects = [P { a: 3 }]
//>   slice = b"\x03\x03"
//>   tried = <Opaque: casts::functions::{{closure}}, 8 bytes>
//>   x = 3
//>   x = 3
//> functions Returned 7
//> waits(n = 3)
//>   wide = 3
//>   waits::{async block}()
//>   waits::{async block} Returned Some(3)
//>   more = Some(3)
//> waits Returned 3

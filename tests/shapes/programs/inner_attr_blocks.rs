//@ edition 2021 2024
//! `#![allow(..)]` as the first thing in braces inside a body.
#![deny(unused_variables)]
fn given(n: u8) -> u8 {
    n
}
#[scope::instrument]
fn statements(n: u8) {
    given(0);
    {
        #![allow(unused_variables)]
        let x = n;
    }
    #[cfg(all())]
    {
        #![allow(unused_variables)]
        let y = n;
    }
    {
        #![cfg(any())]
        let z = n;
    }
    for i in 0..n {
        #![allow(unused_variables)]
        given(1);
    }
    while given(n) != n {
        #![allow(unused_variables)]
    }
    loop {
        #![expect(unused_variables)]
        let x = 2;
        break;
    }
}
#[scope::instrument]
fn of_unsafe(n: &u8) -> u8 {
    unsafe {
        #![allow(unused_variables)]
        *std::ptr::from_ref(n)
    }
}
#[scope::instrument]
fn of_match(n: u8) -> u8 {
    given(n);
    if n > 1 {
        match n {
            #![allow(unused_variables)]
            0 => 1,
            m => 2,
        }
    } else {
        3
    }
}
#[scope::instrument]
fn of_loop(n: u8) -> u8 {
    loop {
        #![allow(unused_variables)]
        break n;
    }
}
#[scope::instrument]
fn leaves(n: u8) -> Option<u8> {
    {
        #![allow(unused_variables)]
        n.checked_add(1)?;
    }
    None
}
#[scope::instrument]
async fn waits(n: u8) -> u8 {
    async {
        given(n);
        {
            #![allow(unused_variables)]
            let x = n;
            n
        }
    }
    .await
}
fn main() {
    statements(1);
    assert_eq!(of_unsafe(&7), 7);
    assert_eq!(of_match(2), 2);
    assert_eq!(of_loop(1), 1);
    assert_eq!(leaves(255), None);
    let mut future = std::pin::pin!(waits(4));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(std::future::Future::poll(future.as_mut(), &mut context).is_ready());
}
//> statements(n = 1)
//>   x = 1
//>   y = 1
//>   round for i in 0..n
//>   round loop
//>   x = 2
//> statements Returned
//> of_unsafe(n = 7)
//> of_unsafe Returned 7
//> of_match(n = 2)
//>   branch if n > 1
//>   branch m
//> of_match Returned 2
//> of_loop(n = 1)
//>   round loop
//> of_loop Returned 1
//> leaves(n = 255)
//> leaves Early None
//> waits(n = 4)
//>   waits::{async block}()
//>     x = 4
//>   waits::{async block} Returned 4
//> waits Returned 4

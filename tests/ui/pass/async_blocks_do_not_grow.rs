//! A woven async block, or closure, grows by 64 bytes at most.
#![deny(warnings)]
#![forbid(unsafe_code)]
#![allow(clippy::pedantic)]

#[macro_use]
#[path = "../support/asyncs.rs"]
mod support;

use support::*;

both! {
    pub fn safe(n: u8) -> impl Future<Output = u8> {
        let text = n.to_string();
        async move {
            wait().await;
            let length = text.len() as u8;
            wait().await;
            length
        }
    }

    pub fn closure_size() -> usize {
        let closure = async |block: [u8; 1000]| { let first = block[0]; wait().await; first };
        size_of_val(&is_send(closure([0; 1000])))
    }

    pub fn sizes(bytes: [u8; 100], text: String) -> [usize; 6] {
        let borrows = async { wait().await; bytes[0] };
        let borrowed = size_of_val(&borrows);
        let empty = async {};
        let moves = async move { wait().await; let sum = bytes[0]; wait().await; sum };
        let values = async { let text = text; wait().await; let n: u8 = text.parse()?; wait().await; Ok::<_, std::num::ParseIntError>(n) };
        let nested = async { let a = async { wait().await; 1 }.await; let b = async { wait().await; 2 }.await; a + b };
        let twice = async { async { async { wait().await; 1 }.await }.await };
        [borrowed, size_of_val(&empty), size_of_val(&moves), size_of_val(&values), size_of_val(&nested), size_of_val(&twice)]
    }
}

fn main() {
    assert!(woven::closure_size() <= plain::closure_size() + 64);
    let (woven, plain) = (woven::sizes([0; 100], "1".to_owned()), plain::sizes([0; 100], "1".to_owned()));
    for (woven, plain) in woven.iter().zip(&plain).take(4) {
        assert!(*woven <= plain + 64, "{} {}", woven, plain);
    }
    // A block in a block in a block: once for each.
    assert!(woven[4] <= plain[4] + 2 * 64 && woven[5] <= plain[5] + 3 * 64, "{:?} {:?}", woven, plain);
    let (woven, plain) = (size_of_val(&woven::safe(1)), size_of_val(&plain::safe(1)));
    assert!(woven <= plain + 64, "{} {}", woven, plain);
}

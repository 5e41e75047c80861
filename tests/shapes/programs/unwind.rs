//! Panics go through; catch_unwind around a call with references.
use std::panic::*;
#[scope::instrument]
fn f(x: &u8) -> u8 {
    if *x == 0 {
        panic!("zero")
    }
    *x
}
fn main() {
    set_hook(Box::new(|_| ()));
    let x = 0;
    assert_eq!(*catch_unwind(|| f(&x)).unwrap_err().downcast::<&str>().unwrap(), "zero");
}
//> f(x = 0)
//>   branch if *x == 0
//> f Panicked

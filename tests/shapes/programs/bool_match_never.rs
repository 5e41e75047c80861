//! A diverging arm, an `if` without else, a loop with only `return`.
#![deny(warnings)]
#[scope::instrument]
fn f(x: u8) -> u8 {
    loop {
        if x > 0 {
            return x;
        } else {
            panic!()
        }
    }
}
#[scope::instrument]
fn g(x: u8) {
    if x > 0 {
        return;
    }
    std::process::exit(3)
}
#[scope::instrument]
fn h() -> u8 {
    if true {
        1
    } else {
        2
    }
}
#[scope::instrument]
fn i(x: u8) -> u8 {
    return x;
}
fn main() {
    assert_eq!(f(1) + h() + i(1), 3);
    g(1);
}
//> f(x = 1)
//>   round loop
//>   branch if x > 0
//> f Returned 1
//> h()
//>   branch if true
//> h Returned 1
//> i(x = 1)
//> i Returned 1
//> g(x = 1)
//>   branch if x > 0
//> g Returned ()

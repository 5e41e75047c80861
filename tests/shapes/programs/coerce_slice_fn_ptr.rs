//! Array to slice, closure and fn items to fn pointer.
fn one() -> u8 {
    1
}
fn two() -> u8 {
    2
}
#[scope::instrument]
fn f(b: bool) -> fn() -> u8 {
    if b {
        one
    } else {
        two
    }
}
#[scope::instrument]
fn g() -> &'static [u8] {
    &[1, 2]
}
#[scope::instrument]
fn h() -> Option<&'static dyn std::fmt::Debug> {
    Some(&1)
}
#[scope::instrument]
fn i() -> fn(u8) -> u8 {
    |x| x + 1
}
fn main() {
    assert_eq!(f(true)() + f(false)(), 3);
    assert_eq!(g().len(), 2);
    assert!(h().is_some());
    assert_eq!(i()(1), 2);
}
//> f(b = true)
//>   branch if b
//> f Returned 0x…
//> f(b = false)
//>   branch else of if b
//> f Returned 0x…
//> g()
//> g Returned b"\x01\x02"
//> h()
//> h Returned Some(1)
//> i()
//> i Returned 0x…

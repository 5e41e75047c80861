//! Location::caller() is still the caller's line.
#[track_caller]
#[scope::instrument]
fn f() -> u32 {
    std::panic::Location::caller().line()
}
fn main() {
    let (a, b) = (f(), line!());
    assert_eq!(a, b);
}
//> f()
//> f Returned 8

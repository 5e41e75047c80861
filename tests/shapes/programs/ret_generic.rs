//! The return type is a bare type parameter.
#[scope::instrument]
fn f<T>(t: T) -> T {
    t
}
fn main() {
    assert_eq!(f(1), 1);
}
//> f(t = 1)
//> f Returned 1

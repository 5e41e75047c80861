//! The body is one macro call; `?` and `return` in it.
macro_rules! tri {
    ($e:expr) => {
        match $e {
            Some(x) => x,
            None => return None,
        }
    };
}
#[scope::instrument]
fn f(o: Option<u8>) -> Option<u8> {
    Some(tri!(o) + 1)
}
#[scope::instrument]
fn g() -> String {
    format!("{}", 1)
}
#[scope::instrument]
fn h() -> u8 {
    unreachable_or!(1)
}
#[macro_export]
macro_rules! unreachable_or {
    ($e:expr) => {
        $e
    };
}
fn main() {
    assert_eq!(f(Some(1)), Some(2));
    assert_eq!(g(), "1");
    assert_eq!(h(), 1);
}
//> f(o = Some(1))
//> f Returned Some(2)
//> g()
//> g Returned "1"
//> h()
//> h Returned 1

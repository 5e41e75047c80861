//! Debug of an argument panics (half-made value).
struct S;
impl std::fmt::Debug for S {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        panic!("do not print me")
    }
}
#[scope::instrument]
fn f(_s: &S) -> u8 {
    1
}
fn main() {
    assert_eq!(f(&S), 1);
}
//> f(_s = <panicked: do not print me>)
//> f Returned 1

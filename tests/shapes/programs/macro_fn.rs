//! Functions made by macro_rules!, with $vis, $ty, $body fragments.
macro_rules! make { ($v:vis $n:ident ( $($a:ident : $t:ty),* ) -> $r:ty $b:block) => { #[scope::instrument] $v fn $n($($a: $t),*) -> $r $b } }
make!(pub f(a: u8, b: &u8) -> u8 { a + *b });
make!(g(a: &mut Vec<u8>) -> Option<&u8> { a.first() });
fn main() {
    assert_eq!(f(1, &2), 3);
    assert_eq!(g(&mut vec![1]), Some(&1));
}
//> f(a = 1, b = 2)
//> f Returned 3
//> g(a = b"\x01")
//> g Returned Some(1)

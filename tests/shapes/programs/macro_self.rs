//! A method whose body and self come from a macro.
macro_rules! method { ($n:ident, $s:ident, $e:expr) => { #[scope::instrument] fn $n(&$s) -> u8 { $e } } }
struct S(u8);
impl S {
    method!(get, self, self.0 + 1);
}
macro_rules! lit { ($t:ident $($l:lifetime)?) => { impl<$($l)?> Lit for $t<$($l)?> { #[scope::instrument] fn lit(&self) -> u8 { 1 } } } }
trait Lit {
    fn lit(&self) -> u8;
}
struct W<'a>(&'a u8);
lit!(W 'a);
fn main() {
    assert_eq!(S(1).get(), 2);
    assert_eq!(W(&1).lit() + *W(&1).0, 2);
}
//> get(self = <Opaque: macro_self::S, 1 byte>)
//> get Returned 2
//> lit(self = <Opaque: macro_self::W<'_>, 8 bytes>)
//> lit Returned 1

//! A constant in the body that has the name of one in the return type.
const N: usize = 4;
pub struct Buf<const LEN: usize>([u8; LEN]);
#[scope::instrument]
pub fn array(c: bool) -> [u8; N] {
    const N: usize = 2;
    let small = [0u8; N];
    if c {
        return [1; 4];
    }
    [small[0]; 4]
}
#[scope::instrument]
pub fn argument(c: bool) -> Buf<{ N + 1 }> {
    const N: usize = 1;
    if c {
        return Buf([1; 5]);
    }
    Buf([N as u8; 5])
}
fn main() {
    assert_eq!((array(true), array(false)), ([1; 4], [0; 4]));
    assert_eq!((argument(true).0, argument(false).0), ([1; 5], [1; 5]));
}
//> array(c = true)
//>   small = b"\x00\x00"
//>   branch if c
//> array Returned b"\x01\x01\x01\x01"
//> array(c = false)
//>   small = b"\x00\x00"
//> array Returned b"\x00\x00\x00\x00"
//> argument(c = true)
//>   branch if c
//> argument Returned <Opaque: constants_shadowed::Buf<5>, 5 bytes>
//> argument(c = false)
//> argument Returned <Opaque: constants_shadowed::Buf<5>, 5 bytes>

//! Raw pointers, fn pointers, unions, MaybeUninit.
union U {
    a: u8,
}
#[scope::instrument]
unsafe fn f(p: *const u8, g: unsafe fn(u8) -> u8, u: U, m: &mut std::mem::MaybeUninit<u8>) -> u8 {
    m.write(1);
    g(*p) + u.a
}
unsafe fn id(x: u8) -> u8 {
    x
}
fn main() {
    let x = 1;
    assert_eq!(unsafe { f(&x, id, U { a: 2 }, &mut std::mem::MaybeUninit::uninit()) }, 3);
}
//> f(p = 0x…, g = 0x…, u = <Opaque: arg_raw::U, 1 byte>, m = MaybeUninit<u8>)
//> f Returned 3

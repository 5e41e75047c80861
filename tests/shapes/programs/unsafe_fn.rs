//! Unsafe body of an unsafe fn, edition 2021, denying nothing.
struct S(*mut u8);
impl S {
    #[scope::instrument]
    unsafe fn get(&self) -> &mut u8 {
        &mut *self.0
    }
}
fn main() {
    let mut x = 1;
    unsafe { *S(&mut x).get() = 2 };
    assert_eq!(x, 2);
}
//> get(self = <Opaque: unsafe_fn::S, 8 bytes>)
//> get Returned 1

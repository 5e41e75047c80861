//! Extern "C" and no_mangle.
#[no_mangle]
#[scope::instrument]
pub extern "C" fn world_add(a: i32, b: i32) -> i32 {
    a + b
}
#[scope::instrument]
unsafe extern "C" fn cb(p: *mut u8) {
    *p += 1
}
fn main() {
    let f: extern "C" fn(i32, i32) -> i32 = world_add;
    assert_eq!(f(1, 2), 3);
    let c: unsafe extern "C" fn(*mut u8) = cb;
    let mut x = 1;
    unsafe { c(&mut x) };
    assert_eq!(x, 2);
}
//> world_add(a = 1, b = 2)
//> world_add Returned 3
//> cb(p = 0x…)
//> cb Returned

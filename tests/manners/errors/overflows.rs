//! What rustc computes, and finds to be wrong.

/*@*/
pub fn overflows() -> u8 {
    let x = 255u8;
    let y = x + 1;
    y
}
/*@*/
pub fn beyond() -> u8 {
    let n = 10;
    [1, 2][n]
}
/*@*/
pub fn shifts(n: i32) -> i32 {
    let mut by = 33;
    let z = n << by; //~ of what is assigned twice rustc knows the value up to the next call, and a probe is one
    by = -1;
    z + by
}
/*@*/
pub fn divides() -> i32 {
    let z = 0;
    1 / z
}

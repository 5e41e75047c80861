//! What rustc computes, and finds to be wrong.

/*@*/
fn overflows() -> u8 {
    let x = 255u8;
    let y = x + 1;
    y
}
/*@*/
fn beyond() -> u8 {
    let n = 10;
    [1, 2][n]
}
/*@*/
fn shifts(n: i32) -> i32 {
    let mut by = 33;
    let z = n << by;
    by = -1;
    z + by
}
/*@*/
fn divides() -> i32 {
    let z = 0;
    1 / z
}

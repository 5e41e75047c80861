//! Tuples, structs, arrays, references, `_`, `mut`, `ref`.
struct P {
    x: u8,
    y: u8,
}
#[scope::instrument]
fn f((a, b): (u8, u8), P { x, y: z }: P, [c, ..]: [u8; 3], &d: &u8, _: u8, mut e: u8, ref g: u8) -> u8 {
    e += 1;
    a + b + x + z + c + d + e + *g
}
fn main() {
    assert_eq!(f((1, 1), P { x: 1, y: 1 }, [1, 2, 3], &1, 9, 1, 1), 9);
}
//> f(a = 1, b = 1, x = 1, z = 1, c = 1, d = 1, e = 1, g = 1)
//>   e = 2
//> f Returned 9

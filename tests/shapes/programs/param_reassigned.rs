//! A `&mut [u8]` parameter that is itself advanced in a loop.
#[scope::instrument]
fn fill(mut dst: &mut [u8], src: &[u8]) -> Result<usize, ()> {
    let mut n = 0;
    while !dst.is_empty() {
        let k = dst.len().min(src.len());
        dst[..k].copy_from_slice(&src[..k]);
        dst = &mut dst[k..];
        n += 1
    }
    Ok(n)
}
fn main() {
    let mut d = [0; 4];
    assert_eq!(fill(&mut d, &[1, 2]), Ok(2));
    assert_eq!(d, [1, 2, 1, 2]);
}
//> fill(dst = b"\x00\x00\x00\x00", src = b"\x01\x02")
//>   n = 0
//>   round while !dst.is_empty()
//>   dst = b"\x00\x00\x00\x00"
//>   k = 2
//>   dst = b"\x00\x00"
//>   round while !dst.is_empty()
//>   dst = b"\x00\x00"
//>   k = 2
//>   dst = b""
//>   n = 2
//> fill Returned Ok(2)

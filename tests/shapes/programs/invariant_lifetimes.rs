//! Stores one `&mut` argument's data in another.
struct Req<'h, 'b: 'h> {
    h: Option<&'h mut [&'b [u8]]>,
}
#[scope::instrument]
fn fill<'h, 'b>(r: &mut Req<'h, 'b>, buf: &'b [u8], hs: &'h mut [&'b [u8]]) {
    hs[0] = buf;
    r.h = Some(hs);
}
fn main() {
    let b = [1u8];
    let mut hs: [&[u8]; 1] = [&[]];
    let mut r = Req { h: None };
    fill(&mut r, &b, &mut hs);
    assert_eq!(r.h.unwrap()[0], [1]);
}
//> fill(r = <Opaque: invariant_lifetimes::Req<'_, '_>, 16 bytes>, buf = b"\x01", hs = [b""])
//>   hs = [b"\x01"]
//> fill Returned

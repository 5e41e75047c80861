//! A closure argument borrowed by the impl Trait returned.
#[scope::instrument]
fn f<'a>(v: &'a mut Vec<u8>, p: impl Fn(&u8) -> bool + 'a) -> impl Iterator<Item = &'a mut u8> + 'a {
    v.iter_mut().filter(move |x| p(x))
}
fn main() {
    let mut v = vec![1, 2];
    f(&mut v, |x| *x > 1).for_each(|x| *x = 9);
    assert_eq!(v, [1, 9]);
}
//> f(v = b"\x01\x02", p = <Opaque: ret_impl_borrow_pattern::main::{{closure}}, 0 bytes>)
//> f Returned
//> x = 1
//> x = 2

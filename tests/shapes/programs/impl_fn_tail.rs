//! A closure literal whose argument types come from the `impl Fn` returned.
#[scope::instrument]
fn f<'a>(v: &'a [Vec<u8>]) -> impl Fn(&usize) -> usize + 'a {
    move |&i| v[i].len()
}
#[scope::instrument]
fn g<T, K: Ord>(mut k: impl FnMut(&T) -> K) -> impl FnMut(&T, &T) -> std::cmp::Ordering {
    move |a, b| k(a).cmp(&k(b))
}
fn main() {
    assert_eq!(f(&[vec![1]])(&0), 1);
    assert!(g(|x: &u8| *x)(&1, &2).is_lt());
}
//> f(v = [b"\x01"])
//> f Returned
//> i = 0
//> g(k = <Opaque: impl_fn_tail::main::{{closure}}, 0 bytes>)
//> g Returned
//> a = <Opaque: &u8, 8 bytes>
//> b = <Opaque: &u8, 8 bytes>

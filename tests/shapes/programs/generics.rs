//! Const generics, where clauses, HRTB, associated types, defaults.
#[scope::instrument]
fn f<const N: usize, T: Copy>(a: [T; N]) -> [T; N]
where
    [T; N]: Sized,
{
    a
}
#[scope::instrument]
fn g<F>(f: F) -> usize
where
    F: for<'a> Fn(&'a str) -> &'a str,
{
    f("ab").len()
}
#[scope::instrument]
fn h<I: IntoIterator>(i: I) -> Vec<I::Item>
where
    I::IntoIter: ExactSizeIterator,
{
    i.into_iter().collect()
}
struct S<T, const N: usize>([T; N]);
impl<T, const N: usize> S<T, N>
where
    T: PartialEq,
{
    #[scope::instrument]
    fn has(&self, t: &T) -> bool {
        self.0.contains(t)
    }
}
impl<T, const N: usize> IntoIterator for S<T, N> {
    type Item = T;
    type IntoIter = std::array::IntoIter<T, N>;
    #[scope::instrument]
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
fn main() {
    assert_eq!(f([1, 2]), [1, 2]);
    assert_eq!(g(|s| s), 2);
    assert_eq!(h([1]), [1]);
    assert!(S([1]).has(&1));
    assert_eq!(S([1]).into_iter().count(), 1);
}
//> f(a = [1, 2])
//> f Returned [1, 2]
//> g(f = <Opaque: generics::main::{{closure}}, 0 bytes>)
//> g Returned 2
//> h(i = <Opaque: [i32; 1], 4 bytes>)
//> h Returned [1]
//> has(self = <Opaque: generics::S<i32, 1>, 4 bytes>, t = 1)
//> has Returned true
//> into_iter(self = <Opaque: generics::S<i32, 1>, 4 bytes>)
//> into_iter Returned <Opaque: core::array::iter::IntoIter<i32, 1>, 24 bytes>

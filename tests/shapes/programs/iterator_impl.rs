//! Iterator with lifetimes, generic closures and size_hint.
struct M<I, F> {
    i: I,
    f: F,
}
impl<B, I: Iterator, F: FnMut(I::Item) -> B> Iterator for M<I, F> {
    type Item = B;
    #[scope::instrument]
    fn next(&mut self) -> Option<B> {
        self.i.next().map(&mut self.f)
    }
    #[scope::instrument]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.i.size_hint()
    }
    #[scope::instrument]
    fn fold<A, G>(self, a: A, mut g: G) -> A
    where
        G: FnMut(A, B) -> A,
    {
        let mut f = self.f;
        self.i.fold(a, move |a, x| g(a, f(x)))
    }
}
fn main() {
    assert_eq!(M { i: [1, 2].iter(), f: |x: &u8| x + 1 }.sum::<u8>(), 5);
}
//> fold(self = <Opaque: iterator_impl::M<core::slice::iter::Iter<'_, u8>, iterator_impl::main::{{closure}}>, 16 bytes>, a = 0, g = <Opaque: <u8 as core::iter::traits::accum::Sum>::sum<iterator_impl::M<core::slice::iter::Iter<'_, u8>, iterator_impl::main::{{closure}}>>::{{closure}}, 0 bytes>)
//>   f = <Opaque: iterator_impl::main::{{closure}}, 0 bytes>
//>   a = 0
//>   x = <Opaque: &u8, 8 bytes>
//>   a = 2
//>   x = <Opaque: &u8, 8 bytes>
//> fold Returned 5

//! Debug of the result needs more than the function promises.
struct It<I>(I);
impl<I: Iterator + Clone> std::fmt::Debug for It<I>
where
    I::Item: std::fmt::Debug,
{
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.clone()).finish()
    }
}
impl<I> It<I> {
    #[scope::instrument]
    fn new(i: I) -> Self {
        It(i)
    }
    #[scope::instrument]
    fn get(self) -> I {
        self.0
    }
}
fn main() {
    assert_eq!(It::new([1].iter()).get().count(), 1);
}
//> new(i = <Opaque: core::slice::iter::Iter<'_, i32>, 16 bytes>)
//> new Returned <Opaque: debug_bound_more::It<core::slice::iter::Iter<'_, i32>>, 16 bytes>
//> get(self = <Opaque: debug_bound_more::It<core::slice::iter::Iter<'_, i32>>, 16 bytes>)
//> get Returned <Opaque: core::slice::iter::Iter<'_, i32>, 16 bytes>

//! Index, IndexMut, Deref, DerefMut, AsMut, Borrow returning places.
use std::ops::*;
struct S {
    v: Vec<Box<dyn Fn()>>,
    t: (u8,),
}
impl Index<usize> for S {
    type Output = dyn Fn();
    #[scope::instrument]
    fn index(&self, i: usize) -> &(dyn Fn() + 'static) {
        &*self.v[i]
    }
}
impl Deref for S {
    type Target = (u8,);
    #[scope::instrument]
    fn deref(&self) -> &(u8,) {
        &self.t
    }
}
impl DerefMut for S {
    #[scope::instrument]
    fn deref_mut(&mut self) -> &mut (u8,) {
        &mut self.t
    }
}
impl AsMut<[Box<dyn Fn()>]> for S {
    #[scope::instrument]
    fn as_mut(&mut self) -> &mut [Box<dyn Fn()>] {
        &mut self.v
    }
}
fn main() {
    let mut s = S { v: vec![Box::new(|| ())], t: (1,) };
    s[0]();
    s.0 += 1;
    assert_eq!(s.0, 2);
    assert_eq!(s.as_mut().len(), 1);
}
//> index(self = <Opaque: index_deref::S, 32 bytes>, i = 0)
//> index Returned <Opaque: &dyn core::ops::function::Fn(), 16 bytes>
//> deref_mut(self = <Opaque: index_deref::S, 32 bytes>)
//> deref_mut Returned (1,)
//> deref(self = <Opaque: index_deref::S, 32 bytes>)
//> deref Returned (2,)
//> as_mut(self = <Opaque: index_deref::S, 32 bytes>)
//> as_mut Returned [<Opaque: alloc::boxed::Box<dyn core::ops::function::Fn()>, 16 bytes>]

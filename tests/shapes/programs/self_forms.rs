//! Every way to take self.
use std::{pin::Pin, rc::Rc, sync::Arc};
#[derive(Clone)]
struct S(u8);
impl S {
    #[scope::instrument]
    fn a(self) -> u8 {
        self.0
    }
    #[scope::instrument]
    fn b(mut self) -> u8 {
        self.0 += 1;
        self.0
    }
    #[scope::instrument]
    fn c<'a>(&'a self) -> &'a u8 {
        &self.0
    }
    #[scope::instrument]
    fn d(self: Box<Self>) -> u8 {
        self.0
    }
    #[scope::instrument]
    fn e(self: Rc<Self>) -> u8 {
        self.0
    }
    #[scope::instrument]
    fn f(self: &Arc<Self>) -> Arc<Self> {
        self.clone()
    }
    #[scope::instrument]
    fn g(self: Pin<&mut Self>) -> u8 {
        let s = self.get_mut();
        s.0 += 1;
        s.0
    }
    #[scope::instrument]
    fn h(mut self: Pin<&mut Self>) -> u8 {
        self.as_mut().g()
    }
    #[scope::instrument]
    fn i(&mut self) -> &mut u8 {
        let Self(x) = self;
        x
    }
}
fn main() {
    let mut s = S(1);
    assert_eq!(s.clone().a() + s.clone().b() + *s.c() + Box::new(s.clone()).d() + Rc::new(s.clone()).e(), 6);
    Arc::new(s.clone()).f();
    *s.i() = 3;
    assert_eq!(Pin::new(&mut s).h(), 4);
}
//> a(self = <Opaque: self_forms::S, 1 byte>)
//> a Returned 1
//> b(self = <Opaque: self_forms::S, 1 byte>)
//> b Returned 2
//> c(self = <Opaque: self_forms::S, 1 byte>)
//> c Returned 1
//> d(self = <Opaque: alloc::boxed::Box<self_forms::S>, 8 bytes>)
//> d Returned 1
//> e(self = <Opaque: alloc::rc::Rc<self_forms::S>, 8 bytes>)
//> e Returned 1
//> f(self = <Opaque: &alloc::sync::Arc<self_forms::S>, 8 bytes>)
//> f Returned <Opaque: alloc::sync::Arc<self_forms::S>, 8 bytes>
//> i(self = <Opaque: self_forms::S, 1 byte>)
//>   x = 1
//> i Returned 1
//> h(self = <Opaque: core::pin::Pin<&mut self_forms::S>, 8 bytes>)
//>   g(self = <Opaque: core::pin::Pin<&mut self_forms::S>, 8 bytes>)
//>     s = <Opaque: &mut self_forms::S, 8 bytes>
//>   g Returned 4
//> h Returned 4

//! Async fn with borrows, `?`, `&mut self`, results that borrow.
use std::{future::Future, pin::pin, task::*};
fn block<F: Future>(f: F) -> F::Output {
    let mut f = pin!(f);
    loop {
        if let Poll::Ready(x) = f.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return x;
        }
    }
}
struct S {
    v: Vec<u8>,
}
impl S {
    #[scope::instrument]
    async fn add(&mut self, x: u8) -> &mut Self {
        self.v.push(x);
        self
    }
    #[scope::instrument]
    async fn first<'a>(&'a self, _s: &str) -> Option<&'a u8> {
        self.v.first()
    }
    #[scope::instrument]
    async fn own(mut self, s: &str) -> Result<Vec<u8>, std::num::ParseIntError> {
        let n = s.parse()?;
        self.v.push(n);
        Ok(self.v)
    }
}
#[scope::instrument]
async fn pick<'a>(a: &'a str, b: &str) -> &'a str {
    std::future::ready(()).await;
    if b.is_empty() {
        return a;
    }
    a
}
fn main() {
    let mut s = S { v: vec![] };
    block(async {
        s.add(1).await.add(2).await;
    });
    assert_eq!(block(s.first("")), Some(&1));
    assert_eq!(block(s.own("3")).unwrap(), [1, 2, 3]);
    assert_eq!(block(pick("a", "b")), "a");
}
//> add(self = <Opaque: async_basic::S, 24 bytes>, x = 1)
//> add Returned <Opaque: async_basic::S, 24 bytes>
//> add(self = <Opaque: async_basic::S, 24 bytes>, x = 2)
//> add Returned <Opaque: async_basic::S, 24 bytes>
//> first(self = <Opaque: async_basic::S, 24 bytes>, _s = "")
//> first Returned Some(1)
//> own(self = <Opaque: async_basic::S, 24 bytes>, s = "3")
//>   n = 3
//> own Returned Ok(b"\x01\x02\x03")
//> pick(a = "a", b = "b")
//> pick Returned "a"

//! Async code in many shapes, woven: it compiles without a warning, and does what it did.
#![deny(warnings)]
#![allow(dead_code)]
use std::future::{Future, IntoFuture, ready};
use std::pin::Pin;
macro_rules! method { ($n:ident, $s:ident, $e:expr) => { #[scope::instrument(level = "full")] async fn $n($s) -> u8 { $e } } }
macro_rules! method_ref { ($n:ident, $s:ident, $e:expr) => { #[scope::instrument(level = "full")] async fn $n(&$s, x: u8) -> u8 { let y = $e; ready(y).await + x } } }
macro_rules! body { ($b:block) => { #[scope::instrument(level = "full")] async fn from_body() -> Result<u8, String> $b } }
struct S(u8);
impl S {
    method!(by_value, self, ready(self.0).await);
    method_ref!(by_ref, self, self.0);
}
body!({
    let x: u8 = "1".parse().map_err(|_| "no".to_owned())?;
    ready(()).await;
    Ok(x)
});
struct Later(u8);
impl IntoFuture for Later {
    type Output = u8;
    type IntoFuture = std::future::Ready<u8>;
    fn into_future(self) -> Self::IntoFuture {
        ready(self.0)
    }
}
#[scope::instrument(level = "full")]
mod m {
    use super::*;
    pub async fn fields(a: (Later, Later)) -> u8 {
        let t = a;
        t.0.await + t.1.await
    }
    pub async fn by_mut(f: &mut (dyn Future<Output = u8> + Unpin + Send)) -> u8 {
        f.await
    }
    pub async fn pinned(mut f: Pin<Box<dyn Future<Output = u8>>>) -> u8 {
        f.as_mut().await
    }
    pub async fn reborrow<F: Future<Output = u8> + Unpin>(mut f: F) -> u8 {
        let n = { ready(0) }.await;
        (&mut f).await + n
    }
    pub async fn in_places(n: u8) -> u8 {
        let all = [ready(n).await, ready(1).await];
        let s = S(ready(n).await);
        match ready(n).await {
            0 => return ready(9).await,
            x if x > 100 => all[0],
            _ => s.0 + all[ready(1usize).await],
        }
    }
    pub async fn conds(n: u8) -> u8 {
        let mut i = 0;
        while i < ready(n).await {
            i += if ready(true).await && ready(i < 3).await { 1 } else { 2 };
        }
        let Some(x) = ready(Some(i)).await else { return 0 };
        if let Some(y) = ready(Some(x)).await
            && y > 1
        {
            y
        } else {
            0
        }
    }
    pub async fn generic<T, const N: usize>(a: [T; N], f: impl AsyncFn(&T) -> u8) -> Vec<u8> {
        let mut v = Vec::new();
        for x in &a {
            v.push(f(x).await);
        }
        v
    }
    pub async unsafe fn danger(p: *const u8) -> u8 {
        ready(unsafe { *p }).await
    }
    pub fn arms(n: u8) -> Pin<Box<dyn Future<Output = Result<u8, String>> + Send>> {
        if n == 0 {
            Box::pin(async { Err("zero".to_owned()) })
        } else {
            let t = n;
            Box::pin(async move {
                let r: Result<u8, String> = Ok(t);
                let v = r?;
                Ok(v + 1)
            })
        }
    }
    pub fn loops(n: u8) -> Pin<Box<dyn Future<Output = u8> + Send>> {
        let mut i = 0;
        loop {
            i += 1;
            if i > n {
                return Box::pin(async move { i });
            }
        }
    }
    pub fn tried(s: &str) -> Result<Pin<Box<dyn Future<Output = u8>>>, std::num::ParseIntError> {
        let n: u8 = s.parse()?;
        Ok(Box::pin(async move { n }))
    }
    pub trait T {
        type Fut: Future<Output = u8>;
        fn call(&self) -> Self::Fut;
        fn def(&self) -> impl Future<Output = u8> + Send
        where
            Self: Sync,
        {
            async move { ready(4).await }
        }
    }
    impl T for S {
        type Fut = Pin<Box<dyn Future<Output = u8> + Send>>;
        fn call(&self) -> Self::Fut {
            let n = self.0;
            Box::pin(async move { n })
        }
    }
    pub async fn recursive(n: u8) -> u8 {
        if n == 0 {
            return 0;
        }
        Box::pin(recursive(n - 1)).await + 1
    }
    pub fn rec_boxed(n: u8) -> Pin<Box<dyn Future<Output = u8> + Send>> {
        Box::pin(async move {
            if n == 0 {
                return 0;
            }
            rec_boxed(n - 1).await + 1
        })
    }
    pub async fn labels(n: u8) -> u8 {
        let x = 'a: {
            if ready(n).await == 1 {
                break 'a 5;
            }
            async { 7 }.await
        };
        'l: loop {
            for _ in 0..3 {
                if ready(true).await {
                    break 'l;
                }
            }
        }
        x
    }
    pub async fn statics() -> &'static str {
        static X: &str = "x";
        const Y: u8 = 1;
        let _ = Y;
        ready(X).await
    }
    pub async fn array_of_blocks() -> u8 {
        let mut v: Vec<Pin<Box<dyn Future<Output = u8>>>> = Vec::new();
        v.push(Box::pin(async { 1 }));
        v.push(Box::pin(async { ready(2).await }));
        let mut s = 0;
        for f in v {
            s += f.await;
        }
        s
    }
    pub async fn shadow(x: u8) -> u8 {
        let x = ready(x).await;
        let x = async move { x + 1 }.await;
        x
    }
    pub fn closure_fut(n: u8) -> impl Fn(u8) -> Pin<Box<dyn Future<Output = u8>>> {
        move |x| Box::pin(async move { x + n })
    }
    pub fn map_err() -> impl Future<Output = Result<u8, Box<dyn std::error::Error>>> {
        async {
            let n = async { "5".parse::<u8>() }.await?;
            if n == 3 {
                Err("three")?
            }
            Ok(n)
        }
    }
    pub async fn unit_tail(n: u8) {
        if n > 0 {
            ready(()).await
        }
    }
    pub async fn never_tail(n: u8) -> u8 {
        if n == 0 {
            std::process::exit(0)
        }
        loop {
            break ready(n).await;
        }
    }
}
fn run<F: Future>(f: F) -> F::Output {
    let mut f = Box::pin(f);
    loop {
        if let std::task::Poll::Ready(v) =
            f.as_mut().poll(&mut std::task::Context::from_waker(std::task::Waker::noop()))
        {
            return v;
        }
    }
}
fn main() {
    use m::*;
    assert_eq!(run(S(3).by_value()), 3);
    assert_eq!(run(S(3).by_ref(1)), 4);
    assert_eq!(run(from_body()), Ok(1));
    assert_eq!(run(fields((Later(1), Later(2)))), 3);
    assert_eq!(run(by_mut(&mut ready(2))), 2);
    assert_eq!(run(pinned(Box::pin(ready(3)))), 3);
    assert_eq!(run(reborrow(ready(3))), 3);
    assert_eq!((run(in_places(0)), run(in_places(3)), run(in_places(200))), (9, 4, 200));
    assert_eq!(run(conds(5)), 5);
    assert_eq!(run(generic([1u8, 2], async |x: &u8| ready(*x).await)), [1, 2]);
    assert_eq!(run(unsafe { danger(&7) }), 7);
    assert_eq!((run(arms(0)).is_err(), run(arms(1))), (true, Ok(2)));
    assert_eq!(run(loops(3)), 4);
    assert_eq!(run(tried("3").unwrap()), 3);
    assert!(tried("x").is_err());
    assert_eq!((run(S(1).call()), run(S(1).def())), (1, 4));
    assert_eq!((run(recursive(3)), run(rec_boxed(3))), (3, 3));
    assert_eq!((run(labels(1)), run(labels(2))), (5, 7));
    assert_eq!(run(statics()), "x");
    assert_eq!(run(array_of_blocks()), 3);
    assert_eq!(run(shadow(1)), 2);
    assert_eq!(run(closure_fut(1)(2)), 3);
    assert_eq!(run(map_err()).unwrap(), 5);
    run(unit_tail(1));
    assert_eq!(run(never_tail(2)), 2);
}

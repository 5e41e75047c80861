//! A function that gives back a woven async block gives back what it did: the same values and drops, and `Send`.
#![deny(warnings)]
#![forbid(unsafe_code)]
#![allow(clippy::pedantic)]

#[macro_use]
#[path = "../support/asyncs.rs"]
mod support;

use support::*;

both! {
    pub fn exits(text: &'static str) -> impl Future<Output = Result<u8, Error>> + Send {
        let more = async move {
            let parsed: u8 = text.parse()?;
            wait().await;
            if parsed == 3 {
                return Err("three".into());
            }
            Ok::<_, Error>(parsed)
        };
        async { more.await }
    }

    pub fn stays_send(name: String, cell: Cell<u8>) -> impl Future<Output = usize> + Send {
        async move {
            let rc = Rc::new(name.len());
            let count = *std::convert::identity(rc);
            wait().await;
            let after = count + usize::from(cell.get());
            after
        }
    }

    pub fn safe(n: u8) -> impl Future<Output = u8> {
        let text = n.to_string();
        async move {
            wait().await;
            let length = text.len() as u8;
            wait().await;
            length
        }
    }

    pub fn boxed<'a>(this: &'a mut Vec<u8>, by: u8) -> Boxed<'a, &'a mut u8> {
        this.push(by);
        Box::pin(async move {
            wait().await;
            let last = this.len() - 1;
            &mut this[last]
        })
    }

    pub fn either(n: u8) -> Boxed<'static, Result<u8, Error>> {
        if n == 0 {
            return Box::pin(std::future::ready(Ok(0)));
        }
        let parsed: Result<u8, Error> = "7".parse().map_err(Error::from);
        match parsed {
            Ok(parsed) if n == 1 => Box::pin(async move { Ok(parsed) }),
            Ok(_) => Box::pin(async move { wait().await; Err("not one")? }),
            Err(error) => Box::pin(async { Err(error) }),
        }
    }

    /// What is made of a block may give back something else.
    pub fn made_of(n: u8) -> impl Future<Output = usize> {
        let noisy = Noisy(n);
        Length::new(async move {
            wait().await;
            noisy.0.to_string()
        })
    }

    /// The statements before stay.
    pub fn split(Other(n): Other, noisy: Noisy, other: Noisy) -> impl Future<Output = u8> {
        let seen = Noisy(9);
        drop(other);
        async move {
            wait().await;
            n + noisy.0 + seen.0
        }
    }

    pub struct Count(pub u8);

    impl std::future::IntoFuture for Count {
        type Output = u8;
        type IntoFuture = Boxed<'static, u8>;

        fn into_future(self) -> Self::IntoFuture {
            let Self(n) = self;
            Box::pin(async move { n + 1 })
        }
    }

    pub async fn nested(n: u8) -> u8 {
        let outer = async {
            let inner = async move { wait().await; n };
            inner.await + Count(n).await
        };
        let diverges = async { if n == 200 { loop { wait().await } } else { n } };
        let list: Vec<Pin<Box<dyn Future<Output = u8>>>> = vec![];
        for one in list {
            one.await;
        }
        let unit = async { if n > 100 { wait().await } };
        unit.await;
        async {}.await;
        outer.await + diverges.await
    }

    pub async fn mapped(n: u8) -> Vec<u8> {
        let mut all = Vec::new();
        for future in (0..n).map(|x| async move { wait().await; x + n }) {
            all.push(future.await);
        }
        let by_pointer: fn(u8) -> Boxed<'static, u8> = |x| Box::pin(async move { x });
        all.push(by_pointer(n).await);
        all
    }

    pub async fn big(block: [u8; 4096]) -> u8 {
        let sum = async move {
            wait().await;
            let sum = block[0] + block[1];
            wait().await;
            sum
        };
        sum.await
    }
}

fn main() {
    same!((run(exits("3")).map_err(|e| e.to_string()), run(exits("4")).map_err(|e| e.to_string()), run(exits("x")).map_err(|e| e.to_string())));
    same!(run(is_send(stays_send("ab".to_owned(), Cell::new(1)))));
    same!(run(is_all(safe(200))));
    same!({ let mut all = vec![1]; *run(boxed(&mut all, 2)) += 1; all });
    same!((0..3).map(|n| run(either(n)).map_err(|e| e.to_string())).collect::<Vec<_>>());
    same!((run(made_of(7)), run(made_of(200))));
    same!(run(split(Other(1), Noisy(1), Noisy(2))));
    same!(drop(split(Other(1), Noisy(1), Noisy(2))));
    same!(run(nested(1)));
    same!(run(mapped(2)));
    same!(run(big([1; 4096])));
}

//@ edition 2024
//! A lock that the guard of an arm binds, over an `.await` in the arm.
use std::fmt;
use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

fn block_on<F: Future>(f: F) -> F::Output {
    let mut f = pin!(f);
    loop {
        if let Poll::Ready(v) = f.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return v;
        }
    }
}
async fn nop() {}

pub struct Pool(Mutex<u32>, &'static str);

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pool({})", self.0.lock().unwrap())
    }
}

#[scope::instrument(level = "full")]
async fn take(pool: &Arc<Pool>, n: u32) -> u32 {
    match n {
        0 => 0,
        k if let Ok(mut free) = pool.0.lock()
            && *free >= k =>
        {
            *free -= k;
            let other = pool.clone();
            nop().await;
            other.1.len() as u32 + *free
        }
        _ => 9,
    }
}

fn main() {
    let pool = Arc::new(Pool(Mutex::new(3), "p"));
    println!("{} {}", block_on(take(&pool, 2)), block_on(take(&pool, 2)));
}
//> take(pool = Pool(3), n = 2)
//>   branch k if let Ok(mut free) = pool.0.lock() && *free >= k
//>   other = <Opaque: alloc::sync::Arc<guards_that_wait::Pool> (a lock may be held), 8 bytes>
//> take Returned 2
//> take(pool = Pool(1), n = 2)
//>   branch _
//> take Returned 9

//! Guards behind names that say nothing, or among other things: no `Debug` that waits for the same lock is run.
//@ edition 2024
#![deny(warnings)]
use std::fmt;
use std::ops::Deref;
use std::sync::{Mutex, MutexGuard, MutexGuard as Open};

/// Its `Debug` waits.
struct Pool {
    m: Mutex<u8>,
}
type Inner<'a> = MutexGuard<'a, u8>;
struct Lease<'a> {
    pool: &'a Pool,
    inner: Inner<'a>,
}
struct Job<'a> {
    lease: Lease<'a>,
}
impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pool({})", self.m.lock().unwrap())
    }
}
#[scope::instrument]
impl Pool {
    fn alias(&self) -> Inner<'_> {
        self.m.lock().unwrap()
    }
    fn import(&self) -> Open<'_, u8> {
        self.m.lock().unwrap()
    }
    fn pair(&self) -> (u8, MutexGuard<'_, u8>) {
        (1, self.m.lock().unwrap())
    }
    fn get(&self) -> MutexGuard<'_, u8> {
        self.m.lock().unwrap()
    }
    fn some(&self) -> impl Deref<Target = u8> {
        self.m.lock().unwrap()
    }
    fn all(&self) -> u8 {
        let mut sum = {
            let inner = self.alias();
            self.look(*inner)
        };
        sum += {
            let inner = self.import();
            self.look(*inner)
        };
        sum += {
            let inner = self.pair().1;
            self.look(*inner)
        };
        sum += {
            let inner = self.get();
            self.look(*inner)
        };
        sum += {
            let inner = self.some();
            self.look(*inner)
        };
        self.look(sum)
    }
    fn look(&self, n: u8) -> u8 {
        n
    }
}
impl<'a> Job<'a> {
    fn new(pool: &'a Pool) -> Self {
        Job { lease: Lease { pool, inner: pool.m.lock().unwrap() } }
    }
    #[scope::instrument]
    fn step(&self) -> u8 {
        self.lease.pool.look(*self.lease.inner)
    }
}
#[scope::instrument]
fn works(pool: &Pool) -> u8 {
    let job = Job::new(pool);
    pool.look(0);
    job.step()
}
fn main() {
    let pool = Pool { m: Mutex::new(1) };
    assert_eq!(pool.all(), 5);
    assert_eq!(works(&pool), 1);
    assert_eq!(Job::new(&pool).step(), 1);
}
//> Pool::all(self = Pool(1))
//>   Pool::alias(self = <Opaque: guards_by_other_names::Pool (a lock may be held), 8 bytes>)
//>   Pool::alias Returned 1
//>   inner = 1
//>   Pool::look(self = <Opaque: guards_by_other_names::Pool (a lock may be held), 8 bytes>, n = 1)
//>   Pool::look Returned 1
//>   sum = 1
//>   Pool::import(self = <Opaque: guards_by_other_names::Pool (a lock may be held), 8 bytes>)
//>   Pool::import Returned 1
//>   inner = 1
//>   Pool::look(self = <Opaque: guards_by_other_names::Pool (a lock may be held), 8 bytes>, n = 1)
//>   Pool::look Returned 1
//>   sum = 2
//>   Pool::pair(self = <Opaque: guards_by_other_names::Pool (a lock may be held), 8 bytes>)
//>   Pool::pair Returned (1, 1)
//>   inner = 1
//>   Pool::look(self = <Opaque: guards_by_other_names::Pool (a lock may be held), 8 bytes>, n = 1)
//>   Pool::look Returned 1
//>   sum = 3
//>   Pool::get(self = <Opaque: guards_by_other_names::Pool (a lock may be held), 8 bytes>)
//>   Pool::get Returned 1
//>   inner = 1
//>   Pool::look(self = <Opaque: guards_by_other_names::Pool (a lock may be held), 8 bytes>, n = 1)
//>   Pool::look Returned 1
//>   sum = 4
//>   Pool::some(self = <Opaque: guards_by_other_names::Pool (a lock may be held), 8 bytes>)
//>   Pool::some Returned
//>   inner = <Opaque: std::sync::poison::mutex::MutexGuard<'_, u8>, 16 bytes>
//>   Pool::look(self = <Opaque: guards_by_other_names::Pool (a lock may be held), 8 bytes>, n = 1)
//>   Pool::look Returned 1
//>   sum = 5
//>   Pool::look(self = Pool(1), n = 5)
//>   Pool::look Returned 5
//> Pool::all Returned 5
//> works(pool = Pool(1))
//>   job = <Opaque: guards_by_other_names::Job<'_>, 24 bytes>
//>   Pool::look(self = <Opaque: guards_by_other_names::Pool (a lock may be held), 8 bytes>, n = 0)
//>   Pool::look Returned 0
//>   step(self = <Opaque: guards_by_other_names::Job<'_>, 24 bytes>)
//>     Pool::look(self = <Opaque: guards_by_other_names::Pool (a lock may be held), 8 bytes>, n = 1)
//>     Pool::look Returned 1
//>   step Returned 1
//> works Returned 1
//> step(self = <Opaque: guards_by_other_names::Job<'_>, 24 bytes>)
//>   Pool::look(self = <Opaque: guards_by_other_names::Pool (a lock may be held), 8 bytes>, n = 1)
//>   Pool::look Returned 1
//> step Returned 1

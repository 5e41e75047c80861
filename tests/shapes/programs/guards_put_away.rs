//! Guards that go into what lives longer than the block that takes them, or into a type of the crate's own by whatever function: no `Debug` that waits
//! for the same lock is run.
//@ edition 2024
#![deny(warnings)]
use std::fmt;
use std::ops::Deref;
use std::sync::{Mutex, MutexGuard};

/// Its `Debug` waits.
struct Pool(Mutex<Vec<u8>>);
impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pool({})", self.0.lock().unwrap().len())
    }
}
struct Lease<'a> {
    pool: &'a Pool,
    guard: Option<MutexGuard<'a, Vec<u8>>>,
}
impl Deref for Lease<'_> {
    type Target = Vec<u8>;
    fn deref(&self) -> &Vec<u8> {
        self.guard.as_ref().expect("begun")
    }
}
impl<'a> From<&'a Pool> for Lease<'a> {
    fn from(pool: &'a Pool) -> Self {
        Self { pool, guard: Some(pool.0.lock().unwrap()) }
    }
}
struct Rows<'a>(MutexGuard<'a, Vec<u8>>);
impl Iterator for Rows<'_> {
    type Item = u8;
    fn next(&mut self) -> Option<u8> {
        self.0.pop()
    }
}

#[scope::instrument]
impl Pool {
    fn iter(&self) -> Rows<'_> {
        Rows(self.0.lock().unwrap())
    }
    fn see(&self, n: usize) -> usize {
        n
    }
    fn from_a_branch(&self, c: bool) -> usize {
        let mut guard = None;
        if c {
            guard = Some(self.0.lock().unwrap());
        }
        let n = self.see(1);
        drop(guard);
        self.see(n)
    }
    fn from_a_loop(pools: &[Self]) -> usize {
        let mut all = Vec::new();
        for pool in pools {
            all.push(pool.0.lock().unwrap());
        }
        pools[0].see(all.len())
    }
    fn by_a_method(&self) -> usize {
        let mut lease = Lease { pool: self, guard: None };
        lease.begin();
        self.see(lease.len())
    }
    fn by_from(&self) -> usize {
        let lease = Lease::from(self);
        self.see(lease.len())
    }
    fn by_another_of_its_name(&self) -> usize {
        let guard = self.0.lock().unwrap();
        let guard = [guard.len()];
        let n = self.see(1);
        drop(guard.to_vec());
        n
    }
    fn dropped_by_name(&self) -> usize {
        let guard = self.0.lock().unwrap();
        let guard = vec![guard.len()];
        drop(guard);
        self.see(1)
    }
    fn by_iter(&self) -> usize {
        let mut n = 0;
        for _ in self.iter() {
            n += self.see(1);
        }
        n
    }
}

#[scope::instrument]
impl<'a> Lease<'a> {
    fn begin(&mut self) {
        self.guard = Some(self.pool.0.lock().unwrap());
    }
    fn of(pool: &'a Pool) -> usize {
        let lease = Self::from(pool);
        pool.see(lease.len())
    }
}

fn main() {
    let pool = Pool(Mutex::new(vec![1, 2]));
    assert_eq!(pool.from_a_branch(true), 1);
    assert_eq!(pool.from_a_branch(false), 1);
    assert_eq!(Pool::from_a_loop(&[Pool(Mutex::default())]), 1);
    assert_eq!(pool.by_a_method(), 2);
    assert_eq!(pool.by_from(), 2);
    assert_eq!(Lease::of(&pool), 2);
    assert_eq!(pool.by_another_of_its_name(), 1);
    assert_eq!(pool.dropped_by_name(), 1);
    assert_eq!(pool.by_iter(), 2);
}
//> Pool::from_a_branch(self = Pool(2), c = true)
//>   guard = None
//>   branch if c
//>   guard = Some(b"\x01\x02")
//>   Pool::see(self = <Opaque: guards_put_away::Pool (a lock may be held), 32 bytes>, n = 1)
//>   Pool::see Returned 1
//>   n = 1
//>   guard = Some(b"\x01\x02")
//>   Pool::see(self = Pool(2), n = 1)
//>   Pool::see Returned 1
//> Pool::from_a_branch Returned 1
//> Pool::from_a_branch(self = Pool(2), c = false)
//>   guard = None
//>   Pool::see(self = <Opaque: guards_put_away::Pool (a lock may be held), 32 bytes>, n = 1)
//>   Pool::see Returned 1
//>   n = 1
//>   guard = None
//>   Pool::see(self = Pool(2), n = 1)
//>   Pool::see Returned 1
//> Pool::from_a_branch Returned 1
//> Pool::from_a_loop(pools = [Pool(0)])
//>   all = []
//>   round for pool in pools
//>   pool = <Opaque: &guards_put_away::Pool (a lock may be held), 8 bytes>
//>   all = [b""]
//>   Pool::see(self = <Opaque: guards_put_away::Pool (a lock may be held), 32 bytes>, n = 1)
//>   Pool::see Returned 1
//> Pool::from_a_loop Returned 1
//> Pool::by_a_method(self = Pool(2))
//>   lease = <Opaque: guards_put_away::Lease<'_>, 24 bytes>
//>   Lease<'a>::begin(self = <Opaque: guards_put_away::Lease<'_>, 24 bytes>)
//>   Lease<'a>::begin Returned
//>   lease = <Opaque: guards_put_away::Lease<'_>, 24 bytes>
//>   Pool::see(self = <Opaque: guards_put_away::Pool (a lock may be held), 32 bytes>, n = 2)
//>   Pool::see Returned 2
//> Pool::by_a_method Returned 2
//> Pool::by_from(self = Pool(2))
//>   lease = <Opaque: guards_put_away::Lease<'_>, 24 bytes>
//>   Pool::see(self = <Opaque: guards_put_away::Pool (a lock may be held), 32 bytes>, n = 2)
//>   Pool::see Returned 2
//> Pool::by_from Returned 2
//> Lease<'a>::of(pool = Pool(2))
//>   lease = <Opaque: guards_put_away::Lease<'_>, 24 bytes>
//>   Pool::see(self = <Opaque: guards_put_away::Pool (a lock may be held), 32 bytes>, n = 2)
//>   Pool::see Returned 2
//> Lease<'a>::of Returned 2
//> Pool::by_another_of_its_name(self = Pool(2))
//>   guard = b"\x01\x02"
//>   guard = [2]
//>   Pool::see(self = <Opaque: guards_put_away::Pool (a lock may be held), 32 bytes>, n = 1)
//>   Pool::see Returned 1
//>   n = 1
//> Pool::by_another_of_its_name Returned 1
//> Pool::dropped_by_name(self = Pool(2))
//>   guard = b"\x01\x02"
//>   guard = [2]
//>   Pool::see(self = <Opaque: guards_put_away::Pool (a lock may be held), 32 bytes>, n = 1)
//>   Pool::see Returned 1
//> Pool::dropped_by_name Returned 1
//> Pool::by_iter(self = Pool(2))
//>   n = 0
//>   Pool::iter(self = <Opaque: guards_put_away::Pool (a lock may be held), 32 bytes>)
//>   Pool::iter Returned <Opaque: guards_put_away::Rows<'_>, 16 bytes>
//>   round for _ in self.iter()
//>   Pool::see(self = <Opaque: guards_put_away::Pool (a lock may be held), 32 bytes>, n = 1)
//>   Pool::see Returned 1
//>   n = 1
//>   round for _ in self.iter()
//>   Pool::see(self = <Opaque: guards_put_away::Pool (a lock may be held), 32 bytes>, n = 1)
//>   Pool::see Returned 1
//>   n = 2
//>   n = 2
//> Pool::by_iter Returned 2

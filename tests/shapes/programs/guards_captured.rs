//! A guard behind an associated type, or captured by what a function gives back: no `Debug` that waits for the same lock is run.
//@ edition 2024
#![deny(warnings)]
use std::fmt;
use std::ops::DerefMut;
use std::sync::{Mutex, MutexGuard};

/// Its `Debug` waits.
struct Pool {
    m: Mutex<Vec<u8>>,
}
impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pool({})", self.m.lock().unwrap().len())
    }
}
trait Acquire {
    type Taken<'a>: DerefMut<Target = Vec<u8>>
    where
        Self: 'a;
    fn acquire(&self) -> Self::Taken<'_>;
}
impl Acquire for Pool {
    type Taken<'a> = MutexGuard<'a, Vec<u8>>;
    fn acquire(&self) -> Self::Taken<'_> {
        self.m.lock().unwrap()
    }
}
#[scope::instrument]
impl Pool {
    fn items(&self) -> impl Iterator<Item = u8> {
        let g = self.m.lock().unwrap();
        let mut at = 0;
        std::iter::from_fn(move || {
            at += 1;
            g.get(at - 1).copied()
        })
    }
    fn reader(&self) -> Box<dyn Fn(usize) -> u8 + '_> {
        let g = self.m.lock().unwrap();
        Box::new(move |at| g[at])
    }
    fn associated(&self) -> usize {
        let mut g = self.acquire();
        g.push(2);
        self.size(&g)
    }
    fn iterator(&self) -> usize {
        let mut sum = 0;
        for item in self.items() {
            sum += self.size(&[item]);
        }
        sum + self.size(&[])
    }
    fn closure(&self) -> usize {
        let reader = self.reader();
        self.size(&[reader(0)])
    }
    fn size(&self, v: &[u8]) -> usize {
        v.len()
    }
}
fn main() {
    let pool = Pool { m: Mutex::new(vec![1]) };
    assert_eq!((pool.associated(), pool.iterator(), pool.closure()), (2, 2, 1));
    assert_eq!(pool.size(&[]), 0);
}
//> Pool::associated(self = Pool(1))
//>   g = b"\x01"
//>   g = b"\x01\x02"
//>   Pool::size(self = <Opaque: guards_captured::Pool (a lock may be held), 32 bytes>, v = b"\x01\x02")
//>   Pool::size Returned 2
//> Pool::associated Returned 2
//> Pool::iterator(self = Pool(2))
//>   sum = 0
//>   Pool::items(self = <Opaque: guards_captured::Pool (a lock may be held), 32 bytes>)
//>     g = b"\x01\x02"
//>     at = 0
//>   Pool::items Returned
//>   at = 1
//>   round for item in self.items()
//>   item = 1
//>   Pool::size(self = <Opaque: guards_captured::Pool (a lock may be held), 32 bytes>, v = b"\x01")
//>   Pool::size Returned 1
//>   sum = 1
//>   at = 2
//>   round for item in self.items()
//>   item = 2
//>   Pool::size(self = <Opaque: guards_captured::Pool (a lock may be held), 32 bytes>, v = b"\x02")
//>   Pool::size Returned 1
//>   sum = 2
//>   at = 3
//>   sum = 2
//>   Pool::size(self = Pool(2), v = b"")
//>   Pool::size Returned 0
//> Pool::iterator Returned 2
//> Pool::closure(self = Pool(2))
//>   Pool::reader(self = <Opaque: guards_captured::Pool (a lock may be held), 32 bytes>)
//>     g = b"\x01\x02"
//>   Pool::reader Returned <Opaque: alloc::boxed::Box<dyn core::ops::function::Fn(usize) -> u8>, 16 bytes>
//>   reader = <Opaque: alloc::boxed::Box<dyn core::ops::function::Fn(usize) -> u8>, 16 bytes>
//>   at = 0
//>   Pool::size(self = <Opaque: guards_captured::Pool (a lock may be held), 32 bytes>, v = b"\x01")
//>   Pool::size Returned 1
//> Pool::closure Returned 1
//> Pool::size(self = Pool(2), v = b"")
//> Pool::size Returned 0

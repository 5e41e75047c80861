//! What is between a lock and the variable that holds it is not known by name, or is a block: no `Debug` that waits for the same lock is run.
//@ edition 2024
#![deny(warnings)]
use std::fmt;
use std::sync::{Condvar, LockResult, Mutex, MutexGuard};

/// Its `Debug` waits.
struct Pool {
    m: Mutex<Vec<u8>>,
    changed: Condvar,
}
impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pool({})", self.m.lock().unwrap().len())
    }
}
trait Force {
    type Inner;
    fn force(self) -> Self::Inner;
}
impl<T> Force for std::sync::LockResult<T> {
    type Inner = T;
    fn force(self) -> T {
        self.expect("nobody panicked")
    }
}
trait Logged<T> {
    fn logged(self) -> Option<T>;
}
impl<T, E: fmt::Debug> Logged<T> for Result<T, E> {
    fn logged(self) -> Option<T> {
        self.map_err(|e| eprintln!("{e:?}")).ok()
    }
}
/// As another crate has it.
macro_rules! or_poisoned {
    () => {
        trait OrPoisoned<T> {
            fn or_poisoned(self) -> T;
        }
        impl<T> OrPoisoned<T> for LockResult<T> {
            fn or_poisoned(self) -> T {
                self.unwrap()
            }
        }
    };
}
or_poisoned!();
#[scope::instrument]
impl Pool {
    fn forced(&self) -> usize {
        let g = self.m.lock().force();
        self.size(&g)
    }
    fn logs(&self) -> Option<usize> {
        let g = self.m.lock().logged()?;
        Some(self.size(&g))
    }
    fn foreign(&self) -> usize {
        let g = self.m.lock().or_poisoned();
        self.size(&g)
    }
    fn block(&self) -> usize {
        let g = {
            let mut g = self.m.lock().unwrap();
            while g.len() > 3 {
                g = self.changed.wait(g).unwrap();
            }
            g
        };
        self.size(&g)
    }
    fn arms(&self, way: u8) -> usize {
        let (g, n) = match way {
            0 => {
                let mut g = self.m.lock().unwrap();
                g.push(1);
                (g, 1)
            }
            _ => {
                let g = self.m.lock().unwrap();
                let g = Some(g);
                (g.unwrap(), 2)
            }
        };
        self.size(&g) + n
    }
    fn path(&self) -> usize {
        let all: Vec<LockResult<MutexGuard<'_, _>>> = [&self.m].into_iter().map(Mutex::lock).collect();
        self.size(all[0].as_ref().unwrap())
    }
    fn gone(&self) -> usize {
        let n = {
            let g = self.m.lock().unwrap();
            let n = g.len();
            n
        };
        let m = {
            let g = self.m.lock().unwrap();
            len(&g)
        };
        self.size(&[]) + n + m
    }
    fn size(&self, v: &[u8]) -> usize {
        v.len()
    }
}
fn len(v: &[u8]) -> usize {
    v.len()
}
fn main() {
    let pool = Pool { m: Mutex::new(vec![1]), changed: Condvar::new() };
    assert_eq!((pool.forced(), pool.logs(), pool.foreign()), (1, Some(1), 1));
    assert_eq!((pool.block(), pool.arms(1), pool.arms(0), pool.path(), pool.gone()), (1, 3, 3, 2, 4));
}
//> Pool::forced(self = Pool(1))
//>   g = b"\x01"
//>   Pool::size(self = <Opaque: guards_on_their_way::Pool (a lock may be held), 40 bytes>, v = b"\x01")
//>   Pool::size Returned 1
//> Pool::forced Returned 1
//> Pool::logs(self = Pool(1))
//>   g = b"\x01"
//>   Pool::size(self = <Opaque: guards_on_their_way::Pool (a lock may be held), 40 bytes>, v = b"\x01")
//>   Pool::size Returned 1
//> Pool::logs Returned Some(1)
//> Pool::foreign(self = Pool(1))
//>   g = b"\x01"
//>   Pool::size(self = <Opaque: guards_on_their_way::Pool (a lock may be held), 40 bytes>, v = b"\x01")
//>   Pool::size Returned 1
//> Pool::foreign Returned 1
//> Pool::block(self = Pool(1))
//>   g = b"\x01"
//>   g = b"\x01"
//>   g = b"\x01"
//>   Pool::size(self = <Opaque: guards_on_their_way::Pool (a lock may be held), 40 bytes>, v = b"\x01")
//>   Pool::size Returned 1
//> Pool::block Returned 1
//> Pool::arms(self = Pool(1), way = 1)
//>   branch _
//>   g = b"\x01"
//>   g = Some(b"\x01")
//>   g = b"\x01"
//>   n = 2
//>   Pool::size(self = <Opaque: guards_on_their_way::Pool (a lock may be held), 40 bytes>, v = b"\x01")
//>   Pool::size Returned 1
//> Pool::arms Returned 3
//> Pool::arms(self = Pool(1), way = 0)
//>   branch 0
//>   g = b"\x01"
//>   g = b"\x01\x01"
//>   g = b"\x01\x01"
//>   n = 1
//>   Pool::size(self = <Opaque: guards_on_their_way::Pool (a lock may be held), 40 bytes>, v = b"\x01\x01")
//>   Pool::size Returned 2
//> Pool::arms Returned 3
//> Pool::path(self = Pool(2))
//>   all = [<Opaque: core::result::Result<std::sync::poison::mutex::MutexGuard<'_, alloc::vec::Vec<u8>>, std::sync::poison::PoisonError<std::sync::poison::mutex::MutexGuard<'_, alloc::vec::Vec<u8>>>> (a lock may be held), 24 bytes>]
//>   Pool::size(self = <Opaque: guards_on_their_way::Pool (a lock may be held), 40 bytes>, v = b"\x01\x01")
//>   Pool::size Returned 2
//> Pool::path Returned 2
//> Pool::gone(self = Pool(2))
//>   g = b"\x01\x01"
//>   n = 2
//>   n = 2
//>   g = b"\x01\x01"
//>   m = 2
//>   Pool::size(self = Pool(2), v = b"")
//>   Pool::size Returned 0
//> Pool::gone Returned 4

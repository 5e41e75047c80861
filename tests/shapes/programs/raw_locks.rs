//! A lock without a guard is held until it is given back by name: no `Debug` that waits for it is run.
//@ edition 2024
#![deny(warnings)]
use std::cell::UnsafeCell;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};

struct Spin<T> {
    on: AtomicBool,
    value: UnsafeCell<T>,
}
unsafe impl<T: Send> Sync for Spin<T> {}
#[scope::instrument]
impl<T> Spin<T> {
    fn lock(&self) {
        while self.on.swap(true, Ordering::Acquire) {
            std::hint::spin_loop();
        }
    }
    unsafe fn unlock(&self) {
        self.on.store(false, Ordering::Release);
    }
    fn with<R>(&self, f: impl FnOnce(&mut T) -> R) -> R {
        self.lock();
        let r = f(unsafe { &mut *self.value.get() });
        unsafe { self.unlock() };
        r
    }
}
/// Its `Debug` waits.
impl<T: fmt::Debug> fmt::Debug for Spin<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.with(|t| write!(f, "Spin({t:?})"))
    }
}
#[scope::instrument]
fn note(_q: &Spin<Vec<u8>>, n: usize) -> usize {
    n
}
#[scope::instrument]
fn both(q: &Spin<Vec<u8>>) -> usize {
    let before = note(q, 0);
    q.lock();
    let held = note(q, 1);
    unsafe {
        q.unlock();
    }
    before + held + note(q, 2)
}
fn main() {
    let q = Spin { on: AtomicBool::new(false), value: UnsafeCell::new(vec![]) };
    let n = q.with(|v| {
        v.push(1);
        note(&q, v.len())
    });
    assert_eq!((n, both(&q)), (1, 3));
}
//> Spin<T>::with(self = <Opaque: raw_locks::Spin<alloc::vec::Vec<u8>>, 32 bytes>, f = <Opaque: raw_locks::main::{{closure}}, 8 bytes>)
//>   Spin<T>::lock(self = <Opaque: raw_locks::Spin<alloc::vec::Vec<u8>>, 32 bytes>)
//>   Spin<T>::lock Returned
//>   note(_q = <Opaque: raw_locks::Spin<alloc::vec::Vec<u8>> (a lock may be held), 32 bytes>, n = 1)
//>   note Returned 1
//>   r = 1
//>   Spin<T>::unlock(self = <Opaque: raw_locks::Spin<alloc::vec::Vec<u8>>, 32 bytes>)
//>   Spin<T>::unlock Returned
//> Spin<T>::with Returned 1
//> both(q = Spin([1]))
//>   note(_q = Spin([1]), n = 0)
//>   note Returned 0
//>   before = 0
//>   Spin<T>::lock(self = <Opaque: raw_locks::Spin<alloc::vec::Vec<u8>>, 32 bytes>)
//>   Spin<T>::lock Returned
//>   note(_q = <Opaque: raw_locks::Spin<alloc::vec::Vec<u8>> (a lock may be held), 32 bytes>, n = 1)
//>   note Returned 1
//>   held = 1
//>   Spin<T>::unlock(self = <Opaque: raw_locks::Spin<alloc::vec::Vec<u8>>, 32 bytes>)
//>   Spin<T>::unlock Returned
//>   note(_q = Spin([1]), n = 2)
//>   note Returned 2
//> both Returned 3

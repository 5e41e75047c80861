#![allow(missing_docs, dead_code)]
//! Functions that give back guards, in a crate with a `Debug` that borrows: their values are shown with the lock marked.
use std::cell::{Ref, RefCell};
use std::fmt;

type ReadGuard<'a, T> = Ref<'a, T>;

pub struct Cache(RefCell<u32>);

impl fmt::Debug for Cache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0.borrow(), f)
    }
}
/*@*/
pub fn under_a_condition<T>(value: &RefCell<T>) -> Option<ReadGuard<'_, T>> {
    #[cfg(all())]
    return value.try_borrow().ok();

    #[cfg(any())]
    {
        return value.try_read();
    }
}
/*@*/
pub fn never<T>(_: &RefCell<T>) -> Option<ReadGuard<'_, T>> {
    todo!()
}
/*@*/
pub fn both_ways<T>(value: &RefCell<T>, c: bool) -> Option<ReadGuard<'_, T>> {
    if c {
        return value.try_borrow().ok();
    } else {
        return None;
    }
}
/*@*/
pub fn in_a_loop<T>(value: &RefCell<T>) -> Option<ReadGuard<'_, T>> {
    loop {
        if let Ok(guard) = value.try_borrow() {
            return Some(guard);
        }
    }
}

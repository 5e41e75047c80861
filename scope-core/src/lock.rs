//! Locks on a probe's way.
//!
//! A probe may be called where waiting is dangerous: inside an allocator, or in a child that was forked while a thread that is not
//! in it held a lock. So nothing is allocated and nobody else called while one of these locks is held, and still nobody waits
//! for ever. std's lock and not `parking_lot`'s, which may allocate when it has to wait, for its table of waiting threads.

use crate::sync::{Mutex, MutexGuard};
#[cfg(not(loom))]
use std::sync::TryLockError;
use std::time::Duration;
#[cfg(not(loom))]
use std::time::Instant;

/// Far longer than any of these locks is held.
const PATIENCE: Duration = Duration::from_secs(2);
const SPINS: u32 = 100;
const NAP: Duration = Duration::from_micros(100);

/// Locks `mutex`. `None` where its owner does not seem to be there any more.
#[cfg(not(loom))]
pub(crate) fn patiently<T>(mutex: &Mutex<T>) -> Option<MutexGuard<'_, T>> {
    let mut since = None;
    for round in 0_u32.. {
        match mutex.try_lock() {
            Ok(guard) => return Some(guard),
            // Nothing panics while it holds one, and if: each change is whole by itself.
            Err(TryLockError::Poisoned(error)) => return Some(error.into_inner()),
            Err(TryLockError::WouldBlock) if round < SPINS => std::hint::spin_loop(),
            Err(TryLockError::WouldBlock) => {
                if since.get_or_insert_with(Instant::now).elapsed() > PATIENCE {
                    return None;
                }
                std::thread::sleep(NAP);
            }
        }
    }
    None
}

/// The same for loom, where time does not pass.
#[cfg(loom)]
pub(crate) fn patiently<T>(mutex: &Mutex<T>) -> Option<MutexGuard<'_, T>> {
    mutex.lock().ok()
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    #[test]
    fn nobody_waits_for_ever() {
        let mutex = Mutex::new(1);
        *patiently(&mutex).expect("it is free") += 1;
        let guard = patiently(&mutex).expect("it is free again");
        std::thread::scope(|scope| {
            scope.spawn(|| assert!(patiently(&mutex).is_none()));
        });
        assert_eq!(*guard, 2);
    }
}

//! Where the program may hold a lock: there no code of a user is run to show a value, since it may wait for that very lock.
//!
//! Whether a `Debug` takes a lock can't be told from outside, and a thread that waits for a lock of its own waits for ever. The weave
//! knows from the syntax where a lock may be held, and puts a [`Held`] there; it counts for all that is called from there, too.

use crate::local::{self, Local};
use crate::tries;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

/// This thread may hold a lock while it lives.
#[derive(Debug)]
#[must_use = "it says that a lock may be held for as long as it lives"]
pub struct Held(());

/// From here on this thread may hold a lock.
#[inline]
pub fn held() -> Held {
    local::with(Local::hold);
    Held(())
}

/// The same for a lock that is tried, so that none must be had by a probe meanwhile.
pub fn tried() -> Held {
    tries::begin();
    held()
}

/// A condition that takes a lock, and gives it back.
#[inline]
pub fn condition(_held: Held, condition: bool) -> bool {
    condition
}

/// What is made while a lock is held, which may be asked for later: a future.
#[inline]
pub fn made<T>(_held: Held, made: T) -> T {
    made
}

/// What is awaited while a lock is held, in a variable of the future that waits.
#[inline]
pub fn holding<F: Future + Unpin>(awaited: F) -> Holding<F> {
    Holding(awaited)
}

/// The future of such an `.await`: the lock is held by whoever polls it, for as long as that takes. See [`holding`].
#[derive(Debug)]
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Holding<F>(F);

impl<F: Future + Unpin> Future for Holding<F> {
    type Output = F::Output;

    #[track_caller]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let _held = held();
        Pin::new(&mut self.0).poll(context)
    }
}

impl Held {
    /// No longer.
    #[inline]
    pub fn end(self) {}
}

impl Drop for Held {
    #[inline]
    fn drop(&mut self) {
        local::with(Local::release);
    }
}

/// Whether this thread may hold a lock.
pub(crate) fn is_held() -> bool {
    local::with(Local::may_hold)
}

//! Who keeps a thread's ring alive, and which one it is.

use super::{BUSY, LOCAL, Local, NONE, here};
use crate::buffer::Buffer;
use crate::ingest::SetError;
use crate::ring::Ring;
use crate::session::{self, Session};
use crate::shared::SharedRing;
use crate::watchdog::Watch;
use std::cell::RefCell;
use std::sync::atomic::{AtomicU64, Ordering, compiler_fence};
use std::thread::AccessError;

/// Threads that had a ring and have ended.
static ENDED: AtomicU64 = AtomicU64::new(0);

thread_local! {
    static OWNER: Owner = const { Owner(RefCell::new(Owned { ring: None, set: None })) };
}

/// Keeps the rings alive while their thread lives, and says when it ends.
struct Owner(RefCell<Owned>);

struct Owned {
    /// That of the session, if there is one yet.
    ring: Option<SharedRing>,
    /// What is written into instead, as its only producer.
    set: Option<Buffer>,
}

impl Owned {
    fn current(&self) -> Option<&SharedRing> {
        self.set.as_ref().map(Buffer::ring).or(self.ring.as_ref())
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        LOCAL.with(|local| {
            // For good: the thread ends, and its ring with it.
            local.position.set(BUSY);
            local.ring.set(&raw const NONE);
        });
        let Owned { ring, set } = self.0.get_mut();
        if let Some(buffer) = set.take() {
            buffer.leave();
            session::buffer_unset();
        }
        if let Some(ring) = ring.take() {
            ring.ended.store(ENDED.fetch_add(1, Ordering::Relaxed), Ordering::Relaxed);
            ring.ring.close();
            drop(ring);
            session::thread_ended();
        }
    }
}

/// What this thread says of what it looks at. `None` where it has no ring.
pub(crate) fn watch<R>(see: impl FnOnce(&Watch) -> R) -> Option<R> {
    OWNER.try_with(|owner| owner.0.try_borrow().ok()?.current().map(|ring| see(&ring.watch))).ok()?
}

/// The ring that this thread writes into, and whose it is if it was set.
pub(crate) fn current() -> Option<(SharedRing, Option<Buffer>)> {
    let of = |owner: &Owner| {
        let owned = owner.0.try_borrow().ok()?;
        Some((owned.current()?.clone(), owned.set.clone()))
    };
    OWNER.try_with(of).ok()?
}

/// In a child that `fork` made, on its only thread: its ring is its parent's, which goes on to write there and is told nothing.
#[cfg(unix)]
pub(crate) fn forked() {
    here().ring.set(&raw const NONE);
    // An error: its thread is ending, and the ring is not here any more.
    _ = OWNER.try_with(|owner| {
        if let Ok(mut owner) = owner.0.try_borrow_mut() {
            std::mem::forget((owner.ring.take(), owner.set.take()));
        }
    });
}

/// Gets this thread a ring of `session`. Called while it is busy.
pub(super) fn attach(local: &Local, session: &Session) -> Result<Option<()>, AccessError> {
    OWNER.try_with(|owner| {
        let mut owner = owner.0.borrow_mut();
        // A signal handler may have been here just before.
        if let Some(ring) = owner.current()
            && !ring.ring.is_stopped()
        {
            return Some(());
        }
        let ring = session.ring_for_this_thread()?;
        // Before the old ring goes, whose last owner this may be.
        local.ring.set(&raw const ring.ring);
        local.thread.set(ring.thread.id);
        owner.ring.replace(ring);
        Some(())
    })
}

/// From now on this thread writes into `buffer`, or into its session's ring. Gives what was set before.
pub(crate) fn set_buffer(buffer: Option<Buffer>) -> Result<Option<Buffer>, SetError> {
    let local = here();
    // Busy: a record is open in the ring that this would take away.
    if local.is_busy() {
        return Err(SetError::Busy);
    }
    local.position.set(BUSY);
    compiler_fence(Ordering::SeqCst);
    let before = OWNER.try_with(|owner| {
        let mut owner = owner.0.try_borrow_mut().map_err(|_| SetError::Busy)?;
        if buffer.as_ref().is_some_and(|buffer| !buffer.take()) {
            return Err(SetError::Taken);
        }
        if buffer.is_some() {
            session::buffer_set();
        }
        let before = std::mem::replace(&mut owner.set, buffer);
        // Before the old one may go.
        local.ring.set(owner.current().map_or(&raw const NONE, |ring| &raw const ring.ring));
        if let Some(before) = &before {
            before.leave();
            session::buffer_unset();
        }
        Ok(before)
    });
    local.settle();
    compiler_fence(Ordering::SeqCst);
    local.position.set(local.ring().position());
    before.map_err(|_| SetError::Busy)?
}

impl Local {
    /// Lets what is written in place go where the ring's open chunk is.
    fn settle(&self) {
        let ring: &Ring = self.ring();
        if ring.limit() > 0 {
            let position = ring.position();
            self.origin.set(ring.at(position).wrapping_sub(position as usize));
        }
    }
}

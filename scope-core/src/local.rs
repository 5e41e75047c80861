//! What each thread has: its ring, its call counter, and whether a probe is at work.

use crate::clock;
use crate::errno;
use crate::fast::Place;
use crate::filter;
use crate::ring::{NoRoom, Overflow, Ring};
use crate::session;
use crate::signal::{self, Wait};
use crate::site::Sites;
use std::cell::Cell;
use std::sync::atomic::{Ordering, compiler_fence};

#[cfg(unix)]
pub(crate) use owner::forked;
pub(crate) use owner::{current, set_buffer, watch};

/// Without a destructor, so that probes in other thread locals' destructors still reach it.
pub(crate) struct Local {
    /// Where the next record goes in the ring, which is its head: or else some thought is needed. Or [`BUSY`]: a probe puts that here before it
    /// looks at anything else, so that it sees whether a signal handler has written a record since this was read.
    pub(crate) position: Cell<u64>,
    /// The ring of this thread, which its `Owner` keeps; or `NONE`.
    ring: Cell<*const Ring>,
    /// Where the word at position 0 would lie if all lay like those of the chunk that is open.
    pub(crate) origin: Cell<*mut u64>,
    /// The number of the thread, 0 before its first ring.
    thread: Cell<u32>,
    /// How many calls this thread has begun.
    calls: Cell<u64>,
    /// The async call being polled.
    task: Cell<Polled>,
    /// Stretches of code that this thread is in, and in which it may hold a lock of the program.
    held: Cell<u32>,
}

/// An async call that is being polled, as its [`Task`](crate::task::Task) has it.
#[derive(Clone, Copy)]
pub(crate) struct Polled {
    /// 0 for none, or where it is not recorded.
    pub(crate) id: u64,
    /// When it began, and what it does.
    pub(crate) bits: u64,
}

impl Polled {
    const NONE: Self = Self { id: 0, bits: 0 };
}

/// A record is being written, or this thread never records: probes do nothing. It is no ring's head. As a negative number of 32 bits it is
/// part of an instruction.
pub(crate) const BUSY: u64 = u64::MAX << 31;

/// How often a probe lets others go first, where the chunk that it is to overwrite is just being read: longer than that takes, if whoever reads
/// it runs.
const BUSY_TURNS: u32 = 100;

/// The ring of a thread that has none.
static NONE: Ring = Ring::none();

thread_local! {
    static LOCAL: Local = const {
        Local {
            position: Cell::new(0),
            ring: Cell::new(&raw const NONE),
            origin: Cell::new(std::ptr::null_mut()),
            thread: Cell::new(0),
            calls: Cell::new(0),
            task: Cell::new(Polled::NONE),
            held: Cell::new(0),
        }
    };
}

/// This thread's state, which no other thread can be given.
#[inline(always)]
pub(crate) fn here() -> &'static Local {
    let local = LOCAL.with(std::ptr::from_ref);
    // SAFETY: without a destructor it lives as long as its thread does, and with it all that runs on the thread. Out of `LOCAL.with`, since
    // each of std's layers would hand a result on, and an unoptimised build copies it each time.
    unsafe { &*local }
}

/// The same for a closure.
#[inline(always)]
pub(crate) fn with<R>(see: impl FnOnce(&Local) -> R) -> R {
    see(here())
}

/// Keeps probes on this thread from recording while it lives: the recorder's own work, or a capture.
#[derive(Debug)]
pub struct Mute {
    before: u64,
    _here: std::marker::PhantomData<*const ()>,
}

/// Mutes this thread until the result is dropped.
pub fn mute() -> Mute {
    Mute { before: with(|local| local.position.replace(BUSY)), _here: std::marker::PhantomData }
}

/// Whether probes on this thread do nothing now: it is the recorder's own, or a value is being captured.
pub fn is_muted() -> bool {
    with(Local::is_busy)
}

impl Drop for Mute {
    fn drop(&mut self) {
        with(|local| local.position.set(self.before));
    }
}

impl Local {
    #[inline(always)]
    pub(crate) fn ring(&self) -> &Ring {
        // SAFETY: `NONE`, or inside the `SharedRing` or the `Buffer` that this thread's `Owner` holds until it has put another one here.
        unsafe { &*self.ring.get() }
    }

    #[inline(always)]
    pub(crate) fn is_busy(&self) -> bool {
        self.position.get() == BUSY
    }

    /// The number of a new call. Whoever takes one is busy: a signal handler that did so at the same time would get the same.
    #[inline]
    pub(crate) fn next_call(&self) -> u64 {
        debug_assert!(self.is_busy());
        let call = self.calls.get() + 1;
        self.calls.set(call);
        call
    }

    /// The number of a new call whose entry is not recorded. `None` where nothing is now; else the entry is lost, and has an exit to
    /// tell of.
    pub(crate) fn lost_call(&self) -> Option<u64> {
        if !self.is_live() {
            return None;
        }
        let position = self.position.replace(BUSY);
        let number = self.next_call();
        self.position.set(position);
        Some(number)
    }

    /// The id of the call of this thread with the number `call`: unique in the process.
    pub(crate) fn call_id(&self, call: u64) -> u64 {
        u64::from(self.thread.get()) << 40 | (call & ((1 << 40) - 1))
    }

    /// The async call being polled on this thread from now on. Gives back the one before.
    pub(crate) fn set_task(&self, task: Polled) -> Polled {
        self.task.replace(task)
    }

    /// Its id; 0 for none.
    pub(crate) fn task(&self) -> u64 {
        self.task.get().id
    }

    /// This thread enters code in which it may hold a lock.
    #[inline]
    pub(crate) fn hold(&self) {
        self.held.set(self.held.get().saturating_add(1));
    }

    /// It leaves it. Never below 0, should a future have moved to another thread meanwhile.
    #[inline]
    pub(crate) fn release(&self) {
        self.held.set(self.held.get().saturating_sub(1));
    }

    /// Whether this thread may hold a lock.
    pub(crate) fn may_hold(&self) -> bool {
        self.held.get() > 0
    }

    /// Whether a record would be written now, as far as that can be known without starting anything.
    #[inline]
    pub(crate) fn is_live(&self) -> bool {
        !self.is_busy() && !self.ring().is_stopped()
    }

    /// Out of line: what `begin` does, where it did not. `None`: the record is lost (and counted), or nothing is recorded now.
    #[cold]
    #[inline(never)]
    pub(crate) extern "C" fn make_room(&self, sites: &'static Sites, need: usize) -> Option<Place> {
        if self.is_busy() {
            return None;
        }
        self.position.set(BUSY);
        compiler_fence(Ordering::SeqCst);
        let _errno = errno::kept();
        let found = self.find_room(sites, need);
        // It may be another ring now, or another chunk.
        let ring = self.ring();
        if let Some(position) = found {
            let at = ring.at(position);
            self.origin.set(at.wrapping_sub(position as usize));
            return Some(Place { position, at, ring });
        }
        compiler_fence(Ordering::SeqCst);
        self.position.set(ring.position());
        None
    }

    fn find_room(&self, sites: &'static Sites, need: usize) -> Option<u64> {
        let mut wait = Wait::default();
        let mut turns = 0;
        loop {
            wait.look();
            if self.ring().is_stopped() {
                self.attach(sites)?;
            }
            let ring = self.ring();
            // The caller's need was reckoned from the ring before; none takes more than the new one has.
            let need = need.min(ring.largest());
            if let Some(position) = ring.room(need) {
                return Some(position);
            }
            match ring.open_chunk(need, clock::ticks(), self.calls.get()) {
                Ok(()) => {
                    if ring.overflow() != Overflow::DropOldest && ring.fill() > 128 {
                        signal::wake();
                    }
                    continue;
                }
                Err(NoRoom::Busy) if turns < BUSY_TURNS => {
                    turns += 1;
                    std::thread::yield_now();
                    continue;
                }
                Err(NoRoom::Full) if ring.overflow() == Overflow::Block && wait.nap() => continue,
                Err(_) => {}
            }
            if !ring.is_stopped() {
                ring.lose();
                signal::wake();
            }
            return None;
        }
    }

    /// Gets this thread a ring of the session that runs.
    fn attach(&self, sites: &'static Sites) -> Option<()> {
        let ran = session::is_running();
        let session = session::for_probe(sites)?;
        // Whoever begins a call has asked before, but for the filter that a new recorder brings. Others end one that has begun.
        if !ran && filter::refuses_first(sites) {
            return None;
        }
        match owner::attach(self, &session) {
            Ok(ring) => ring,
            Err(_) => {
                session.lose();
                None
            }
        }
    }
}

mod owner;

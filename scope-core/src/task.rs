//! Calls of async code: one logical call over many polls, on whatever threads.

use crate::call::{Leave, place_offset};
use crate::clock;
use crate::ingest::{self, write};
use crate::local::{self, Polled};
use crate::open::Open;
use crate::record::{Kind, TaskEnd};
use crate::site::Sites;
use crate::value::Shown;
use std::mem::ManuallyDrop;
use std::sync::atomic::{AtomicU64, Ordering};

/// One execution of async code, from its entry to its end, which is where it is dropped, or where the [`Traced`](crate::watch::Traced) that
/// has it saw the end. What an async function waits for is [`awaited`](crate::watch::awaited).
#[derive(Debug)]
#[must_use = "the end is recorded when this is dropped"]
pub struct Task {
    sites: &'static Sites,
    /// The call's id; 0 where it is not recorded.
    id: u64,
    /// When it began, in ticks, but for the lowest bits: they are a [`State`], and [`UNWINDING`]. Every future has one of these, so it
    /// is kept small. Whoever polls or drops the future has it for himself, yet others may hold references: so it is an atomic, always
    /// relaxed.
    bits: AtomicU64,
}

/// The thread was unwinding when the call began, or when what it waits for was dropped.
const UNWINDING: u64 = 4;
const STATE: u64 = 3;
const TICKS: u64 = !(UNWINDING | STATE);

/// What comes next for a [`Task`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
enum State {
    /// Its entry, at the first poll.
    New,
    /// Its end, or its suspension.
    Running,
    /// Its resumption.
    Suspended,
    /// Its end: its future is being dropped while it was suspended.
    Dropped,
}

fn unwinding() -> u64 {
    if std::thread::panicking() { UNWINDING } else { 0 }
}

/// Records that a call of async code begins, without arguments.
#[inline]
pub fn task_entry(sites: &'static Sites) -> Task {
    sites.__scope_task()
}

impl Task {
    pub(crate) fn begun(sites: &'static Sites, id: u64, began: u64) -> Self {
        Self { sites, id, bits: AtomicU64::new(began & TICKS | unwinding() | State::Running as u64) }
    }

    /// One that begins at its first poll.
    pub(crate) fn new(sites: &'static Sites) -> Self {
        Self { sites, id: 0, bits: AtomicU64::new(State::New as u64) }
    }

    fn call(&self) -> TaskCall {
        TaskCall { sites: self.sites, id: self.id }
    }

    fn bits(&self) -> u64 {
        self.bits.load(Ordering::Relaxed)
    }

    fn is(&self, state: State) -> bool {
        self.bits() & STATE == state as u64
    }

    fn set(&self, state: State) {
        self.bits.store(self.bits() & !STATE | state as u64, Ordering::Relaxed);
    }

    /// For the thread that polls it.
    pub(crate) fn polled(&self) -> Polled {
        Polled { id: self.id, bits: self.bits() }
    }

    /// One whose code begins the call itself, by [`Self::hand_over`], in its first poll.
    pub(crate) fn to_begin(sites: &'static Sites) -> Self {
        Self { sites, id: 0, bits: AtomicU64::new(State::Running as u64) }
    }

    /// The call is the one being polled on this thread from now on: what polls it takes over.
    pub(crate) fn hand_over(self) {
        let task = ManuallyDrop::new(self);
        local::with(|local| local.set_task(task.polled()));
    }

    /// A poll ends in which the code may have begun the call.
    pub(crate) fn take_over(&mut self, Polled { id, bits }: Polled) {
        if self.id == 0 {
            (self.id, self.bits) = (id, AtomicU64::new(bits));
        }
    }

    /// The first poll begins, or a further one.
    pub(crate) fn poll(&mut self) {
        if self.is(State::New) {
            *self = task_entry(self.sites);
        } else {
            self.resume();
        }
    }

    /// A further poll begins, if one ended before.
    pub(crate) fn resume(&self) {
        if self.is(State::Suspended) {
            self.set(State::Running);
            self.record(Kind::Resume);
        }
    }

    /// A poll ends without a result.
    pub(crate) fn suspend(&self) {
        self.set(State::Suspended);
        self.record(Kind::Suspend);
    }

    /// What the call waits for is being dropped: maybe because something else panics.
    pub(crate) fn drop_future(&self) {
        if self.is(State::Suspended) {
            self.set(State::Dropped);
            self.bits.fetch_or(unwinding(), Ordering::Relaxed);
            self.record(Kind::Resume);
        }
    }

    fn record(&self, kind: Kind) {
        record(self.sites, self.id, kind);
    }

    /// 0 where the call is not recorded.
    pub(crate) fn id(&self) -> u64 {
        self.id
    }

    pub(crate) fn end(&mut self, how: TaskEnd) {
        if self.id != 0 {
            let words = || [0, clock::ticks(), self.id, self.bits() & TICKS, how as u64];
            write(self.sites, (Kind::TaskExit, 0, self.id), words);
            self.id = 0;
        }
    }
}

fn record(sites: &'static Sites, id: u64, kind: Kind) {
    if id != 0 {
        write(sites, (kind, 0, id), || [0, clock::ticks(), id]);
    }
}

/// Records that a call is being dropped which was suspended. `id`: 0 for none.
pub(crate) fn resumed(sites: &'static Sites, id: u64) {
    record(sites, id, Kind::Resume);
}

impl Drop for Task {
    fn drop(&mut self) {
        self.end(if self.is(State::Suspended) {
            // That of an `AsyncBlock`.
            TaskEnd::Cancelled
        } else if std::thread::panicking() && self.bits() & UNWINDING == 0 {
            TaskEnd::Panicked
        } else if self.is(State::Dropped) {
            TaskEnd::Cancelled
        } else {
            TaskEnd::Completed
        });
    }
}

impl Leave for Task {
    fn give_shown(&self, place: usize, value: &dyn Shown) {
        self.call().give_shown(place, value);
    }

    fn leave(&self, place: usize, value: &dyn Shown) {
        self.call().leave(place, value);
    }
}

/// The handle by which the body of an async call reports what it gives back.
#[derive(Clone, Copy, Debug)]
pub struct TaskCall {
    sites: &'static Sites,
    id: u64,
}

impl TaskCall {
    /// The call that is being polled on this thread: for its body, which must keep none of it over an `await`.
    pub fn current(sites: &'static Sites) -> Self {
        Self { sites, id: local::with(|local| local.task()) }
    }

    fn show(&self, kind: Kind, place: usize, value: &dyn Shown) {
        if self.id != 0
            && let Some(mut open) = Open::begin(self.sites, Some(place), 1, 1)
        {
            open.show(value);
            ingest::publish(open, self.sites, (kind, place_offset(place), self.id), [self.id]);
        }
    }
}

impl Leave for TaskCall {
    fn give_shown(&self, place: usize, value: &dyn Shown) {
        self.show(Kind::TaskReturn, place, value);
    }

    fn leave(&self, place: usize, value: &dyn Shown) {
        self.show(Kind::TaskEarly, place, value);
    }
}

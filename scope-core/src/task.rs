//! Calls of async code: one logical call over many polls, on whatever threads.

use crate::call::{Entry, Leave, complete, id_of, place_id, write};
use crate::capture::{Pick, Residual, Strategy};
use crate::clock;
use crate::local;
use crate::open::Open;
use crate::record::{Kind, TaskEnd};
use crate::site::Sites;
use std::future::Future;
use std::mem::ManuallyDrop;
use std::pin::Pin;
use std::task::{Context, Poll};

/// One execution of async code, from its entry to its end: hand it to [`Traced`]. One that is dropped before ends there.
#[derive(Debug)]
#[must_use = "a task does nothing before it is handed to `Traced`"]
pub struct Task {
    sites: &'static Sites,
    /// The call's id; 0 where it is not recorded.
    id: u64,
    began: u64,
    state: State,
    /// The thread was unwinding when the call began.
    unwinding: bool,
}

/// What comes next for a [`Task`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Its entry, at the first poll.
    New,
    /// Its end, or its suspension.
    Running,
    /// Its resumption.
    Suspended,
}

impl Entry {
    /// Records the entry of an async call.
    pub fn enter_task(self) -> Task {
        let (sites, began, open) = self.parts();
        local::with(|local| {
            let Some(open) = open else {
                let id = local.lost_call().map_or(0, |number| local.call_id(number));
                return Task::begun(sites, id, began);
            };
            let number = local.next_call();
            let id = local.call_id(number);
            if let Some(site) = id_of(sites) {
                open.publish(Kind::TaskEntry, site.0, number, &[began, id]);
            }
            Task::begun(sites, id, began)
        })
    }
}

/// Records that a call of async code begins, without arguments.
pub fn task_entry(sites: &'static Sites) -> Task {
    let began = clock::ticks();
    local::with(|local| {
        if local.is_busy() {
            return Task::begun(sites, 0, began);
        }
        local.begin();
        let number = local.next_call();
        // The id is asked for after the record's room was found: the thread may get its number only then.
        let live = complete(local, sites, Kind::TaskEntry, 0, number, || [began, local.call_id(number)]);
        Task::begun(sites, if live { local.call_id(number) } else { 0 }, began)
    })
}

impl Task {
    fn begun(sites: &'static Sites, id: u64, began: u64) -> Self {
        Self { sites, id, began, state: State::Running, unwinding: std::thread::panicking() }
    }

    /// Records the value that the call is about to give back. `place`: its index in the places of the function.
    #[inline]
    pub fn ret<T: ?Sized, S: Strategy<T>>(&self, place: usize, value: &T, strategy: S) {
        self.call().ret(place, value, strategy);
    }

    fn call(&self) -> TaskCall {
        TaskCall { sites: self.sites, id: self.id }
    }

    fn suspend(&mut self) {
        self.state = State::Suspended;
        if self.id != 0 {
            self.record(Kind::Suspend);
        }
    }

    /// A poll begins.
    fn resume(&mut self) {
        match std::mem::replace(&mut self.state, State::Running) {
            State::New => *self = task_entry(self.sites),
            State::Suspended if self.id != 0 => self.record(Kind::Resume),
            State::Suspended | State::Running => {}
        }
    }

    fn record(&self, kind: Kind) {
        local::with(|local| write(local, self.sites, kind, 0, self.id, || [clock::ticks(), self.id]));
    }

    fn end(&mut self, how: TaskEnd) {
        if self.id != 0 {
            let words = || [clock::ticks(), self.id, self.began, how as u64];
            local::with(|local| write(local, self.sites, Kind::TaskExit, 0, self.id, words));
            self.id = 0;
        }
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        let unwinds = std::thread::panicking() && !self.unwinding;
        self.end(if unwinds { TaskEnd::Panicked } else { TaskEnd::Completed });
    }
}

impl Leave for Task {
    fn leave<T: ?Sized, S: Residual<T>>(&self, place: usize, value: &T) {
        self.call().leave::<T, S>(place, value);
    }
}

/// The future of an async call: records its suspensions, its resumptions and its end.
#[derive(Debug)]
#[must_use = "futures do nothing unless polled"]
pub struct Traced<F> {
    task: Task,
    future: ManuallyDrop<F>,
}

impl<F: Future> Traced<F> {
    /// `future` is the body of the call `task`, and polled at once.
    #[inline]
    pub fn new(task: Task, future: F) -> Self {
        Self { task, future: ManuallyDrop::new(future) }
    }

    /// `future` is the body of the call `task`, which waits for its first poll.
    pub fn handed(mut task: Task, future: F) -> Self {
        task.suspend();
        Self::new(task, future)
    }

    /// `future` is a call of its own, without arguments, which begins at its first poll.
    #[inline]
    pub fn lazy(sites: &'static Sites, future: F) -> Self {
        Self::new(Task { sites, id: 0, began: 0, state: State::New, unwinding: false }, future)
    }
}

/// One poll: while it lives, its call is the one being polled on this thread.
struct Polled<'a> {
    task: &'a mut Task,
    outer: u64,
    /// The thread was unwinding before: not because of this poll.
    unwinding: bool,
}

impl<'a> Polled<'a> {
    fn begin(task: &'a mut Task) -> Self {
        let outer = local::with(|local| local.set_task(task.id));
        Self { task, outer, unwinding: std::thread::panicking() }
    }
}

impl Drop for Polled<'_> {
    fn drop(&mut self) {
        local::with(|local| local.set_task(self.outer));
        if std::thread::panicking() && !self.unwinding {
            self.task.end(TaskEnd::Panicked);
        }
    }
}

impl<F: Future> Future for Traced<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: `future` is not moved out of `this`, and `drop` drops it in its place; the other fields are not pinned.
        let this = unsafe { self.get_unchecked_mut() };
        // SAFETY: a field of a pinned value that is treated as pinned everywhere.
        let future = unsafe { Pin::new_unchecked(&mut *this.future) };
        this.task.resume();
        let polled = Polled::begin(&mut this.task);
        let result = future.poll(context);
        drop(polled);
        match result {
            Poll::Ready(_) => this.task.end(TaskEnd::Completed),
            Poll::Pending => this.task.suspend(),
        }
        result
    }
}

impl<F> Drop for Traced<F> {
    fn drop(&mut self) {
        if self.task.state == State::Suspended {
            self.task.resume();
        }
        {
            let _polled = Polled::begin(&mut self.task);
            // SAFETY: dropped here only, once, in the place where it was pinned.
            unsafe { ManuallyDrop::drop(&mut self.future) };
        }
        self.task.end(TaskEnd::Cancelled);
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

    /// Records the value that the call is about to give back. `place`: its index in the places of the function.
    #[inline]
    pub fn ret<T: ?Sized, S: Strategy<T>>(&self, place: usize, value: &T, _strategy: S) {
        self.give::<T, S>(place, value);
    }

    fn give<T: ?Sized, S: Strategy<T>>(&self, place: usize, value: &T) {
        if self.id != 0
            && let Some(mut open) = Open::begin(self.sites, 1, 1)
        {
            open.value::<T, S>(value);
            self.publish(open, Kind::TaskReturn, place);
        }
    }

    /// Records the value that a `?` leaves with, if it leaves. `place`: its index in the places of the function.
    #[inline]
    pub fn early<T: ?Sized, S: Residual<T>>(&self, place: usize, value: &T, _strategy: S) {
        self.leave::<T, S>(place, value);
    }

    fn publish(&self, open: Open, kind: Kind, place: usize) {
        if let Some(first) = id_of(self.sites) {
            open.publish(kind, place_id(first, place), self.id, &[self.id]);
        }
    }
}

impl Leave for TaskCall {
    fn leave<T: ?Sized, S: Residual<T>>(&self, place: usize, value: &T) {
        if self.id != 0
            && S::leaves(value)
            && let Some(mut open) = Open::begin(self.sites, 1, 1)
            && let Some(writer) = open.writer()
        {
            S::write(value, writer);
            self.publish(open, Kind::TaskEarly, place);
        }
    }
}

impl<T, S> Pick<T, S> {
    /// Records the value that an async call is about to give back, in the way that is yet to be chosen.
    #[inline]
    pub fn given(&self, call: &TaskCall, place: usize, value: &T)
    where
        S: Strategy<T>,
    {
        call.give::<T, S>(place, value);
    }

    /// The same for a value on its way: what is expected of the result is expected of the value.
    #[inline]
    pub fn passed(value: T, call: &TaskCall, place: usize, _pick: &Self) -> T
    where
        S: Strategy<T>,
    {
        call.give::<T, S>(place, &value);
        value
    }
}

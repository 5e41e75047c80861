//! Calls of async functions: one logical call over many polls, on whatever threads.

use crate::call::{Entry, Leave, complete, id_of, place_id, write};
use crate::capture::{Residual, Strategy};
use crate::clock;
use crate::local;
use crate::open::Open;
use crate::record::{Kind, TaskEnd};
use crate::site::Sites;
use std::future::Future;
use std::mem::ManuallyDrop;
use std::pin::Pin;
use std::task::{Context, Poll};

/// One execution of an async function, from its first poll to its end.
#[derive(Debug)]
#[must_use = "a task does nothing before it is handed to `Traced`"]
pub struct Task {
    sites: &'static Sites,
    /// The call's id; 0 where it is not recorded.
    id: u64,
    began: u64,
}

impl Entry {
    /// Records the entry of an async call.
    pub fn enter_task(self) -> Task {
        let (sites, began, open) = self.parts();
        local::with(|local| {
            let Some(open) = open else {
                let id = local.lost_call().map_or(0, |number| local.call_id(number));
                return Task { sites, id, began };
            };
            let number = local.next_call();
            let id = local.call_id(number);
            if let Some(site) = id_of(sites) {
                open.publish(Kind::TaskEntry, site.0, number, &[began, id]);
            }
            Task { sites, id, began }
        })
    }
}

/// Records that a call of an async function begins, without arguments.
pub fn task_entry(sites: &'static Sites) -> Task {
    let began = clock::ticks();
    local::with(|local| {
        if local.is_busy() {
            return Task { sites, id: 0, began };
        }
        local.begin();
        let number = local.next_call();
        // The id is asked for after the record's room was found: the thread may get its number only then.
        let live = complete(local, sites, Kind::TaskEntry, 0, number, || [began, local.call_id(number)]);
        Task { sites, id: if live { local.call_id(number) } else { 0 }, began }
    })
}

impl Task {
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

/// The future of an async call: records its suspensions, its resumptions and its end.
#[derive(Debug)]
#[must_use = "futures do nothing unless polled"]
pub struct Traced<F> {
    task: Task,
    suspended: bool,
    future: ManuallyDrop<F>,
}

impl<F: Future> Traced<F> {
    /// `future` is the body of the call `task`.
    #[inline]
    pub fn new(task: Task, future: F) -> Self {
        Self { task, suspended: false, future: ManuallyDrop::new(future) }
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
        if this.suspended {
            this.suspended = false;
            this.task.record(Kind::Resume);
        }
        let polled = Polled::begin(&mut this.task);
        let result = future.poll(context);
        drop(polled);
        if this.task.id != 0 {
            match result {
                Poll::Ready(_) => this.task.end(TaskEnd::Completed),
                Poll::Pending => {
                    this.suspended = true;
                    this.task.record(Kind::Suspend);
                }
            }
        }
        result
    }
}

impl<F> Drop for Traced<F> {
    fn drop(&mut self) {
        let live = self.task.id != 0;
        if live && self.suspended {
            self.task.record(Kind::Resume);
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
    /// The call that is being polled on this thread: for the first statement of its body.
    pub fn current(sites: &'static Sites) -> Self {
        Self { sites, id: local::with(|local| local.task()) }
    }

    /// Records the value that the call is about to give back. `place`: its index in the places of the function.
    #[inline]
    pub fn ret<T: ?Sized, S: Strategy<T>>(&self, place: usize, value: &T, _strategy: S) {
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
        {
            S::write(value, open.writer());
            self.publish(open, Kind::TaskEarly, place);
        }
    }
}

//! Futures that are watched while they are polled: from outside, or from inside, at each `.await`.

use crate::local;
use crate::record::TaskEnd;
use crate::site::Sites;
use crate::task::Task;
use std::future::{Future, IntoFuture};
use std::mem::ManuallyDrop;
use std::pin::Pin;
use std::task::{Context, Poll};

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
    pub fn handed(task: Task, future: F) -> Self {
        task.suspend();
        Self::new(task, future)
    }

    /// `future` is a call of its own, without arguments, which begins at its first poll.
    #[inline]
    pub fn lazy(sites: &'static Sites, future: F) -> Self {
        Self::new(Task::new(sites), future)
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
        let outer = local::with(|local| local.set_task(task.id()));
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
        this.task.poll();
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
        self.task.drop_future();
        {
            let _polled = Polled::begin(&mut self.task);
            // SAFETY: dropped here only, once, in the place where it was pinned.
            unsafe { ManuallyDrop::drop(&mut self.future) };
        }
        self.task.end(TaskEnd::Cancelled);
    }
}

/// What the call `task` waits for: `awaited(&task, e).await` is `e.await`, and records the call's suspensions and resumptions.
#[inline]
pub fn awaited<F>(task: &Task, future: F) -> Awaiting<'_, F> {
    Awaiting { task, future }
}

/// See [`awaited`]. What is not a future is found out where it is awaited, as always.
#[derive(Debug)]
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Awaiting<'t, F> {
    task: &'t Task,
    future: F,
}

impl<'t, F: IntoFuture> IntoFuture for Awaiting<'t, F> {
    type Output = F::Output;
    type IntoFuture = Awaited<'t, F::IntoFuture>;

    #[track_caller]
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        Awaited { watched: Watched(self.task), future: self.future.into_future() }
    }
}

/// The future of an `.await` that is watched: see [`awaited`].
#[derive(Debug)]
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Awaited<'t, F> {
    // Dropped before the future, whose destructors belong to the call.
    watched: Watched<'t>,
    future: F,
}

#[derive(Debug)]
struct Watched<'t>(&'t Task);

impl Drop for Watched<'_> {
    #[inline]
    fn drop(&mut self) {
        self.0.drop_future();
    }
}

impl<F: Future> Future for Awaited<'_, F> {
    type Output = F::Output;

    #[track_caller]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let task = self.watched.0;
        // SAFETY: `future` is pinned when this is: nothing moves out of it, and `Awaited` has no `Drop` and no `Unpin` of its own.
        let future = unsafe { self.map_unchecked_mut(|this| &mut this.future) };
        task.resume();
        let result = future.poll(context);
        if result.is_pending() {
            task.suspend();
        }
        result
    }
}

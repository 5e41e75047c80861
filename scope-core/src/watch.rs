//! Futures that are watched while they are polled: from outside, or from inside, at each `.await`.

use crate::local::{self, Polled};
use crate::record::TaskEnd;
use crate::site::Sites;
use crate::snapshot::Slow;
use crate::task::{Task, resumed};
use std::future::Future;
use std::panic::UnwindSafe;
use std::pin::Pin;
use std::task::{Context, Poll};

/// The future of an async call: records its suspensions, its resumptions and its end.
#[derive(Debug)]
#[must_use = "futures do nothing unless polled"]
pub struct Traced<F> {
    // Dropped before the task: its destructors belong to the call.
    future: F,
    task: Task,
}

impl<F: Future> Traced<F> {
    /// `future` is a call of its own, which it begins itself at its first poll, by [`begun`]: it has the arguments.
    #[inline]
    pub fn beginning(sites: &'static Sites, future: F) -> Self {
        Self { future, task: Task::to_begin(sites) }
    }

    /// The same, for one whose value is known to be a `T`: where a lifetime in it is not what it should be, rustc says so in the future's own code.
    #[inline]
    pub fn giving<T>(sites: &'static Sites, future: F) -> Self
    where
        F: Future<Output = T>,
    {
        Self::beginning(sites, future)
    }

    /// The same, for a future that waits for this one and has the arguments already: it does not grow by what this one has.
    #[inline]
    pub fn boxed(sites: &'static Sites, future: F) -> Pin<Box<Self>> {
        Box::pin(Self::beginning(sites, future))
    }
}

/// What async blocks become. What has no name is told as a block is, where it is not used.
#[doc(hidden)]
impl Sites {
    /// `future` is the rest of the call `task`, which waits for its first poll.
    #[inline]
    pub fn __scope_handed_block<F: Future>(&self, task: Task, future: F) -> impl Future<Output = F::Output> {
        task.suspend();
        Traced { future, task }
    }

    /// `future` is a call of its own, without arguments, which begins at its first poll.
    #[inline]
    pub fn __scope_block<F: Future>(&'static self, future: F) -> AsyncBlock<F> {
        AsyncBlock { before: Resumes { sites: self, id: 0 }, future, task: Task::new(self) }
    }

    /// The same for one that nobody uses.
    #[inline]
    pub fn __scope_unused_block<F: Future>(&'static self, future: F) -> impl Future<Output = F::Output> {
        Traced { future, task: Task::new(self) }
    }
}

/// The call of the future being polled, see [`Traced::beginning`], has begun.
pub fn begun(task: Task) {
    task.hand_over();
}

/// One poll: while it lives, its call is the one being polled on this thread.
struct OnePoll<'a> {
    task: &'a mut Task,
    outer: Polled,
    /// The thread was unwinding before: not because of this poll.
    unwinding: bool,
}

impl<'a> OnePoll<'a> {
    fn begin(task: &'a mut Task) -> Self {
        let outer = local::with(|local| local.set_task(task.polled()));
        Self { task, outer, unwinding: std::thread::panicking() }
    }
}

impl Drop for OnePoll<'_> {
    fn drop(&mut self) {
        let polled = local::with(|local| local.set_task(self.outer));
        self.task.take_over(polled);
        if std::thread::panicking() && !self.unwinding {
            self.task.end(TaskEnd::Panicked);
        }
    }
}

impl<F: Future> Future for Traced<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: `future` is not moved out of `this`, and dropped in its place; `task` is not pinned.
        let this = unsafe { self.get_unchecked_mut() };
        // SAFETY: a field of a pinned value that is treated as pinned everywhere.
        let future = unsafe { Pin::new_unchecked(&mut this.future) };
        poll_once(future, &mut this.task, context)
    }
}

/// A poll of the future of the call `task`.
fn poll_once<F: Future>(future: Pin<&mut F>, task: &mut Task, context: &mut Context<'_>) -> Poll<F::Output> {
    task.poll();
    let poll = OnePoll::begin(task);
    let result = future.poll(context);
    drop(poll);
    match result {
        Poll::Ready(_) => task.end(TaskEnd::Completed),
        Poll::Pending => task.suspend(),
    }
    result
}

impl<F> Drop for Traced<F> {
    fn drop(&mut self) {
        self.task.drop_future();
    }
}

/// The future of an async block: like [`Traced`], but without a destructor of its own, since rustc asks of what `future` borrows to outlive that. A block
/// has none, either, whose own variables have none.
#[derive(Debug)]
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct AsyncBlock<F> {
    // In the order in which they are dropped.
    before: Resumes,
    future: F,
    task: Task,
}

impl<F: Future> Future for AsyncBlock<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: `future` is not moved out of `this`, and dropped in its place; the rest is not pinned.
        let this = unsafe { self.get_unchecked_mut() };
        this.before.id = 0;
        // SAFETY: a field of a pinned value that is treated as pinned everywhere.
        let result = poll_once(unsafe { Pin::new_unchecked(&mut this.future) }, &mut this.task, context);
        if result.is_pending() {
            this.before.id = this.task.id();
        }
        result
    }
}

/// Records that a call resumes which was suspended, when it is dropped: what is dropped next belongs to it.
#[derive(Debug)]
struct Resumes {
    sites: &'static Sites,
    /// The call's; 0 where it is not suspended.
    id: u64,
}

impl Drop for Resumes {
    fn drop(&mut self) {
        resumed(self.sites, self.id);
    }
}

/// The future of an async call that may be too slow: asks for a snapshot at its end, behind all that is recorded of it.
#[derive(Debug)]
#[must_use = "futures do nothing unless polled"]
pub struct Timed<F> {
    // Dropped first: what is recorded of its end belongs into the snapshot.
    future: F,
    /// `None` behind the end.
    slow: Option<Slow>,
}

impl<F: Future> Timed<F> {
    /// `future` is a call of the function `sites`, whose time begins with its first poll.
    #[inline]
    pub fn new(sites: &'static Sites, future: F) -> Self {
        Self { future, slow: Some(Slow::later(sites)) }
    }
}

impl<F: Future> Future for Timed<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: `future` is not moved out of `this`, and dropped in its place; `slow` is not pinned.
        let this = unsafe { self.get_unchecked_mut() };
        this.slow.iter_mut().for_each(Slow::begin);
        // SAFETY: a field of a pinned value that is treated as pinned everywhere.
        let result = unsafe { Pin::new_unchecked(&mut this.future) }.poll(context);
        if result.is_ready() {
            this.slow = None;
        }
        result
    }
}

/// The future that an `.await` makes of a value. It has a name of its own, so that rustc looks for it where this function is named, and not where it is called.
#[inline]
#[track_caller]
pub fn future_of<T: IntoFuture<IntoFuture = F>, F>(value: T) -> F {
    value.into_future()
}

/// What the call `task` waits for, or all that it does: it has `future`'s value, and records the call's suspensions and resumptions.
#[inline]
pub fn awaited<'t, F>(task: &'t Task, future: Pin<&'t mut F>) -> Awaited<'t, F> {
    Awaited { task, future }
}

/// The future of an `.await` that is watched: see [`awaited`].
#[derive(Debug)]
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Awaited<'t, F> {
    task: &'t Task,
    future: Pin<&'t mut F>,
}

// A reference is not, yet this one stands for what it leads to: whoever has the one has the other.
impl<F: UnwindSafe> UnwindSafe for Awaited<'_, F> {}

impl<F: Future> Future for Awaited<'_, F> {
    type Output = F::Output;

    #[track_caller]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        self.task.resume();
        let result = self.future.as_mut().poll(context);
        if result.is_pending() {
            self.task.suspend();
        }
        result
    }
}

/// Dropped before the future, whose destructors belong to the call.
impl<F> Drop for Awaited<'_, F> {
    #[inline]
    fn drop(&mut self) {
        self.task.drop_future();
    }
}

//! Threads that work on several streams side by side.

use crate::stream::Stream;
use once_cell::unsync::OnceCell;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// See the module's text.
pub(super) struct Workers {
    threads: usize,
    /// Made when a second ring appears: most programs never need it. `None`: the system gives no further threads.
    pool: OnceCell<Option<ThreadPool>>,
}

impl Workers {
    pub fn new(threads: usize) -> Self {
        Self { threads, pool: OnceCell::new() }
    }

    /// Does `work` with each of `streams`.
    pub fn each(&self, streams: &mut [Stream], work: impl Fn(&mut Stream) + Sync) {
        let pool = if streams.len() > 1 && self.threads > 1 { self.pool() } else { None };
        match pool {
            // Not a parallel iterator: those cost each user's build a second.
            Some(pool) => pool.scope(|scope| {
                let work = &work;
                streams.iter_mut().for_each(|stream| scope.spawn(move |_| work(stream)));
            }),
            None => streams.iter_mut().for_each(work),
        }
    }

    /// A pool of our own, never the program's, whose threads carry no probes.
    fn pool(&self) -> Option<&ThreadPool> {
        let pool = self.pool.get_or_init(|| {
            ThreadPoolBuilder::new()
                .num_threads(self.threads)
                .thread_name(|index| format!("scope-drain-{index}"))
                .start_handler(|_| std::mem::forget(scope_core::mute()))
                .build()
                .ok()
        });
        pool.as_ref()
    }
}

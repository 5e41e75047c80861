//! The thread that reads the coarse clock, while some function is dated by it.

use scope_core::clock::coarse;
use scope_core::hooks;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

/// Such a thread; it ends with this.
#[derive(Debug)]
pub(crate) struct Ticker {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Ticker {
    /// `None` where the system gives no further thread: then each look at the clock is exact.
    pub(crate) fn start() -> Option<Self> {
        let stop = Arc::new(AtomicBool::new(false));
        let theirs = Arc::clone(&stop);
        let thread = std::thread::Builder::new().name("scope-clock".to_owned());
        let thread = hooks::without_signals(|| {
            thread.spawn(move || {
                std::mem::forget(scope_core::mute());
                coarse::run(&theirs);
            })
        });
        Some(Self { stop, thread: Some(thread.ok()?) })
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // It does not panic, and if: it has ended.
            _ = thread.join();
        }
    }
}

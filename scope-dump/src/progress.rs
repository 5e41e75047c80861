//! How far long work has come: a line on standard error, where that is a terminal and the work takes a while.
//!
//! A thread draws it, so that it moves also while a log is opened. It is gone before anything else is on the terminal.

use std::fmt::Write as _;
use std::io::Write;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Work that is done sooner has no line.
const PATIENCE: Duration = Duration::from_secs(1);
/// The time between two looks.
const PERIOD: Duration = Duration::from_millis(100);
/// How many characters the bar has.
const BAR: u64 = 24;

/// How far work has come. Counting costs an addition; without a terminal nothing else happens.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    shared: Arc<Shared>,
    drawer: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    done: AtomicU64,
    /// 0: not known.
    total: AtomicU64,
    quiet: AtomicBool,
    line: Mutex<Line>,
    end: Condvar,
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared").field("done", &self.done).field("total", &self.total).finish_non_exhaustive()
    }
}

/// The line on the terminal.
#[derive(Default)]
struct Line {
    /// `None`: there is none any more.
    to: Option<Box<dyn Write + Send>>,
    columns: usize,
    is_drawn: bool,
}

impl Progress {
    /// Draws on `to`, a terminal that is so wide.
    pub fn on(to: Box<dyn Write + Send>, columns: usize) -> Self {
        let line = Mutex::new(Line { to: Some(to), columns, is_drawn: false });
        let shared = Arc::new(Shared { line, ..Shared::default() });
        let theirs = Arc::clone(&shared);
        let begin = Instant::now();
        // Without a thread there is no line.
        let drawer = thread::Builder::new().name("progress".into()).spawn(move || theirs.watch(begin)).ok();
        Self { shared, drawer }
    }

    /// There are so many more events; 0: not known.
    pub fn expect(&self, events: u64) {
        self.shared.total.fetch_add(events, Ordering::Relaxed);
    }

    /// So many more events are done.
    pub fn step(&self, events: u64) {
        self.shared.done.fetch_add(events, Ordering::Relaxed);
    }

    /// Something that tells the same as `step`.
    pub fn stepper(&self) -> impl Fn(u64) + Send + Sync + 'static {
        let shared = Arc::clone(&self.shared);
        move |events| _ = shared.done.fetch_add(events, Ordering::Relaxed)
    }

    /// Erases the line, for good: something else is to be on the terminal.
    pub fn silence(&self) {
        if !self.shared.quiet.swap(true, Ordering::Relaxed) {
            self.shared.line().end();
            self.shared.end.notify_all();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.silence();
        if let Some(drawer) = self.drawer.take() {
            // It has nothing to tell that anybody could be told.
            _ = drawer.join();
        }
    }
}

impl Shared {
    fn line(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Draws until there is no line any more.
    fn watch(&self, begin: Instant) {
        let mut line = self.line();
        let mut wait = PATIENCE;
        while line.to.is_some() {
            let (next, waited) = self.end.wait_timeout(line, wait).unwrap_or_else(PoisonError::into_inner);
            line = next;
            if waited.timed_out() {
                wait = PERIOD;
                line.draw(&text(
                    self.done.load(Ordering::Relaxed),
                    self.total.load(Ordering::Relaxed),
                    begin.elapsed(),
                ));
            }
        }
    }
}

impl Line {
    fn draw(&mut self, text: &str) {
        if let Some(to) = &mut self.to {
            self.is_drawn = true;
            // What goes on in the next line could not be erased.
            let text: String = text.chars().take(self.columns.saturating_sub(1)).collect();
            // A terminal that is gone shows nothing.
            _ = write!(to, "\r\x1b[K{text}").and_then(|()| to.flush());
        }
    }

    fn end(&mut self) {
        if let (Some(mut to), true) = (self.to.take(), self.is_drawn) {
            _ = write!(to, "\r\x1b[K").and_then(|()| to.flush());
        }
    }
}

/// `[######                  ]  25 %, 1250000 events, 3 s to go`
fn text(done: u64, total: u64, elapsed: Duration) -> String {
    let mut text = String::new();
    if done == 0 {
        _ = write!(text, "opening the log, {} s", elapsed.as_secs());
        return text;
    }
    // What is read twice is more than there is.
    if total >= done {
        let filled = usize::try_from(u128::from(BAR) * u128::from(done) / u128::from(total)).unwrap_or_default();
        let percent = u128::from(done) * 100 / u128::from(total);
        _ = write!(text, "[{:<width$}] {percent:>3} %, ", "#".repeat(filled), width = BAR as usize);
    }
    _ = write!(text, "{done} events, ");
    if total >= done {
        let left = elapsed.as_secs_f64() * (total - done) as f64 / done as f64;
        _ = write!(text, "{} s to go", left.ceil());
    } else {
        _ = write!(text, "{} s", elapsed.as_secs());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keeps what is written where a test can see it.
    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().expect("sound").write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    impl Kept {
        fn text(&self) -> String {
            String::from_utf8(self.0.lock().expect("sound").clone()).expect("text")
        }
    }

    #[test]
    fn the_line_tells_how_far_it_is() {
        let second = Duration::from_secs(1);
        assert_eq!(text(0, 0, second), "opening the log, 1 s");
        assert_eq!(text(250, 1000, second), "[######                  ]  25 %, 250 events, 3 s to go");
        assert_eq!(text(1000, 1000, second), "[########################] 100 %, 1000 events, 0 s to go");
        assert_eq!(text(7, 0, second), "7 events, 1 s");
        assert_eq!(text(u64::MAX, u64::MAX, second).chars().filter(|c| *c == '#').count(), BAR as usize);
    }

    #[test]
    fn what_was_drawn_is_erased_once_and_nothing_follows() {
        let kept = Kept::default();
        let mut line = Line { to: Some(Box::new(kept.clone())), columns: 5, is_drawn: false };
        line.draw("half of it");
        line.end();
        line.draw("more");
        line.end();
        assert_eq!(kept.text(), "\r\x1b[Khalf\r\x1b[K");
    }

    #[test]
    fn short_work_has_no_line() {
        let kept = Kept::default();
        let progress = Progress::on(Box::new(kept.clone()), 80);
        progress.expect(10);
        progress.step(10);
        drop(progress);
        assert_eq!(kept.text(), "");
    }
}

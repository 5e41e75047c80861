//! What a program says to the recorder's thread, and what that answers.

use super::{FinishError, SnapshotError};
use crate::pipeline::Figures;
use scope_core::signal;
use std::path::PathBuf;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Between the handle and the thread. std's lock and bell: they work at the program's end too, after thread locals are gone.
#[derive(Debug)]
pub(crate) struct Control {
    state: Mutex<State>,
    changed: Condvar,
    figures: Mutex<Figures>,
    pid: u32,
}

#[derive(Debug, Default)]
struct State {
    flushes_wanted: u64,
    flushes_done: u64,
    finish: bool,
    ended: bool,
    /// What went wrong with writing, and how many events were dropped since.
    failure: Option<(String, u64)>,
    /// The number of the last snapshot that was asked for.
    snapshots: u64,
    asked: Vec<Asked>,
    /// The numbers of those that somebody waits for, and the answers to some of them.
    waiting: Vec<u64>,
    answers: Vec<(u64, Answer)>,
}

/// Somebody waits for a snapshot.
#[derive(Debug)]
pub(crate) struct Asked {
    number: u64,
    /// Why.
    pub reason: String,
    /// By a panic, of which there may be many; else by the program.
    pub automatic: bool,
}

/// The file; `None`: there are enough. Or what went wrong.
pub(crate) type Answer = Result<Option<PathBuf>, String>;

/// What the program wants of the thread.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    /// The number of the last flush that was asked for.
    pub flush: u64,
    /// The log is to be completed.
    pub finish: bool,
}

impl Control {
    pub(crate) fn new() -> Self {
        Self {
            state: Mutex::default(),
            changed: Condvar::new(),
            figures: Mutex::new(Figures::new()),
            pid: std::process::id(),
        }
    }

    /// Whether the thread is in this process: not so in a child that `fork` made.
    pub(crate) fn is_here(&self) -> bool {
        self.pid == std::process::id()
    }

    /// What the thread last told of itself.
    pub(crate) fn figures(&self) -> std::sync::MutexGuard<'_, Figures> {
        self.figures.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    // --- the program's side --------------------------------------------------------------------

    pub(crate) fn flush(&self, patience: Duration) -> Result<(), FinishError> {
        // Before the lock, which may have been held when this process was forked.
        if !self.is_here() {
            return Ok(());
        }
        let mut state = self.state();
        state.flushes_wanted += 1;
        let mine = state.flushes_wanted;
        self.wait(state, patience, |state| state.flushes_done >= mine)
    }

    pub(crate) fn finish(&self, patience: Duration) -> Result<(), FinishError> {
        if !self.is_here() {
            return Ok(());
        }
        let mut state = self.state();
        state.finish = true;
        self.wait(state, patience, |_| false)
    }

    fn wait(
        &self,
        state: std::sync::MutexGuard<'_, State>,
        patience: Duration,
        enough: impl Fn(&State) -> bool,
    ) -> Result<(), FinishError> {
        signal::wake();
        let (state, _) = self
            .changed
            .wait_timeout_while(state, patience, |state| !state.ended && !enough(state))
            .unwrap_or_else(PoisonError::into_inner);
        match &state.failure {
            Some((message, lost)) => Err(FinishError::Write { message: message.clone(), lost: *lost }),
            None if state.ended || enough(&state) => Ok(()),
            None => Err(FinishError::Timeout),
        }
    }

    /// Waits for a snapshot of what the rings hold.
    pub(crate) fn snapshot(
        &self,
        reason: String,
        automatic: bool,
        patience: Duration,
    ) -> Result<Option<PathBuf>, SnapshotError> {
        if !self.is_here() {
            return Err(SnapshotError::NotRunning);
        }
        let mut state = self.state();
        if state.ended {
            return Err(SnapshotError::NotRunning);
        }
        state.snapshots += 1;
        let number = state.snapshots;
        state.waiting.push(number);
        state.asked.push(Asked { number, reason, automatic });
        signal::wake();
        let answered = |state: &State| state.answers.iter().position(|(of, _)| *of == number);
        let (mut state, _) = self
            .changed
            .wait_timeout_while(state, patience, |state| !state.ended && answered(state).is_none())
            .unwrap_or_else(PoisonError::into_inner);
        state.waiting.retain(|waiting| *waiting != number);
        match answered(&state) {
            Some(at) => state.answers.swap_remove(at).1.map_err(SnapshotError::Write),
            None if state.ended => Err(SnapshotError::NotRunning),
            None => Err(SnapshotError::Timeout),
        }
    }

    // --- the thread's side ---------------------------------------------------------------------

    pub(crate) fn wanted(&self) -> Wanted {
        let state = self.state();
        Wanted { flush: state.flushes_wanted, finish: state.finish }
    }

    /// All flushes up to number `flush` are done.
    pub(crate) fn flushed(&self, flush: u64) {
        self.state().flushes_done = flush;
        self.changed.notify_all();
    }

    /// The snapshots that are asked for and not made yet.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.state().asked)
    }

    /// Whoever asked has an answer, if he still waits for it.
    pub(crate) fn answer(&self, asked: &Asked, answer: Answer) {
        let mut state = self.state();
        if state.waiting.contains(&asked.number) {
            state.answers.push((asked.number, answer));
            self.changed.notify_all();
        }
    }

    /// Writing failed. What failed first is the cause of all that fails behind it, and is what is told.
    pub(crate) fn failed(&self, message: String, lost: u64) {
        let mut state = self.state();
        let (_, known) = state.failure.get_or_insert((message, lost));
        *known = (*known).max(lost);
        self.changed.notify_all();
    }

    /// Since writing failed so many events were dropped.
    pub(crate) fn lost(&self, count: u64) {
        if let Some((_, lost)) = &mut self.state().failure {
            *lost = (*lost).max(count);
        }
    }

    /// The log is complete, or as complete as it gets.
    pub(crate) fn ended(&self) {
        self.state().ended = true;
        self.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_failure_is_told() {
        let control = Control::new();
        control.failed("no space left".to_owned(), 3);
        control.failed("it is closed".to_owned(), 5);
        control.lost(4);
        let told = control.flush(Duration::ZERO).map_err(|error| error.to_string());
        assert_eq!(told, Err("no space left; 5 events were dropped since".to_owned()));
    }

    #[test]
    fn what_nobody_waits_for_is_not_kept() {
        let control = Control::new();
        let ask = || control.snapshot("why".to_owned(), true, Duration::ZERO);
        assert!(matches!(ask(), Err(SnapshotError::Timeout)));
        let asked = control.asked();
        assert_eq!(asked.len(), 1, "it is made all the same");
        control.answer(&asked[0], Ok(None));
        assert!(control.state().answers.is_empty() && control.state().waiting.is_empty());
        control.ended();
        assert!(matches!(ask(), Err(SnapshotError::NotRunning)));
        assert!(control.asked().is_empty());
    }
}

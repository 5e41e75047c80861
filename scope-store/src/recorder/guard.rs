//! The guard of a recorder.

use super::{END_PATIENCE, Engine, FinishError, Recorder, engine};
use scope_core::config::Settings;
use scope_core::session;
use std::path::PathBuf;

/// Completes the log when it is dropped: what was recorded is flushed, the log sealed, and nothing is recorded any more.
#[derive(Debug)]
#[must_use = "recording ends when this is dropped"]
pub struct Guard {
    /// `None`: the one that waits for its first probe, or was started since.
    recorder: Option<Recorder>,
    done: bool,
}

impl Guard {
    pub(super) fn of(recorder: Recorder) -> Self {
        Self { recorder: Some(recorder), done: false }
    }

    pub(super) fn ready() -> Self {
        Self { recorder: None, done: false }
    }

    /// The log. `None` as long as the plan's `[runtime]`, which the first probe brings, may still name it.
    pub fn path(&self) -> Option<PathBuf> {
        let _mute = scope_core::mute();
        if let Some(recorder) = &self.recorder {
            return Some(recorder.path.clone());
        }
        match &*engine(END_PATIENCE)? {
            Engine::Running(recorder) => Some(recorder.path.clone()),
            Engine::Ready(ready) => ready.path(),
            Engine::Off => None,
        }
    }

    /// Writes what was recorded before this call to the log (to the operating system, not to the disk).
    ///
    /// # Errors
    /// Where writing fails or takes longer than 20 seconds.
    pub fn flush(&self) -> Result<(), FinishError> {
        match self.recorder.clone().or_else(Recorder::current) {
            Some(recorder) => recorder.flush(),
            None => Ok(()),
        }
    }

    /// Events from now on, as they are drained: see [`Recorder::subscribe`]. Also before the first probe has started the recorder. `None`: there
    /// is none, or no more.
    #[cfg(feature = "live")]
    pub fn subscribe(&self, capacity: usize) -> Option<crate::pipeline::Subscription> {
        let _mute = scope_core::mute();
        if let Some(recorder) = &self.recorder {
            return Some(recorder.subscribe(capacity));
        }
        match &*engine(END_PATIENCE)? {
            Engine::Running(recorder) => Some(recorder.subscribe(capacity)),
            Engine::Ready(ready) => Some(ready.pipeline().subscribe(capacity)),
            Engine::Off => None,
        }
    }

    /// Completes the log, as dropping the guard does, and says whether it is whole.
    ///
    /// # Errors
    /// Where writing fails or takes longer than 20 seconds.
    pub fn finish(mut self) -> Result<(), FinishError> {
        self.done = true;
        self.end()
    }

    fn end(&self) -> Result<(), FinishError> {
        let _mute = scope_core::mute();
        match &self.recorder {
            Some(recorder) => recorder.finish(),
            None => started()?.map_or(Ok(()), |recorder| recorder.finish()),
        }
    }
}

/// The recorder that was made ready here. `None`: there is none any more.
fn started() -> Result<Option<Recorder>, FinishError> {
    let Some(mut engine) = engine(END_PATIENCE) else { return Ok(None) };
    match &mut *engine {
        Engine::Running(recorder) => Ok(Some(recorder.clone())),
        // No probe was hit: the log says so.
        Engine::Ready(ready) if ready.is_here() => {
            let launched = ready.take().launch(Settings::default());
            *engine = Engine::Off;
            session::turn_off();
            launched.map(Some).map_err(|error| FinishError::Write { message: error.to_string(), lost: 0 })
        }
        // Made for the process that has forked this one.
        Engine::Ready(_) | Engine::Off => Ok(None),
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if !self.done
            && let Err(error) = self.end()
        {
            super::complain(&format_args!("the log is not whole: {error}"));
        }
    }
}

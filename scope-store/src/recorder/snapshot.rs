//! Snapshots of a flight recorder, as a program asks for them, and as a panic does.

use super::{END_PATIENCE, Engine, Recorder, SnapshotError, complain, engine, launch};
use scope_core::config::Config;
use scope_core::hooks;
use scope_core::ring::Overflow;
use std::panic::PanicHookInfo;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How long a thread that panics waits for its snapshot: the program may be about to end.
const PANIC_PATIENCE: Duration = Duration::from_secs(2);

/// Writes what the rings hold to a log of its own, beside the recorder's, and gives its path: the last moments of each thread. They stay in the rings.
///
/// The recorder has to be a flight recorder (`overflow = "drop_oldest"`): others log everything anyway. `reason` is found in
/// the configuration that the snapshot's log shows. What this thread recorded before the call is in it; other threads go on meanwhile.
///
/// ```no_run
/// # fn refused() -> bool { true }
/// if refused() {
///     match scope_store::recorder::snapshot("payment refused") {
///         Ok(path) => eprintln!("see {}", path.display()),
///         Err(error) => eprintln!("no snapshot: {error}"),
///     }
/// }
/// ```
///
/// # Errors
/// Where no recorder runs, or one that is no flight recorder; or the file can't be written, or not within 20 seconds.
pub fn snapshot(reason: impl AsRef<str>) -> Result<PathBuf, SnapshotError> {
    let _mute = scope_core::mute();
    // In a child that was forked, which may wait in vain for the lock.
    if !launch::is_here() {
        return Err(SnapshotError::NotRunning);
    }
    let recorder = match &*engine(END_PATIENCE).ok_or(SnapshotError::Timeout)? {
        Engine::Running(recorder) if recorder.control.is_here() => recorder.clone(),
        _ => return Err(SnapshotError::NotRunning),
    };
    recorder.snapshot(reason.as_ref())
}

impl Recorder {
    /// See [`snapshot`].
    ///
    /// # Errors
    /// As there.
    pub fn snapshot(&self, reason: &str) -> Result<PathBuf, SnapshotError> {
        let _mute = scope_core::mute();
        if !self.is_flight_recorder {
            return Err(SnapshotError::EverythingIsLogged { log: self.path.clone() });
        }
        let made = self.control.snapshot(reason.to_owned(), false, END_PATIENCE)?;
        made.ok_or(SnapshotError::NotRunning)
    }
}

/// What the configuration wants to ask for snapshots besides the program itself.
pub(super) fn install(config: &Config) {
    if config.snapshot_signal.is_none() && !config.snapshot_on_panic {
        return;
    }
    if config.overflow != Overflow::DropOldest {
        complain(&"`snapshot_signal` and `snapshot_on_panic` need `overflow = \"drop_oldest\"`: everything is logged");
        return;
    }
    if let Some(signal) = config.snapshot_signal
        && let Err(why) = hooks::snapshot_on_signal(signal)
    {
        complain(&format_args!("{signal} does not ask for a snapshot: {why}"));
    }
    if config.snapshot_on_panic {
        install_panic_hook();
    }
}

/// In front of the program's own hook, or of the one that it sets later if that calls ours.
fn install_panic_hook() {
    static INSTALLED: AtomicBool = AtomicBool::new(false);
    // A thread that panics may not set a hook.
    if std::thread::panicking() || INSTALLED.swap(true, Ordering::Relaxed) {
        return;
    }
    let theirs = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        on_panic(info);
        theirs(info);
    }));
}

fn on_panic(info: &PanicHookInfo<'_>) {
    // The recorder's own thread, which would wait for itself; or a `Debug` of the program's, whose panic is caught.
    // Or a child that was forked, which may wait in vain for the lock.
    if scope_core::is_muted() || !launch::is_here() {
        return;
    }
    let _mute = scope_core::mute();
    let Some(engine) = engine(PANIC_PATIENCE) else { return };
    let recorder = match &*engine {
        // The hook may be that of a recorder before.
        Engine::Running(recorder) if recorder.on_panic => recorder.clone(),
        _ => return,
    };
    drop(engine);
    let place = info.location().map_or_else(String::new, |place| format!(" at {place}"));
    let (payload, fixed) = (info.payload(), info.payload().downcast_ref::<&str>());
    let message = fixed.copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let message = message.map_or_else(String::new, |message| format!(": {message}"));
    match recorder.control.snapshot(format!("panic{place}{message}"), true, PANIC_PATIENCE) {
        Ok(_) | Err(SnapshotError::NotRunning) => {}
        Err(error) => complain(&format_args!("no snapshot of a panic: {error}")),
    }
}

//! The recorder of this process: started by the first probe or by a program that wants control, ended by a guard or by
//! the program's end.

mod builder;
mod control;
mod error;
mod guard;
mod launch;
mod old_logs;
mod place;
mod roomy;
mod snapshot;

pub use builder::Builder;
pub use error::{FinishError, SnapshotError, StartError};
pub use guard::Guard;
pub use snapshot::snapshot;

use crate::pipeline::Figures;
pub(crate) use control::{Asked, Control};
use parking_lot::{Mutex, MutexGuard};
pub(crate) use place::beside;
use scope_core::config::{self, ConfigError, Settings};
use scope_core::filter::{Filter, FilterError};
use scope_core::session;
use scope_core::site::Sites;
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How long the end of a program waits for its log.
const END_PATIENCE: Duration = Duration::from_secs(20);
/// How long a probe waits for another thread that is starting the recorder. It may never end: it may need what the probe's thread
/// holds (an allocator's lock), or not be there (in a child that was forked meanwhile).
const START_PATIENCE: Duration = Duration::from_secs(2);

/// A recorder that runs: a log that grows.
///
/// ```
/// # let folder = std::env::temp_dir().join("scope-doc/");
/// let guard = scope_store::recorder::Recorder::builder().log(&folder).start()?;
/// // … the program …
/// drop(guard); // the log is whole
/// # Ok::<(), scope_store::recorder::StartError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Recorder {
    path: PathBuf,
    control: Arc<Control>,
    /// Nothing is drained but when it is asked for.
    is_flight_recorder: bool,
    /// It makes a snapshot of a panic.
    on_panic: bool,
    #[cfg(feature = "live")]
    hub: Arc<crate::pipeline::Hub>,
}

impl Recorder {
    /// Settings for a recorder to be started.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// The recorder that runs in this process, also one that a probe has started.
    pub fn current() -> Option<Self> {
        let _mute = scope_core::mute();
        // In a child that was forked, which may wait in vain for the lock.
        if !launch::is_here() {
            return None;
        }
        match &*engine(END_PATIENCE)? {
            Engine::Running(recorder) if recorder.control.is_here() => Some(recorder.clone()),
            _ => None,
        }
    }

    /// The log.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes what was recorded before this call to the log (to the operating system, not to the disk).
    ///
    /// # Errors
    /// Where writing fails or takes longer than 20 seconds.
    pub fn flush(&self) -> Result<(), FinishError> {
        let _mute = scope_core::mute();
        self.control.flush(END_PATIENCE)
    }

    /// What it has done so far: events, bytes, losses, and how long each part of the pipeline took. Nobody waits for it.
    pub fn figures(&self) -> Figures {
        let _mute = scope_core::mute();
        self.control.figures().clone()
    }

    /// Events from now on, as they are drained: a [`Subscription`](crate::pipeline::Subscription) with room for `capacity` batches.
    ///
    /// A flight recorder (`overflow = "drop_oldest"`) drains its rings only when it is flushed.
    #[cfg(feature = "live")]
    pub fn subscribe(&self, capacity: usize) -> crate::pipeline::Subscription {
        let _mute = scope_core::mute();
        self.hub.subscribe(capacity)
    }

    /// Ends recording and completes the log. Does nothing where that has been done.
    ///
    /// # Errors
    /// Where writing fails or takes longer than 20 seconds.
    pub fn finish(&self) -> Result<(), FinishError> {
        let _mute = scope_core::mute();
        let result = self.control.finish(END_PATIENCE);
        if let Some(mut engine) = engine(END_PATIENCE)
            && matches!(&*engine, Engine::Running(recorder) if Arc::ptr_eq(&recorder.control, &self.control))
        {
            *engine = Engine::Off;
        }
        result
    }
}

/// Makes the recorder ready, with the settings of the environment, the plan and the defaults; the first probe starts it, if none
/// has done so before. The guard's drop completes the log.
///
/// # Errors
/// See [`Builder::start`].
pub fn init() -> Result<Guard, StartError> {
    Recorder::builder().start()
}

/// Lets only some of the woven functions record from now on: globs with commas between, over paths as a log shows them, `my_app::orders,
/// !**::Order::hash`; none: all do. A function that may not record costs about a nanosecond. See [`Filter`].
///
/// Each filter stays in memory: this is for a person's use, as at the other end of a debug endpoint, not for a loop's.
///
/// ```
/// scope_store::recorder::set_filter("my_app::orders, !**::checksum")?;
/// # scope_store::recorder::set_filter("")?;
/// # Ok::<(), scope_core::filter::FilterError>(())
/// ```
///
/// # Errors
/// A glob that can't be meant; then nothing is changed.
pub fn set_filter(globs: &str) -> Result<(), FilterError> {
    scope_core::filter::set(Some(Filter::new(globs)?));
    Ok(())
}

/// What this process records with.
#[derive(Debug)]
enum Engine {
    Off,
    /// A program has asked for it, no probe was hit yet.
    Ready(Box<builder::Ready>),
    Running(Recorder),
}

static ENGINE: Mutex<Engine> = Mutex::new(Engine::Off);

/// The engine, held.
struct Held {
    engine: MutexGuard<'static, Engine>,
    _starting: session::Starting,
}

impl Deref for Held {
    type Target = Engine;

    fn deref(&self) -> &Engine {
        &self.engine
    }
}

impl DerefMut for Held {
    fn deref_mut(&mut self) -> &mut Engine {
        &mut self.engine
    }
}

/// `None` where another thread holds it for longer than `patience`.
fn engine(patience: Duration) -> Option<Held> {
    let starting = session::starting();
    Some(Held { engine: ENGINE.try_lock_for(patience)?, _starting: starting })
}

/// Starts the recorder for the first probe of a program, whose function has these sites.
pub fn start_for_probe(sites: &'static Sites) {
    launch::install_hooks();
    roomy::with_room(move || match engine(START_PATIENCE) {
        Some(mut engine) => start(&mut engine, sites),
        None => session::give_up(),
    });
}

fn start(engine: &mut Engine, sites: &'static Sites) {
    let ready = match &mut *engine {
        Engine::Running(recorder) if recorder.control.is_here() => return,
        Engine::Off | Engine::Running(_) if config::is_off() => return session::turn_off(),
        Engine::Off | Engine::Running(_) => None,
        Engine::Ready(ready) => Some(ready.take()),
    };
    let asked = ready.is_some();
    let (ready, env_errors) = match ready {
        Some(ready) => (ready, Vec::new()),
        None => {
            let (settings, errors) = Settings::from_env();
            (builder::Ready::new(settings, crate::pipeline::Pipeline::default()), errors)
        }
    };
    let (plan, plan_errors) = Settings::from_lines(sites.origin().runtime);
    env_errors.iter().chain(&plan_errors).for_each(|error: &ConfigError| complain(error));
    match ready.launch(plan) {
        Ok(recorder) => *engine = Engine::Running(recorder),
        Err(error) => {
            *engine = Engine::Off;
            session::turn_off();
            complain(&format_args!(
                "{error}; nothing is recorded{}",
                if asked { " by the recorder that was asked for" } else { "" }
            ));
        }
    }
}

/// Tells the person before the program, who asked for a log and would else look for it in vain.
pub(crate) fn complain(what: &dyn std::fmt::Display) {
    scope_core::hooks::tell(&format!("scope: {what}\n"));
}

/// Completes the log at the program's end.
extern "C" fn at_exit() {
    let _mute = scope_core::mute();
    // A child that was forked has no log to complete, and may wait in vain for the lock.
    if !launch::is_here() {
        return;
    }
    let Some(engine) = engine(END_PATIENCE) else { return };
    if let Engine::Running(recorder) = &*engine
        && let Err(error) = recorder.control.finish(END_PATIENCE)
    {
        complain(&format_args!("`{}` is not whole: {error}", recorder.path.display()));
    }
}

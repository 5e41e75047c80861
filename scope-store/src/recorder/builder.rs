//! Settings for a recorder to be started.

use super::launch::{self, Log};
use super::{END_PATIENCE, Engine, Guard, Recorder, StartError, engine};
use crate::pipeline::Pipeline;
use scope_core::config::{self, Compression, Rings, Settings};
use scope_core::filter::Filter;
use scope_core::ring::Overflow;
use scope_core::session;
use std::path::PathBuf;
use std::time::Duration;

/// Settings for a recorder to be started. What is not set comes from the plan's `[runtime]` or is the default; the environment
/// (`SCOPE_LOG`, `SCOPE_RING_SIZE`, …) overrides all.
#[derive(Clone, Debug, Default)]
#[must_use = "`start` starts it"]
pub struct Builder {
    settings: Settings,
    pipeline: Pipeline,
}

impl Builder {
    /// The log: a file, or a folder (one that exists, or whose name ends in `/`) for the default name
    /// `<program>-<time>-<pid>.scope`. Never overwrites: a name that is taken gets a number.
    pub fn log(mut self, path: impl Into<PathBuf>) -> Self {
        self.settings.log = Some(path.into());
        self
    }

    /// The size of each thread's ring in bytes, 4 KiB at least, rounded up to a power of two. Default: 1 MiB.
    pub fn ring_size(mut self, bytes: u64) -> Self {
        self.settings.ring_size = Some(bytes);
        self
    }

    /// The size of the rings of threads whose names match `name`, in which `*` stands for any characters; in bytes, as
    /// [`ring_size`](Self::ring_size). Of several that match, the first one counts.
    pub fn ring_size_for(mut self, name: impl Into<String>, bytes: u64) -> Self {
        self.settings.ring_sizes.get_or_insert_default().push(name, bytes);
        self
    }

    /// Where rings live. Default: [`Rings::Mapped`].
    pub fn rings(mut self, rings: Rings) -> Self {
        self.settings.rings = Some(rings);
        self
    }

    /// What a probe does when its thread's ring is full. Default: [`Overflow::DropNewest`].
    pub fn overflow(mut self, overflow: Overflow) -> Self {
        self.settings.overflow = Some(overflow);
        self
    }

    /// The longest time that a record stays in a ring while there is no hurry. Default: 50 ms.
    pub fn flush_interval(mut self, interval: Duration) -> Self {
        self.settings.flush_interval = Some(interval);
        self
    }

    /// How the log is compressed. Default: [`Compression::Lz4`].
    pub fn compression(mut self, compression: Compression) -> Self {
        self.settings.compression = Some(compression);
        self
    }

    /// The size of the log in bytes at which recording stops; or where there is a [`keep`](Self::keep) or a [`max_age`](Self::max_age), at which a new
    /// segment begins. Default: 1 GiB.
    pub fn max_size(mut self, bytes: u64) -> Self {
        self.settings.max_size = Some(bytes);
        self
    }

    /// How old the log becomes, a second at least: then it gets a name of its own, `run.000001.scope` of `run.scope`, and a new segment begins. Default: any age.
    pub fn max_age(mut self, age: Duration) -> Self {
        self.settings.max_age = Some(age);
        self
    }

    /// How many segments of the log are kept besides the one that is written, which begins anew where it has reached [`max_size`](Self::max_size). Default: all, and
    /// without a [`max_age`](Self::max_age) the log is one.
    pub fn keep(mut self, segments: u32) -> Self {
        self.settings.keep = Some(segments);
        self
    }

    /// Of how many runs of the program the log's folder keeps logs, this run's included, where that has the default name. Default: of all.
    pub fn keep_logs(mut self, runs: u32) -> Self {
        self.settings.keep_logs = Some(runs);
        self
    }

    /// How many threads drain rings, 1 to 64. Default: 2.
    pub fn threads(mut self, threads: usize) -> Self {
        self.settings.threads = Some(threads);
        self
    }

    /// Lets only some of the woven functions record: globs with commas between, see [`Filter`]. Default: all. [`set_filter`](super::set_filter) changes it later.
    pub fn filter(mut self, filter: Filter) -> Self {
        self.settings.filter = Some(filter);
        self
    }

    /// A signal that asks a flight recorder for a snapshot: one of [`config::SNAPSHOT_SIGNALS`]; others are none. Default: none.
    ///
    /// Where the program handles it itself its handler stays, and standard error says so.
    pub fn snapshot_signal(mut self, name: &str) -> Self {
        self.settings.snapshot_signal = config::SNAPSHOT_SIGNALS.into_iter().find(|signal| *signal == name);
        self
    }

    /// Whether a panic asks a flight recorder for a snapshot, in a hook in front of the program's. Default: `false`.
    pub fn snapshot_on_panic(mut self, on: bool) -> Self {
        self.settings.snapshot_on_panic = Some(on);
        self
    }

    /// How many snapshots panics and slow calls get, one a second at most. Default: 32.
    pub fn max_snapshots(mut self, most: u32) -> Self {
        self.settings.max_snapshots = Some(most);
        self
    }

    fn sets_nothing(&self) -> bool {
        self.settings == Settings::default() && self.pipeline.is_empty()
    }

    /// Makes the recorder ready: the first probe starts it. Where the log is named here or in `SCOPE_LOG` it is created now.
    ///
    /// Where a probe has started the recorder before, and nothing is set here, the guard is that recorder's.
    ///
    /// With `SCOPE_OFF` set nothing is recorded, and the guard does nothing.
    ///
    /// # Errors
    /// Where another recorder runs, a `SCOPE_*` variable can't be used, or the log can't be created.
    pub fn start(self) -> Result<Guard, StartError> {
        let _mute = scope_core::mute();
        if config::is_off() {
            session::turn_off();
            return Ok(Guard::ready());
        }
        let (env, mut errors) = Settings::from_env();
        if !errors.is_empty() {
            return Err(StartError::Config(errors.swap_remove(0)));
        }
        let Some(mut engine) = engine(END_PATIENCE) else { return Err(StartError::Running { path: None }) };
        match &*engine {
            Engine::Running(recorder) if recorder.control.is_here() && self.sets_nothing() => {
                return Ok(Guard::of(recorder.clone()));
            }
            Engine::Running(recorder) if recorder.control.is_here() => {
                return Err(StartError::Running { path: Some(recorder.path.clone()) });
            }
            Engine::Ready(ready) if ready.is_here() => return Err(StartError::Running { path: None }),
            Engine::Running(_) | Engine::Ready(_) | Engine::Off => {}
        }
        let mut ready = Ready::new(env.or(self.settings), self.pipeline);
        if let Some(path) = &ready.settings.log {
            ready.log = Some(launch::create(path)?);
        }
        *engine = Engine::Ready(Box::new(ready));
        session::arm();
        Ok(Guard::ready())
    }
}

#[cfg(feature = "live")]
impl Builder {
    /// Puts a stage between the events and all that takes them, the log included: behind those that were put there before. The
    /// [figures](Recorder::figures) have it by this name.
    ///
    /// ```
    /// use scope_store::pipeline::{enrich, filter, map, text};
    /// use scope_store::recorder::Recorder;
    /// use scope_store::core::value::Value;
    /// let builder = Recorder::builder()
    ///     .stage("no health checks", filter(|event| !event.function().ends_with("::health")))
    ///     .stage("no cards", map(|event| if let Some(card) = event.value_mut("card") { *card = Value::Redacted }))
    ///     .stage("host", enrich("host", |_| Some(text("db-1"))));
    /// # let _ = builder;
    /// ```
    pub fn stage(mut self, name: impl Into<String>, stage: impl crate::pipeline::Stage) -> Self {
        self.pipeline.push_stage(name, stage);
        self
    }

    /// Gives events to this sink, too, behind all stages; the recorder waits for it. The [figures](Recorder::figures) have it by this name.
    pub fn sink(mut self, name: impl Into<String>, sink: impl crate::pipeline::Sink) -> Self {
        self.pipeline.push_sink(name, sink);
        self
    }
}

/// A recorder that waits for the first probe.
#[derive(Debug)]
pub(super) struct Ready {
    settings: Settings,
    log: Option<Log>,
    pipeline: Pipeline,
    /// The process that it is for: not for its children, if it is forked.
    pid: u32,
}

impl Ready {
    pub(super) fn new(settings: Settings, pipeline: Pipeline) -> Self {
        Self { settings, log: None, pipeline, pid: std::process::id() }
    }

    pub(super) fn take(&mut self) -> Self {
        let (settings, pipeline) = (self.settings.clone(), self.pipeline.clone());
        Self { settings, log: self.log.take(), pipeline, pid: self.pid }
    }

    #[cfg(feature = "live")]
    pub(super) fn pipeline(&self) -> &Pipeline {
        &self.pipeline
    }

    /// Whether it was made in this process.
    pub(super) fn is_here(&self) -> bool {
        self.pid == std::process::id()
    }

    /// The log, if it is created already.
    pub(super) fn path(&self) -> Option<PathBuf> {
        self.log.as_ref().map(|log| log.path.clone())
    }

    /// Starts it, with the settings of the plan where nobody set anything. In a child that was forked meanwhile with a log of its own.
    pub(super) fn launch(mut self, plan: Settings) -> Result<Recorder, StartError> {
        let ours = self.is_here();
        let log = self.log.take().filter(|_| ours);
        let config = self.settings.or(plan).resolve();
        let log = match log {
            Some(log) => log,
            None => launch::create(&config.log)?,
        };
        launch::launch(log, config, self.pipeline)
    }
}

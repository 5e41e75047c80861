//! What a run of the recorder is told: from the builder, the environment, the plan's `[runtime]` table, the defaults, in this order.
//!
//! | key              | variable               | value                                              | default       |
//! |------------------|------------------------|----------------------------------------------------|---------------|
//! | `log`            | `SCOPE_LOG`            | a file; or a folder: one that exists, or ends in `/` | `scope-logs/` |
//! | `ring_size`      | `SCOPE_RING_SIZE`      | bytes of each thread's ring                        | 1 MiB         |
//! | `ring_sizes`     | `SCOPE_RING_SIZES`     | other sizes by the names of threads: `worker-*=4 MiB,main=64 KiB` ([`RingSizes`]) | none |
//! | `rings`          | `SCOPE_RINGS`          | `mapped`: in a file beside the log, so that they survive the process; `heap` | `mapped`, where the system has it |
//! | `overflow`       | `SCOPE_OVERFLOW`       | `drop_newest`, `drop_oldest`, `block`              | `drop_newest` |
//! | `flush_interval` | `SCOPE_FLUSH_INTERVAL` | the longest time a record stays in a ring          | 50 ms         |
//! | `max_size`       | `SCOPE_MAX_SIZE`       | bytes of the log, where recording stops; or of a segment of it | 1 GiB |
//! | `max_age`        | `SCOPE_MAX_AGE`        | how old a segment of the log may become            | any age       |
//! | `keep`           | `SCOPE_KEEP`           | how many segments are kept besides the one that is written | the log is one |
//! | `keep_logs`      | `SCOPE_KEEP_LOGS`      | how many runs' logs are kept in the log's folder, this run's included | all |
//! | `compression`    | `SCOPE_COMPRESSION`    | `lz4`; `zstd` (with the feature `zstd`); `none`    | `lz4`         |
//! | `threads`        | `SCOPE_THREADS`        | threads that drain rings                           | 2             |
//! | `filter`         | `SCOPE_FILTER`         | which functions record: globs, see [`filter`](crate::filter) | all |
//! | `snapshot_signal` | `SCOPE_SNAPSHOT_SIGNAL` | a signal that asks a flight recorder for a snapshot: `SIGUSR1`, `SIGUSR2`, `SIGHUP`, `SIGQUIT` | none |
//! | `snapshot_on_panic` | `SCOPE_SNAPSHOT_ON_PANIC` | `true`: a panic does, too                   | `false`       |
//! | `max_snapshots`  | `SCOPE_MAX_SNAPSHOTS`  | how many snapshots panics and slow calls get, one a second at most | 32 |
//!
//! `SCOPE_OFF=1` keeps the first probe from starting the recorder at all.

use crate::filter::Filter;
use crate::ring::Overflow;
use crate::utils::{parse_duration, parse_size};
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

pub use compression::Compression;
pub use sizes::RingSizes;

/// Where rings live.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rings {
    /// In a file beside the log: what they hold survives the death of the process. The default; where the system maps no files, as
    /// `Heap`.
    #[default]
    Mapped,
    /// In memory.
    Heap,
}

impl Rings {
    /// The name in a plan.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mapped => "mapped",
            Self::Heap => "heap",
        }
    }
}

/// What somebody has set; the rest is left to others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The log's path, or the folder for it.
    pub log: Option<PathBuf>,
    /// Bytes of each thread's ring.
    pub ring_size: Option<u64>,
    /// The same by the names of threads.
    pub ring_sizes: Option<RingSizes>,
    /// Where rings live.
    pub rings: Option<Rings>,
    /// What a probe does when its ring is full.
    pub overflow: Option<Overflow>,
    /// The longest time that a record stays in a ring while there is no hurry.
    pub flush_interval: Option<Duration>,
    /// Bytes of the log, where recording stops; or of a segment of it.
    pub max_size: Option<u64>,
    /// How old a segment of the log may become.
    pub max_age: Option<Duration>,
    /// How many segments are kept besides the one that is written.
    pub keep: Option<u32>,
    /// How many runs' logs are kept in the log's folder, this run's included.
    pub keep_logs: Option<u32>,
    /// How the log is compressed.
    pub compression: Option<Compression>,
    /// Threads that drain rings.
    pub threads: Option<usize>,
    /// Which functions record.
    pub filter: Option<Filter>,
    /// The signal that asks a flight recorder for a snapshot: one of [`SNAPSHOT_SIGNALS`].
    pub snapshot_signal: Option<&'static str>,
    /// Whether a panic does.
    pub snapshot_on_panic: Option<bool>,
    /// How many snapshots panics and slow calls get.
    pub max_snapshots: Option<u32>,
}

/// All that a run of the recorder is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The log's path, or the folder for it.
    pub log: PathBuf,
    /// Bytes of each thread's ring.
    pub ring_size: u64,
    /// The same by the names of threads.
    pub ring_sizes: RingSizes,
    /// Where rings live.
    pub rings: Rings,
    /// What a probe does when its ring is full.
    pub overflow: Overflow,
    /// The longest time that a record stays in a ring while there is no hurry.
    pub flush_interval: Duration,
    /// Bytes of the log, where recording stops; or of a segment of it, where the log is cut.
    pub max_size: u64,
    /// How old a segment of the log may become; `None`: any age.
    pub max_age: Option<Duration>,
    /// How many segments are kept besides the one that is written; `None`: all, and where there is no `max_age` the log is one.
    pub keep: Option<u32>,
    /// How many runs' logs are kept in the log's folder, this run's included; `None`: all.
    pub keep_logs: Option<u32>,
    /// How the log is compressed.
    pub compression: Compression,
    /// Threads that drain rings.
    pub threads: usize,
    /// Which functions record; `None`: all.
    pub filter: Option<Filter>,
    /// The signal that asks a flight recorder for a snapshot: one of [`SNAPSHOT_SIGNALS`].
    pub snapshot_signal: Option<&'static str>,
    /// Whether a panic does.
    pub snapshot_on_panic: bool,
    /// How many snapshots panics and slow calls get.
    pub max_snapshots: u32,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            log: PathBuf::from("scope-logs/"),
            ring_size: 1 << 20,
            ring_sizes: RingSizes::default(),
            rings: Rings::Mapped,
            overflow: Overflow::DropNewest,
            flush_interval: Duration::from_millis(50),
            max_size: 1 << 30,
            max_age: None,
            keep: None,
            keep_logs: None,
            compression: Compression::default(),
            threads: 2,
            filter: None,
            snapshot_signal: None,
            snapshot_on_panic: false,
            max_snapshots: 32,
        }
    }
}

/// A setting that can't be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// Where it was given: a variable's name, or the plan's key.
    pub place: String,
    /// What was given.
    pub value: String,
    /// What is wrong with it, and what would be right.
    pub problem: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is `{}`: {}", self.place, self.value, self.problem)
    }
}

impl std::error::Error for ConfigError {}

const KEYS: [&str; 16] = [
    "log",
    "ring_size",
    "ring_sizes",
    "rings",
    "overflow",
    "flush_interval",
    "max_size",
    "max_age",
    "keep",
    "keep_logs",
    "compression",
    "threads",
    "filter",
    "snapshot_signal",
    "snapshot_on_panic",
    "max_snapshots",
];
/// Signals that can ask for a snapshot.
pub const SNAPSHOT_SIGNALS: [&str; 4] = ["SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2"];
/// Younger segments would be nothing but definitions.
const MIN_AGE: Duration = Duration::from_secs(1);
/// The largest ring: a terabyte of them is a typing error.
const MAX_RING: u64 = 1 << 32;

impl Settings {
    /// The settings of the variables `SCOPE_*`, and what is wrong with the others.
    pub fn from_env() -> (Self, Vec<ConfigError>) {
        let mut settings = Self::default();
        let mut errors = Vec::new();
        for key in KEYS {
            let name = format!("SCOPE_{}", key.to_uppercase());
            let Some(value) = std::env::var_os(&name).filter(|value| !value.is_empty()) else { continue };
            let set = match value.to_str() {
                Some(text) => settings.set(key, text),
                None if key == "log" => {
                    settings.log = Some(PathBuf::from(&value));
                    Ok(())
                }
                None => Err("it is not valid UTF-8".to_owned()),
            };
            if let Err(problem) = set {
                errors.push(ConfigError { place: name, value: value.to_string_lossy().into_owned(), problem });
            }
        }
        (settings, errors)
    }

    /// The settings in `key=value` lines, as the macro compiles a plan's `[runtime]` table in, and what is wrong with the others.
    pub fn from_lines(lines: &str) -> (Self, Vec<ConfigError>) {
        let mut settings = Self::default();
        let mut errors = Vec::new();
        for line in lines.lines() {
            let (key, value) = line.split_once('=').unwrap_or((line, ""));
            if let Err(problem) = settings.set(key, value) {
                errors.push(ConfigError { place: format!("runtime.{key}"), value: value.to_owned(), problem });
            }
        }
        (settings, errors)
    }

    fn set(&mut self, key: &str, value: &str) -> Result<(), String> {
        match key {
            "log" => self.log = Some(PathBuf::from(value)),
            "ring_size" => self.ring_size = Some(size(value, MAX_RING)?),
            "ring_sizes" => self.ring_sizes = Some(RingSizes::parse(value)?),
            "rings" => {
                let rings = [Rings::Mapped, Rings::Heap].into_iter().find(|rings| rings.name() == value);
                self.rings = Some(rings.ok_or("`mapped` or `heap` is wanted")?);
            }
            "overflow" => self.overflow = Some(overflow(value)?),
            "flush_interval" => self.flush_interval = Some(parse_duration(value).map_err(|e| e.to_string())?),
            "max_size" => self.max_size = Some(size(value, u64::MAX)?),
            "max_age" => {
                let age = parse_duration(value).map_err(|e| e.to_string())?;
                self.max_age = Some(Some(age).filter(|age| *age >= MIN_AGE).ok_or("at least a second is wanted")?);
            }
            "keep" => self.keep = Some(value.parse().map_err(|_| "a number is wanted")?),
            "keep_logs" => {
                let logs = value.parse().ok().filter(|logs| *logs > 0);
                self.keep_logs = Some(logs.ok_or("a number from 1 on is wanted: this run's log is one")?);
            }
            "compression" => {
                let compression = Compression::from_name(value);
                self.compression = Some(compression.ok_or("`none`, `lz4` or `zstd` is wanted")?);
            }
            "threads" => {
                let threads = value.parse().ok().filter(|n| (1..=64).contains(n));
                self.threads = Some(threads.ok_or("a number from 1 to 64 is wanted")?);
            }
            "filter" => self.filter = Some(Filter::new(value).map_err(|error| error.to_string())?),
            "snapshot_signal" => {
                let signal = SNAPSHOT_SIGNALS.into_iter().find(|signal| *signal == value);
                self.snapshot_signal =
                    Some(signal.ok_or_else(|| format!("one of {} is wanted", SNAPSHOT_SIGNALS.join(", ")))?);
            }
            "snapshot_on_panic" => {
                self.snapshot_on_panic = Some(match value {
                    "true" | "1" => true,
                    "false" | "0" => false,
                    _ => return Err("`true` or `false` is wanted".to_owned()),
                });
            }
            "max_snapshots" => {
                self.max_snapshots = Some(value.parse().map_err(|_| "a number is wanted".to_owned())?);
            }
            _ => return Err(format!("there is no such key; there are {}", KEYS.join(", "))),
        }
        Ok(())
    }

    /// These settings, and those of `other` where there are none.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            log: self.log.or(other.log),
            ring_size: self.ring_size.or(other.ring_size),
            ring_sizes: self.ring_sizes.or(other.ring_sizes),
            rings: self.rings.or(other.rings),
            overflow: self.overflow.or(other.overflow),
            flush_interval: self.flush_interval.or(other.flush_interval),
            max_size: self.max_size.or(other.max_size),
            max_age: self.max_age.or(other.max_age),
            keep: self.keep.or(other.keep),
            keep_logs: self.keep_logs.or(other.keep_logs),
            compression: self.compression.or(other.compression),
            threads: self.threads.or(other.threads),
            filter: self.filter.or(other.filter),
            snapshot_signal: self.snapshot_signal.or(other.snapshot_signal),
            snapshot_on_panic: self.snapshot_on_panic.or(other.snapshot_on_panic),
            max_snapshots: self.max_snapshots.or(other.max_snapshots),
        }
    }

    /// These settings, and the defaults where there are none.
    pub fn resolve(self) -> Config {
        let default = Config::default();
        Config {
            log: self.log.unwrap_or(default.log),
            ring_size: self.ring_size.unwrap_or(default.ring_size).min(MAX_RING),
            ring_sizes: self.ring_sizes.unwrap_or_default(),
            rings: self.rings.unwrap_or(default.rings),
            overflow: self.overflow.unwrap_or(default.overflow),
            flush_interval: self.flush_interval.unwrap_or(default.flush_interval),
            max_size: self.max_size.unwrap_or(default.max_size),
            max_age: self.max_age.map(|age| age.max(MIN_AGE)),
            keep: self.keep,
            keep_logs: self.keep_logs.map(|logs| logs.max(1)),
            compression: self.compression.unwrap_or(default.compression),
            threads: self.threads.unwrap_or(default.threads).clamp(1, 64),
            filter: self.filter.or(default.filter),
            snapshot_signal: self.snapshot_signal.or(default.snapshot_signal),
            snapshot_on_panic: self.snapshot_on_panic.unwrap_or(default.snapshot_on_panic),
            max_snapshots: self.max_snapshots.unwrap_or(default.max_snapshots),
        }
    }
}

/// Whether `SCOPE_OFF` keeps the recorder from being started by a probe.
pub fn is_off() -> bool {
    std::env::var_os("SCOPE_OFF").is_some_and(|value| !value.is_empty() && value != "0")
}

impl fmt::Display for Config {
    /// As `key=value` lines, for the log's header.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "log={}", self.log.display())?;
        writeln!(f, "ring_size={}", self.ring_size)?;
        if !self.ring_sizes.is_empty() {
            writeln!(f, "ring_sizes={}", self.ring_sizes)?;
        }
        writeln!(f, "rings={}", self.rings.name())?;
        writeln!(f, "overflow={}", name_of(self.overflow))?;
        writeln!(f, "flush_interval={}ns", self.flush_interval.as_nanos())?;
        writeln!(f, "max_size={}", self.max_size)?;
        if let Some(age) = self.max_age {
            writeln!(f, "max_age={}ns", age.as_nanos())?;
        }
        let counts = [("keep", self.keep), ("keep_logs", self.keep_logs)];
        counts.iter().filter_map(|(key, n)| Some((key, (*n)?))).try_for_each(|(key, n)| writeln!(f, "{key}={n}"))?;
        writeln!(f, "compression={}", self.compression.name())?;
        writeln!(f, "threads={}", self.threads)?;
        if let Some(filter) = &self.filter {
            writeln!(f, "filter={}", filter.as_str())?;
        }
        if let Some(signal) = self.snapshot_signal {
            writeln!(f, "snapshot_signal={signal}")?;
        }
        writeln!(f, "snapshot_on_panic={}", self.snapshot_on_panic)?;
        writeln!(f, "max_snapshots={}", self.max_snapshots)
    }
}

fn size(value: &str, most: u64) -> Result<u64, String> {
    match parse_size(value) {
        Ok(size) if size <= most => Ok(size),
        Ok(_) => Err(format!("at most {most} bytes are possible")),
        Err(error) => Err(error.to_string()),
    }
}

fn overflow(value: &str) -> Result<Overflow, String> {
    [Overflow::DropNewest, Overflow::DropOldest, Overflow::Block]
        .into_iter()
        .find(|overflow| name_of(*overflow) == value)
        .ok_or_else(|| "`drop_newest`, `drop_oldest` or `block` is wanted".to_owned())
}

fn name_of(overflow: Overflow) -> &'static str {
    match overflow {
        Overflow::DropNewest => "drop_newest",
        Overflow::DropOldest => "drop_oldest",
        Overflow::Block => "block",
    }
}

mod compression;
mod sizes;

#[cfg(test)]
mod tests;

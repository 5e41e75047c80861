//! The `[runtime]` table: what a binary carries to machines that have no plan.

use std::fmt::Write as _;
use std::time::Duration;

use crate::duration::show_duration;

/// The `[runtime]` table: each key that was given, valid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Runtime {
    /// The log's file, or the folder for a log of the default name; relative to where the program is started.
    pub log: Option<String>,
    /// The size of each thread's ring, in bytes.
    pub ring_size: Option<u64>,
    /// The same by the names of threads, globs with `*`: the first that matches counts.
    pub ring_sizes: Option<Vec<(String, u64)>>,
    /// Where the rings live.
    pub rings: Option<Rings>,
    /// What happens when a ring is full.
    pub overflow: Option<Overflow>,
    /// How often rings are drained at the latest; whole microseconds.
    pub flush_interval: Option<Duration>,
    /// Where the log stops growing, or a segment of it ends, in bytes.
    pub max_size: Option<u64>,
    /// How old a segment of the log may become; whole microseconds.
    pub max_age: Option<Duration>,
    /// How many segments of the log are kept, besides the one that is written.
    pub keep: Option<u32>,
    /// How many runs' logs are kept in the log's folder, this run's included.
    pub keep_logs: Option<u32>,
    /// How the log is compressed.
    pub compression: Option<Compression>,
    /// How many threads drain rings; at least 1.
    pub threads: Option<u32>,
    /// Which of the woven functions record: globs with commas between.
    pub filter: Option<String>,
    /// The signal that asks a flight recorder for a snapshot.
    pub snapshot_signal: Option<Signal>,
    /// Whether a panic does.
    pub snapshot_on_panic: Option<bool>,
    /// How many snapshots panics and slow calls get.
    pub max_snapshots: Option<u32>,
}

/// A signal that can ask for a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Signal {
    /// `SIGHUP`.
    Hup,
    /// `SIGQUIT`.
    Quit,
    /// `SIGUSR1`.
    Usr1,
    /// `SIGUSR2`.
    Usr2,
}

impl Signal {
    /// The names in a plan.
    pub const NAMES: [&str; 4] = ["SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2"];

    /// The one with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Hup, Self::Quit, Self::Usr1, Self::Usr2].into_iter().find(|signal| signal.name() == name)
    }

    /// The name in a plan.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

/// Where the rings live.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Rings {
    /// In a file beside the log: they survive the process.
    Mapped,
    /// In memory.
    Heap,
}

impl Rings {
    /// The names in a plan.
    pub const NAMES: [&str; 2] = ["mapped", "heap"];

    /// The one with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "mapped" => Self::Mapped,
            "heap" => Self::Heap,
            _ => return None,
        })
    }

    /// The name in a plan.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mapped => "mapped",
            Self::Heap => "heap",
        }
    }
}

/// How the log is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Compression {
    /// Not at all.
    None,
    /// By LZ4.
    Lz4,
    /// By zstd, where the program has the feature.
    Zstd,
}

impl Compression {
    /// The names in a plan.
    pub const NAMES: [&str; 3] = ["none", "lz4", "zstd"];

    /// The one with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::None, Self::Lz4, Self::Zstd].into_iter().find(|compression| compression.name() == name)
    }

    /// The name in a plan.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

/// What happens to a record for which its ring has no room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Overflow {
    /// The new record is lost.
    DropNewest,
    /// The oldest records make room.
    DropOldest,
    /// The thread waits.
    Block,
}

impl Overflow {
    /// The names in a plan.
    pub const NAMES: [&str; 3] = ["drop_newest", "drop_oldest", "block"];

    /// The policy with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "drop_newest" => Self::DropNewest,
            "drop_oldest" => Self::DropOldest,
            "block" => Self::Block,
            _ => return None,
        })
    }

    /// The name in a plan.
    pub fn name(self) -> &'static str {
        match self {
            Self::DropNewest => "drop_newest",
            Self::DropOldest => "drop_oldest",
            Self::Block => "block",
        }
    }
}

impl Runtime {
    /// What was given, as `key=value` lines: sizes in bytes, the interval in `ms` or `us`. Empty if nothing was given.
    ///
    /// The lines are joined by `\n`, in a fixed order, without one at the end; no value holds a line break.
    pub fn to_lines(&self) -> String {
        let mut lines = String::new();
        let mut line = |key: &str, value: Option<String>| {
            if let Some(value) = value {
                let separator = if lines.is_empty() { "" } else { "\n" };
                // Writing to a string can't fail.
                let _ = write!(lines, "{separator}{key}={value}");
            }
        };
        line("log", self.log.clone());
        line("ring_size", self.ring_size.map(|bytes| bytes.to_string()));
        let sizes = |sizes: &Vec<(String, u64)>| {
            let sizes: Vec<String> = sizes.iter().map(|(name, bytes)| format!("{name}={bytes}")).collect();
            sizes.join(",")
        };
        line("ring_sizes", self.ring_sizes.as_ref().map(sizes));
        line("rings", self.rings.map(|rings| rings.name().to_owned()));
        line("overflow", self.overflow.map(|policy| policy.name().to_owned()));
        line("flush_interval", self.flush_interval.map(show_duration));
        line("max_size", self.max_size.map(|bytes| bytes.to_string()));
        line("max_age", self.max_age.map(show_duration));
        line("keep", self.keep.map(|n| n.to_string()));
        line("keep_logs", self.keep_logs.map(|n| n.to_string()));
        line("compression", self.compression.map(|compression| compression.name().to_owned()));
        line("threads", self.threads.map(|n| n.to_string()));
        line("filter", self.filter.clone());
        line("snapshot_signal", self.snapshot_signal.map(|signal| signal.name().to_owned()));
        line("snapshot_on_panic", self.snapshot_on_panic.map(|on| on.to_string()));
        line("max_snapshots", self.max_snapshots.map(|n| n.to_string()));
        lines
    }

    /// Takes over each key that `stronger` gives.
    pub(crate) fn merge(&mut self, stronger: Runtime) {
        self.log = stronger.log.or(self.log.take());
        self.ring_size = stronger.ring_size.or(self.ring_size);
        self.ring_sizes = stronger.ring_sizes.or(self.ring_sizes.take());
        self.rings = stronger.rings.or(self.rings);
        self.overflow = stronger.overflow.or(self.overflow);
        self.flush_interval = stronger.flush_interval.or(self.flush_interval);
        self.max_size = stronger.max_size.or(self.max_size);
        self.max_age = stronger.max_age.or(self.max_age);
        self.keep = stronger.keep.or(self.keep);
        self.keep_logs = stronger.keep_logs.or(self.keep_logs);
        self.compression = stronger.compression.or(self.compression);
        self.threads = stronger.threads.or(self.threads);
        self.filter = stronger.filter.or(self.filter.take());
        self.snapshot_signal = stronger.snapshot_signal.or(self.snapshot_signal);
        self.snapshot_on_panic = stronger.snapshot_on_panic.or(self.snapshot_on_panic);
        self.max_snapshots = stronger.max_snapshots.or(self.max_snapshots);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_hold_what_was_given() {
        assert_eq!(Runtime::default().to_lines(), "");
        let mut runtime = Runtime {
            log: Some("logs/".to_owned()),
            ring_size: Some(65_536),
            ring_sizes: Some(vec![("worker-*".to_owned(), 4 << 20), ("main".to_owned(), 65_536)]),
            rings: Some(Rings::Heap),
            overflow: Some(Overflow::DropOldest),
            flush_interval: Some(Duration::from_micros(250)),
            max_size: Some(1 << 30),
            max_age: Some(Duration::from_secs(60)),
            keep: Some(8),
            keep_logs: Some(3),
            compression: Some(Compression::Zstd),
            threads: Some(2),
            filter: Some("a::*, !b".to_owned()),
            snapshot_signal: Some(Signal::Usr2),
            snapshot_on_panic: Some(true),
            max_snapshots: Some(8),
        };
        let stronger =
            Runtime { ring_size: Some(4096), flush_interval: Some(Duration::from_secs(1)), ..Runtime::default() };
        assert!(runtime.to_lines().contains("\nflush_interval=250us\n"));
        runtime.merge(stronger);
        let expected = "log=logs/\nring_size=4096\nring_sizes=worker-*=4194304,main=65536\nrings=heap\noverflow=drop_oldest\nflush_interval=1000ms\nmax_size=1073741824\nmax_age=60000ms\nkeep=8\nkeep_logs=3\ncompression=zstd\nthreads=2\nfilter=a::*, !b\nsnapshot_signal=SIGUSR2\nsnapshot_on_panic=true\nmax_snapshots=8";
        assert_eq!(runtime.to_lines(), expected);
    }
}

//! `[runtime]`.

use std::ops::RangeInclusive;
use std::time::Duration;

use crate::glob::PathGlob;
use crate::parse::field::Field;
use crate::parse::keys::Table;
use crate::parse::sink::Sink;
use crate::runtime::{Compression, Overflow, Rings, Runtime, Signal};
use crate::size::{parse_size, show_size};

const RING: RangeInclusive<u64> = 4 << 10..=4 << 30;
const LOG: RangeInclusive<u64> = 64 << 10..=1 << 50;
const INTERVAL: RangeInclusive<Duration> = Duration::from_micros(1)..=Duration::from_secs(3600);
const THREADS: RangeInclusive<u32> = 1..=64;
const AGE: RangeInclusive<Duration> = Duration::from_secs(1)..=Duration::from_secs(366 * 86_400);
const SEGMENTS: RangeInclusive<u32> = 0..=1_000_000;
const LOGS: RangeInclusive<u32> = 1..=1_000_000;
const SNAPSHOTS: RangeInclusive<u32> = 0..=1_000_000;

/// Reads a `[runtime]` table.
pub(crate) fn read(field: &Field<'_>, sink: &mut Sink<'_>) -> Runtime {
    let mut runtime = Runtime::default();
    let Some(table) = field.table(sink) else { return runtime };
    for (key, value) in table {
        let field = Field::new(key, value);
        match field.key {
            "log" => runtime.log = log(&field, sink),
            "ring_size" => runtime.ring_size = field.size_in(RING, sink),
            "ring_sizes" => runtime.ring_sizes = sizes(&field, sink),
            "rings" => runtime.rings = field.choice(&Rings::NAMES, Rings::from_name, sink),
            "compression" => runtime.compression = field.choice(&Compression::NAMES, Compression::from_name, sink),
            "overflow" => runtime.overflow = field.choice(&Overflow::NAMES, Overflow::from_name, sink),
            "flush_interval" => runtime.flush_interval = field.duration_in(INTERVAL, sink),
            "max_size" => runtime.max_size = field.size_in(LOG, sink),
            "max_age" => runtime.max_age = field.duration_in(AGE, sink),
            "keep" => runtime.keep = field.number_in(SEGMENTS, sink),
            "keep_logs" => runtime.keep_logs = field.number_in(LOGS, sink),
            "threads" => runtime.threads = field.number_in(THREADS, sink),
            "filter" => runtime.filter = filter(&field, sink),
            "snapshot_signal" => runtime.snapshot_signal = field.choice(&Signal::NAMES, Signal::from_name, sink),
            "snapshot_on_panic" => runtime.snapshot_on_panic = field.boolean(sink),
            "max_snapshots" => runtime.max_snapshots = field.number_in(SNAPSHOTS, sink),
            _ => sink.unknown_key(&field, Table::Runtime),
        }
    }
    runtime
}

/// Globs with commas between, which travel in a line of text. The run time compares text, and so takes what the plan's own globs take.
fn filter(field: &Field<'_>, sink: &mut Sink<'_>) -> Option<String> {
    let text = field.text(sink)?;
    for glob in text.split(',').map(str::trim).filter(|glob| !glob.is_empty() && !glob.contains('<')) {
        if let Err(error) = PathGlob::new(glob.strip_prefix('!').unwrap_or(glob).trim()) {
            sink.at_value(field, format!("bad glob in `filter`: {error}"));
            return None;
        }
    }
    if text.contains(char::is_control) {
        sink.at_value(field, "`filter` must not hold line breaks or other control characters".to_owned());
        return None;
    }
    Some(text.trim().to_owned())
}

/// A path, which travels in a line of text.
fn log(field: &Field<'_>, sink: &mut Sink<'_>) -> Option<String> {
    let path = field.text(sink)?;
    if path.contains(char::is_control) {
        sink.at_value(field, "`log` must not hold line breaks or other control characters".to_owned());
        return None;
    }
    Some(path.trim().to_owned())
}

/// Names with sizes: `worker-*=4 MiB,main=64 KiB`.
fn sizes(field: &Field<'_>, sink: &mut Sink<'_>) -> Option<Vec<(String, u64)>> {
    let text = field.text(sink)?;
    let (mut sizes, mut sound) = (Vec::new(), true);
    for item in text.split(',').filter(|item| !item.trim().is_empty()) {
        // The last one: a name may have others.
        let (name, size) = item.rsplit_once('=').unwrap_or((item, ""));
        let wrong = match parse_size(size) {
            _ if name.trim().is_empty() || size.trim().is_empty() || name.contains(char::is_control) => {
                "a name and a size are wanted, as in `worker-*=4 MiB,main=64 KiB`".to_owned()
            }
            Ok(bytes) if RING.contains(&bytes) => {
                sizes.push((name.trim().to_owned(), bytes));
                continue;
            }
            Ok(_) => format!("the size must be between {} and {}", show_size(*RING.start()), show_size(*RING.end())),
            Err(error) => error.to_string(),
        };
        sink.at_value(field, format!("`{}` in `ring_sizes`: {wrong}", item.trim().escape_debug()));
        sound = false;
    }
    sound.then_some(sizes)
}

//! `[runtime]`.

use std::ops::RangeInclusive;
use std::time::Duration;

use crate::glob::PathGlob;
use crate::parse::field::Field;
use crate::parse::keys::Table;
use crate::parse::sink::Sink;
use crate::runtime::{Overflow, Rings, Runtime, Signal};

const RING: RangeInclusive<u64> = 4 << 10..=4 << 30;
const LOG: RangeInclusive<u64> = 64 << 10..=1 << 50;
const INTERVAL: RangeInclusive<Duration> = Duration::from_micros(1)..=Duration::from_secs(3600);
const THREADS: RangeInclusive<u32> = 1..=64;
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
            "rings" => runtime.rings = field.choice(&Rings::NAMES, Rings::from_name, sink),
            "overflow" => runtime.overflow = field.choice(&Overflow::NAMES, Overflow::from_name, sink),
            "flush_interval" => runtime.flush_interval = field.duration_in(INTERVAL, sink),
            "max_size" => runtime.max_size = field.size_in(LOG, sink),
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

//! `perfetto-recorder`: a vector of events in memory, made into a trace when the program ends.

use crate::subject::{Calls, Kind, Recording, Subject};
use crate::work;
use perfetto_recorder::{ThreadTraceData, TraceBuilder, scope};
use std::path::{Path, PathBuf};

pub const PERFETTO: Subject = Subject {
    name: "perfetto-recorder",
    note: "without the result; all is kept in memory until the program ends",
    calls: Calls { nothing, ints: Some(ints), text: Some(text) },
    start,
    landed,
};

/// What one timed loop records: a span and three arguments, the text in two parts.
const EVENTS: usize = 16_000 * 8;

fn start(folder: &Path, _: Kind) -> Box<dyn Recording> {
    perfetto_recorder::start().expect("built with `enable`");
    Box::new(Running { path: folder.join("perfetto") })
}

struct Running {
    path: PathBuf,
}

impl Recording for Running {
    fn settle(&mut self) {
        drop(ThreadTraceData::take_current_thread());
        perfetto_recorder::current_thread_reserve(EVENTS);
    }

    fn finish(self: Box<Self>) -> Option<PathBuf> {
        let mut trace = TraceBuilder::new().expect("recording is on");
        trace.process_thread_data(&ThreadTraceData::take_current_thread());
        trace.write_to_file(&self.path).expect("the file is written");
        Some(self.path)
    }
}

#[inline(never)]
fn nothing(a: u64, b: u64) -> u64 {
    scope!("nothing");
    work(a, b)
}

#[inline(never)]
fn ints(a: u64, b: u64) -> u64 {
    scope!("ints", a, b);
    work(a, b)
}

#[inline(never)]
fn text(a: u64, b: u64, text: &str) -> u64 {
    scope!("text", a, b, text);
    work(a, b)
}

/// The packets that hold a track's event: those that have the field 11 of Perfetto's `TracePacket`.
fn landed(path: &Path, _: Kind) -> u64 {
    let file = std::fs::read(path).expect("the file");
    fields(&file).filter(|(_, packet)| fields(packet).any(|(number, _)| number == 11)).count() as u64
}

/// The fields of a message of Protocol Buffers: their numbers, and the bytes of those that have a length.
fn fields(mut message: &[u8]) -> impl Iterator<Item = (u64, &[u8])> {
    std::iter::from_fn(move || {
        let key = (!message.is_empty()).then(|| varint(&mut message))?;
        let size = match key & 7 {
            0 => {
                varint(&mut message);
                0
            }
            1 => 8,
            2 => varint(&mut message) as usize,
            5 => 4,
            other => panic!("there is no wire type {other}"),
        };
        let (bytes, rest) = message.split_at(size);
        message = rest;
        Some((key >> 3, bytes))
    })
}

fn varint(from: &mut &[u8]) -> u64 {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = from.split_first().expect("a whole message");
        *from = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            break;
        }
    }
    value
}

//! The log of `scope`: what events take on the disk, how fast they get there, and how fast they are read.

use crate::subject::{self, Bare, KINDS, Kind, UNIT};
use crate::subjects::SCOPE;
use crate::{child, clock, machine};
use scope::{Compression, Overflow, Recorder};
use scope_core::record::{Header, Kind as Record, Records};
use scope_store::event::ThreadId;
use scope_store::info::{Calibration, Process, ThreadDef};
use scope_store::{Batch, Correlator, LogReader, LogWriter};
use std::path::Path;

const PASSES: usize = 5;
const UNITS: u64 = 4000;
const EVENTS: f64 = (2 * UNITS * UNIT) as f64;
const WAYS: [Compression; 2] = [Compression::None, Compression::Lz4];
/// The size of the log that is opened at a time.
const LARGE: u64 = 1 << 30;

/// Records into `folder`, and tells the processor time of the recorder's threads, what the log takes, and the processor time to read it.
pub fn measure(kind: Kind, way: &str, folder: &str) {
    let way = Compression::from_name(way).expect("a way to compress");
    let path = Path::new(folder).join("log.scope");
    let builder = Recorder::builder().log(&path).overflow(Overflow::Block).compression(way);
    let loaded = clock::process_ns() - clock::thread_ns();
    let guard = builder.start().expect("the recorder starts");
    subject::long(SCOPE.calls.get(kind).expect("all kinds"), &mut Bare, UNITS);
    guard.finish().expect("the log is whole");
    let drain = clock::process_ns() - clock::thread_ns() - loaded;
    let size = path.metadata().expect("a log").len() as f64;
    let start = clock::thread_ns();
    let log = LogReader::open(&path).expect("a log");
    let thread = log.threads().next().expect("a thread").id;
    let events = log.thread_events(thread).filter(|event| event.is_ok()).count() as f64;
    let given = clock::thread_ns() - start;
    assert!(events >= EVENTS, "{events} of {EVENTS} events");
    let start = clock::thread_ns();
    let (mut thread_events, mut lent_events) = (log.thread_events(thread), 0.0);
    while let Some(event) = thread_events.read() {
        lent_events += f64::from(u8::from(event.is_ok()));
    }
    let lent = clock::thread_ns() - start;
    assert_eq!(lent_events, events);
    child::tell(&[drain / EVENTS, size / EVENTS, given / events, lent / events]);
}

/// Writes a log of a gibibyte.
fn large(path: &Path) {
    let mut writer = LogWriter::create(path, u64::MAX, &Process::default()).expect("a log");
    writer.set_compression(Compression::None);
    let at = |ticks| Calibration { ticks, mono_ns: ticks, wall_ns: ticks, ticks_per_second: 1_000_000_000 };
    let written = |result: Result<_, _>| _ = result.unwrap_or_else(|error| panic!("{error}"));
    written(writer.calibration(&at(1)));
    written(writer.thread(&ThreadDef { id: ThreadId(1), name: None, os_id: 1 }));
    let (mut correlator, mut batch, mut calls) = (Correlator::new(ThreadId(1)), Batch::new(), 0_u64);
    while writer.size() < LARGE {
        let mut words = Vec::new();
        for _ in 0..5000 {
            calls += 1;
            // Three numbers, as of a function with two arguments and a result.
            words.extend([Header::new(Record::EntryPlain, 5, 1, calls).0, calls * 100, 0x0101, calls << 40, !calls]);
            words.extend([Header::new(Record::ExitUint, 4, 1, calls).0, calls * 100 + 50, 1, calls << 50]);
        }
        let mut records = Records::new(&words);
        correlator.feed(&mut records, 1, &mut batch);
        written(writer.batch(&batch));
        batch.clear();
    }
    writer.seal(Some(&at(calls * 100))).map_err(|error| panic!("{error}")).ok();
}

/// Opens the log at a moment, reads the first event from then on, and tells how long that took.
pub fn seek(path: &str) {
    let start = clock::wall_ns();
    let log = LogReader::open(path).expect("a log");
    let (first, last) = log.span().expect("events");
    let middle = first + (last - first) / 3 * 2;
    let event = log.events_from(middle).filter_map(Result::ok).find(|event| event.time >= middle).expect("an event");
    child::tell(&[clock::wall_ns() - start, (event.time - middle) as f64, machine::peak_memory()]);
}

pub fn run() {
    println!("### The log\n");
    println!(
        "{UNITS} thousand calls of one thread, a full ring blocks. *Drain* is the processor time of the recorder's threads, from the ring to the"
    );
    println!(
        "file; *given* that of the iterator `thread_events`, *lent* of its `read`. Median of {PASSES} processes.\n"
    );
    println!(
        "| recorded | compression | bytes per event | drain, million events/s | given, million events/s | lent, million events/s |"
    );
    println!("|---|---|--:|--:|--:|--:|");
    for (index, kind) in KINDS.iter().enumerate() {
        for way in WAYS {
            let mut cells = [const { vec![] }; 4];
            for _ in 0..PASSES {
                let folder = tempfile::tempdir().expect("a folder");
                let folder = folder.path().to_str().expect("a name in UTF-8");
                let told = child::run(&["log", &index.to_string(), way.name(), folder]);
                cells.iter_mut().zip(&told[0]).for_each(|(cell, number)| cell.push(*number));
            }
            let [drain, size, given, lent] = cells.each_mut().map(|cell| clock::median(cell));
            println!(
                "| {} | {} | {size:.2} | {:.1} | {:.1} | {:.1} |",
                kind.name(),
                way.name(),
                1e3 / drain,
                1e3 / given,
                1e3 / lent
            );
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("large.scope");
    large(&path);
    let path = path.to_str().expect("a name in UTF-8");
    let told: Vec<_> = (0..PASSES).map(|_| child::run(&["seek", path]).remove(0)).collect();
    let mut times: Vec<f64> = told.iter().map(|told| told[0] / 1e6).collect();
    let memory = told[0][2] / f64::from(1 << 20);
    println!(
        "\nA log of 1 GiB is opened at a moment, and its first event from then on read, in {:.1} ms (peak memory {memory:.0} MiB).\n",
        clock::median(&mut times)
    );
}

//! What is in a log does not depend on how it is compressed; and a reader that does not know how says so.

use crate::support::{CHECK, PLACE, calibration, plain, process, record};

use scope_core::config::Compression;
use scope_core::record::{Kind, Records};
use scope_core::site::SiteId;
use scope_store::backend::MemoryBackend;
use scope_store::event::{Event, EventKind, ThreadId};
use scope_store::info::{PlanDef, ThreadDef};
use scope_store::{Batch, Correlator, LogReader, LogWriter, ReadError};

/// Batches of the log, and events of each.
const BATCHES: u64 = 3;
const EVENTS: u64 = 4 * 200;

/// What can be compressed.
fn plan() -> PlanDef {
    PlanDef { path: "scope.toml".to_owned(), text: "# the same line again\n".repeat(400), ..PlanDef::default() }
}

/// A log, compressed like this.
fn log(compression: Compression) -> Vec<u8> {
    let memory = MemoryBackend::new();
    let mut writer = LogWriter::with_backend(memory.clone(), u64::MAX, &process()).unwrap();
    writer.set_compression(compression);
    _ = writer.calibration(&calibration(1000)).unwrap();
    _ = writer.plan(&plan()).unwrap();
    _ = writer.sites([(SiteId(1), (&PLACE).into()), (SiteId(6), (&CHECK).into())]).unwrap();
    _ = writer.thread(&ThreadDef { id: ThreadId(1), name: None, os_id: 7 }).unwrap();
    let (mut correlator, mut batch) = (Correlator::new(ThreadId(1)), Batch::new());
    for cycle in 0..BATCHES {
        let words: Vec<u64> = (cycle * EVENTS / 4..(cycle + 1) * EVENTS / 4)
            .flat_map(|n| {
                let ticks = 2000 + n * 10;
                let outer = record(Kind::Entry, 1, 1 + 2 * n, &[ticks], |w| (w.str("order"), w.uint(n)).1);
                let inner =
                    [plain(Kind::Entry, 6, 2 + 2 * n, &[ticks + 2]), plain(Kind::Exit, 6, 2 + 2 * n, &[ticks + 4])];
                [outer, inner.concat(), plain(Kind::Exit, 1, 1 + 2 * n, &[ticks + 6])].concat()
            })
            .collect();
        correlator.feed(&mut Records::new(&words), cycle + 1, &mut batch);
        _ = writer.batch(&batch).unwrap();
        batch.clear();
    }
    writer.seal(Some(&calibration(30_000))).unwrap();
    memory.bytes()
}

fn events(log: &LogReader) -> Vec<Event> {
    log.events().map(|event| event.unwrap()).collect()
}

#[test]
fn the_same_however_it_is_compressed() {
    let logs = Compression::ALL.map(log);
    let [none, lz4, zstd] = logs.clone().map(|log| log.len());
    assert!(zstd <= lz4 && 2 * lz4 < none, "{none} {lz4} {zstd}");
    assert_eq!(zstd < lz4, cfg!(feature = "zstd"), "without the feature it is LZ4");
    let logs = logs.map(|log| LogReader::from_bytes(log).unwrap());
    for log in &logs {
        let read = events(log);
        assert_eq!(read.len() as u64, BATCHES * EVENTS);
        assert!(read == events(&logs[0]));
        assert_eq!(log.plan_defs().unwrap(), [plan()]);
        assert!(log.damage().is_empty());
    }
}

/// How many bytes the number has that `bytes` begin with, and the number.
fn number(bytes: &[u8]) -> (usize, u64) {
    let length = match bytes[0] {
        small @ ..=250 => return (1, small.into()),
        marker => 1 << (marker - 250),
    };
    let mut number = [0; 8];
    number[..length].copy_from_slice(&bytes[1..=length]);
    (1 + length, u64::from_le_bytes(number))
}

/// The log, in which batches and texts are said to be compressed like this.
fn said_to_be(codec: u8, mut log: Vec<u8>) -> Vec<u8> {
    let mut at = 32;
    while at < log.len() {
        let end = at + 16 + u32::from_le_bytes(log[at + 4..at + 8].try_into().unwrap()) as usize;
        let mut place = at + 16;
        match log[at + 8] {
            // Three texts, a number and a byte come before.
            10 => {
                for _ in 0..3 {
                    let (bytes, length) = number(&log[place..]);
                    place += bytes + length as usize;
                }
                place += number(&log[place..]).0 + 1;
                log[place] = codec;
            }
            // The eleven numbers of a batch's head.
            14 => {
                (0..11).for_each(|_| place += number(&log[place..]).0);
                log[place] = codec;
            }
            _ => {}
        }
        let crc = crc32c::crc32c_append(crc32c::crc32c(&log[at..at + 12]), &log[at + 16..end]);
        log[at + 12..at + 16].copy_from_slice(&crc.to_le_bytes());
        at = end;
    }
    log
}

/// What a reader says of a log that is compressed like this, if it does not know that.
fn refused(codec: u8) -> String {
    let log = LogReader::from_bytes(said_to_be(codec, log(Compression::Lz4))).unwrap();
    let (read, errors): (Vec<_>, Vec<_>) = log.events().partition(Result::is_ok);
    // What it can't read it tells of, as of any other loss.
    let lost = |event: Result<Event, ReadError>| match event.unwrap().kind {
        EventKind::Lost { count } => count,
        kind => panic!("{kind:?}"),
    };
    assert_eq!(read.into_iter().map(lost).collect::<Vec<_>>(), [EVENTS; BATCHES as usize]);
    let mut errors: Vec<ReadError> = errors.into_iter().map(Result::unwrap_err).collect();
    errors.extend(log.plan_defs().err());
    assert_eq!(errors.len() as u64, BATCHES + 1);
    for error in &errors {
        assert!(matches!(error, ReadError::Compression { codec: told, .. } if *told == codec), "{error:?}");
        // Whoever lists them says it once.
        assert_eq!(error.to_string(), errors[0].to_string());
    }
    errors[0].to_string()
}

#[test]
#[cfg(not(feature = "zstd"))]
fn a_reader_without_zstd_says_what_to_do() {
    let text = refused(2);
    assert!(text.contains("zstd") && text.contains("cargo install scope-dump --features zstd"), "{text}");
}

#[test]
fn a_newer_compression_is_told() {
    let text = refused(9);
    assert!(text.contains("(9)") && text.contains("`scope-dump`"), "{text}");
}

//! A log that is cut or changed at every byte: no panic, no wrong event, and the damage is told.

use crate::support;

use scope_store::backend::MemoryBackend;
use scope_store::event::{Event, EventKind, Outcome, ThreadId};
use scope_store::reader::LogEnd;
use scope_store::{DamageKind, LogReader, ReadError};

/// Without what definitions add, which may be damaged while the event is whole.
fn bare(mut event: Event) -> Event {
    if let EventKind::Exit { outcome, line, .. } = &mut event.kind {
        *line = None;
        if *outcome == Outcome::Left {
            *outcome = Outcome::Returned;
        }
    }
    event
}

fn events(log: &LogReader, thread: u32) -> Vec<Event> {
    log.thread_events(ThreadId(thread)).map(|event| bare(event.unwrap())).collect()
}

fn is_lost(event: &Event) -> bool {
    matches!(event.kind, EventKind::Lost { .. })
}

/// Whether `some` are events of `all`, in their order, with losses anywhere.
fn is_part(some: &[Event], all: &[Event]) -> bool {
    let mut all = all.iter();
    some.iter().filter(|event| !is_lost(event)).all(|event| all.any(|other| other == event))
}

/// Where the frame at `at` ends.
fn end_of_frame(log: &[u8], at: usize) -> usize {
    at + 16 + u32::from_le_bytes(log[at + 4..at + 8].try_into().unwrap()) as usize
}

#[test]
fn every_prefix_gives_its_whole_frames() {
    let whole = support::log();
    let mut written = 0;
    support::write(MemoryBackend::new(), u64::MAX, |writer| written = writer.size());
    let ends = std::iter::successors(Some(32), |&at| (at < whole.len()).then(|| end_of_frame(&whole, at)));
    let ends: Vec<u64> = ends.map(|end| end as u64).collect();
    // What follows are the stop mark, a calibration and the end.
    let stopped = LogReader::scan_bytes(whole.clone()).unwrap();
    for length in 0..=whole.len() {
        let log = LogReader::scan_bytes(whole[..length].to_vec());
        match length {
            0 => assert!(matches!(log, Err(ReadError::Empty { .. }))),
            1..32 => assert!(matches!(log, Err(ReadError::Header { cut: true, .. })), "{length}"),
            _ => {
                let log = log.unwrap();
                assert_eq!(log.damage(), []);
                let before: Vec<Event> = log.events().map(|event| bare(event.unwrap())).collect();
                let end = ends.iter().copied().filter(|&end| end <= length as u64).max().unwrap_or(32);
                let state = log.state();
                if (length as u64) < written {
                    let whole_frames = end == length as u64 || length == 32;
                    let expected = if whole_frames { LogEnd::Open } else { LogEnd::Torn { offset: end } };
                    assert_eq!(state, expected, "{length}");
                    // The same as the log that ends with that frame.
                    let whole = LogReader::scan_bytes(whole[..end as usize].to_vec()).unwrap();
                    assert!(whole.events().map(|event| bare(event.unwrap())).eq(before));
                } else {
                    assert_eq!(state == LogEnd::Sealed, length == whole.len(), "{length}");
                    assert!(log.lost() <= stopped.lost());
                }
            }
        }
    }
}

#[test]
fn every_changed_byte_is_told() {
    let whole = support::log();
    let intact = LogReader::scan_bytes(whole.clone()).unwrap();
    let all: Vec<Vec<Event>> = (0..4).map(|thread| events(&intact, thread)).collect();
    let count = |threads: &[Vec<Event>]| threads.iter().flatten().filter(|event| !is_lost(event)).count() as u64;
    for at in 0..whole.len() {
        for change in [0x01, 0x80, 0xFF] {
            let mut bytes = whole.clone();
            bytes[at] ^= change;
            let log = match LogReader::scan_bytes(bytes) {
                Ok(log) => log,
                Err(ReadError::NotALog { .. } | ReadError::Header { .. }) if at < 32 => continue,
                Err(error) => panic!("byte {at}: {error}"),
            };
            assert!(at >= 32);
            let told = log.damage().iter().any(|d| d.offset <= at as u64 && (at as u64) < d.offset + d.length);
            let torn = matches!(log.state(), LogEnd::Torn { offset } if offset <= at as u64);
            assert!(told || torn, "byte {at}: {:?} {:?}", log.damage(), log.state());
            assert!(log.damage().len() <= 1 && log.state() != LogEnd::Open);
            let some: Vec<Vec<Event>> = (0..4).map(|thread| events(&log, thread)).collect();
            for (some, all) in some.iter().zip(&all) {
                assert!(is_part(some, all), "byte {at}");
            }
            // What is missing is counted, as long as the end can be read.
            if log.state() == LogEnd::Sealed {
                let missing = count(&all) - count(&some);
                assert!(
                    log.lost() + 1 >= intact.lost() + missing,
                    "byte {at}: {} {} {missing}",
                    log.lost(),
                    intact.lost()
                );
            }
        }
    }
}

#[test]
fn a_damaged_batch_leaves_a_mark_of_loss() {
    let whole = support::log();
    let mut sizes = Vec::new();
    support::write(MemoryBackend::new(), u64::MAX, |writer| sizes.push(writer.size()));
    // The first batch of thread 1: five events.
    let (from, to) = (sizes[4] as usize, sizes[5] as usize);
    let mut bytes = whole.clone();
    bytes[to - 1] ^= 0x40;
    let log = LogReader::scan_bytes(bytes.clone()).unwrap();
    assert_eq!(
        log.damage().iter().map(|d| (d.offset, d.length, d.kind)).collect::<Vec<_>>(),
        [(from as u64, (to - from) as u64, DamageKind::Checksum)]
    );
    assert_eq!(
        log.damage()[0].to_string(),
        format!("a frame whose checksum does not match at offset {from} ({} bytes skipped)", to - from)
    );
    let first = events(&log, 1).remove(0);
    assert_eq!(first.kind, EventKind::Lost { count: 5 });
    assert_eq!(log.lost(), LogReader::scan_bytes(whole.clone()).unwrap().lost() + 5);

    // Its head and mark gone: found again by the next mark.
    bytes[from..from + 16].fill(0);
    let log = LogReader::scan_bytes(bytes).unwrap();
    assert_eq!((log.damage().len(), log.damage()[0].kind), (1, DamageKind::Head));
    assert_eq!(events(&log, 1).remove(0).kind, EventKind::Lost { count: 5 });

    // Bytes behind the end.
    let log = LogReader::scan_bytes([&whole[..], b"more"].concat()).unwrap();
    assert_eq!((log.state(), log.damage()[0].kind), (LogEnd::Sealed, DamageKind::Trailing));
}

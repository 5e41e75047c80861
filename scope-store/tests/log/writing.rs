//! What the writer does when there is no room, when a write fails, and what a crash leaves.

use crate::support;

use scope_core::record::{Kind, Records};
use scope_store::backend::{Crash, CrashBackend, MemoryBackend};
use scope_store::event::{Event, EventKind, Mark, StopReason, ThreadId};
use scope_store::info::Totals;
use scope_store::reader::LogEnd;
use scope_store::{Appended, Batch, Correlator, LogReader, LogWriter, ReadError, Refusal, WriteError};
use std::error::Error;
use std::io;

fn all(log: &LogReader) -> Vec<Event> {
    log.events().map(|event| event.unwrap()).collect()
}

fn begin<B: scope_store::backend::Backend>(backend: B, max_size: u64) -> LogWriter<B> {
    LogWriter::with_backend(backend, max_size, &support::process()).unwrap()
}

/// A batch of `calls` calls: twice as many events.
fn batch(correlator: &mut Correlator, first: u64, calls: u64) -> Batch {
    let mut words = Vec::new();
    for n in first..first + calls {
        words.extend(support::plain(Kind::Entry, 6, n, &[n * 1000]));
        words.extend(support::plain(Kind::Exit, 6, n, &[n * 1000 + 500]));
    }
    let mut batch = Batch::new();
    correlator.feed(&mut Records::new(&words), 1, &mut batch);
    batch
}

#[test]
fn a_full_log_says_so_and_counts_what_it_refuses() {
    let memory = MemoryBackend::new();
    let mut writer = begin(memory.clone(), 3000);
    let mut correlator = Correlator::new(ThreadId(1));
    let mut written = 0;
    for n in 0..100 {
        match writer.batch(&batch(&mut correlator, 1 + n * 10, 10)).unwrap() {
            Appended::Written => written += 20,
            refused => assert_eq!(refused, Appended::Refused(Refusal::Stopped(StopReason::MaxSize))),
        }
    }
    assert_eq!(writer.lost(ThreadId(1), 0, 5).unwrap(), Appended::Refused(Refusal::Stopped(StopReason::MaxSize)));
    let totals = writer.seal(Some(&support::calibration(9))).unwrap();
    assert!(written > 0 && writer.size() <= 3000);
    assert_eq!((totals.events, totals.lost, totals.refused), (written, 0, 2000 - written + 5));
    assert!(matches!(writer.seal(None), Err(WriteError::Closed)));
    assert_eq!(writer.batch(&batch(&mut correlator, 5000, 1)).unwrap(), Appended::Refused(Refusal::Sealed));

    let log = LogReader::from_bytes(memory.bytes()).unwrap();
    assert_eq!((log.state(), log.damage()), (LogEnd::Sealed, &[][..]));
    assert_eq!(log.lost(), 2005 - written);
    let events = all(&log);
    assert_eq!(events.len() as u64, written + 1);
    assert_eq!(
        events.last().map(|event| &event.kind),
        Some(&EventKind::Mark { mark: Mark::Limit(StopReason::MaxSize) })
    );
}

#[test]
fn a_log_that_is_full_of_what_has_no_time_says_so_after_its_events() {
    let memory = MemoryBackend::new();
    let mut writer = begin(memory.clone(), 3000);
    assert_eq!(writer.batch(&batch(&mut Correlator::new(ThreadId(1)), 1, 10)).unwrap(), Appended::Written);
    let full = Appended::Refused(Refusal::Stopped(StopReason::MaxSize));
    while writer.clocks([], 7).unwrap() != full {}
    writer.seal(Some(&support::calibration(9))).unwrap();
    let events = all(&LogReader::from_bytes(memory.bytes()).unwrap());
    assert_eq!(events.len(), 21);
    assert_eq!(events[20].kind, EventKind::Mark { mark: Mark::Limit(StopReason::MaxSize) });
}

#[test]
fn a_failed_write_closes_the_log() {
    let medium = CrashBackend::new();
    let mut writer = begin(medium.clone(), u64::MAX);
    let mut correlator = Correlator::new(ThreadId(1));
    assert_eq!(writer.batch(&batch(&mut correlator, 1, 10)).unwrap(), Appended::Written);
    let size = writer.size();
    medium.full_after(30);
    let error = writer.batch(&batch(&mut correlator, 11, 10)).unwrap_err();
    assert_eq!(error.to_string(), format!("can't write the log at offset {size}: recording stops here"));
    assert!(error.source().is_some());
    medium.full_after(1 << 20);
    assert_eq!(writer.batch(&batch(&mut correlator, 21, 10)).unwrap(), Appended::Refused(Refusal::Failed));
    assert!(matches!(writer.flush(), Err(WriteError::Closed)));
    assert!(matches!(writer.seal(None), Err(WriteError::Closed)));
    assert_eq!((writer.totals().events, writer.totals().refused, writer.size()), (20, 40, size));
    let log = LogReader::from_bytes(medium.bytes()).unwrap();
    assert_eq!((log.state(), all(&log).len()), (LogEnd::Torn { offset: size }, 20));
}

#[test]
fn what_was_synced_survives_a_crash() {
    let medium = CrashBackend::new();
    let mut writer = support::write(medium.clone(), u64::MAX, |_| {});
    writer.sync().unwrap();
    let synced = all(&LogReader::from_bytes(medium.bytes()).unwrap());
    // What was synced is 23 events and three marks; then 40 more that were not.
    let mut correlator = Correlator::new(ThreadId(3));
    for n in 0..2 {
        assert_eq!(writer.batch(&batch(&mut correlator, 1 + n * 10, 10)).unwrap(), Appended::Written);
    }
    let unsynced = medium.unsynced();
    for at in 0..=unsynced {
        for crash in [Crash::Kept(at), Crash::Zeroed(at), Crash::Hole(at)] {
            let log = LogReader::from_bytes(medium.after(crash)).unwrap();
            let events = all(&log);
            let old: Vec<_> = events.iter().filter(|event| event.thread != ThreadId(3)).cloned().collect();
            assert_eq!(old, synced, "{crash:?}");
            let new = events.len() - old.len();
            let whole = at == unsynced;
            assert!(new == 40 || matches!(new, 0 | 20 | 21), "{crash:?}: {new}");
            assert!(!whole || new == 40);
            let told = log.state() != LogEnd::Open || !log.damage().is_empty() || matches!(crash, Crash::Kept(_));
            assert!(new == 40 || told, "{crash:?}");
        }
    }
}

#[test]
fn a_file_is_the_owners_and_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.scope");
    let mut writer = LogWriter::create(&path, u64::MAX, &support::process()).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    // While it is being written.
    let mut correlator = Correlator::new(ThreadId(1));
    assert_eq!(writer.batch(&batch(&mut correlator, 1, 10)).unwrap(), Appended::Written);
    let log = LogReader::open(&path).unwrap();
    assert_eq!((log.state(), all(&log).len(), log.header()), (LogEnd::Open, 20, &support::process()));
    assert_eq!(writer.batch(&batch(&mut correlator, 11, 10)).unwrap(), Appended::Written);
    assert_eq!(all(&log).len(), 20);
    let totals = writer.seal(None).unwrap();
    assert_eq!(totals, Totals { events: 40, ..totals });
    assert_eq!(all(&LogReader::open(&path).unwrap()).len(), 40);

    let error = LogWriter::create(&path, u64::MAX, &support::process()).unwrap_err();
    assert!(matches!(&error, WriteError::Create { source, .. } if source.kind() == io::ErrorKind::AlreadyExists));
    assert!(error.to_string().contains("never written over"), "{error}");
    assert_eq!(all(&LogReader::open(&path).unwrap()).len(), 40);
}

#[test]
fn what_is_no_log_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.scope");
    let open = || LogReader::open(&path).map(|_| ()).unwrap_err();
    assert!(matches!(open(), ReadError::Open { .. }));
    for (bytes, text) in [
        (&b""[..], "is empty"),
        (b"time,level\n", "is not a scope log"),
        (b"\x89SCOPE\n\x1a\n", "copy the log again in binary mode"),
        (b"\x89SCOPE\r\n\x1a\n", "inside its header"),
    ] {
        std::fs::write(&path, bytes).unwrap();
        let error = open().to_string();
        assert!(error.contains(text) && error.contains("a.scope"), "{error}");
    }
    assert!(matches!(LogReader::open(folder.path()), Err(ReadError::Open { .. } | ReadError::Io { .. })));
}

#[test]
fn long_batches_are_cut_and_events_cost_few_bytes() {
    let memory = MemoryBackend::new();
    let mut writer = begin(memory.clone(), u64::MAX);
    let mut words = Vec::new();
    let calls: u64 = 1_000_000;
    for n in 1..=calls {
        words.extend(support::plain(Kind::Entry, 6, n, &[n * 300]));
        words.extend(support::plain(Kind::Exit, 6, n, &[n * 300 + 20]));
    }
    let (mut correlator, mut batch, mut records) = (Correlator::new(ThreadId(1)), Batch::new(), Records::new(&words));
    let mut batches = 0;
    loop {
        correlator.feed(&mut records, 1, &mut batch);
        if batch.is_empty() {
            break;
        }
        assert_eq!(writer.batch(&batch).unwrap(), Appended::Written);
        batch.clear();
        batches += 1;
    }
    writer.seal(None).unwrap();
    assert!(batches > 2);
    assert!(writer.size() < calls / 8, "{} bytes", writer.size());
    let log = LogReader::from_bytes(memory.bytes()).unwrap();
    let mut open = None;
    let mut count = 0;
    for event in log.events() {
        let event = event.unwrap();
        match event.kind {
            EventKind::Entry { .. } => open = event.call,
            EventKind::Exit { duration, .. } => assert_eq!((event.call, duration), (open, Some(20))),
            other => panic!("{other:?}"),
        }
        count += 1;
    }
    assert_eq!(count, calls * 2);
}

#[test]
fn events_that_only_a_date_tells_of_are_found_by_their_time() {
    // A thread that calls nothing, and tells of its own events now and then.
    let memory = MemoryBackend::new();
    let mut writer = LogWriter::with_backend(memory.clone(), u64::MAX, &support::process()).unwrap();
    _ = writer.calibration(&support::calibration(1000)).unwrap();
    let (mut correlator, mut batch) = (Correlator::new(ThreadId(1)), Batch::new());
    for cycle in 1..4 {
        let records: Vec<u64> =
            (0..3).flat_map(|n| support::plain(Kind::ValuesAt, 3, 0, &[1000 * cycle + 100 * n, 0x81])).collect();
        correlator.feed(&mut Records::new(&records), cycle, &mut batch);
        _ = writer.batch(&batch).unwrap();
        batch.clear();
    }
    writer.seal(None).unwrap();
    let log = LogReader::from_bytes(memory.bytes()).unwrap();
    assert_eq!(log.span(), Some((1000, 3200)));
    for since in [1000, 1001, 1200, 2000, 2001, 2150, 3000, 3200] {
        let from = log.thread_events_from(ThreadId(1), since).map(|event| event.unwrap().time).filter(|t| *t >= since);
        let all = log.thread_events(ThreadId(1)).map(|event| event.unwrap().time).filter(|t| *t >= since);
        assert_eq!(from.collect::<Vec<_>>(), all.collect::<Vec<_>>(), "{since}");
    }
}

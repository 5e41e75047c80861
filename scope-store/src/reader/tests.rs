//! What other versions, or nobody, may have written.

use super::*;
use crate::backend::MemoryBackend;
use crate::event::EventKind;
use crate::format::{self, StoredEnd, StoredFunction, StoredIndex, StoredSeal};
use crate::frame::{self, HEAD};
use crate::writer::LogWriter;
use crate::{Batch, Correlator, header};
use proptest::prelude::*;
use scope_core::record::{Header, Kind, Records};
use scope_core::site::{FunctionDef, PlaceDef, PlaceKind};

fn base() -> Vec<u8> {
    let memory = MemoryBackend::new();
    let writer = LogWriter::with_backend(memory.clone(), u64::MAX, &Process::default());
    assert!(writer.is_ok());
    memory.bytes()
}

/// Reads all there is. The number of events and of errors.
fn drain(bytes: Vec<u8>) -> Result<(usize, usize), ReadError> {
    let log = LogReader::from_bytes(bytes)?;
    let (events, errors): (Vec<_>, Vec<_>) = log.events().partition(Result::is_ok);
    let alone = log.index.threads.keys().map(|&id| log.thread_events(ThreadId(id)).count()).sum::<usize>();
    assert_eq!(events.len() + errors.len(), alone);
    let _ = (log.lost(), log.damage().len(), log.sites().count(), log.threads().count());
    Ok((events.len(), errors.len()))
}

#[test]
fn a_newer_minor_version_is_read() {
    let mut log = header::bytes_of((2, 9)).to_vec();
    log.extend_from_slice(&base()[header::LENGTH..]);
    log.extend(frame::of_kind(77, b"whatever that is"));
    // More in a payload than we know.
    log.extend(frame::of_kind(6, &[1, 50, 8, 200, 200]));
    let log = LogReader::from_bytes(log).unwrap();
    assert_eq!((log.version(), log.damage(), log.state(), log.lost()), ((2, 9), &[][..], LogEnd::Open, 8));
    let kinds: Vec<_> = log.events().map(|event| event.unwrap().kind).collect();
    assert_eq!(kinds, [EventKind::Lost { count: 8 }]);
}

#[test]
fn another_major_version_is_refused() {
    let mut log = base();
    log[..header::LENGTH].copy_from_slice(&header::bytes_of((3, 1)));
    let error = LogReader::from_bytes(log).unwrap_err();
    assert!(matches!(error, ReadError::Version { found: (3, 1), supported: header::VERSION, .. }));
    let text = error.to_string();
    assert!(text.contains("3.1") && text.contains("2.x") && text.contains("scope-dump"), "{text}");
}

#[test]
fn whole_frames_that_make_no_sense_are_damage() {
    let mut log = base();
    let offset = log.len() as u64;
    let bad = frame::of_kind(3, &[255; 9]);
    let length = bad.len() as u64;
    log.extend(bad);
    log.extend(frame::of_kind(6, &[1, 50, 8]));
    let log = LogReader::from_bytes(log).unwrap();
    assert_eq!(log.damage(), [Damage { offset, length, kind: crate::DamageKind::Undecodable }]);
    assert_eq!(log.lost(), 8);
}

/// A function with so many places.
fn function(first: u32, places: usize) -> StoredFunction<'static> {
    let places = vec![PlaceDef { kind: PlaceKind::Line, line: 2, names: Vec::new() }; places];
    let def = FunctionDef { module: "m", name: "f", file: "f.rs", line: 1, args: Vec::new(), places };
    StoredFunction::new(first, def)
}

#[test]
fn the_last_id_that_there_is_can_be_a_site() {
    for first in [u32::MAX, u32::MAX - 2] {
        let (mut log, mut payload) = (base(), Vec::new());
        crate::format::put(vec![function(first, (u32::MAX - first) as usize)], &mut payload);
        log.extend(frame::of_kind(3, &payload));
        let log = LogReader::from_bytes(log).unwrap();
        assert!(log.damage().is_empty());
        assert!(log.sites().map(|site| site.id.0).eq(first..=u32::MAX));
    }
}

#[test]
fn a_copy_has_no_damage() {
    let lost = |count: u8| frame::of_kind(6, &[1, 50, count]);
    let mut sites = Vec::new();
    // The second one has ids that there are not: none of the frame counts.
    crate::format::put(vec![function(1, 2), function(u32::MAX, 1)], &mut sites);
    let mut end = Vec::new();
    crate::format::put([0_u64; 11], &mut end);
    let mut sound = base();
    let mut log = sound.clone();
    for (frame, is_sound) in [
        (lost(8), true),
        (frame::of_kind(14, &[1]), false),
        (frame::of_kind(3, &sites), false),
        (lost(9)[1..].to_vec(), false),
        (lost(7), true),
        (frame::of_kind(8, &end), true),
        (lost(6), false),
    ] {
        log.extend_from_slice(&frame);
        if is_sound {
            sound.extend_from_slice(&frame);
        }
    }
    let reader = LogReader::scan_bytes(log.clone()).unwrap();
    assert_eq!(reader.damage().len(), 4);
    assert_eq!(reader.sites().count(), 0);
    let mut copy = Vec::new();
    let left = reader.repair(&mut copy).unwrap();
    assert_eq!(left, (log.len() - sound.len()) as u64);
    assert!(copy == sound);
    let copy = LogReader::scan_bytes(copy).unwrap();
    assert_eq!((copy.damage(), copy.state(), copy.lost()), (&[][..], LogEnd::Sealed, 15));
}

#[test]
fn a_frame_inside_a_damaged_payload_is_not_taken_for_one() {
    let inner = frame::of_kind(6, &[1, 50, 8]);
    let mut outer = frame::of_kind(77, &inner);
    outer[HEAD - 1] ^= 1;
    let mut log = base();
    log.extend(outer);
    log.extend(frame::of_kind(6, &[1, 50, 9]));
    let log = LogReader::from_bytes(log).unwrap();
    assert_eq!((log.lost(), log.damage().len()), (9, 1));
}

#[test]
fn frames_are_found_across_windows() {
    // Frames behind damage, at each place around the border of the reader's window.
    let frame = frame::of_kind(6, &[1, 50, 8]);
    for gap in (65_500..65_560).chain([3, 131_000]) {
        let mut log = base();
        log.extend(vec![0xF5; gap]);
        log.extend(&frame);
        let log = LogReader::from_bytes(log).unwrap();
        assert_eq!((log.lost(), log.damage()[0].length), (8, gap as u64));
    }
}

/// A sealed log of one thread with two calls, each in a batch of its own, which was met when it had begun.
fn sealed() -> Vec<u8> {
    let memory = MemoryBackend::new();
    let mut writer = LogWriter::with_backend(memory.clone(), u64::MAX, &Process::default()).unwrap();
    _ = writer.thread_from(&ThreadDef { id: ThreadId(1), name: None, os_id: 0 }, 5000, 0).unwrap();
    let (mut correlator, mut batch) = (Correlator::new(ThreadId(1)), Batch::new());
    for call in 1..3 {
        let record = |kind, ticks| [Header::new(kind, 2, 1, call).0, ticks];
        let words = [record(Kind::Entry, 1000 * call), record(Kind::Exit, 1000 * call + 5)].concat();
        correlator.feed(&mut Records::new(&words), 1, &mut batch);
        _ = writer.batch(&batch).unwrap();
        batch.clear();
    }
    writer.seal(None).unwrap();
    memory.bytes()
}

#[test]
fn an_index_that_says_what_is_not_there_is_not_believed() {
    let log = sealed();
    let index = format::read::<StoredSeal>(&{
        let end = u64::from_le_bytes(*log.last_chunk().unwrap()) as usize;
        let mut payload = &log[end + HEAD..];
        format::take::<StoredEnd>(&mut payload).unwrap();
        payload.to_vec()
    })
    .unwrap()
    .index as usize;
    let mut told: StoredIndex = format::read(&log[index + HEAD..]).unwrap();
    told.units[1].before = 3;
    let mut payload = Vec::new();
    format::put(told, &mut payload);
    let frame = frame::of_kind(9, &payload);
    let lying = [&log[..index], &frame, &log[index + frame.len()..]].concat();
    let log = LogReader::from_bytes(lying).unwrap();
    let events: Vec<_> = log.thread_events(ThreadId(1)).collect();
    assert_eq!(events.iter().filter(|event| event.is_err()).count(), 1, "{events:?}");
    let entries = events.iter().flatten().filter(|event| matches!(event.kind, EventKind::Entry { .. }));
    assert_eq!(entries.count(), 1, "{events:?}");
}

#[test]
fn an_end_that_is_not_the_last_is_no_way_in() {
    let log = sealed();
    assert_eq!(LogReader::from_bytes(log.clone()).unwrap().damage(), []);
    // What follows ends as the log does.
    let more = [&log[..], &log[log.len() - 8..]].concat();
    let log = LogReader::from_bytes(more).unwrap();
    assert_eq!((log.state(), log.damage()[0].kind), (LogEnd::Sealed, crate::DamageKind::Trailing));
}

#[test]
fn a_thread_starts_before_its_first_event() {
    for log in [LogReader::from_bytes(sealed()), LogReader::scan_bytes(sealed())] {
        let log = log.unwrap();
        let events: Vec<_> = log.thread_events(ThreadId(1)).map(|event| event.unwrap()).collect();
        assert_eq!((&events[0].kind, events[0].time), (&EventKind::ThreadStarted, events[1].time));
        assert!(events.is_sorted_by_key(|event| event.time));
    }
}

#[test]
fn a_call_and_an_event_are_found_by_their_numbers() {
    let log = LogReader::from_bytes(sealed()).unwrap();
    let first = |mut events: ThreadEvents<'_>| {
        events.find_map(|event| event.ok().filter(|e| e.call.is_some()).map(|event| event.id.number()))
    };
    let calls = [0, 1, 2, 3].map(|call| first(log.thread_events_from_call(CallId::new(ThreadId(1), call))));
    assert_eq!(calls, [Some(0), Some(0), Some(2), None]);
    let numbers = [0, 1, 2, 3, 4].map(|number| first(log.thread_events_from_number(ThreadId(1), number)));
    assert_eq!(numbers, [Some(0), Some(0), Some(2), Some(2), None]);
}

/// A batch's head, or not, and then anything.
fn batch() -> impl Strategy<Value = Vec<u8>> {
    let head = prop_oneof![
        (0..3u8, 0..9u8, 0..40u8)
            .prop_map(|(thread, before, events)| vec![thread, 1, before, events, 0, 100, 200, 0, 0]),
        any::<Vec<u8>>(),
    ];
    (head, prop::collection::vec(prop_oneof![0..12u8, any::<u8>()], 0..60))
        .prop_map(|(head, events)| [head, events].concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
        let _ = drain(bytes.clone());
        let _ = drain([header::bytes().to_vec(), bytes.clone()].concat());
        prop_assert!(drain([base(), bytes].concat()).is_ok());
    }

    #[test]
    fn any_payloads_are_read_or_told(frames in prop::collection::vec((1..10u8, batch()), 0..8), junk: Vec<u8>) {
        let mut log = base();
        for (kind, payload) in &frames {
            log.extend(frame::of_kind(*kind, payload));
        }
        log.extend(junk);
        prop_assert!(drain(log).is_ok());
    }
}

#[test]
fn what_was_followed_is_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.scope");
    let append = |bytes: &[u8]| {
        let mut file = std::fs::OpenOptions::new().create(true).append(true).open(&path).unwrap();
        std::io::Write::write_all(&mut file, bytes).unwrap();
    };
    append(&base());
    let mut follower = crate::reader::Follower::open(&path).unwrap();
    for round in 0..50 {
        // Losses of two threads, and a calibration.
        for payload in [&[1, 50 + round, 8][..], &[2, 50, 1]] {
            append(&frame::of_kind(6, payload));
        }
        // One that comes and goes.
        append(&frame::of_kind(4, &[100 + round, 0, 0, 50, 0]));
        append(&frame::of_kind(15, &[100 + round, 60]));
        append(&frame::of_kind(2, &[100 + round, 100 + round, 100 + round, 0]));
        assert!(follower.more().unwrap());
        let mut lost = 0;
        let all = follower.events(|_, event| match event?.kind {
            EventKind::Lost { count } => {
                lost += count;
                Ok(())
            }
            _ => Ok::<(), ReadError>(()),
        });
        all.unwrap();
        assert_eq!(lost, 9);
        let index = &follower.reader().index;
        assert!(index.threads.values().all(|thread| thread.units.is_empty()) && index.threads.len() == 2);
        assert!(index.calibrations.len() <= 16 && index.calibrations[0].ticks == 100, "the first is the anchor");
        assert!(!follower.more().unwrap(), "nothing is new");
    }
}

//! Records that go where a thread wants them: `scope::ingest`.

mod common;

use common::record;
use scope::buffer::{Buffer, Kind, Options};
use scope::ingest::{self, SetError};
use scope::report::{self, Sites};
use scope::utils::parse_size;
use std::cell::RefCell;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What one test does outside of its buffer is not to be in the log of another.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

#[scope::instrument(level = "boundaries")]
fn woven(n: u64) -> u64 {
    n + 1
}

static REPORTED: Sites = scope::sites!(reported(n); variables(what));

/// A user's own event: the values of a place that is in no call.
fn reported(n: u64) {
    report::variables(&REPORTED, 0, &[&n]);
}

fn buffer() -> Buffer {
    Buffer::new(Options::default()).expect("memory")
}

/// How many calls begin, and how many ends and values there are.
fn calls_and_others(buffer: &Buffer) -> (usize, usize) {
    let batch = buffer.read_batch(0, usize::MAX);
    assert_eq!(batch.missing(), 0);
    let calls = batch.records().filter(|(_, record)| record.kind.begins_call()).count();
    (calls, batch.len() - calls)
}

#[test]
fn what_a_thread_does_is_in_its_buffer_alone() {
    let _alone = alone();
    let (ours, inner) = (buffer(), buffer());
    let recorded = record(|| {
        woven(1);
        assert!(ingest::buffer().expect("the recorder's").set().is_none());
        ingest::with_buffer(&ours, || {
            (0..1000).for_each(|n| _ = woven(n));
            reported(5);
            assert_eq!(ingest::buffer().expect("ours").capacity(), parse_size("1 MiB").expect("a size") as usize);
            ingest::with_buffer(&inner, || woven(2)).expect("it is nobody's");
            woven(3);
        })
        .expect("it is nobody's");
        woven(4);
        reported(6);
    });
    assert_eq!(recorded.lines().len(), 5, "{:?}", recorded.lines());
    assert!(recorded.lines()[4].contains("values reported what = 6"), "{:?}", recorded.lines());
    let batch = ours.read_batch(0, usize::MAX);
    let ends = batch.records().filter(|(_, r)| matches!(r.kind, Kind::Exit | Kind::ExitUint)).count();
    assert_eq!((calls_and_others(&ours).0, ends), (1001, 1001));
    assert_eq!(calls_and_others(&inner).0, 1);
    assert!(ours.producer().is_some(), "nobody writes there any more");
}

#[test]
fn no_recorder_has_to_run() {
    let _alone = alone();
    // Also not in a program whose recorder has come and gone.
    record(|| ());
    let ours = buffer();
    assert_eq!(ingest::set_buffer(Some(&ours)).map(|before| before.is_some()), Ok(false));
    (0..20_000).for_each(|n| _ = woven(n));
    let before = ingest::set_buffer(None).expect("nothing is open");
    assert!(before.is_some() && ingest::set_buffer(None).is_ok_and(|before| before.is_none()));
    woven(1);
    let stats = ours.stats();
    assert!(stats.written + stats.lost >= 40_000 && stats.high_water > stats.capacity / 2, "{stats:?}");
    ours.clear();
    assert_eq!(ours.size(), 0);
    woven(2);
    assert_eq!(ours.stats().written, stats.written, "the thread still writes there");
    // What was left of the open chunk is no trap for the next one who writes.
    ingest::with_buffer(&ours, || woven(3)).expect("it is nobody's");
    ingest::with_buffer(&ours, || woven(4)).expect("it is nobody's");
    assert_eq!(ours.read_batch(0, usize::MAX).records().filter(|(_, r)| r.kind.begins_call()).count(), 2);
}

#[test]
fn one_thread_writes_at_a_time() {
    let _alone = alone();
    let ours = buffer();
    let producer = ours.producer().expect("nobody writes yet");
    assert_eq!(ingest::with_buffer(&ours, || 1), Err(SetError::Taken));
    drop(producer);
    assert_eq!(ingest::with_buffer(&ours, || ours.producer().is_none()), Ok(true));
    let panicked = std::panic::catch_unwind(|| ingest::with_buffer(&ours, || panic!("on purpose")).map(drop));
    assert!(panicked.is_err() && ours.producer().is_some(), "it is set still");
}

#[test]
fn a_thread_may_end_with_its_buffer() {
    let _alone = alone();
    let ours = buffer();
    let recorded = record(|| {
        let set = ours.clone();
        let thread = std::thread::spawn(move || {
            woven(1);
            ingest::set_buffer(Some(&set)).expect("it is nobody's");
            drop(set);
            woven(2);
        });
        thread.join().expect("it ends well");
    });
    assert_eq!(calls_and_others(&ours).0, 1);
    assert_eq!(recorded.lines().iter().filter(|line| line.contains("enter woven")).count(), 1);
    assert!(ours.producer().is_some(), "its producer is gone");
}

thread_local! {
    static TRIED: RefCell<Vec<Option<SetError>>> = const { RefCell::new(Vec::new()) };
}

/// Whose `Debug` would change where its own record goes.
struct Sly(Buffer);

impl std::fmt::Debug for Sly {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for buffer in [Some(&self.0), None] {
            TRIED.with_borrow_mut(|tried| tried.push(ingest::set_buffer(buffer).err()));
        }
        f.write_str("sly")
    }
}

#[scope::instrument(level = "full")]
fn looked_at(sly: &Sly) -> usize {
    let other = std::ptr::from_ref(sly).addr();
    other
}

#[test]
fn an_open_record_stays_where_it_is() {
    let _alone = alone();
    let (ours, other) = (buffer(), Sly(buffer()));
    ingest::with_buffer(&ours, || looked_at(&other)).expect("it is nobody's");
    assert!(TRIED.with_borrow(|tried| !tried.is_empty() && tried.iter().all(|e| *e == Some(SetError::Busy))));
    let (calls, others) = calls_and_others(&ours);
    assert!(calls == 1 && others > 0, "{calls} {others}");
    assert_eq!(other.0.stats().written, 0);
}

//! A small log with everything in it. Its clock is such that a time in ns is the ticks, with or without calibrations.

#[path = "../made/mod.rs"]
mod made;

pub use made::{plain, record};

use scope_core::record::{Kind, Records, TaskEnd};
use scope_core::site::{FunctionInfo, Origin, Place, PlaceKind, SiteId};
use scope_core::value::Limits;
use scope_store::backend::{Backend, MemoryBackend};
use scope_store::event::ThreadId;
use scope_store::info::{Calibration, Process, ThreadDef};
use scope_store::{Appended, Batch, Correlator, LogWriter};

const ORIGIN: Origin = Origin { start: |_| {}, runtime: "" };

/// Site 1; its places are 2 to 5.
pub static PLACE: FunctionInfo = FunctionInfo {
    module: "shop::orders",
    name: "Order::place",
    file: "src/orders.rs",
    line: 10,
    args: &["self", "qty"],
    places: &[
        Place { kind: PlaceKind::Line, line: 11, names: &[] },
        Place { kind: PlaceKind::Variables, line: 12, names: &["total"] },
        Place { kind: PlaceKind::Question, line: 13, names: &[] },
        Place { kind: PlaceKind::Return, line: 14, names: &[] },
    ],
    limits: Limits::DEFAULT,
    origin: ORIGIN,
};

/// Site 6.
pub static CHECK: FunctionInfo = FunctionInfo {
    module: "shop",
    name: "check",
    file: "src/main.rs",
    line: 20,
    args: &[],
    places: &[],
    limits: Limits::DEFAULT,
    origin: ORIGIN,
};

/// The process that the log is of.
pub fn process() -> Process {
    Process {
        program: "shop".to_owned(),
        command: vec!["shop".to_owned(), "--all".to_owned()],
        pid: 4711,
        start: 1000,
        version: "0.1.0".to_owned(),
        os: "linux".to_owned(),
        arch: "x86_64".to_owned(),
        cwd: "/home/me".to_owned(),
        config: "ring_size=65536".to_owned(),
        host: "counter".to_owned(),
        executable: "/home/me/shop".to_owned(),
        build: "release".to_owned(),
    }
}

/// A moment at which all clocks show the same.
pub fn calibration(ticks: u64) -> Calibration {
    Calibration { ticks, mono_ns: ticks, wall_ns: ticks, ticks_per_second: 1_000_000_000 }
}

/// What thread `thread` records, in the recorder's cycles.
fn records(thread: u32) -> Vec<Vec<u64>> {
    let task = 2 << 40 | 1;
    match thread {
        1 => vec![
            [
                record(Kind::Entry, 1, 1, &[2000], |w| {
                    w.opaque_named("shop::orders::Order", 24);
                    w.uint(3);
                }),
                // Where a line without a time would be put.
                plain(Kind::LineAt, 2, 0, &[2033]),
                record(Kind::Values, 3, 0, &[], |w| w.f64(29.25)),
                plain(Kind::Entry, 6, 2, &[2100]),
                plain(Kind::Exit, 6, 2, &[2150]),
            ]
            .concat(),
            [
                record(Kind::Early, 4, 1, &[], |w| w.err_with(|w| w.str("sold out"))),
                plain(Kind::Exit, 1, 1, &[2300]),
                plain(Kind::Entry, 6, 3, &[2400]),
                plain(Kind::Panic, 6, 3, &[2450]),
                record(Kind::Entry, 1, 4, &[2500], |w| {
                    w.redacted();
                    w.uint(0);
                }),
                record(Kind::Return, 5, 4, &[], |w| w.bool(true)),
                plain(Kind::Exit, 1, 4, &[2600]),
                plain(Kind::Entry, 1, 5, &[2610]),
                plain(Kind::Line, 2, 0, &[]),
                plain(Kind::Exit, 1, 5, &[2620]),
            ]
            .concat(),
        ],
        _ => vec![
            [
                record(Kind::TaskEntry, 1, 1, &[2050, task], |w| w.unit()),
                plain(Kind::Suspend, 1, 1, &[2060, task]),
                plain(Kind::Entry, 6, 2, &[2070]),
                plain(Kind::Entry, 6, 3, &[2080]),
                plain(Kind::Lost, 0, 0, &[2200, 7, 5]),
                plain(Kind::Exit, 6, 2, &[2210]),
                plain(Kind::Exit, 6, 5, &[2220]),
            ]
            .concat(),
            [
                plain(Kind::Resume, 1, 1, &[2250, task]),
                record(Kind::TaskReturn, 5, 1, &[task], |w| w.int(-5)),
                plain(Kind::TaskExit, 1, 1, &[2260, task, 2050, TaskEnd::Completed as u64]),
                plain(Kind::TaskExit, 1, 1, &[2270, 1 << 40 | 9, 2055, TaskEnd::Cancelled as u64]),
                plain(Kind::Entry, 6, 6, &[2700]),
            ]
            .concat(),
        ],
    }
}

fn written(appended: Result<Appended, scope_store::WriteError>) {
    assert_eq!(appended.unwrap(), Appended::Written);
}

/// Writes the log but for its end. `step` is called after each frame.
pub fn write<B: Backend>(backend: B, max_size: u64, mut step: impl FnMut(&LogWriter<B>)) -> LogWriter<B> {
    let mut writer = LogWriter::with_backend(backend, max_size, &process()).unwrap();
    step(&writer);
    written(writer.calibration(&calibration(1000)));
    step(&writer);
    written(writer.sites([(SiteId(1), (&PLACE).into()), (SiteId(6), (&CHECK).into())]));
    step(&writer);
    for (id, name) in [(1, Some("main")), (2, None)] {
        written(writer.thread(&ThreadDef { id: ThreadId(id), name: name.map(str::to_owned), os_id: 100 }));
        step(&writer);
    }
    let mut correlators = [1, 2].map(|thread| Correlator::new(ThreadId(thread)));
    let mut batch = Batch::new();
    for cycle in 0..2 {
        for correlator in &mut correlators {
            let words = &records(correlator.thread().0)[cycle];
            correlator.feed(&mut Records::new(words), cycle as u64 + 1, &mut batch);
            written(writer.batch(&batch));
            batch.clear();
            step(&writer);
        }
    }
    written(writer.lost(ThreadId(1), 2650, 3));
    step(&writer);
    writer
}

/// The whole log: stopped by its size, and sealed.
pub fn log() -> Vec<u8> {
    let size = write(MemoryBackend::new(), u64::MAX, |_| {}).size();
    let memory = MemoryBackend::new();
    // Room for the end (which tells of six frames, four batches and a word of sites), and for no further frame.
    let mut writer = write(memory.clone(), size + 512 + 96 * 11, |_| {});
    assert!(matches!(writer.lost(ThreadId(2), 2900, 11).unwrap(), Appended::Refused(_)));
    writer.seal(Some(&calibration(3000))).unwrap();
    memory.bytes()
}

//! A log that is made, not recorded: with everything in it that an export has to tell. A time in ns is its ticks.

#[path = "../../../scope-store/tests/made/mod.rs"]
mod records;

pub use records::{plain, record};

use scope_core::record::{Kind, Records, TaskEnd};
use scope_core::site::{FunctionInfo, Origin, Place, PlaceKind, SiteId};
use scope_core::value::{Limits, ValueWriter};
use scope_store::backend::MemoryBackend;
use scope_store::event::ThreadId;
use scope_store::info::{Calibration, Process, ThreadDef};
use scope_store::{Appended, Batch, Correlator, LogWriter, WriteError};

const ORIGIN: Origin = Origin { start: |_| {}, runtime: "" };

const fn place(kind: PlaceKind, line: u32, names: &'static [&'static str]) -> Place {
    Place { kind, line, names }
}

/// Site 1, its places 2 to 5: async.
static SERVE: FunctionInfo = FunctionInfo {
    module: "shop",
    name: "serve",
    file: "src/shop.rs",
    line: 10,
    args: &["request"],
    places: &[
        place(PlaceKind::Sent, 11, &["orders", "size"]),
        place(PlaceKind::Metric, 12, &["queue length"]),
        place(PlaceKind::Custom, 13, &["order placed", "id", "price"]),
        place(PlaceKind::Return, 14, &[]),
    ],
    limits: Limits::DEFAULT,
    origin: ORIGIN,
};

/// Site 6, its places 7 to 13.
static WORK: FunctionInfo = FunctionInfo {
    module: "shop",
    name: "work",
    file: "src/shop.rs",
    line: 20,
    args: &["job"],
    places: &[
        place(PlaceKind::Received, 21, &["orders"]),
        place(PlaceKind::State, 22, &["state"]),
        place(PlaceKind::Line, 23, &[]),
        place(PlaceKind::Variables, 24, &["total"]),
        place(PlaceKind::Question, 25, &[]),
        place(PlaceKind::Correlation, 26, &["id"]),
        place(PlaceKind::Metric, 27, &["ratio"]),
    ],
    limits: Limits::DEFAULT,
    origin: ORIGIN,
};

/// Site 14: what is hard to write.
static ODD: FunctionInfo = FunctionInfo {
    module: "shop",
    name: "<[u8; 4] as Odd<'_>>::\"n\\a;m\u{1}e\n & co\"\u{2028}µ",
    file: "src/\"odd\"\t<&>.rs",
    line: 30,
    args: &["nan", "inf", "big", "low", "text", "cut", "secret", "list", "map", "empty", "made", "bytes"],
    places: &[],
    limits: Limits::DEFAULT,
    origin: ORIGIN,
};

/// How often [`WORK`] is called on thread 1 at the end.
pub const REPEATED: u64 = 40;

fn odd(w: &mut ValueWriter<'_>) {
    w.f64(f64::NAN);
    w.f32(f32::NEG_INFINITY);
    w.uint128(u128::MAX);
    w.int128(i128::MIN);
    w.str("a\0b\u{7f}\"\\\n</script>]]>\u{2029}µ\u{1f600}");
    w.str(&"long ".repeat(1000));
    w.redacted();
    w.seq(Some(3)).items([1u8, 2, 3]).finish();
    let mut map = w.map(Some(2));
    map.entry_with(|k| k.str("$key.a[0]"), |v| v.bool(true));
    map.entry_with(|k| k.int(-7), |v| v.none());
    map.finish();
    w.seq(Some(0)).finish();
    w.structure("Order").field("id", &7u32).field("note", &Some("x")).field("rate", &0.5f32).finish();
    w.bytes(&[0, 255, 34]);
}

/// What thread `thread` records.
fn records(thread: u32) -> Vec<u64> {
    let (task, dropped) = (1 << 40 | 1, 1 << 40 | 2);
    let parts = match thread {
        1 => {
            let mut parts = vec![
                record(Kind::TaskEntry, 1, 1, &[2000, task], |w| w.str("GET /\u{1b}[0m")),
                record(Kind::Values, 2, 0, &[], |w| {
                    w.uint(7);
                    w.uint(3);
                }),
                record(Kind::Values, 3, 0, &[], |w| w.uint(12)),
                plain(Kind::Suspend, 1, 1, &[2100, task]),
                record(Kind::TaskEntry, 1, 2, &[2110, dropped], |w| w.str("given up")),
                plain(Kind::Suspend, 1, 2, &[2120, dropped]),
                record(Kind::Entry, 6, 3, &[2450], |w| w.unit()),
                plain(Kind::Panic, 6, 3, &[2480]),
                plain(Kind::Lost, 0, 0, &[2500, 17, 4]),
            ];
            for n in 0..REPEATED {
                parts.push(record(Kind::Entry, 6, 5 + n, &[3000 + 10 * n], |w| w.uint(n)));
                parts.push(plain(Kind::Exit, 6, 5 + n, &[3006 + 10 * n]));
            }
            // Never ends.
            parts.push(record(Kind::Entry, 6, 5 + REPEATED, &[9000], |w| w.uint(99)));
            parts.push(plain(Kind::LineAt, 9, 0, &[9500]));
            parts
        }
        2 => vec![
            record(Kind::Entry, 6, 1, &[2130], |w| w.uint(7)),
            record(Kind::Values, 12, 0, &[], |w| w.uint128(0xabc)),
            record(Kind::Values, 7, 0, &[], |w| w.uint(7)),
            record(Kind::Values, 8, 0, &[], |w| {
                w.str("idle");
                w.unit_variant("Busy");
            }),
            plain(Kind::Line, 9, 0, &[]),
            record(Kind::Values, 10, 0, &[], |w| w.f64(29.25)),
            record(Kind::Values, 13, 0, &[], |w| w.f64(0.25)),
            record(Kind::Values, 13, 0, &[], |w| w.f64(f64::NAN)),
            record(Kind::Entry, 14, 2, &[2200], odd),
            plain(Kind::Exit, 14, 2, &[2300]),
            record(Kind::Early, 11, 1, &[], |w| w.err_with(|w| w.str("sold out"))),
            plain(Kind::Exit, 6, 1, &[2400]),
            plain(Kind::Resume, 1, 1, &[2510, task]),
            record(Kind::Values, 4, 0, &[], |w| {
                w.uint(7);
                w.f64(9.5);
            }),
            record(Kind::TaskReturn, 5, 1, &[task], |w| w.ok_with(|w| w.int(-5))),
            plain(Kind::TaskExit, 1, 1, &[2600, task, 2000, TaskEnd::Completed as u64]),
        ],
        _ => vec![plain(Kind::TaskExit, 1, 2, &[2650, dropped, 2110, TaskEnd::Cancelled as u64])],
    };
    parts.concat()
}

fn written(appended: Result<Appended, WriteError>) {
    assert_eq!(appended.expect("written"), Appended::Written);
}

/// Writes a log of these threads.
pub fn write(threads: &[(Option<&str>, Vec<u64>)]) -> Vec<u8> {
    write_as("shop", threads)
}

/// The same of this program.
fn write_as(program: &str, threads: &[(Option<&str>, Vec<u64>)]) -> Vec<u8> {
    let process = Process {
        program: program.to_owned(),
        command: vec![program.to_owned(), "--all \"x\"".to_owned()],
        pid: 4711,
        start: 1000,
        version: "0.1.0".to_owned(),
        os: "linux".to_owned(),
        arch: "x86_64".to_owned(),
        ..Process::default()
    };
    let calibration = |ticks| Calibration { ticks, mono_ns: ticks, wall_ns: ticks, ticks_per_second: 1_000_000_000 };
    let memory = MemoryBackend::new();
    let mut writer = LogWriter::with_backend(memory.clone(), u64::MAX, &process).expect("a log");
    written(writer.calibration(&calibration(1000)));
    let sites = [(SiteId(1), (&SERVE).into()), (SiteId(6), (&WORK).into()), (SiteId(14), (&ODD).into())];
    written(writer.sites(sites));
    for (id, (name, words)) in (1..).zip(threads) {
        let id = ThreadId(id);
        written(writer.thread(&ThreadDef { id, name: name.map(str::to_owned), os_id: 100 }));
        let mut batch = Batch::new();
        Correlator::new(id).feed(&mut Records::new(words), 1, &mut batch);
        if !batch.is_empty() {
            written(writer.batch(&batch));
        }
    }
    writer.seal(Some(&calibration(1_000_000))).expect("sealed");
    memory.bytes()
}

/// The log with everything in it.
pub fn log() -> Vec<u8> {
    write(&[(Some("main"), records(1)), (Some("worker \"2\" <&>\n"), records(2)), (None, records(3))])
}

/// The log of another program, whose process has the same number: its calls have the numbers of others, it receives what the first one
/// sent, and goes on with an async call that began before its log.
#[allow(dead_code, reason = "not every test has several logs")]
pub fn other() -> Vec<u8> {
    write_as("till", &[(Some("main"), records(2))])
}

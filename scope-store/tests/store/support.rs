//! Logs that are made for a question. Their clock is such that a time in ns is the ticks.

#[path = "../made/mod.rs"]
mod made;

use scope_core::record::{Kind, Records, TaskEnd};
use scope_core::site::{FunctionInfo, Origin, Place, PlaceKind, SiteId};
use scope_core::value::{Limits, ValueWriter};
use scope_store::backend::{Backend, MemoryBackend};
use scope_store::event::{CallId, ThreadId};
use scope_store::info::{Calibration, Process, ThreadDef};
use scope_store::{Appended, Batch, Correlator, LogReader, LogWriter, ReadError, Store, WriteError};

const ORIGIN: Origin = Origin { start: |_| {}, runtime: "" };

const fn place(kind: PlaceKind, line: u32, names: &'static [&'static str]) -> Place {
    Place { kind, line, names }
}

macro_rules! functions {
    ($($id:literal $info:ident $constant:ident = $name:literal ($($arg:literal)*) at $line:literal [$($place:expr),*];)*) => {
        $(
            static $info: FunctionInfo = FunctionInfo {
                module: "app", name: $name, file: "src/app.rs", line: $line, args: &[$($arg),*], places: &[$($place),*],
                limits: Limits::DEFAULT, origin: ORIGIN,
            };
            pub const $constant: u32 = $id;
        )*
        const FUNCTIONS: &[(u32, &FunctionInfo)] = &[$(($id, &$info)),*];
    };
}

functions! {
    1 MAIN_INFO MAIN = "main" () at 10 [
        place(PlaceKind::Line, 11, &[]),
        place(PlaceKind::Variables, 12, &["total"]),
        place(PlaceKind::Question, 13, &[]),
        place(PlaceKind::Return, 14, &[]),
        place(PlaceKind::State, 15, &["stock"]),
        place(PlaceKind::Expression, 16, &["a + b"])
    ];
    20 LOAD_INFO LOAD = "load" ("path" "qty") at 30 [
        place(PlaceKind::Line, 31, &[]),
        place(PlaceKind::Variables, 32, &["qty"]),
        place(PlaceKind::Question, 33, &[]),
        place(PlaceKind::Return, 34, &[])
    ];
    40 PARSE_INFO PARSE = "parse" ("text") at 50 [
        place(PlaceKind::Line, 51, &[]),
        place(PlaceKind::Variables, 52, &["n"]),
        place(PlaceKind::Question, 53, &[]),
        place(PlaceKind::Return, 54, &[])
    ];
    60 FROM_INFO FROM = "AppError::from" () at 70 [];
    80 FETCH_INFO FETCH = "fetch" ("url") at 90 [
        place(PlaceKind::Line, 91, &[]),
        place(PlaceKind::Variables, 92, &["got"]),
        place(PlaceKind::Question, 93, &[]),
        place(PlaceKind::Return, 94, &[])
    ];
}

/// Places of each function but `FROM`, as what is added to its site.
pub const LINE: u32 = 1;
pub const VARIABLE: u32 = 2;
pub const QUESTION: u32 = 3;
pub const RETURN: u32 = 4;
/// Further places of `MAIN`.
pub const STATE: u32 = 5;
pub const EXPRESSION: u32 = 6;

type Write<'w> = &'w dyn Fn(&mut ValueWriter<'_>);

/// What a thread records.
#[derive(Default)]
pub struct Script {
    words: Vec<u64>,
    calls: u64,
}

impl Script {
    fn record(&mut self, kind: Kind, site: u32, call: u64, words: &[u64], write: Write<'_>) -> &mut Self {
        self.words.extend(made::record(kind, site, call, words, write));
        self
    }

    /// A call begins; its number.
    pub fn entry(&mut self, function: u32, at: u64, args: Write<'_>) -> u64 {
        self.calls += 1;
        self.record(Kind::Entry, function, self.calls, &[at], args);
        self.calls
    }

    pub fn exit(&mut self, function: u32, call: u64, at: u64) -> &mut Self {
        self.record(Kind::Exit, function, call, &[at], &|_| {})
    }

    /// It gives back a value.
    pub fn gives(&mut self, function: u32, call: u64, at: u64, value: Write<'_>) -> &mut Self {
        self.record(Kind::Return, function + RETURN, call, &[], value).exit(function, call, at)
    }

    /// It leaves by a `?`.
    pub fn fails(&mut self, function: u32, call: u64, at: u64, error: Write<'_>) -> &mut Self {
        self.record(Kind::Early, function + QUESTION, call, &[], error).exit(function, call, at)
    }

    pub fn panics(&mut self, function: u32, call: u64, at: u64) -> &mut Self {
        self.record(Kind::Panic, function, call, &[at], &|_| {})
    }

    pub fn line(&mut self, function: u32) -> &mut Self {
        self.record(Kind::Line, function + LINE, 0, &[], &|_| {})
    }

    pub fn values(&mut self, site: u32, values: Write<'_>) -> &mut Self {
        self.record(Kind::Values, site, 0, &[], values)
    }

    pub fn lost(&mut self, at: u64, count: u64, calls: u64) -> &mut Self {
        self.calls = self.calls.max(calls);
        self.record(Kind::Lost, 0, 0, &[at, count, calls], &|_| {})
    }

    /// An async call begins on `thread`, which is this one; its id.
    pub fn task(&mut self, thread: u32, function: u32, at: u64, args: Write<'_>) -> u64 {
        self.calls += 1;
        let id = CallId::new(ThreadId(thread), self.calls).0;
        self.record(Kind::TaskEntry, function, self.calls, &[at, id], args);
        id
    }

    pub fn suspend(&mut self, function: u32, id: u64, at: u64) -> &mut Self {
        self.record(Kind::Suspend, function, id & 0x3F_FFFF, &[at, id], &|_| {})
    }

    pub fn resume(&mut self, function: u32, id: u64, at: u64) -> &mut Self {
        self.record(Kind::Resume, function, id & 0x3F_FFFF, &[at, id], &|_| {})
    }

    pub fn task_gives(&mut self, function: u32, id: u64, value: Write<'_>) -> &mut Self {
        self.record(Kind::TaskReturn, function + RETURN, id & 0x3F_FFFF, &[id], value)
    }

    pub fn task_exit(&mut self, function: u32, id: u64, at: u64, began: u64, end: TaskEnd) -> &mut Self {
        self.record(Kind::TaskExit, function, id & 0x3F_FFFF, &[at, id, began, end as u64], &|_| {})
    }
}

/// The process `pid` of `app`, which began to record at `start`.
pub fn process(pid: u32, start: u64) -> Process {
    Process { program: "app".to_owned(), pid, start, ..Process::default() }
}

/// Writes what threads 1, 2, … record, which are named `main`, `worker-2`, …
pub fn write<B: Backend>(backend: B, process: &Process, scripts: &[Script]) {
    let mut correlators: Vec<Correlator> = (1..).zip(scripts).map(|(id, _)| Correlator::new(ThreadId(id))).collect();
    write_on(backend, process, scripts, &mut correlators);
}

fn written(appended: Result<Appended, WriteError>) {
    assert_eq!(appended.unwrap(), Appended::Written);
}

/// The same, in a further segment.
pub fn write_on<B: Backend>(backend: B, process: &Process, scripts: &[Script], correlators: &mut [Correlator]) {
    let mut writer = LogWriter::with_backend(backend, u64::MAX, process).unwrap();
    let calibration = Calibration { ticks: 1, mono_ns: 1, wall_ns: 1, ticks_per_second: 1_000_000_000 };
    written(writer.calibration(&calibration));
    written(writer.sites(FUNCTIONS.iter().map(|(id, info)| (SiteId(*id), (*info).into()))));
    for (id, (script, correlator)) in (1..).zip(scripts.iter().zip(correlators)) {
        let name = if id == 1 { "main".to_owned() } else { format!("worker-{id}") };
        written(writer.thread(&ThreadDef { id: ThreadId(id), name: Some(name), os_id: 0 }));
        let (mut records, mut batch) = (Records::new(&script.words), Batch::new());
        loop {
            correlator.feed(&mut records, 1, &mut batch);
            if batch.is_empty() {
                break;
            }
            written(writer.batch(&batch));
            batch.clear();
        }
    }
    writer.seal(None).unwrap();
}

/// The bytes of such a log.
pub fn bytes(pid: u32, scripts: &[Script]) -> Vec<u8> {
    let memory = MemoryBackend::new();
    write(memory.clone(), &process(pid, 1), scripts);
    memory.bytes()
}

/// A store of one such log.
pub fn store(scripts: &[Script]) -> Store {
    Store::new(vec![LogReader::from_bytes(bytes(7, scripts)).unwrap()])
}

/// For logs in which nothing is damaged.
pub fn no_error(error: &ReadError) {
    panic!("{error}");
}

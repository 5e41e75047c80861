//! A child process in a folder of its own, with an end, and the log that it leaves.

use scope_store::LogReader;
use scope_store::event::{Event, EventKind, Outcome};
use scope_store::reader::LogEnd;
use std::collections::HashMap;
use std::fs;
use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// Names the scenario that a child is to play.
pub const SCENARIO: &str = "HOSTILE_SCENARIO";
/// A child that takes longer has hung.
const PATIENCE: Duration = Duration::from_secs(30);

/// A child that is yet to be started.
pub struct Child {
    folder: tempfile::TempDir,
    command: Command,
}

/// What a child left.
pub struct Ended {
    pub folder: tempfile::TempDir,
    pub status: ExitStatus,
    pub took: Duration,
    pub stdout: String,
    pub stderr: String,
}

/// A child that runs.
pub struct Running {
    folder: tempfile::TempDir,
    pub process: std::process::Child,
    began: Instant,
}

impl Child {
    pub fn new(scenario: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut command = Command::new(std::env::current_exe().expect("this program"));
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("SCOPE_")) {
            command.env_remove(name);
        }
        command
            .env(SCENARIO, scenario)
            .env("SCOPE_LOG", "log.scope")
            .env("RUST_BACKTRACE", "0")
            .current_dir(folder.path());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Self { folder, command }
    }

    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Its standard input stays open until it is closed here.
    pub fn with_stdin(mut self) -> Self {
        self.command.stdin(Stdio::piped());
        self
    }

    pub fn env_remove(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    /// Where it runs.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn start(mut self) -> Running {
        let process = self.command.spawn().expect("the child starts");
        Running { folder: self.folder, process, began: Instant::now() }
    }

    /// Runs it to its end.
    pub fn run(self) -> Ended {
        self.start().wait()
    }

    /// Runs it to an end with exit code 0, and opens its log.
    pub fn log(self) -> Log {
        self.run().code(0).log()
    }
}

impl Running {
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn wait(mut self) -> Ended {
        fn reader(mut from: impl Read + Send + 'static) -> std::thread::JoinHandle<Vec<u8>> {
            std::thread::spawn(move || {
                let mut bytes = Vec::new();
                // What was read until an error is all there is.
                let _ = from.read_to_end(&mut bytes);
                bytes
            })
        }
        let stdout = reader(self.process.stdout.take().expect("a pipe"));
        let stderr = reader(self.process.stderr.take().expect("a pipe"));
        let status = loop {
            if let Some(status) = self.process.try_wait().expect("a child") {
                break status;
            }
            if self.began.elapsed() > PATIENCE {
                // It may just have ended.
                let _ = self.process.kill();
                self.process.wait().expect("a child");
                panic!("the child hangs");
            }
            std::thread::sleep(Duration::from_millis(2));
        };
        let took = self.began.elapsed();
        let text = |thread: std::thread::JoinHandle<Vec<u8>>| {
            String::from_utf8_lossy(&thread.join().expect("a reader")).into_owned()
        };
        Ended { folder: self.folder, status, took, stdout: text(stdout), stderr: text(stderr) }
    }
}

impl Ended {
    /// It ended by itself, with this code.
    #[track_caller]
    pub fn code(self, code: i32) -> Self {
        assert_eq!(self.status.code(), Some(code), "{} {}", self.status, self.stderr);
        self
    }

    /// A signal killed it.
    #[track_caller]
    pub fn signal(self, signal: i32) -> Self {
        assert_eq!(self.status.signal(), Some(signal), "{} {}", self.status, self.stderr);
        self
    }

    /// It said nothing on its standard error.
    #[track_caller]
    pub fn quiet(self) -> Self {
        assert_eq!(self.stderr, "");
        self
    }

    /// The one log that it left.
    #[track_caller]
    pub fn log(self) -> Log {
        let logs = logs(self.folder.path());
        assert_eq!(logs.len(), 1, "{logs:?} {}", self.stderr);
        Log::open(&logs[0], Some(self.folder))
    }
}

/// All logs in a folder, by name.
pub fn logs(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut logs: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|end| end == "scope")).collect();
    logs.sort();
    logs
}

/// A log, read whole.
pub struct Log {
    pub reader: LogReader,
    pub events: Vec<Event>,
    _folder: Option<tempfile::TempDir>,
}

impl Log {
    /// Reads it: any error but a torn tail is a failure.
    #[track_caller]
    pub fn open(path: &Path, folder: Option<tempfile::TempDir>) -> Self {
        let reader = LogReader::open(path).expect("a log");
        assert!(reader.damage().is_empty(), "{:?}", reader.damage());
        let events = reader
            .events()
            .filter(|event| !event.as_ref().is_ok_and(|event| event.is_bookkeeping()))
            .collect::<Result<_, _>>()
            .expect("no damage");
        Self { reader, events, _folder: folder }
    }

    #[track_caller]
    pub fn sealed(self) -> Self {
        assert_eq!(self.reader.state(), LogEnd::Sealed);
        self
    }

    /// No record was lost.
    #[track_caller]
    pub fn whole(self) -> Self {
        assert_eq!(self.reader.lost(), 0);
        self.sealed()
    }

    pub fn name(&self, event: &Event) -> &str {
        event.site.and_then(|id| self.reader.site(id)).map_or("?", |site| site.name.as_str())
    }

    fn count(&self, name: &str, is: impl Fn(&EventKind) -> bool) -> usize {
        self.events.iter().filter(|event| is(&event.kind) && self.name(event) == name).count()
    }

    pub fn entries(&self, name: &str) -> usize {
        self.count(name, |kind| matches!(kind, EventKind::Entry { .. }))
    }

    pub fn exits(&self, name: &str, wanted: Outcome) -> usize {
        self.count(name, |kind| matches!(kind, EventKind::Exit { outcome, .. } if *outcome == wanted))
    }

    /// The arguments of the calls of `name` as text, in their order.
    pub fn args(&self, name: &str) -> Vec<String> {
        let of = |event: &Event| match &event.kind {
            EventKind::Entry { args, .. } if self.name(event) == name => {
                Some(args.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
            }
            _ => None,
        };
        self.events.iter().filter_map(of).collect()
    }

    /// Every exit has its entry, on its thread, in the order of a stack; times do not go back; no call id comes twice.
    #[track_caller]
    pub fn nested(self) -> Self {
        for thread in self.reader.threads() {
            let mut open = Vec::new();
            let mut seen: HashMap<_, ()> = HashMap::new();
            let mut time = 0;
            for event in self.reader.thread_events(thread.id) {
                let event = event.expect("no damage");
                assert!(event.time >= time, "time goes back");
                time = event.time;
                match event.kind {
                    EventKind::Entry { .. } => {
                        assert!(seen.insert(event.call, ()).is_none(), "a call id comes twice: {:?}", event.call);
                        open.push(event.call);
                    }
                    EventKind::Exit { .. } if event.call.is_some() => {
                        assert_eq!(open.pop(), Some(event.call), "an exit that is not that of the last call");
                    }
                    _ => {}
                }
            }
        }
        self
    }
}

//! Records a piece of this test program and reads what it did.

use scope::value::Value;
use scope_store::LogReader;
use scope_store::event::{Event, EventKind, Outcome, PlaceKind};
use scope_store::info::SiteKind;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// There is one recorder in a process.
static ONE: Mutex<()> = Mutex::new(());

/// A log that was recorded, opened.
pub struct Recorded {
    pub reader: LogReader,
    pub events: Vec<Event>,
    _folder: tempfile::TempDir,
}

/// Records what `run` does, with the recorder's defaults.
#[allow(dead_code, reason = "some tests need settings")]
pub fn record(run: impl FnOnce()) -> Recorded {
    record_with(|builder| builder, run)
}

/// Records what `run` does, with settings.
pub fn record_with(set: impl FnOnce(scope::Builder) -> scope::Builder, run: impl FnOnce()) -> Recorded {
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().expect("a folder");
    let log: PathBuf = folder.path().join("log.scope");
    let guard = set(scope::Recorder::builder().log(&log)).start().expect("the recorder starts");
    run();
    guard.finish().expect("the log is whole");
    let reader = LogReader::open(&log).expect("a log");
    let events = reader
        .events()
        .filter(|event| !event.as_ref().is_ok_and(|event| event.is_bookkeeping()))
        .collect::<Result<_, _>>()
        .expect("no damage");
    Recorded { reader, events, _folder: folder }
}

#[allow(dead_code, reason = "not every test looks at text")]
impl Recorded {
    /// One line an event, without times and ids: what happened, in order.
    pub fn lines(&self) -> Vec<String> {
        self.events.iter().map(|event| self.line(event)).collect()
    }

    fn line(&self, event: &Event) -> String {
        let site = event.site.and_then(|id| self.reader.site(id));
        let name = site.map_or("?", |site| site.name.as_str());
        let names = site.map_or(&[][..], |site| &site.names);
        match &event.kind {
            EventKind::Entry { args, .. } => format!("enter {name}({})", pairs(names, args)),
            EventKind::Exit { outcome, value, line, .. } => {
                let value = value.as_ref().map_or(String::new(), |value| format!(" {value}"));
                let line =
                    line.filter(|_| *outcome == Outcome::Early).map_or(String::new(), |_| " at its line".to_owned());
                format!("exit {name} {outcome:?}{value}{line}")
            }
            EventKind::Line => match site.map(|site| &site.kind) {
                Some(SiteKind::Place(PlaceKind::Branch)) => format!("branch {name} {}", names.join(" ")),
                Some(SiteKind::Place(PlaceKind::Iteration)) => format!("round {name} {}", names.join(" ")),
                _ => format!("line {name}"),
            },
            EventKind::Values { values } => format!("values {name} {}", pairs(names, values)),
            other => format!("{name} {other:?}"),
        }
    }
}

#[allow(dead_code, reason = "not every test looks at text")]
fn pairs(names: &[String], values: &[Value]) -> String {
    let pairs: Vec<_> = names.iter().zip(values).map(|(name, value)| format!("{name} = {value}")).collect();
    pairs.join(", ")
}

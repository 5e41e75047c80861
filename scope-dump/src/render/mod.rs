//! One renderer per view and format; here: what all of them share.

pub(crate) mod at;
pub(crate) mod call;
pub(crate) mod check;
pub(crate) mod errors;
pub(crate) mod events_json;
pub(crate) mod events_text;
mod fold;
pub(crate) mod history;
pub(crate) mod info;
#[cfg(test)]
mod kinds;
pub(crate) mod objects;
pub(crate) mod phrase;
pub(crate) mod report;
pub(crate) mod slow;
pub(crate) mod table;
pub(crate) mod threads;
pub(crate) mod tree_json;
pub(crate) mod tree_text;
pub(crate) mod unhit;
pub(crate) mod value_json;

use std::borrow::Cow;
use std::error::Error;
use std::io::{self, Write};

use serde_json::{Map, Value as Json};

use crate::log::{Event, Located, LogReader, ReadError, SiteDef, Store, ThreadDef, ThreadId};
use crate::paint::{Paint, Style};
use crate::progress::Progress;
use crate::units::Clean;

/// How many different messages about one log are kept; after that they are counted.
const MESSAGES: usize = 10;
/// How many events are counted before the progress bar hears of them.
const STEP: u64 = 1024;

/// What was met while a log was rendered.
#[derive(Debug)]
pub(crate) struct Rendered<'p> {
    /// What could not be read, each message once.
    pub problems: Vec<String>,
    /// How many more there were.
    pub more: u64,
    /// What else is to be said.
    pub remarks: Vec<String>,
    progress: &'p Progress,
    /// Events that the progress bar does not know of.
    untold: u64,
}

impl<'p> Rendered<'p> {
    /// Nothing so far.
    pub fn new(progress: &'p Progress) -> Self {
        Self { problems: Vec::new(), more: 0, remarks: Vec::new(), progress, untold: 0 }
    }

    /// Keeps the event, or notes why there is none. Reading goes on behind damage, so this is no reason to stop.
    pub fn keep(&mut self, event: Result<Event, ReadError>) -> Option<Event> {
        self.untold += 1;
        if self.untold == STEP {
            self.progress.step(STEP);
            self.untold = 0;
        }
        match event {
            Ok(event) => return Some(event),
            Err(error) => self.note(&error),
        }
        None
    }

    /// Keeps what an answer is made of. Its events are counted where they are read.
    pub fn answer<T>(&mut self, answer: Result<T, ReadError>) -> Option<T> {
        answer.inspect_err(|error| self.note(error)).ok()
    }

    /// Notes where a log is damaged.
    pub fn damage(&mut self, log: &LogReader) {
        for &damage in log.damage() {
            self.note(&ReadError::Damaged { path: log.path().to_owned(), damage });
        }
    }

    /// Notes what could not be read. The same is met more than once: when the log is opened, and by each thread's tree.
    pub fn note(&mut self, error: &ReadError) {
        let mut message = error.to_string();
        if let Some(cause) = error.source() {
            message = format!("{message}: {cause}");
        }
        if self.problems.contains(&message) {
            return;
        }
        if self.problems.len() < MESSAGES {
            self.problems.push(message);
        } else {
            self.more += 1;
        }
    }
}

/// The log that something is from, where there are several: its path.
pub(crate) fn log_of(store: &Store, log: usize) -> Option<Cow<'_, str>> {
    let reader = store.logs().get(log).filter(|_| store.is_many())?;
    Some(reader.path().to_string_lossy())
}

/// Adds that as a field.
pub(crate) fn insert_log(object: &mut Map<String, Json>, store: &Store, log: usize) {
    if let Some(path) = log_of(store, log) {
        object.insert("log".into(), path.into());
    }
}

/// Writes the path of one of several logs above what it answers.
pub(crate) fn heading(log: &LogReader, is_first: bool, paint: Paint, out: &mut dyn Write) -> io::Result<()> {
    let space = if is_first { "" } else { "\n" };
    writeln!(out, "{space}{}", paint.paint(Style::Head, Clean(log.path().display())))
}

/// The thread of an event, and the log that it is from where there are several: `main (1)`, `main (1) of run.1.scope`.
pub(crate) fn thread_of(store: &Store, located: &Located) -> String {
    label(store, located.log, located.event.thread, store.thread(located))
}

/// A thread of a log, in the same way.
pub(crate) fn label(store: &Store, log: usize, id: ThreadId, def: Option<&ThreadDef>) -> String {
    let thread = phrase::thread(id, def);
    match store.logs().get(log).filter(|_| store.is_many()).and_then(|log| log.path().file_name()) {
        Some(name) => format!("{thread} of {}", Clean(name.to_string_lossy())),
        None => thread,
    }
}

/// Fields as an object.
pub(crate) fn fields<const N: usize>(fields: [(&str, Json); N]) -> Map<String, Json> {
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// What the log says about the site and the thread of an event.
pub(crate) fn about<'r>(reader: &'r LogReader, event: &Event) -> (Option<&'r SiteDef>, Option<&'r ThreadDef>) {
    (event.site.and_then(|site| reader.site(site)), reader.thread(event.thread))
}

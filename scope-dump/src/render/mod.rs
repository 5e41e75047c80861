//! One renderer per view and format; here: what all of them share.

pub(crate) mod check;
pub(crate) mod events_json;
pub(crate) mod events_text;
mod fold;
pub(crate) mod info;
#[cfg(test)]
mod kinds;
pub(crate) mod objects;
mod phrase;
pub(crate) mod table;
pub(crate) mod threads;
pub(crate) mod tree_json;
pub(crate) mod tree_text;
mod value_json;

use std::error::Error;

use crate::log::{Event, LogReader, ReadError, SiteDef, ThreadDef};
use crate::progress::Progress;

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
    progress: &'p Progress,
    /// Events that the progress bar does not know of.
    untold: u64,
}

impl<'p> Rendered<'p> {
    /// Nothing so far.
    pub fn new(progress: &'p Progress) -> Self {
        Self { problems: Vec::new(), more: 0, progress, untold: 0 }
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

/// What the log says about the site and the thread of an event.
pub(crate) fn about<'r>(reader: &'r LogReader, event: &Event) -> (Option<&'r SiteDef>, Option<&'r ThreadDef>) {
    (event.site.and_then(|site| reader.site(site)), reader.thread(event.thread))
}

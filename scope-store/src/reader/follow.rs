//! A log that is being written: what is new in it, again and again.

use super::index::{Index, Unit};
use super::merge::Events;
use super::source::Source;
use super::thread::{Cursor, ThreadEvents};
use super::{LogEnd, LogReader};
use crate::error::ReadError;
use crate::event::{Event, ThreadId};
use std::collections::BTreeMap;
use std::path::Path;

/// How many calibrations are kept.
const CALIBRATIONS: usize = 16;

/// A log that is being written.
///
/// [`Self::more`] finds what was written since, [`Self::events`] gives it. What was given is forgotten: neither memory nor the time that
/// a look takes grow with the log.
#[derive(Debug)]
pub struct Follower {
    reader: LogReader,
    /// How far each thread was read.
    cursors: BTreeMap<u32, Cursor>,
}

/// What is at the path of a log that is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtPath {
    /// The log itself.
    Same,
    /// Another file, or this one, shorter than it was.
    Another,
    /// Nothing: the log was renamed or deleted, and may still be written.
    Nothing,
}

impl Follower {
    /// Opens the log at `path`, whose header must be there. Nothing behind it is read.
    ///
    /// # Errors
    ///
    /// As [`LogReader::open`]. [`ReadError::Empty`] and a header that is cut are errors of a log that is about to be written.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, ReadError> {
        let reader = LogReader::unread(Source::file(path.as_ref())?)?;
        Ok(Self { reader, cursors: BTreeMap::new() })
    }

    /// What the log says besides events, as far as it was read.
    pub fn reader(&self) -> &LogReader {
        &self.reader
    }

    /// What is at the log's path now.
    pub fn at_path(&self) -> AtPath {
        self.reader.source.at_path()
    }

    /// Finds what was written since. Is there something new?
    ///
    /// # Errors
    ///
    /// The log can't be read.
    pub fn more(&mut self) -> Result<bool, ReadError> {
        self.reader.source.grow()?;
        let before = self.reader.index.reached;
        self.reader.index.scan_more(&self.reader.source)?;
        Ok(self.reader.index.reached > before)
    }

    /// Gives `see` the events that [`Self::more`] found, and the damage: those of a thread in their order, those that were found together
    /// by time.
    ///
    /// # Errors
    ///
    /// That of `see`, which ends this. What it was not given is lost to it.
    pub fn events<E>(
        &mut self,
        mut see: impl FnMut(&LogReader, Result<Event, ReadError>) -> Result<(), E>,
    ) -> Result<(), E> {
        let damage = std::mem::take(&mut self.reader.index.damage);
        let (reader, cursors) = (&self.reader, &mut self.cursors);
        for damage in damage {
            see(reader, Err(ReadError::Damaged { path: reader.path().to_owned(), damage }))?;
        }
        let new = reader.index.threads.iter().filter(|(_, thread)| !thread.units.is_empty());
        let threads = new.map(|(id, _)| ThreadEvents::resumed(reader, ThreadId(*id), cursors.remove(id)));
        let mut events = Events::of(threads);
        let mut result = Ok(());
        for event in &mut events {
            result = see(reader, event);
            if result.is_err() {
                break;
            }
        }
        cursors.extend(events.into_threads().map(|thread| (thread.id().0, thread.into_cursor())));
        self.reader.index.forget();
        // Threads that have ended are forgotten as a whole.
        self.cursors.retain(|id, _| self.reader.index.threads.contains_key(id));
        result
    }

    /// Does the log have its end?
    pub fn is_sealed(&self) -> bool {
        self.reader.state() == LogEnd::Sealed
    }
}

impl Index {
    /// Forgets what was read: the frames, but not what they define.
    fn forget(&mut self) {
        // Of a thread that has ended nothing more comes.
        self.threads.retain(|_, thread| !matches!(thread.units.last(), Some(Unit::Ended { .. })));
        for thread in self.threads.values_mut() {
            thread.units.clear();
            thread.dates.clear();
        }
        self.marks.clear();
        // The first is the anchor; of the rest the last ones tell how fast the clock runs.
        let old = self.calibrations.len().saturating_sub(CALIBRATIONS);
        if old > 0 {
            self.calibrations.drain(1..=old);
        }
    }
}

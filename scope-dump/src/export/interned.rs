//! What a Perfetto trace says once and then names by number.

use std::collections::HashMap;

use super::proto::Message;
use crate::log::{SiteDef, SiteId};

/// Fields of `InternedData`.
const EVENT_NAMES: u32 = 2;
const ANNOTATION_NAMES: u32 = 3;
const LOCATIONS: u32 = 4;

/// Names of annotations that are numbered; further ones are written out. Fields of values are among them, of which nobody knows how
/// many there are.
const ANNOTATIONS: usize = 1 << 16;

/// The names that were numbered, and those of them that the trace has not been told yet.
#[derive(Debug, Default)]
pub(crate) struct Names {
    events: HashMap<String, u64>,
    annotations: HashMap<String, u64>,
    locations: HashMap<(usize, SiteId), u64>,
    new: Message,
}

impl Names {
    /// The number of the name of slices or events, of which there are no more than the log has definitions.
    pub fn event(&mut self, name: &str) -> u64 {
        let Self { events, new, .. } = self;
        number(events, new, EVENT_NAMES, name)
    }

    /// The number of an annotation's name. `None`: it has none.
    pub fn annotation(&mut self, name: &str) -> Option<u64> {
        let Self { annotations, new, .. } = self;
        let known = annotations.get(name).copied();
        known.or_else(|| (annotations.len() < ANNOTATIONS).then(|| number(annotations, new, ANNOTATION_NAMES, name)))
    }

    /// The number of a place in the source, by the log that tells of it.
    pub fn location(&mut self, log: usize, site: &SiteDef) -> u64 {
        let next = self.locations.len() as u64 + 1;
        *self.locations.entry((log, site.id)).or_insert_with(|| {
            let mut location = Message::default();
            location.number(1, next).text(2, &site.file).text(3, &site.function).number(4, u64::from(site.line));
            self.new.message(LOCATIONS, &location);
            next
        })
    }

    /// What must be told before the numbers that were given since the last time.
    pub fn take_new(&mut self) -> Message {
        std::mem::take(&mut self.new)
    }
}

fn number(known: &mut HashMap<String, u64>, new: &mut Message, field: u32, name: &str) -> u64 {
    if let Some(iid) = known.get(name) {
        return *iid;
    }
    // 0 is no number.
    let iid = known.len() as u64 + 1;
    let mut entry = Message::default();
    entry.number(1, iid).text(2, name);
    new.message(field, &entry);
    known.insert(name.to_owned(), iid);
    iid
}

//! Which events are shown.

use crate::cli::{Kind, SelectArgs};
use crate::log::{Event, EventKind, LogReader, PlaceKind, SiteDef, SiteKind, ThreadDef, ThreadId};

/// The selection, with its times resolved against one log.
#[derive(Debug)]
pub(crate) struct Filter<'a> {
    select: &'a SelectArgs,
    since: u64,
    until: u64,
}

impl<'a> Filter<'a> {
    /// The selection for this log.
    pub fn new(select: &'a SelectArgs, reader: &LogReader) -> Self {
        let start = reader.header().start;
        let since = select.since.map_or(0, |moment| moment.resolve(start));
        let until = select.until.map_or(u64::MAX, |moment| moment.resolve(start));
        Self { select, since, until }
    }

    /// Is this event shown in the list of events?
    pub fn event(&self, event: &Event, site: Option<&SiteDef>, thread: Option<&ThreadDef>) -> bool {
        let kind = kind_of(event, site);
        self.time(event)
            && self.kind(kind)
            && self.thread(event.thread, thread)
            // What was lost or not recorded may be of any function: hiding it would be losing it silently.
            && (matches!(kind, Some(Kind::Lost | Kind::Stopped)) || self.function(site))
    }

    /// Is it in the span of time asked for?
    pub fn time(&self, event: &Event) -> bool {
        (self.since..=self.until).contains(&event.time)
    }

    /// Is this kind shown? Kinds that this program does not know are, unless kinds are chosen.
    pub fn kind(&self, kind: Option<Kind>) -> bool {
        self.select.kind.is_empty() || kind.is_some_and(|kind| self.select.kind.contains(&kind))
    }

    /// Are kinds chosen?
    pub fn chooses_kinds(&self) -> bool {
        !self.select.kind.is_empty()
    }

    /// Is this thread shown?
    pub fn thread(&self, id: ThreadId, thread: Option<&ThreadDef>) -> bool {
        let name = thread.and_then(|thread| thread.name.as_deref());
        self.select.thread.is_empty() || self.select.thread.iter().any(|pattern| pattern.matches(id.0, name))
    }

    /// Is this function shown for its own sake?
    pub fn function(&self, site: Option<&SiteDef>) -> bool {
        self.select.function.is_empty()
            || site.is_some_and(|site| self.select.function.iter().any(|pattern| pattern.matches(&site.function)))
    }
}

/// The kind of an event; `None` for what only a later version knows.
pub(crate) fn kind_of(event: &Event, site: Option<&SiteDef>) -> Option<Kind> {
    Some(match event.kind {
        EventKind::Entry { .. } => Kind::Entry,
        EventKind::Exit { .. } => Kind::Exit,
        EventKind::Line => match site.map(|site| &site.kind) {
            Some(SiteKind::Place(PlaceKind::Branch)) => Kind::Branch,
            Some(SiteKind::Place(PlaceKind::Iteration)) => Kind::Iteration,
            _ => Kind::Line,
        },
        EventKind::Values { .. } => match site.map(|site| &site.kind) {
            Some(SiteKind::Place(PlaceKind::Expression)) => Kind::Expression,
            _ => Kind::Variables,
        },
        EventKind::Suspended => Kind::Suspended,
        EventKind::Resumed => Kind::Resumed,
        EventKind::Lost { .. } => Kind::Lost,
        EventKind::Stopped { .. } => Kind::Stopped,
        _ => return None,
    })
}

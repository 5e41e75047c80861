//! Which events are shown.

use crate::cli::SelectArgs;
use crate::log::{Event, Kind, LogReader, SiteDef, ThreadDef, ThreadId};

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
            && (matches!(kind, Kind::Lost | Kind::Mark) && !event.is_bookkeeping() || self.function(site))
    }

    /// Is it in the span of time asked for?
    pub fn time(&self, event: &Event) -> bool {
        (self.since..=self.until).contains(&event.time)
    }

    /// Is this kind shown? Who asks for exits is shown those by error, by panic and by drop, too.
    pub fn kind(&self, kind: Kind) -> bool {
        let is_exit = matches!(kind, Kind::Error | Kind::Panic | Kind::Dropped);
        let chosen = &self.select.kind;
        chosen.is_empty() || chosen.contains(&kind) || is_exit && chosen.contains(&Kind::Exit)
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

/// The kind of an event.
pub(crate) fn kind_of(event: &Event, site: Option<&SiteDef>) -> Kind {
    event.named(site.and_then(SiteDef::place))
}

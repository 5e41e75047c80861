//! Which events are shown.

use scope_store::Store;
use scope_store::query::{self, Subject};

use crate::cli::SelectArgs;
use crate::log::{Event, Kind, LogReader, SiteDef, ThreadDef, ThreadId};

/// The selection, with its times resolved against one log.
#[derive(Debug)]
pub(crate) struct Filter(query::Filter);

impl Filter {
    /// The selection for this log.
    pub fn new(select: &SelectArgs, reader: &LogReader) -> Self {
        Self(filter(select, reader.header().start))
    }

    /// This selection.
    pub fn of(filter: &query::Filter) -> Self {
        Self(filter.clone())
    }

    /// Is this event shown in the list of events?
    pub fn event(&self, event: &Event, site: Option<&SiteDef>, thread: Option<&ThreadDef>) -> bool {
        self.0.event(&Subject::event(event, site, thread))
    }

    /// Is it in the span of time asked for?
    pub fn time(&self, event: &Event) -> bool {
        self.0.time(event.time, event.time)
    }

    /// Is this kind shown? Who asks for exits is shown those by error, by panic and by drop, too.
    pub fn kind(&self, kind: Kind) -> bool {
        self.0.kind(kind)
    }

    /// Are kinds chosen?
    pub fn chooses_kinds(&self) -> bool {
        !self.0.kinds.is_empty()
    }

    /// Are threads chosen?
    pub fn chooses_threads(&self) -> bool {
        !self.0.threads.is_empty()
    }

    /// Are calls, or what is in them, chosen, by anything but their time, their thread and their kind?
    pub fn chooses_calls(&self) -> bool {
        let query::Filter { functions, calls, correlations, sites, condition, .. } = &self.0;
        !(functions.is_empty()
            && calls.is_empty()
            && correlations.is_empty()
            && sites.is_empty()
            && condition.is_none())
    }

    /// Is this thread shown?
    pub fn thread(&self, id: ThreadId, thread: Option<&ThreadDef>) -> bool {
        self.0.thread(id, thread)
    }

    /// Is this event shown for its own sake: its function, and what else is asked for but its time, its thread and its kind?
    pub fn chosen(&self, event: &Event, site: Option<&SiteDef>, thread: Option<&ThreadDef>) -> bool {
        self.0.rest(&Subject::event(event, site, thread))
    }
}

/// The selection for these logs: times are from the start of the first one.
pub(crate) fn of_store(select: &SelectArgs, store: &Store) -> query::Filter {
    filter(select, store.start())
}

fn filter(select: &SelectArgs, start: u64) -> query::Filter {
    let mut filter = query::Filter::default();
    filter.since = select.since.map(|moment| moment.resolve(start));
    filter.until = select.until.map(|moment| moment.resolve(start));
    filter.threads.clone_from(&select.thread);
    filter.functions.clone_from(&select.function);
    filter.calls.clone_from(&select.in_call);
    filter.correlations.clone_from(&select.correlation);
    filter.kinds.clone_from(&select.kind);
    filter.sites = select.site.iter().map(|site| scope_store::event::SiteId(*site)).collect();
    filter.condition.clone_from(&select.condition);
    filter
}

/// The kind of an event.
pub(crate) fn kind_of(event: &Event, site: Option<&SiteDef>) -> Kind {
    event.named(site.and_then(SiteDef::place))
}

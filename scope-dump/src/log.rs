//! The types of a log, from where they are.

pub(crate) use scope_core::value::{Items, Omitted, Text, Value};
pub(crate) use scope_store::event::{
    CallId, Event, EventId, EventKind, Kind, Mark, Outcome, PlaceKind, SiteId, ThreadId,
};
pub(crate) use scope_store::info::{SiteDef, SiteKind, ThreadDef};
pub(crate) use scope_store::query;
pub(crate) use scope_store::reader::{LogEnd, LogReader};
pub(crate) use scope_store::store::{Call, Located};
pub(crate) use scope_store::{ReadError, Store};

/// The recorder itself.
pub(crate) const RECORDER: ThreadId = ThreadId(0);

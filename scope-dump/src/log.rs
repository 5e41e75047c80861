//! The types of a log, from where they are.

pub(crate) use scope_core::value::{Items, Omitted, Text, Value};
pub(crate) use scope_store::ReadError;
pub(crate) use scope_store::event::PlaceKind;
pub(crate) use scope_store::event::{CallId, Event, EventKind, Kind, Mark, Outcome, SiteId, ThreadId};
pub(crate) use scope_store::info::{SiteDef, SiteKind, ThreadDef};
pub(crate) use scope_store::reader::{LogEnd, LogReader};

/// The recorder itself.
pub(crate) const RECORDER: ThreadId = ThreadId(0);

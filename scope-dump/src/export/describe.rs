//! The words that the formats share.

use super::timeline::End;
use crate::filter::kind_of;
use crate::log::{Event, EventKind, SiteDef};
use crate::render::{events_json, phrase};

/// What an event that is no slice is called, and which group it is of.
pub(crate) fn title(event: &Event, site: Option<&SiteDef>) -> (String, &'static str) {
    let names = phrase::names(site);
    let own = || names.first().map_or("?", String::as_str);
    match &event.kind {
        EventKind::Metric { .. } => (own().to_owned(), "metric"),
        EventKind::State { .. } => (own().to_owned(), "state"),
        EventKind::Sent { .. } => (format!("sent: {}", own()), "message"),
        EventKind::Received { .. } => (format!("received: {}", own()), "message"),
        EventKind::Custom { .. } => (own().to_owned(), "event"),
        EventKind::Values { .. } => (names.join(", "), "values"),
        EventKind::Line if names.is_empty() => ("line".to_owned(), "line"),
        EventKind::Line => (names.join(", "), "line"),
        EventKind::Lost { count } => (phrase::lost(*count), "loss"),
        EventKind::Mark { mark } => (phrase::mark(mark), "mark"),
        EventKind::Exit { .. } => (format!("end of {}", phrase::function(site)), "call"),
        _ => (kind_of(event, site).name().to_owned(), "event"),
    }
}

/// How a slice ended: the `outcome` of `docs/dump-json.md`, and three more.
pub(crate) fn outcome_name(end: &End<'_>) -> &'static str {
    match end {
        End::Exit { outcome, .. } => events_json::outcome_name(*outcome),
        End::Suspended => "suspended",
        End::Open => "open",
        End::Lost => "unknown",
    }
}

/// `src/main.rs:12`
pub(crate) fn place(site: &SiteDef) -> String {
    format!("{}:{}", site.file, site.line)
}

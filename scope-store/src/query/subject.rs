//! What a condition is asked of.

use crate::event::{Event, EventKind, Kind, Outcome};
use crate::info::{SiteDef, ThreadDef};
use scope_core::value::Value;

/// An event, or a call, with what the log knows of its place and its thread.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    pub(super) event: &'a Event,
    pub(super) site: Option<&'a SiteDef>,
    pub(super) thread: Option<&'a ThreadDef>,
    /// The entry of the call that `event` is the exit of.
    pub(super) entry: Option<(&'a Event, Option<&'a SiteDef>)>,
}

impl<'a> Subject<'a> {
    /// An event.
    pub fn event(event: &'a Event, site: Option<&'a SiteDef>, thread: Option<&'a ThreadDef>) -> Self {
        Self { event, site, thread, entry: None }
    }

    /// A call: what is told of its exit, and the event of its entry. Where one of them is not known, the other as [`Self::event`].
    pub fn call(self, entry: &'a Event, site: Option<&'a SiteDef>) -> Self {
        Self { entry: Some((entry, site)), ..self }
    }

    /// The kind of the event; of a call that of its end.
    pub fn kind(&self) -> Kind {
        self.event.named(self.site.and_then(SiteDef::place))
    }

    /// The arguments, with their names.
    pub(super) fn args(&self) -> (&'a [String], &'a [Value]) {
        let (event, site) = self.entry.unwrap_or((self.event, self.site));
        match &event.kind {
            EventKind::Entry { args, .. } => (names(site), args),
            _ => (&[], &[]),
        }
    }

    /// The variables, with their names.
    pub(super) fn vars(&self) -> (&'a [String], &'a [Value]) {
        match &self.event.kind {
            EventKind::Values { values } => (names(self.site), values),
            _ => (&[], &[]),
        }
    }

    /// The fields of an own event, with their names.
    pub(super) fn fields(&self) -> (&'a [String], &'a [Value]) {
        match &self.event.kind {
            EventKind::Custom { fields } | EventKind::Sent { fields, .. } | EventKind::Received { fields, .. } => {
                (names(self.site).get(1..).unwrap_or_default(), fields)
            }
            _ => (&[], &[]),
        }
    }

    /// The name of an own event.
    pub(super) fn own_name(&self) -> Option<&'a str> {
        let named = matches!(
            self.event.kind,
            EventKind::Custom { .. }
                | EventKind::State { .. }
                | EventKind::Metric { .. }
                | EventKind::Sent { .. }
                | EventKind::Received { .. }
        );
        names(self.site).first().filter(|_| named).map(String::as_str)
    }

    pub(super) fn exit(&self) -> Option<(Outcome, Option<&'a Value>, Option<u64>)> {
        match &self.event.kind {
            EventKind::Exit { outcome, value, duration, .. } => Some((*outcome, value.as_ref(), *duration)),
            _ => None,
        }
    }
}

fn names(site: Option<&SiteDef>) -> &[String] {
    site.map_or(&[], |site| &site.names)
}

/// How a call ended, as the command line and JSON say it.
pub(super) const fn outcome_name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Returned => "returned",
        Outcome::Early => "early",
        Outcome::Left => "left",
        Outcome::Panicked => "panicked",
        Outcome::Cancelled => "cancelled",
        Outcome::Unknown => "unknown",
    }
}

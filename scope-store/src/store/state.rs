//! What is known at an event: which calls are open, and what their variables were last.

use super::open_calls::OpenCalls;
use super::{Located, OnError, Store, StoreEvents};
use crate::event::{CallId, EventId, EventKind, PlaceKind, ThreadId};
use crate::info::SiteDef;
use scope_core::value::Value;

/// What is known at an event: see [`Store::state_at`].
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// The event.
    pub at: Located,
    /// The open calls, the outermost first.
    pub frames: Vec<Frame>,
    /// The first of them is known to be the outermost. Else records were lost, and there may be more of them.
    pub is_complete: bool,
    /// Records that were lost on this thread before: calls, and what was assigned since, may be missing.
    pub lost: u64,
}

/// An open call.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// Its entry.
    pub entry: Located,
    /// The line that was seen last in it. `None`: there was none so far.
    pub line: Option<u32>,
    /// Its arguments and variables, in the order in which they were seen first.
    pub variables: Vec<Variable>,
}

/// What a variable was last.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: Value,
    /// The event that tells it.
    pub seen: EventId,
    /// The line that it was seen at.
    pub line: Option<u32>,
    /// It is an argument that was not seen again since the entry.
    pub is_argument: bool,
}

impl Frame {
    fn new(entry: Located, site: Option<&SiteDef>) -> Self {
        let mut frame = Self { variables: Vec::new(), line: None, entry };
        if let EventKind::Entry { args, .. } = &frame.entry.event.kind {
            let names = site.map_or(&[][..], |site| &site.names);
            let variable = |(index, value): (usize, &Value)| Variable {
                name: names.get(index).cloned().unwrap_or_else(|| format!("#{index}")),
                value: value.clone(),
                seen: frame.entry.event.id,
                line: site.map(|site| site.line),
                is_argument: true,
            };
            frame.variables = args.iter().enumerate().map(variable).collect();
        }
        frame
    }

    /// What an event inside says.
    fn see(&mut self, located: &Located, site: Option<&SiteDef>) {
        let Some(site) = site else { return };
        if site.place().is_some() {
            self.line = Some(site.line);
        }
        let EventKind::Values { values } = &located.event.kind else { return };
        if site.place() == Some(PlaceKind::Expression) {
            return;
        }
        for (name, value) in site.names.iter().zip(values) {
            let (value, seen, line) = (value.clone(), located.event.id, Some(site.line));
            let seen = Variable { name: name.clone(), value, seen, line, is_argument: false };
            match self.variables.iter_mut().find(|known| known.name == *name) {
                Some(known) => *known = seen,
                None => self.variables.push(seen),
            }
        }
    }
}

pub(super) fn state_at(store: &Store, log: usize, at: (ThreadId, u64), on_error: OnError<'_>) -> Option<State> {
    let mut open: OpenCalls<Frame> = OpenCalls::default();
    let mut lost = 0u64;
    for located in StoreEvents::new(store, Some(store.process(log))) {
        let located = match located {
            Ok(located) => located,
            Err(error) => {
                on_error(&error);
                continue;
            }
        };
        let event = &located.event;
        let is_here = located.log == log && (event.thread, event.id.number()) == at;
        let site = store.site(&located);
        let key = event.call.map(|call| store.key(located.log, call));
        match (&event.kind, key) {
            (EventKind::Lost { count }, _) if event.thread == at.0 => lost = lost.saturating_add(*count),
            (EventKind::Entry { is_async, .. }, Some(key)) => {
                open.begin(key, *is_async, Frame::new(located.clone(), site));
            }
            (EventKind::Exit { .. }, Some(key)) if !is_here => {
                open.end(key, event);
                open.take_over();
            }
            (EventKind::Exit { line: Some(line), .. }, Some(key)) => {
                if let Some(frame) = open.get_mut(key) {
                    frame.line = Some(*line);
                }
            }
            (_, Some(key)) => {
                if let Some(frame) = open.get_mut(key) {
                    frame.see(&located, site);
                }
            }
            _ => {}
        }
        if is_here {
            let (frames, is_complete) = frames(store, &open, &located);
            return Some(State { at: located, frames, is_complete, lost });
        }
    }
    None
}

/// The call of the event and those around it, the outermost first, and whether that is all of them.
fn frames(store: &Store, open: &OpenCalls<Frame>, at: &Located) -> (Vec<Frame>, bool) {
    let mut frames: Vec<Frame> = Vec::new();
    let mut next: Option<CallId> = at.event.call;
    let mut is_complete = next.is_some() || at.event.depth == 0;
    while let Some(call) = next {
        let is_known = frames.iter().any(|frame| frame.entry.event.call == Some(call));
        let Some(frame) = open.get(store.key(at.log, call)).filter(|_| !is_known) else {
            is_complete = false;
            break;
        };
        next = frame.entry.event.parent;
        is_complete = next.is_some() || frame.entry.event.depth == 0;
        frames.push(frame.clone());
    }
    frames.reverse();
    (frames, is_complete)
}

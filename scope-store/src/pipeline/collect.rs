//! The events of one drain as they come from the correlator, before anybody has encoded them.

use crate::format::{RawEvent, RawExit, RawKind, Values};
use scope_core::plains::Plains;
use std::ops::Range;

/// See the module's text. Its memory is kept when it is cleared.
#[derive(Debug, Default)]
pub(crate) struct Collected {
    events: Vec<Kept>,
    /// The tagged values of all, each event's in whole words; and the words of plain ones.
    bytes: Vec<u8>,
    words: Vec<u64>,
    /// The next event has this time, though its kind has none.
    date: Option<u64>,
}

/// One event.
#[derive(Debug)]
pub(crate) struct Kept {
    /// Without values.
    raw: RawEvent<'static>,
    values: Form,
    /// When it happened: told, or found out by what is around.
    pub ticks: u64,
    /// Its kind has no time, and it has one all the same.
    pub is_dated: bool,
}

/// Where an event's values are.
#[derive(Clone, Debug)]
enum Form {
    Tagged(Range<usize>),
    Plain { types: u64, words: Range<usize> },
}

impl Collected {
    pub fn clear(&mut self) {
        self.events.clear();
        self.bytes.clear();
        self.words.clear();
        self.date = None;
    }

    pub fn date_next(&mut self, ticks: u64) {
        self.date = Some(ticks);
    }

    pub fn push(&mut self, event: &RawEvent<'_>) {
        let values = match values_of(&event.kind) {
            Values::Tagged(bytes) => {
                let start = self.bytes.len();
                self.bytes.extend_from_slice(bytes);
                self.bytes.resize(start + bytes.len().next_multiple_of(8), 0);
                Form::Tagged(start..self.bytes.len())
            }
            Values::Plain(plains) => {
                let start = self.words.len();
                self.words.extend_from_slice(plains.words());
                Form::Plain { types: plains.types(), words: start..self.words.len() }
            }
        };
        let date = self.date.take();
        self.events.push(Kept {
            raw: with_values(event, Values::NONE),
            values,
            ticks: date.unwrap_or(event.ticks),
            is_dated: date.is_some(),
        });
    }

    pub fn events(&self) -> &[Kept] {
        &self.events
    }

    /// An event with its values.
    pub fn get(&self, event: &Kept) -> RawEvent<'_> {
        let values = match &event.values {
            Form::Tagged(at) => Values::Tagged(&self.bytes[at.clone()]),
            Form::Plain { types, words } => Values::Plain(Plains::new(*types, &self.words[words.clone()])),
        };
        with_values(&event.raw, values)
    }

    /// Dates what has no time of its own: evenly between the dated events around, as a reader does (docs/log-format.md, "Time").
    pub fn spread(&mut self) {
        let mut dated = None;
        for at in 0..self.events.len() {
            let event = &self.events[at];
            if event.raw.has_time() || event.is_dated {
                // When something was lost is not always known.
                let is_loss = matches!(event.raw.kind, RawKind::Lost { .. });
                if let Some(before) = dated.filter(|_| !is_loss) {
                    self.spread_between(before, at);
                }
                dated = Some(at);
            }
            let floor = at.checked_sub(1).map_or(0, |before| self.events[before].ticks);
            if !self.events[at].raw.has_time() && !self.events[at].is_dated {
                self.events[at].ticks = self.events[at].ticks.max(floor);
            }
        }
    }

    fn spread_between(&mut self, from: usize, to: usize) {
        let (start, parts) = (self.events[from].ticks, (to - from) as u128);
        let Some(span) = self.events[to].ticks.checked_sub(start) else { return };
        for part in 1..to - from {
            self.events[from + part].ticks = start + (u128::from(span) * part as u128 / parts) as u64;
        }
    }
}

impl RawEvent<'_> {
    /// Whether its kind tells when it happened.
    fn has_time(&self) -> bool {
        !matches!(self.kind, RawKind::Line | RawKind::Values { .. })
    }
}

pub(super) fn values_of<'a>(kind: &RawKind<'a>) -> Values<'a> {
    match *kind {
        RawKind::Entry { values, .. } | RawKind::Values { values } => values,
        RawKind::Exit(exit) => exit.values,
        _ => Values::NONE,
    }
}

/// The same event with other values.
pub(super) fn with_values<'a>(event: &RawEvent<'_>, values: Values<'a>) -> RawEvent<'a> {
    let RawEvent { ticks, depth, call, site, kind } = *event;
    let kind = match kind {
        RawKind::Entry { parent, is_async, .. } => RawKind::Entry { parent, is_async, values },
        RawKind::Exit(RawExit { outcome, is_async, lossy, duration, place, .. }) => {
            RawKind::Exit(RawExit { outcome, is_async, lossy, duration, place, values })
        }
        RawKind::Values { .. } => RawKind::Values { values },
        RawKind::Line => RawKind::Line,
        RawKind::Suspended => RawKind::Suspended,
        RawKind::Resumed => RawKind::Resumed,
        RawKind::Lost { count } => RawKind::Lost { count },
        // No correlator makes any.
        RawKind::Unknown { code, .. } => RawKind::Unknown { code, bytes: &[] },
    };
    RawEvent { ticks, depth, call, site, kind }
}

#[cfg(test)]
#[path = "collect_tests.rs"]
mod tests;

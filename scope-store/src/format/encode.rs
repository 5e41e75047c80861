//! From events to columns: what follows from the events before is not told.

use super::columns::Columns;
use super::context::Context;
use super::event::{Leaf, RawEvent, RawExit, RawKind, flags};
use super::seen::Seen;
use super::slots::Slots;
use super::tag;
use super::values::Values;

/// Writes the events of one batch.
#[derive(Debug, Default)]
pub(crate) struct Encoder {
    pub context: Context,
    pub columns: Columns,
    /// The sites of the events.
    pub seen: Seen,
    pub(super) slots: Slots,
}

impl Encoder {
    /// Begins a batch.
    pub fn reset(&mut self, ticks: u64, call: u64, depth: u32) {
        self.context.reset(ticks, call, depth);
        self.columns.clear();
        self.slots.clear();
        self.seen.clear();
    }

    /// Appends the next event. Where the kind is known, so is the way.
    #[inline(always)]
    pub fn push(&mut self, event: &RawEvent<'_>) {
        match event.kind {
            RawKind::Entry { parent, is_async, values } => self.entry(event, (parent, is_async), values),
            RawKind::Exit(exit) => self.exit(event, &exit),
            RawKind::Line => self.line(event),
            RawKind::Values { values } => self.values(event, values),
            _ => self.rare(event),
        }
    }

    /// Appends the two events of `leaf`, if both are short. False: nothing was done.
    #[inline(always)]
    pub fn push_leaf(&mut self, leaf: &Leaf<'_>) -> bool {
        let Leaf { began, ended, depth, call, parent, site, args, result } = *leaf;
        let context = &mut self.context;
        if call.wrapping_sub(context.call) != 1
            || !context.implies(depth, parent)
            || !context.came_by(depth, call, site, began)
        {
            return false;
        }
        context.call = call;
        let dt = context.since(began);
        context.ticks = ended;
        self.columns.ticks.number(dt);
        self.columns.spans.number(ended.wrapping_sub(began));
        self.site(site);
        let own = self.told(site, args) << tag::OWN;
        match result {
            None => self.columns.tags.byte(tag::LEAF | own),
            Some((place, value)) => {
                self.columns.rest.number(u64::from(place.wrapping_sub(site)));
                let result = self.told(place, value) << tag::RESULT;
                self.columns.tags.byte(tag::LEAF_RESULT | own | result);
            }
        }
        true
    }

    /// Tells a site as the difference to the one before.
    #[inline(always)]
    fn site(&mut self, site: u32) {
        let step = i64::from(site) - i64::from(std::mem::replace(&mut self.context.site, site));
        self.columns.sites.signed(step as u64);
        if step != 0 {
            self.seen.add(site);
        }
    }

    /// The place of an exit, which is mostly near its site.
    #[inline]
    fn place(&mut self, place: u32, site: u32) {
        match place {
            0 => self.columns.rest.number(0),
            place => {
                let step = (i64::from(place) - i64::from(site)) as u64;
                self.columns.rest.number(1 + (step << 1 ^ ((step as i64) >> 63) as u64));
            }
        }
    }

    #[inline]
    fn entry(&mut self, event: &RawEvent<'_>, of: (u64, bool), values: Values<'_>) {
        let (RawEvent { ticks, depth, call, site, .. }, (parent, is_async)) = (*event, of);
        let context = &mut self.context;
        let dt = context.since(ticks);
        let step = call.wrapping_sub(context.call);
        let short = !is_async && step == 1 && context.implies(depth, parent);
        context.call = call;
        context.opened(depth, call, site, Some(ticks));
        self.columns.ticks.number(dt);
        self.site(site);
        let own = self.told(site, values) << tag::OWN;
        if short {
            return self.columns.tags.byte(tag::ENTRY | own);
        }
        let rest = &mut self.columns.rest;
        rest.number(flags(is_async, false).into());
        rest.number(depth.into());
        rest.signed(step);
        rest.number(parent);
        self.columns.tags.byte(tag::ENTRY_FULL | own);
    }

    #[inline]
    fn exit(&mut self, event: &RawEvent<'_>, exit: &RawExit<'_>) {
        let RawEvent { ticks, depth, call, site, .. } = *event;
        let RawExit { outcome, is_async, lossy, duration, place, values } = *exit;
        let context = &mut self.context;
        let dt = context.since(ticks);
        let flags = flags(is_async, lossy);
        let known = context
            .at(depth)
            .filter(|k| k.call == call && k.site == site && depth.checked_add(1) == Some(context.depth));
        context.closed(depth);
        self.columns.ticks.number(dt);
        let implied = known.and_then(|known| known.began).map(|began| ticks.wrapping_sub(began));
        if let (Some(duration), true) = (duration, known.is_some()) {
            if implied == Some(duration) && outcome == 0 && flags == 0 && place == 0 && values.are_none() {
                return self.columns.tags.byte(tag::RETURNED);
            }
            let kind = if implied == Some(duration) {
                tag::EXIT
            } else {
                self.columns.spans.number(duration);
                tag::EXIT_SPAN
            };
            return self.ended(kind, (outcome, flags), (place, site), values);
        }
        self.site(site);
        let rest = &mut self.columns.rest;
        rest.number(u64::from(duration.is_some()));
        rest.number(depth.into());
        rest.number(call);
        if let Some(duration) = duration {
            self.columns.spans.number(duration);
        }
        self.ended(tag::EXIT_FULL, (outcome, flags), (place, site), values);
    }

    #[inline]
    fn ended(&mut self, kind: u8, how: (u8, u8), at: (u32, u32), values: Values<'_>) {
        let (place, site) = at;
        self.columns.rest.number(u64::from(how.0) << 2 | u64::from(how.1));
        self.place(place, site);
        let own = self.told(if place == 0 { site } else { place }, values) << tag::OWN;
        self.columns.tags.byte(kind | own);
    }

    // What has no time of its own does not set the context's.

    #[inline]
    fn line(&mut self, event: &RawEvent<'_>) {
        let RawEvent { depth, call, site, .. } = *event;
        self.site(site);
        if self.context.implies(depth, call) {
            return self.columns.tags.byte(tag::LINE);
        }
        self.inside(depth, call);
        self.columns.tags.byte(tag::LINE_FULL);
    }

    #[inline]
    fn values(&mut self, event: &RawEvent<'_>, values: Values<'_>) {
        let RawEvent { depth, call, site, .. } = *event;
        self.site(site);
        let short = self.context.implies(depth, call);
        if !short {
            self.inside(depth, call);
        }
        let own = self.told(site, values) << tag::OWN;
        self.columns.tags.byte(if short { tag::VALUES } else { tag::VALUES_FULL } | own);
    }

    fn inside(&mut self, depth: u32, call: u64) {
        self.columns.rest.number(depth.into());
        self.columns.rest.number(call);
    }

    #[cold]
    fn rare(&mut self, event: &RawEvent<'_>) {
        let RawEvent { ticks, depth, call, site, kind } = *event;
        let dt = self.context.since(ticks);
        self.columns.ticks.number(dt);
        let tag = match kind {
            RawKind::Suspended => {
                self.context.closed(depth);
                self.site(site);
                self.inside(depth, call);
                tag::SUSPENDED
            }
            RawKind::Resumed => {
                self.context.opened(depth, call, site, None);
                self.site(site);
                self.inside(depth, call);
                tag::RESUMED
            }
            RawKind::Lost { count } => {
                self.context.depth = depth;
                self.inside(depth, count);
                tag::LOST
            }
            RawKind::Unknown { code, bytes } => {
                self.columns.rest.number(code.into());
                self.columns.rest.number(bytes.len() as u64);
                self.columns.bytes.append(bytes);
                tag::OTHER
            }
            RawKind::Entry { .. } | RawKind::Exit(_) | RawKind::Line | RawKind::Values { .. } => return,
        };
        self.columns.tags.byte(tag);
    }
}

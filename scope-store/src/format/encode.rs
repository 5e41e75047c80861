//! From events to bytes: what follows from the events before is not told.

use super::Context;
use super::out::Out;
use super::values::Values;
use super::wire::{RawEvent, RawExit, RawKind, Wire, flags};

/// Appends `event`, the next one of the batch whose context is `context`. Where the kind is known, so is the way.
#[inline(always)]
pub(crate) fn encode(event: &RawEvent<'_>, context: &mut Context, out: &mut Out) {
    match event.kind {
        RawKind::Entry { parent, is_async, values } => entry(event, (parent, is_async), values, context, out),
        RawKind::Exit(exit) => self::exit(event, &exit, context, out),
        RawKind::Line => line(event, context, out),
        RawKind::Values { values } => self::values(event, values, context, out),
        _ => rare(event, context, out),
    }
}

/// A call in which there was nothing: entry and exit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Leaf<'a> {
    /// Ticks of the entry and of the exit.
    pub began: u64,
    pub ended: u64,
    pub depth: u32,
    pub call: u64,
    pub parent: u64,
    pub site: u32,
    pub args: Values<'a>,
    /// What it gave back, and at which place.
    pub result: Option<(u32, Values<'a>)>,
}

/// Appends the two events of `leaf`, if both are short. False: nothing was done.
#[inline(always)]
pub(crate) fn encode_leaf(leaf: &Leaf<'_>, context: &mut Context, out: &mut Out) -> bool {
    let Leaf { began, ended, depth, call, parent, site, args, result } = *leaf;
    if call.wrapping_sub(context.call) != 1 || !context.implies(depth, parent) || !context.came_by(depth, call, site) {
        return false;
    }
    context.call = call;
    let dt = context.since(began);
    context.ticks = ended;
    out.leaf((dt, ended.wrapping_sub(began)), site, args, result);
    true
}

impl Context {
    /// The difference to the last time; `ticks` are the last time now.
    #[inline]
    fn since(&mut self, ticks: u64) -> u64 {
        ticks.wrapping_sub(std::mem::replace(&mut self.ticks, ticks))
    }

    /// Whether an event at `depth` in `call` is where it would be taken to be.
    #[inline]
    fn implies(&self, depth: u32, call: u64) -> bool {
        depth == self.depth && self.around(depth) == Some(call)
    }
}

#[inline]
fn entry(event: &RawEvent<'_>, of: (u64, bool), values: Values<'_>, context: &mut Context, out: &mut Out) {
    let (RawEvent { ticks, depth, call, site, .. }, (parent, is_async)) = (*event, of);
    let dt = context.since(ticks);
    let call_step = call.wrapping_sub(context.call);
    let short = !is_async && call_step == 1 && context.implies(depth, parent);
    context.call = call;
    context.opened(depth, call, site);
    if short {
        return out.entry(dt, site, values);
    }
    let flags = flags(is_async, false);
    values.stored(|values| out.any(&Wire::EntryFull { dt, flags, site, depth, call: call_step, parent, values }));
}

#[inline]
fn exit(event: &RawEvent<'_>, exit: &RawExit<'_>, context: &mut Context, out: &mut Out) {
    let RawEvent { ticks, depth, call, site, .. } = *event;
    let RawExit { outcome, is_async, lossy, duration, place, values } = *exit;
    let dt = context.since(ticks);
    let flags = flags(is_async, lossy);
    let known = context.at(depth).is_some_and(|k| k.call == call && k.site == site)
        && depth.checked_add(1) == Some(context.depth);
    context.closed(depth);
    match duration {
        Some(duration) if known && outcome == 0 && flags == 0 && place == 0 && values.are_none() => {
            out.returned(dt, duration);
        }
        Some(duration) if known => out.exit(dt, duration, (outcome, flags), place, values),
        duration => values.stored(|values| {
            out.any(&Wire::ExitFull { dt, duration, outcome, flags, place, values, site, depth, call });
        }),
    }
}

// What has no time of its own does not set the context's.

#[inline]
fn line(event: &RawEvent<'_>, context: &Context, out: &mut Out) {
    let RawEvent { depth, call, site, .. } = *event;
    if context.implies(depth, call) { out.line(site) } else { out.any(&Wire::LineFull { site, depth, call }) }
}

#[inline]
fn values(event: &RawEvent<'_>, values: Values<'_>, context: &Context, out: &mut Out) {
    let RawEvent { depth, call, site, .. } = *event;
    if context.implies(depth, call) {
        return out.values(site, values);
    }
    values.stored(|values| out.any(&Wire::ValuesFull { site, depth, call, values }));
}

#[cold]
fn rare(event: &RawEvent<'_>, context: &mut Context, out: &mut Out) {
    let RawEvent { ticks, depth, call, site, kind } = *event;
    let dt = context.since(ticks);
    match kind {
        RawKind::Suspended => {
            context.closed(depth);
            out.any(&Wire::Suspended { dt, site, depth, call });
        }
        RawKind::Resumed => {
            context.opened(depth, call, site);
            out.any(&Wire::Resumed { dt, site, depth, call });
        }
        RawKind::Lost { count } => {
            context.depth = depth;
            out.any(&Wire::Lost { dt, depth, count });
        }
        RawKind::Entry { .. } | RawKind::Exit(_) | RawKind::Line | RawKind::Values { .. } => {}
    }
}

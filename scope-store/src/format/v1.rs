//! The events of a batch in version 1 of the format: one behind the other, in bincode. They are only read.

use super::context::Context;
use super::event::{ASYNC, LOSSY, RawEvent, RawExit, RawKind};
use super::values::Values;
use super::{Undecodable, take};

/// `dt` is a difference of ticks, `call` one of calls in `EntryFull` alone.
enum Wire<'a> {
    Entry {
        dt: u64,
        site: u32,
        values: &'a [u8],
    },
    EntryFull {
        dt: u64,
        flags: u8,
        site: u32,
        depth: u32,
        call: u64,
        parent: u64,
        values: &'a [u8],
    },
    Returned {
        dt: u64,
        duration: u64,
    },
    Exit {
        dt: u64,
        duration: u64,
        outcome: u8,
        flags: u8,
        place: u32,
        values: &'a [u8],
    },
    ExitFull {
        dt: u64,
        duration: Option<u64>,
        outcome: u8,
        flags: u8,
        place: u32,
        values: &'a [u8],
        site: u32,
        depth: u32,
        call: u64,
    },
    Line {
        site: u32,
    },
    LineFull {
        site: u32,
        depth: u32,
        call: u64,
    },
    Values {
        site: u32,
        values: &'a [u8],
    },
    ValuesFull {
        site: u32,
        depth: u32,
        call: u64,
        values: &'a [u8],
    },
    Suspended {
        dt: u64,
        site: u32,
        depth: u32,
        call: u64,
    },
    Resumed {
        dt: u64,
        site: u32,
        depth: u32,
        call: u64,
    },
    Lost {
        dt: u64,
        depth: u32,
        count: u64,
    },
}

variants!(Wire<'a> {
    0 Entry { dt, site, values },
    1 EntryFull { dt, flags, site, depth, call, parent, values },
    2 Returned { dt, duration },
    3 Exit { dt, duration, outcome, flags, place, values },
    4 ExitFull { dt, duration, outcome, flags, place, values, site, depth, call },
    5 Line { site },
    6 LineFull { site, depth, call },
    7 Values { site, values },
    8 ValuesFull { site, depth, call, values },
    9 Suspended { dt, site, depth, call },
    10 Resumed { dt, site, depth, call },
    11 Lost { dt, depth, count }
});

/// Reads the events of one batch.
#[derive(Debug, Default)]
pub(crate) struct Decoder {
    pub context: Context,
}

impl Decoder {
    /// Reads the next event off the front of `bytes`.
    pub fn next<'a>(&mut self, bytes: &mut &'a [u8]) -> Result<RawEvent<'a>, Undecodable> {
        let wire = take::<Wire<'a>>(bytes)?;
        let context = &mut self.context;
        match wire {
            Wire::Entry { dt, .. }
            | Wire::EntryFull { dt, .. }
            | Wire::Returned { dt, .. }
            | Wire::Exit { dt, .. }
            | Wire::ExitFull { dt, .. }
            | Wire::Suspended { dt, .. }
            | Wire::Resumed { dt, .. }
            | Wire::Lost { dt, .. } => context.ticks = context.ticks.wrapping_add(dt),
            Wire::Line { .. } | Wire::LineFull { .. } | Wire::Values { .. } | Wire::ValuesFull { .. } => {}
        }
        let event = |depth, call, site, kind| RawEvent { ticks: context.ticks, depth, call, site, kind };
        let around = |depth| context.around(depth).ok_or(Undecodable);
        let innermost = || {
            let depth = context.depth.checked_sub(1)?;
            context.at(depth).map(|known| (depth, known))
        };
        let event = match wire {
            Wire::Entry { site, values, .. } => {
                let kind =
                    RawKind::Entry { parent: around(context.depth)?, is_async: false, values: Values::Tagged(values) };
                event(context.depth, context.call.wrapping_add(1), site, kind)
            }
            Wire::EntryFull { flags, site, depth, call, parent, values, .. } => {
                let kind = RawKind::Entry { parent, is_async: flags & ASYNC != 0, values: Values::Tagged(values) };
                event(depth, context.call.wrapping_add(call), site, kind)
            }
            Wire::Returned { duration, .. } => {
                let (depth, known) = innermost().ok_or(Undecodable)?;
                event(depth, known.call, known.site, exit(RawExit::RETURNED, 0, Some(duration), 0, &[]))
            }
            Wire::Exit { duration, outcome, flags, place, values, .. } => {
                let (depth, known) = innermost().ok_or(Undecodable)?;
                event(depth, known.call, known.site, exit(outcome, flags, Some(duration), place, values))
            }
            Wire::ExitFull { duration, outcome, flags, place, values, site, depth, call, .. } => {
                event(depth, call, site, exit(outcome, flags, duration, place, values))
            }
            Wire::Line { site } => event(context.depth, around(context.depth)?, site, RawKind::Line),
            Wire::LineFull { site, depth, call } => event(depth, call, site, RawKind::Line),
            Wire::Values { site, values } => {
                event(context.depth, around(context.depth)?, site, RawKind::Values { values: Values::Tagged(values) })
            }
            Wire::ValuesFull { site, depth, call, values } => {
                event(depth, call, site, RawKind::Values { values: Values::Tagged(values) })
            }
            Wire::Suspended { site, depth, call, .. } => event(depth, call, site, RawKind::Suspended),
            Wire::Resumed { site, depth, call, .. } => event(depth, call, site, RawKind::Resumed),
            Wire::Lost { depth, count, .. } => event(depth, 0, 0, RawKind::Lost { count }),
        };
        self.follow(&event);
        Ok(event)
    }

    fn follow(&mut self, event: &RawEvent<'_>) {
        match event.kind {
            RawKind::Entry { .. } => {
                self.context.call = event.call;
                self.context.opened(event.depth, event.call, event.site, None);
            }
            RawKind::Resumed => self.context.opened(event.depth, event.call, event.site, None),
            RawKind::Exit(_) | RawKind::Suspended => self.context.closed(event.depth),
            RawKind::Lost { .. } => self.context.depth = event.depth,
            RawKind::Line | RawKind::Values { .. } | RawKind::Unknown { .. } => {}
        }
    }
}

fn exit<'a>(outcome: u8, flags: u8, duration: Option<u64>, place: u32, values: &'a [u8]) -> RawKind<'a> {
    let values = Values::Tagged(values);
    RawKind::Exit(RawExit { outcome, is_async: flags & ASYNC != 0, lossy: flags & LOSSY != 0, duration, place, values })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_bytes_are_no_panic(bytes: Vec<u8>, ticks: u64, call: u64, depth: u32) {
            let mut decoder = Decoder::default();
            decoder.context.reset(ticks, call, depth);
            let mut rest = &bytes[..];
            while decoder.next(&mut rest).is_ok() {}
        }
    }
}

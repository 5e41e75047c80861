//! From columns to events.

use super::Undecodable;
use super::columns::Cursors;
use super::context::Context;
use super::event::{ASYNC, LOSSY, RawEvent, RawExit, RawKind};
use super::slots::Slots;
use super::tag;
use super::told::read_plain;
use super::values::Values;
use scope_core::plains::Plains;

/// Reads the events of one batch.
#[derive(Debug, Default)]
pub(crate) struct Decoder {
    pub context: Context,
    columns: Cursors,
    slots: Slots,
    /// The exit that comes next: of a leaf, whose tag this is, with its span.
    pending: Option<(u8, u64)>,
    /// Plain values of one event.
    words: Vec<u64>,
}

/// Takes an event that was read, with its ticks. A trait, since a closure can't be told to be part of where it is called: there the event's
/// kind is known, and nothing of it needs to be written down.
pub(crate) trait See {
    /// What it makes of it.
    type Seen;

    /// Takes it.
    fn see(self, event: RawEvent<'_>) -> Self::Seen;
}

impl<R, F: FnOnce(RawEvent<'_>) -> R> See for F {
    type Seen = R;

    #[inline]
    fn see(self, event: RawEvent<'_>) -> R {
        self(event)
    }
}

/// Values that were read, before they are borrowed from where they are.
enum Found<'a> {
    None,
    Plain(u64),
    Tagged(&'a [u8]),
}

impl Decoder {
    /// Begins a batch with these columns.
    pub fn reset(&mut self, ticks: u64, call: u64, depth: u32, columns: Cursors) {
        self.context.reset(ticks, call, depth);
        self.slots.clear();
        self.columns = columns;
        self.pending = None;
    }

    /// Whether all was read.
    #[cfg(test)]
    pub fn is_at_end(&self) -> bool {
        self.pending.is_none() && self.columns.are_at_end()
    }

    /// Reads the next event, and gives it to `see`; `buffer` holds the columns. It is not returned: where its kind is known it need not be
    /// written down.
    #[inline(always)]
    pub fn next<S: See>(&mut self, buffer: &[u8], see: S) -> Result<S::Seen, Undecodable> {
        if let Some((tag, span)) = self.pending.take() {
            return self.leaf_exit(tag, span, buffer, see);
        }
        let tag = self.columns.tags.byte(buffer)?;
        match tag & tag::KIND {
            tag::LEAF | tag::LEAF_RESULT => self.leaf(tag, buffer, see),
            tag::ENTRY | tag::ENTRY_FULL => self.entry(tag, buffer, see),
            tag::RETURNED | tag::EXIT | tag::EXIT_SPAN => self.exit(tag, buffer, see),
            tag::EXIT_FULL => Ok(see.see(self.exit_full(tag, buffer)?)),
            tag::LINE | tag::LINE_FULL | tag::VALUES | tag::VALUES_FULL => self.inside(tag, buffer, see),
            _ => Ok(see.see(self.rare(tag, buffer)?)),
        }
    }

    #[inline(always)]
    fn ticks(&mut self, buffer: &[u8]) -> Result<u64, Undecodable> {
        self.context.ticks = self.context.ticks.wrapping_add(self.columns.ticks.number(buffer)?);
        Ok(self.context.ticks)
    }

    #[inline(always)]
    fn site(&mut self, buffer: &[u8]) -> Result<u32, Undecodable> {
        let step = self.columns.sites.signed(buffer)? as i64;
        let site = i64::from(self.context.site).checked_add(step).ok_or(Undecodable)?;
        self.context.site = u32::try_from(site).map_err(|_| Undecodable)?;
        Ok(self.context.site)
    }

    #[inline(always)]
    fn values<'a>(&mut self, told: u8, site: u32, buffer: &'a [u8]) -> Result<Found<'a>, Undecodable> {
        if told == tag::NONE { Ok(Found::None) } else { self.some_values(told, site, buffer) }
    }

    fn some_values<'a>(&mut self, told: u8, site: u32, buffer: &'a [u8]) -> Result<Found<'a>, Undecodable> {
        let types = match told {
            tag::TAGGED => {
                let length = usize::try_from(self.columns.rest.number(buffer)?).map_err(|_| Undecodable)?;
                return Ok(Found::Tagged(self.columns.bytes.bytes(buffer, length)?));
            }
            tag::SAME => self.slots.types(site).ok_or(Undecodable)?,
            _ => self.columns.rest.number(buffer)?,
        };
        let (known, line) = self.slots.of(site, types);
        if known != (told == tag::SAME) || types == 0 {
            return Err(Undecodable);
        }
        self.words.clear();
        read_plain(types, line, &mut self.columns, buffer, &mut self.words)?;
        Ok(Found::Plain(types))
    }

    #[inline(always)]
    fn borrowed<'a>(&'a self, found: Found<'a>) -> Values<'a> {
        match found {
            Found::None => Values::NONE,
            Found::Plain(types) => Values::Plain(Plains::new(types, &self.words)),
            Found::Tagged(bytes) => Values::Tagged(bytes),
        }
    }

    #[inline(always)]
    fn leaf<S: See>(&mut self, tag: u8, buffer: &[u8], see: S) -> Result<S::Seen, Undecodable> {
        let ticks = self.ticks(buffer)?;
        let span = self.columns.spans.number(buffer)?;
        let site = self.site(buffer)?;
        let depth = self.context.depth;
        let parent = self.context.around(depth).ok_or(Undecodable)?;
        let call = self.context.call.wrapping_add(1);
        self.context.call = call;
        self.context.opened(depth, call, site, Some(ticks));
        let values = self.values(tag::told(tag, tag::OWN), site, buffer)?;
        self.pending = Some((tag, span));
        let kind = RawKind::Entry { parent, is_async: false, values: self.borrowed(values) };
        Ok(see.see(RawEvent { ticks, depth, call, site, kind }))
    }

    #[inline(always)]
    fn leaf_exit<S: See>(&mut self, tag: u8, span: u64, buffer: &[u8], see: S) -> Result<S::Seen, Undecodable> {
        let depth = self.context.depth.checked_sub(1).ok_or(Undecodable)?;
        let known = self.context.at(depth).ok_or(Undecodable)?;
        self.context.closed(depth);
        self.context.ticks = self.context.ticks.wrapping_add(span);
        let (ticks, call, site) = (self.context.ticks, known.call, known.site);
        // Twice, so that each is known as what it is where it is seen.
        if tag & tag::KIND != tag::LEAF_RESULT {
            let kind = RawKind::Exit(RawExit::returned(span));
            return Ok(see.see(RawEvent { ticks, depth, call, site, kind }));
        }
        let place = site.wrapping_add(self.columns.rest.u32(buffer)?);
        let values = self.values(tag::told(tag, tag::RESULT), place, buffer)?;
        let kind = RawKind::Exit(RawExit { place, values: self.borrowed(values), ..RawExit::returned(span) });
        Ok(see.see(RawEvent { ticks, depth, call, site, kind }))
    }

    #[inline(always)]
    fn entry<S: See>(&mut self, tag: u8, buffer: &[u8], see: S) -> Result<S::Seen, Undecodable> {
        let ticks = self.ticks(buffer)?;
        let site = self.site(buffer)?;
        let values = self.values(tag::told(tag, tag::OWN), site, buffer)?;
        let (depth, parent, step, is_async) = if tag & tag::KIND == tag::ENTRY {
            let depth = self.context.depth;
            (depth, self.context.around(depth).ok_or(Undecodable)?, 1, false)
        } else {
            let rest = &mut self.columns.rest;
            let flags = rest.number(buffer)? as u8;
            let depth = rest.u32(buffer)?;
            let step = rest.signed(buffer)?;
            (depth, rest.number(buffer)?, step, flags & ASYNC != 0)
        };
        let call = self.context.call.wrapping_add(step);
        self.context.call = call;
        self.context.opened(depth, call, site, Some(ticks));
        let kind = RawKind::Entry { parent, is_async, values: self.borrowed(values) };
        Ok(see.see(RawEvent { ticks, depth, call, site, kind }))
    }

    #[inline(always)]
    fn exit<S: See>(&mut self, tag: u8, buffer: &[u8], see: S) -> Result<S::Seen, Undecodable> {
        let ticks = self.ticks(buffer)?;
        let depth = self.context.depth.checked_sub(1).ok_or(Undecodable)?;
        let known = self.context.at(depth).ok_or(Undecodable)?;
        self.context.closed(depth);
        let duration = match tag & tag::KIND {
            tag::EXIT_SPAN => self.columns.spans.number(buffer)?,
            _ => ticks.wrapping_sub(known.began.ok_or(Undecodable)?),
        };
        let (call, site) = (known.call, known.site);
        if tag & tag::KIND == tag::RETURNED {
            let kind = RawKind::Exit(RawExit::returned(duration));
            return Ok(see.see(RawEvent { ticks, depth, call, site, kind }));
        }
        let exit = self.ended(tag, site, Some(duration), buffer)?;
        Ok(see.see(RawEvent { ticks, depth, call, site, kind: RawKind::Exit(exit) }))
    }

    fn exit_full<'a>(&'a mut self, tag: u8, buffer: &'a [u8]) -> Result<RawEvent<'a>, Undecodable> {
        let ticks = self.ticks(buffer)?;
        let site = self.site(buffer)?;
        let rest = &mut self.columns.rest;
        let has_duration = rest.number(buffer)? != 0;
        let (depth, call) = (rest.u32(buffer)?, rest.number(buffer)?);
        let duration = if has_duration { Some(self.columns.spans.number(buffer)?) } else { None };
        self.context.closed(depth);
        let kind = RawKind::Exit(self.ended(tag, site, duration, buffer)?);
        Ok(RawEvent { ticks, depth, call, site, kind })
    }

    /// How a call ended, and with what.
    fn ended<'a>(
        &'a mut self,
        tag: u8,
        site: u32,
        duration: Option<u64>,
        buffer: &'a [u8],
    ) -> Result<RawExit<'a>, Undecodable> {
        let how = self.columns.rest.number(buffer)?;
        let place = match self.columns.rest.number(buffer)?.checked_sub(1) {
            None => 0,
            Some(step) => {
                let step = (step >> 1 ^ (step & 1).wrapping_neg()) as i64;
                let place = i64::from(site).checked_add(step).ok_or(Undecodable)?;
                u32::try_from(place).map_err(|_| Undecodable)?
            }
        };
        let values = self.values(tag::told(tag, tag::OWN), if place == 0 { site } else { place }, buffer)?;
        let (outcome, flags) = (u8::try_from(how >> 2).map_err(|_| Undecodable)?, how as u8);
        let (is_async, lossy) = (flags & ASYNC != 0, flags & LOSSY != 0);
        Ok(RawExit { outcome, is_async, lossy, duration, place, values: self.borrowed(values) })
    }

    #[inline(always)]
    fn inside<S: See>(&mut self, tag: u8, buffer: &[u8], see: S) -> Result<S::Seen, Undecodable> {
        let site = self.site(buffer)?;
        let (depth, call) = match tag & tag::KIND {
            tag::LINE | tag::VALUES => {
                let depth = self.context.depth;
                (depth, self.context.around(depth).ok_or(Undecodable)?)
            }
            _ => (self.columns.rest.u32(buffer)?, self.columns.rest.number(buffer)?),
        };
        let ticks = self.context.ticks;
        if matches!(tag & tag::KIND, tag::LINE | tag::LINE_FULL) {
            return Ok(see.see(RawEvent { ticks, depth, call, site, kind: RawKind::Line }));
        }
        let values = self.values(tag::told(tag, tag::OWN), site, buffer)?;
        let kind = RawKind::Values { values: self.borrowed(values) };
        Ok(see.see(RawEvent { ticks, depth, call, site, kind }))
    }

    #[cold]
    fn rare<'a>(&'a mut self, tag: u8, buffer: &'a [u8]) -> Result<RawEvent<'a>, Undecodable> {
        let ticks = self.ticks(buffer)?;
        if tag & tag::KIND == tag::OTHER {
            let code = self.columns.rest.u32(buffer)?;
            let length = usize::try_from(self.columns.rest.number(buffer)?).map_err(|_| Undecodable)?;
            let bytes = self.columns.bytes.bytes(buffer, length)?;
            let depth = self.context.depth;
            let call = self.context.around(depth).unwrap_or(0);
            return Ok(RawEvent { ticks, depth, call, site: 0, kind: RawKind::Unknown { code, bytes } });
        }
        let site = if tag & tag::KIND == tag::LOST { 0 } else { self.site(buffer)? };
        let (depth, number) = (self.columns.rest.u32(buffer)?, self.columns.rest.number(buffer)?);
        let event = |call, kind| RawEvent { ticks, depth, call, site, kind };
        Ok(match tag & tag::KIND {
            tag::SUSPENDED => {
                self.context.closed(depth);
                event(number, RawKind::Suspended)
            }
            tag::RESUMED => {
                self.context.opened(depth, number, site, None);
                event(number, RawKind::Resumed)
            }
            _ => {
                self.context.depth = depth;
                event(0, RawKind::Lost { count: number })
            }
        })
    }
}

//! Writes values.
//!
//! What always holds, whatever a caller does:
//! 1. `pos <= limit + 1 <= buf.len()`: behind `limit` lie two bytes for each open container (a mark that items are
//!    missing, and its end) and one for a [`tags::CUT`] in the place of the one value that finds no room.
//! 2. A value is begun only where one may stand (`open`): one in each slot, any number at the outermost level.
//! 3. A slot that is left holds exactly one whole value, for [`ValueWriter::slot`] closes what was left open.

use super::limits::Limits;
use super::tags;
use crate::quiet::quiet;
use crate::site::Sites;
use crate::watchdog::About;

/// Writes values into a buffer, under limits.
///
/// It never fails: what finds no room is cut, with a mark, and what was written can always be decoded. Values follow
/// each other; inside a container each has its slot, see [`ItemsWriter`](super::ItemsWriter).
///
/// ```
/// use scope_core::value::{Limits, ValueWriter};
/// let mut buf = [0; 64];
/// let mut w = ValueWriter::new(&mut buf, &Limits::DEFAULT);
/// w.uint(7);
/// w.str("seven");
/// let used = w.finish();
/// assert_eq!(used, 8);
/// ```
#[derive(Debug)]
pub struct ValueWriter<'a> {
    pub(super) buf: &'a mut [u8],
    pub(super) pos: usize,
    pub(super) limit: usize,
    pub(super) limits: &'static Limits,
    /// Containers that wait for their end.
    pub(super) depth: u16,
    /// Slots around this place.
    nest: u16,
    /// A value may begin here.
    pub(super) open: bool,
    /// Outside of all containers and slots, where values follow each other.
    pub(super) outer: bool,
    /// No room was found for a value: containers take no more.
    pub(super) full: bool,
    /// Bytes kept for values that are still to come.
    kept: usize,
    /// Whose values they are, where that is known.
    about: Option<About>,
}

/// What is kept of the buffer for each value that is still to come.
const KEPT: usize = 16;

impl<'a> ValueWriter<'a> {
    /// A writer at the start of `buf`, of which it uses `limits.max_bytes` at most.
    #[inline]
    pub fn new(buf: &'a mut [u8], limits: &'static Limits) -> Self {
        let most = limits.max_bytes as usize;
        let buf = if buf.len() > most { &mut buf[..most] } else { buf };
        let limit = if buf.is_empty() { 0 } else { buf.len() - 1 };
        Self {
            buf,
            pos: 0,
            limit,
            limits,
            depth: 0,
            nest: 0,
            open: true,
            outer: true,
            full: false,
            kept: 0,
            about: None,
        }
    }

    /// How many bytes were written.
    #[inline]
    pub fn finish(self) -> usize {
        self.pos
    }

    /// The limits that hold.
    pub fn limits(&self) -> &'static Limits {
        self.limits
    }

    /// Keeps a little room for the small ones among `count` values to come, so that the first can't take it all.
    pub fn expect_values(&mut self, count: usize) {
        self.limit += self.kept;
        self.kept = (count.saturating_sub(1) * KEPT).min(self.limit / 2);
        self.limit -= self.kept;
    }

    /// Gives the next value the room that was kept for it.
    pub fn next_value(&mut self) {
        if self.kept > 0 {
            let back = self.kept.min(KEPT);
            self.kept -= back;
            self.limit += back;
        }
        self.full = false;
        if let Some(about) = &mut self.about {
            about.values += 1;
        }
    }

    /// The values are those of a record that has `values` already.
    pub(crate) fn set_about(&mut self, sites: &'static Sites, place: Option<usize>, values: usize) {
        self.about = Some(About { sites, place, values });
    }

    /// Whose values they are.
    pub(crate) fn about(&self) -> Option<About> {
        self.about
    }

    /// Whether no further value will find room here: time to stop a walk.
    #[inline]
    pub fn is_full(&self) -> bool {
        self.full
    }

    /// Whether the value that belongs here is still to be written.
    pub(crate) fn is_open(&self) -> bool {
        self.open
    }

    /// Makes a place for one value and lets `f` write it: what `f` leaves open is closed, a second value is ignored, and
    /// a value that it does not write is marked as cut.
    #[inline]
    pub fn slot(&mut self, f: impl FnOnce(&mut Self)) {
        let (depth, nest, outer) = (self.depth, self.nest, self.outer);
        if !self.open {
            return;
        }
        if nest >= tags::MAX_NEST {
            return self.cut();
        }
        if outer {
            self.full = false;
        }
        (self.nest, self.outer) = (nest + 1, false);
        f(self);
        if self.open {
            self.cut();
        }
        while self.depth > depth {
            self.close();
        }
        (self.nest, self.outer, self.open) = (nest, outer, outer);
    }

    /// Behind a tag that a value is part of: lets that value begin.
    pub(super) fn expect_part(&mut self) {
        (self.open, self.outer) = (true, false);
    }

    /// The slot of an item: where the container that it belongs to was opened, a value may begin.
    #[inline]
    pub(super) fn item(&mut self, f: impl FnOnce(&mut Self)) {
        self.open = true;
        self.slot(f);
    }

    /// Runs code of a user in a slot. A panic in it is caught and marked where it happened.
    ///
    /// The program's panic hook has run by then and may have printed the panic: a library can't keep it from that
    /// without replacing the program's hook.
    ///
    /// False where it panicked.
    pub fn guarded(&mut self, f: impl FnOnce(&mut Self)) -> bool {
        let mut ended = true;
        self.slot(|w| {
            let (depth, nest) = (w.depth, w.nest);
            let _quiet = quiet();
            let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| f(w)));
            if let Err(payload) = caught {
                w.nest = nest;
                w.note(tags::PANICKED, super::text::panic_text(&*payload), depth);
                // A payload's own drop may panic too.
                std::mem::forget(payload);
                ended = false;
            }
        });
        ended
    }

    /// Writes a whole value, or the beginning of one, where one may stand and finds room.
    #[inline]
    pub(super) fn emit(&mut self, head: &[u8], body: &[u8]) -> bool {
        if self.open && self.append(head, body) {
            self.open = self.outer;
            true
        } else {
            self.refuse();
            false
        }
    }

    /// Writes bytes that are no value of their own; false where there is no room.
    #[inline]
    pub(super) fn append(&mut self, head: &[u8], body: &[u8]) -> bool {
        let middle = self.pos + head.len();
        let end = middle + body.len();
        if end > self.limit {
            return false;
        }
        let mut index = 0;
        // A head is short: one by one it takes an unoptimised build less than a range would.
        while index < head.len() {
            self.buf[self.pos + index] = head[index];
            index += 1;
        }
        if !body.is_empty() {
            self.buf[middle..end].copy_from_slice(body);
        }
        self.pos = end;
        true
    }

    /// The value that belongs here was written, up to `end`.
    pub(super) fn complete(&mut self, end: usize) {
        self.pos = end;
        self.open = self.outer;
    }

    /// Cuts the value that belongs here: there is no room for it.
    #[cold]
    pub(super) fn refuse(&mut self) {
        if !self.open {
            return;
        }
        if self.pos <= self.limit {
            self.push(tags::CUT);
        }
        self.full = true;
        self.open = self.outer;
    }

    /// Begins a container, for which [`close`](Self::close) is to be called where this is true.
    pub(super) fn container(&mut self, head: &[u8], body: &[u8]) -> bool {
        if !self.open {
            return false;
        }
        if self.outer {
            self.full = false;
        }
        if self.depth >= self.limits.max_depth {
            self.cut();
            return false;
        }
        if self.pos + head.len() + body.len() + 2 > self.limit {
            self.refuse();
            return false;
        }
        self.append(head, body);
        (self.open, self.outer) = (false, false);
        self.limit -= 2;
        self.depth += 1;
        true
    }

    /// Ends the innermost container.
    pub(super) fn close(&mut self) {
        self.limit += 2;
        self.depth -= 1;
        self.outer = self.depth == 0 && self.nest == 0;
        self.open = self.outer;
        self.push(tags::END);
    }

    /// Writes one byte of those behind `limit`.
    pub(super) fn push(&mut self, byte: u8) {
        if let Some(slot) = self.buf.get_mut(self.pos) {
            *slot = byte;
            self.pos += 1;
        }
    }

    /// Marks what user code did, in the place of its value or as the last item of the container that it left open;
    /// `depth` is that of the slot which it was given.
    #[cold]
    fn note(&mut self, tag: u8, text: &str, depth: u16) {
        if self.open {
            self.short(tag, text);
        } else if self.depth > depth && !self.full {
            self.open = true;
            self.short(tag, text);
            self.open = false;
        }
    }

    /// [`failed`](Self::failed) in a slot of this depth of which a part may be written.
    pub(crate) fn failed_in(&mut self, reason: &str, depth: u16) {
        self.note(tags::FAILED, reason, depth);
    }

    /// How many containers are open.
    pub(crate) fn depth(&self) -> u16 {
        self.depth
    }

    /// Marks a value that refused to be captured, with its reason: what a `Serialize` does that gives up.
    #[cold]
    pub fn failed(&mut self, reason: &str) {
        self.short(tags::FAILED, reason);
    }
}

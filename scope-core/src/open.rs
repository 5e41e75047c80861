//! A record with values, while it is being written.

use crate::capture::Strategy;
use crate::local::{self, Local};
use crate::record::{Header, Kind, WORD};
use crate::ring::Ring;
use crate::site::Sites;
use crate::value::ValueWriter;

/// A record whose values are being written straight into the ring. Until it is published or dropped, probes on this thread
/// are off: what a user's `Debug` calls may itself be instrumented.
pub(crate) struct Open {
    /// Of this thread: this type is not `Send`.
    ring: *const Ring,
    position: u64,
    /// Words between the header and the values.
    fixed: usize,
    room: usize,
    writer: Option<ValueWriter<'static>>,
}

impl Open {
    /// Begins a record of the place with this index, or of an entry, with `fixed` words before its `count` values. `None` while this
    /// thread does not record.
    pub(crate) fn begin(sites: &'static Sites, place: Option<usize>, fixed: usize, count: usize) -> Option<Self> {
        local::with(|local| {
            if local.is_busy() {
                return None;
            }
            local.begin();
            let bound = (sites.limits().max_bytes as usize).div_ceil(WORD) + 1 + fixed;
            let need = bound.min(local.ring().largest());
            let position = match local.ring().room(need) {
                Some(position) if need > 0 => Some(position),
                _ => local.make_room(sites, bound),
            };
            let ring = local.ring();
            // No more than one word where the recorder was stopped between the two looks at the ring.
            let room = position.map_or(0, |position| bound.min(ring.left(position)));
            let (Some(position), true) = (position, room > 1 + fixed) else {
                local.end();
                return None;
            };
            let values = 1 + fixed;
            // SAFETY: `position` came from `room` or `make_room` on this thread with at least `room` words left in the chunk;
            // probes are off until this record ends, so nothing is published meanwhile, and `publish` takes the writer first.
            let bytes = unsafe { ring.bytes(position, values, room - values) };
            let mut writer = ValueWriter::new(bytes, sites.limits());
            writer.set_about(sites, place);
            if count > 1 {
                writer.expect_values(count);
            }
            Some(Self { ring, position, fixed, room, writer: Some(writer) })
        })
    }

    /// Appends a value.
    #[inline]
    pub(crate) fn value<T: ?Sized, S: Strategy<T>>(&mut self, value: &T) {
        if let Some(writer) = self.writer() {
            S::write(value, writer);
        }
    }

    /// The writer of the values, ready for the next one.
    #[inline]
    pub(crate) fn writer(&mut self) -> Option<&mut ValueWriter<'static>> {
        let writer = self.writer.as_mut()?;
        writer.next_value();
        Some(writer)
    }

    /// Completes the record: `words` are those between header and values, as many as `begin` was told.
    pub(crate) fn publish(mut self, kind: Kind, site: u32, call: u64, words: &[u64]) {
        debug_assert_eq!(words.len(), self.fixed);
        let Some(writer) = self.writer.take() else { return };
        let used = writer.finish();
        let values = 1 + self.fixed;
        let total = (values + used.div_ceil(WORD)).min(self.room);
        // SAFETY: the ring of this thread, alive as long as the thread (`local::OWNER`), and replaced only while no record is open.
        let ring = unsafe { &*self.ring };
        // SAFETY: as in `begin`; the writer, which had these bytes, is gone.
        let bytes = unsafe { ring.bytes(self.position, values, total - values) };
        let used = used.min(bytes.len());
        bytes[used..].fill(0);
        // SAFETY: as above, for the header and the fixed words.
        unsafe {
            ring.put(self.position, 0, Header::new(kind, total, site, call).0);
            for (offset, word) in words.iter().enumerate() {
                ring.put(self.position, 1 + offset, *word);
            }
        }
        ring.publish(self.position, total);
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        local::with(Local::end);
    }
}

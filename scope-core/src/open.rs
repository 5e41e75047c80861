//! A record with values, while it is being written.
//!
//! Programs are recorded in unoptimised builds too, where each of std's small methods is a call with checks of its own: here
//! operators stand where they do.

use crate::call::is_idle;
use crate::local::{self, Local};
use crate::record::{Header, Kind, WORD};
use crate::ring::Ring;
use crate::site::Sites;
use crate::value::ValueWriter;

/// A record whose values are being written straight into the ring. Until it is published or dropped, probes on this thread
/// are off: what a user's `Debug` calls may itself be instrumented.
pub(crate) struct Open {
    /// Of this thread: this type is not `Send`.
    local: *const Local,
    ring: *const Ring,
    position: u64,
    /// Words between the header and the values.
    fixed: usize,
    writer: ValueWriter<'static>,
}

impl Open {
    /// Begins a record of the place with this index, or of an entry, with `fixed` words before its `count` values. `None` while this
    /// thread does not record.
    pub(crate) fn begin(sites: &'static Sites, place: Option<usize>, fixed: usize, count: usize) -> Option<Self> {
        if is_idle() {
            return None;
        }
        let (local, ring, position, room) = local::with(|local| reserve(local, sites, fixed))?;
        let values = 1 + fixed;
        // SAFETY: `reserve` found room for `room` words, more than `values`, at `position` on this thread; probes are off until this
        // record ends, so nothing is published meanwhile, and nothing is written behind `publish`. The ring is alive as long
        // as the thread (`local::OWNER`), and replaced only while no record is open.
        let bytes = unsafe { (*ring).bytes(position, values, room - values) };
        let mut writer = ValueWriter::new(bytes, sites.limits());
        writer.set_about(sites, place);
        if count > 1 {
            writer.expect_values(count);
        }
        Some(Self { local, ring, position, fixed, writer })
    }

    /// The writer of the values, ready for the next one.
    #[inline]
    pub(crate) fn writer(&mut self) -> &mut ValueWriter<'static> {
        self.writer.next_value();
        &mut self.writer
    }

    /// Completes the record, once: `words` are those between header and values, as many as `begin` was told. Behind it the value is only dropped.
    pub(crate) fn publish(&self, kind: Kind, site: u32, call: u64, words: &[u64]) {
        debug_assert!(words.len() == self.fixed);
        let used = self.writer.used();
        let total = 1 + self.fixed + words_for(used);
        // SAFETY: as in `begin`.
        let ring = unsafe { &*self.ring };
        let mut index = 0;
        // SAFETY: as in `begin`, for the header, the fixed words, and the last of those that the writer had: it writes no more.
        unsafe {
            let rest = used % WORD;
            if rest > 0 {
                ring.trim(self.position, total - 1, rest);
            }
            ring.put(self.position, 0, Header::new(kind, total, site, call).0);
            while index < words.len() {
                ring.put(self.position, 1 + index, words[index]);
                index += 1;
            }
        }
        ring.publish(self.position, total);
    }
}

/// How many words `bytes` bytes take.
#[inline(always)]
const fn words_for(bytes: usize) -> usize {
    (bytes + WORD - 1) >> WORD.trailing_zeros()
}

/// Finds room: the ring, the position, and how many words there are at most, which is more than `fixed` and the header take.
/// Probes on this thread are off then.
fn reserve(local: &Local, sites: &'static Sites, fixed: usize) -> Option<(*const Local, *const Ring, u64, usize)> {
    if local.is_busy() {
        return None;
    }
    local.begin();
    let bound = words_for(sites.limits().max_bytes as usize) + 1 + fixed;
    let largest = local.ring().largest();
    let need = if bound < largest { bound } else { largest };
    let position = match local.ring().room(need) {
        Some(position) if need > 0 => Some(position),
        _ => local.make_room(sites, bound),
    };
    let ring = local.ring();
    if let Some(position) = position {
        // No more than one word where the recorder was stopped between the two looks at the ring.
        let left = ring.left(position);
        let room = if bound < left { bound } else { left };
        if room > 1 + fixed {
            return Some((local, ring, position, room));
        }
    }
    local.end();
    None
}

impl Drop for Open {
    fn drop(&mut self) {
        // SAFETY: this thread's, which lives as long as the thread, and this value does not leave it.
        unsafe { (*self.local).end() };
    }
}

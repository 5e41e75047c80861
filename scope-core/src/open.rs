//! A record with values, while it is being written.
//!
//! Programs are recorded in unoptimised builds too, where each of std's small methods is a call with checks of its own: here
//! operators stand where they do.

use crate::call::is_idle;
use crate::fast::Place;
use crate::local::{self, Local};
use crate::record::{Header, Kind, WORD};
use crate::session;
use crate::site::Sites;
use crate::value::{Shown, ValueWriter};

/// A record whose values are being written straight into the ring. From its beginning to its end, which must come, probes on this thread
/// are off: what a user's `Debug` calls may itself be instrumented.
pub(crate) struct Open {
    /// Of this thread: this type is not `Send`.
    local: *const Local,
    place: Place,
    sites: &'static Sites,
    /// The index of the place that the values are of.
    index: Option<usize>,
    /// Words before the values.
    before: usize,
    /// Bytes of values that were written, and that there is room for.
    used: usize,
    room: usize,
    /// Values that were written, and that there will be.
    values: usize,
    count: usize,
}

impl Open {
    /// Begins a record of the place with this index, or of an entry, with `fixed` words before its `count` values. `None` while this
    /// thread does not record.
    pub(crate) fn begin(sites: &'static Sites, index: Option<usize>, fixed: usize, count: usize) -> Option<Self> {
        if is_idle() {
            return None;
        }
        let before = 1 + fixed;
        local::with(|local| {
            let bound = words_for(sites.limits().max_bytes as usize) + before;
            let (place, words) = match local.begin(bound) {
                Some(place) => (place, bound),
                None if session::is_off() => return None,
                None => reserve(local, sites, before, bound)?,
            };
            let room = (words - before) * WORD;
            Some(Self { local, place, sites, index, before, used: 0, room, values: 0, count })
        })
    }

    /// Writes the next value.
    #[inline(never)]
    pub(crate) fn show(&mut self, value: &dyn Shown) {
        self.write(&mut |writer| value.write(writer));
    }

    /// The room that is left.
    fn bytes(&mut self) -> &'static mut [u8] {
        let start = self.place.at.wrapping_add(self.before).cast::<u8>();
        // SAFETY: `begin` found room for so many bytes there on this thread; probes are off until this record ends, so nothing is
        // published meanwhile, and nothing is written behind `publish`, which takes this record. The ring is alive as long as the thread
        // (`local::OWNER`), and replaced only while no record is open. Nobody keeps what was given out before.
        unsafe { &mut *std::ptr::slice_from_raw_parts_mut(start.wrapping_add(self.used), self.room - self.used) }
    }

    /// Lets `write` write the next value.
    pub(crate) fn write(&mut self, write: &mut dyn FnMut(&mut ValueWriter<'_>)) {
        let mut writer = ValueWriter::new(self.bytes(), self.sites.limits());
        writer.expect_values(self.count.saturating_sub(self.values));
        writer.set_about(self.sites, self.index, self.values);
        writer.next_value();
        write(&mut writer);
        self.used += writer.finish();
        self.values += 1;
    }

    /// Completes the record: `words` are those between header and values, as many as `begin` was told.
    pub(crate) fn publish<const N: usize>(self, kind: Kind, site: u32, call: u64, words: [u64; N]) {
        debug_assert!(1 + N == self.before);
        let total = 1 + N + words_for(self.used);
        let (start, rest) = (self.place.at, self.used % WORD);
        let mut index = 0;
        // SAFETY: as in `bytes`, for the header, the fixed words, and the last of those with values. Their words were zeroed once, and
        // written since.
        unsafe {
            if rest > 0 {
                // The first bytes in memory are the lowest of a little-endian number.
                *start.wrapping_add(total - 1) &= u64::to_le((1 << (rest * 8)) - 1);
            }
            *start = Header::new(kind, total, site, call).0;
            while index < N {
                *start.wrapping_add(1 + index) = words[index];
                index += 1;
            }
        }
        self.end(total);
    }

    /// Ends the record unwritten.
    pub(crate) fn abandon(self) {
        self.end(0);
    }

    #[inline(always)]
    fn end(self, words: usize) {
        // SAFETY: this thread's, which lives as long as the thread, and this value does not leave it.
        unsafe { (*self.local).end(self.place, words) };
    }
}

/// How many words `bytes` bytes take.
#[inline(always)]
const fn words_for(bytes: usize) -> usize {
    (bytes + WORD - 1) >> WORD.trailing_zeros()
}

/// Finds room out of line, for as many values as the plan allows, or the ring has room for in a record: the position, and how many words there
/// are, which is more than the `before` ones before the values. Probes on this thread are off then.
#[cold]
#[inline(never)]
fn reserve(local: &Local, sites: &'static Sites, before: usize, bound: usize) -> Option<(Place, usize)> {
    let largest = local.ring().largest();
    let least = if bound < largest { bound } else { largest };
    let found = if least > 0 { local.begin(least) } else { None };
    let place = match found {
        None => local.make_room(sites, bound)?,
        Some(place) => place,
    };
    // No more than one word where the recorder was stopped between the two looks at the ring.
    let left = local.ring().left(place.position);
    let room = if bound < left { bound } else { left };
    if room > before {
        return Some((place, room));
    }
    local.end(place, 0);
    None
}

//! The way of a record where nothing has to be thought of: one look at the ring, the words, one store that publishes them.
//!
//! `docs/hot-path.md` shows what it compiles to.

use crate::local::{BUSY, Local};
use crate::plain::Plain;
use crate::record::Header;
use crate::ring::Ring;
use crate::session;
use crate::site::Sites;
use std::sync::atomic::{Ordering, compiler_fence};

/// Room for a record, in which nobody else writes until it is completed.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub(crate) position: u64,
    /// Where that is in memory.
    pub(crate) at: *mut u64,
    /// The ring that it is in: this thread's.
    pub(crate) ring: *const Ring,
}

/// Room for one of `N` words.
pub(crate) struct Room<const N: usize>(Place);

impl Local {
    /// Room for `need` words where nothing has to be thought of. From here to `end` a probe in a signal handler or in a user's `Debug`
    /// does nothing.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn begin(&self, need: usize) -> Option<Place> {
        let position = self.position.get();
        self.position.set(BUSY);
        compiler_fence(Ordering::SeqCst);
        let ring = self.ring();
        if ring.position() == position && position + need as u64 <= ring.limit() {
            return Some(Place { position, at: self.origin.get().wrapping_add(position as usize), ring });
        }
        self.position.set(position);
        None
    }

    /// The same for a record of `N` words, where need be after some thought.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn room<const N: usize>(&self, sites: &'static Sites) -> Option<Room<N>> {
        match self.begin(N) {
            None if session::is_off() => None,
            None => self.make_room(sites, N).map(Room),
            Some(place) => Some(Room(place)),
        }
    }

    /// Publishes the `words` words that were written at `place`. The next record goes behind them.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn end(&self, place: Place, words: usize) {
        if words > 0 {
            // SAFETY: this thread's ring, which is replaced only in `make_room`, where no record is being written.
            unsafe { &*place.ring }.publish(place.position, words);
        }
        compiler_fence(Ordering::SeqCst);
        self.position.set(place.position + words as u64);
    }

    /// Writes a record.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn complete<const N: usize>(&self, room: Room<N>, words: [u64; N]) {
        let mut index = 0;
        // Not an iterator: in an unoptimised build that would be most of the probe.
        while index < N {
            // SAFETY: `begin` or `make_room` found room for `N` words there, on this thread (a `Room` has no other maker), in one chunk, so that
            // they do not wrap; other probes on it are off since, so nothing was published.
            unsafe { *room.0.at.wrapping_add(index) = words[index] };
            index += 1;
        }
        self.end(room.0, N);
    }

    /// Writes a record where nothing has to be thought of. False: it was not written.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn quick<const N: usize>(&self, words: impl FnOnce(&Self) -> [u64; N]) -> bool {
        match self.begin(N) {
            Some(place) => {
                self.complete(Room(place), words(self));
                true
            }
            None => false,
        }
    }

    /// The same for an exit of `words` words: with ticks, and with `offset` and `number` or without.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn quick_exit(
        &self,
        header: Header,
        words: usize,
        ticks: impl FnOnce() -> u64,
        number: [u64; 2],
    ) -> bool {
        let Some(place) = self.begin(words) else { return false };
        // SAFETY: `begin` found room for as many words there; as in `complete`.
        unsafe {
            *place.at = header.0;
            *place.at.wrapping_add(1) = ticks();
            if words > 2 {
                *place.at.wrapping_add(2) = number[0];
                *place.at.wrapping_add(3) = number[1];
            }
        }
        self.end(place, words);
        true
    }

    /// The same for a record of `N` words and plain values behind them, whose header has no length yet.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn quick_values<const N: usize, const V: usize>(
        &self,
        words: impl FnOnce(&Self) -> [u64; N],
        values: [Plain<'_>; V],
    ) -> bool {
        let (mut need, mut index) = (N, 0);
        while index < V {
            need += values[index].words();
            index += 1;
        }
        let Some(place) = self.begin(need) else { return false };
        let mut words = words(self);
        words[0] = Header(words[0]).with_words(need).0;
        let mut index = 0;
        // SAFETY: `begin` found room for `need` words there; as in `complete`.
        unsafe {
            while index < N {
                *place.at.wrapping_add(index) = words[index];
                index += 1;
            }
            let (mut to, mut index) = (place.at.wrapping_add(N), 0);
            while index < V {
                to = values[index].put(to);
                index += 1;
            }
        }
        self.end(place, need);
        true
    }

    /// Gives room back.
    pub(crate) fn abandon<const N: usize>(&self, room: Room<N>) {
        self.end(room.0, 0);
    }
}

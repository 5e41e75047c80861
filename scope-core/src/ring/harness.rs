//! What the tests and the models of the ring have in common: records that carry a running number.

use super::Ring;
use crate::record::{Header, Kind, Records};

/// Writes a record of `words` words that says `number` in each but its header; counts it as lost where there is no room.
pub(crate) fn produce(ring: &Ring, number: u64, words: usize) -> bool {
    let written = write(ring, number, words);
    if !written && !ring.is_stopped() {
        ring.lose();
    }
    written
}

/// The same, but a record without room is the caller's to think of.
pub(crate) fn write(ring: &Ring, number: u64, words: usize) -> bool {
    let opened = || ring.open_chunk(words, 0, number).ok().and_then(|()| ring.room(words));
    let Some(position) = ring.room(words).or_else(opened) else { return false };
    // SAFETY: the position came from `room(words)`; the caller is the only producer.
    unsafe {
        ring.put(position, 0, Header::new(Kind::Exit, words, 1, number).0);
        for offset in 1..words {
            ring.put(position, offset, number);
        }
    }
    ring.publish(position, words);
    true
}

/// What was seen: the numbers in order, and how many records were said to be lost.
pub(crate) fn consume(words: &[u64]) -> (Vec<u64>, u64) {
    let (mut numbers, mut lost) = (Vec::new(), 0);
    for (_, kind, body) in Records::new(words) {
        match kind {
            Kind::Lost => lost += body[1],
            _ => {
                assert!(body.iter().all(|word| *word == body[0]), "a torn record");
                numbers.push(body[0]);
            }
        }
    }
    (numbers, lost)
}

/// The numbers in order, where each gap is told of just there by as many lost records. `from`: the last number before.
pub(crate) fn contiguous(words: &[u64], from: u64) -> Vec<u64> {
    let (mut numbers, mut last) = (Vec::new(), from);
    for (_, kind, body) in Records::new(words) {
        match kind {
            Kind::Lost => last += body[1],
            _ => {
                assert!(body.iter().all(|word| *word == body[0]), "a torn record");
                assert_eq!(body[0], last + 1, "a gap that nobody tells of, behind {numbers:?}");
                last = body[0];
                numbers.push(last);
            }
        }
    }
    numbers
}

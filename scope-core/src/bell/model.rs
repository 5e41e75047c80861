//! loom's models of the two bells. There a wait has no limit: a call that is missed is a deadlock.

use super::{Turns, Work};
use crate::ring::harness::{contiguous, write};
use crate::ring::{Overflow, Ring};
use crate::words::Words;
use loom::sync::Arc;
use loom::thread;

struct All {
    ring: Ring,
    work: Work,
    room: Turns,
}

/// A producer whose ring is full waits until the consumer has given room back, as `Local::find_room` does.
fn block(records: u64) {
    let mut model = loom::model::Builder::new();
    model.preemption_bound = Some(2);
    model.check(move || {
        let ring = Ring::new(Words::new(16).expect("memory"), 8, Overflow::Block);
        let all = Arc::new(All { ring, work: Work::new(), room: Turns::new() });
        let producer = {
            let all = Arc::clone(&all);
            thread::spawn(move || {
                for number in 1..=records {
                    loop {
                        let turn = all.room.now();
                        if write(&all.ring, number, 4) {
                            break;
                        }
                        all.work.call();
                        all.room.wait(turn);
                    }
                }
                all.ring.close();
                all.work.call();
            })
        };
        let mut out = Vec::new();
        loop {
            assert!(all.work.sleep(None));
            let drained = all.ring.drain(&mut out, usize::MAX);
            if drained.ended {
                break;
            }
            if drained.words > 0 {
                all.room.next(true);
            }
        }
        producer.join().expect("the producer ends");
        assert_eq!(contiguous(&out, 0), (1..=records).collect::<Vec<_>>());
        assert_eq!(all.ring.untold(), 0);
    });
}

#[test]
fn who_waits_for_room_is_woken() {
    block(6);
}

/// A call before, while and after somebody lies down.
#[test]
fn no_call_is_slept_through() {
    loom::model(|| {
        let work = Arc::new(Work::new());
        let caller = {
            let work = Arc::clone(&work);
            thread::spawn(move || work.call())
        };
        assert!(work.sleep(None));
        caller.join().expect("the caller ends");
    });
}

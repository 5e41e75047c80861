//! What is collected is what an encoder would have got.

use super::Collected;
use crate::Batch;
use crate::event::ThreadId;
use crate::format::{RawEvent, RawExit, RawKind, Values};
use proptest::prelude::*;
use scope_core::plains::Plains;

#[derive(Clone, Debug)]
enum Told {
    Tagged(Vec<u8>),
    Uint(u64),
    Nothing,
}

fn told() -> impl Strategy<Value = Told> {
    let tagged =
        (0..4usize).prop_flat_map(|words| prop::collection::vec(any::<u8>(), words * 8)).prop_map(Told::Tagged);
    prop_oneof![tagged, any::<u64>().prop_map(Told::Uint), Just(Told::Nothing)]
}

/// Events of a few kinds, each with when it happened where its kind does not tell.
fn events() -> impl Strategy<Value = Vec<(u8, u64, u32, Told, bool)>> {
    prop::collection::vec((0..7u8, 1..50u64, 1..5u32, told(), any::<bool>()), 0..60)
}

/// Pushes them, in the same way wherever they go.
fn push(batch: &mut Batch, events: &[(u8, u64, u32, Told, bool)]) {
    batch.begin(ThreadId(1), 1, 0, 1000, 1 << 40, 0);
    let (mut ticks, mut call) = (1000, 1 << 40);
    for (kind, step, site, told, dated) in events {
        ticks += step;
        let word = if let Told::Uint(word) = told { [*word] } else { [0] };
        let values = match told {
            Told::Tagged(bytes) => Values::Tagged(bytes),
            Told::Uint(_) => Values::Plain(Plains::new(1, &word)),
            Told::Nothing => Values::NONE,
        };
        let kind = match kind {
            0 | 1 => {
                call += 1;
                RawKind::Entry { parent: 0, is_async: *dated, values }
            }
            2 => RawKind::Exit(RawExit {
                outcome: 1,
                is_async: false,
                lossy: *dated,
                duration: Some(*step),
                place: 3,
                values,
            }),
            3 => RawKind::Line,
            4 => RawKind::Values { values },
            5 => RawKind::Suspended,
            _ => RawKind::Lost { count: *step },
        };
        if *dated && matches!(kind, RawKind::Line | RawKind::Values { .. }) {
            batch.date_next(ticks);
        }
        batch.push(&RawEvent { ticks, depth: *site, call, site: *site, kind });
    }
}

proptest! {
    #[test]
    fn what_is_collected_is_encoded_as_it_would_have_been(events in events()) {
        let (mut direct, mut collecting, mut again) = (Batch::new(), Batch::collecting(), Batch::new());
        push(&mut direct, &events);
        push(&mut collecting, &events);
        prop_assert_eq!(collecting.events(), direct.events());
        let (head, collected) = collecting.collected().expect("it collects");
        collected.spread();
        again.begin(ThreadId(1), head.cycle, head.before, head.base_ticks, head.base_call, head.base_depth);
        for event in collected.events() {
            if event.is_dated {
                again.date_next(event.ticks);
            }
            again.push(&collected.get(event));
        }
        prop_assert_eq!((again.head(), again.counts()), (direct.head(), direct.counts()));
        for (again, direct) in again.columns().all().iter().zip(direct.columns().all()) {
            prop_assert_eq!(again.bytes(), direct.bytes());
        }
        // Never backwards, and what is dated stays.
        let ticks: Vec<u64> = collected.events().iter().map(|event| event.ticks).collect();
        prop_assert!(ticks.is_sorted(), "{:?}", ticks);
        collected.clear();
        prop_assert!(collected.events().is_empty());
    }
}

#[test]
fn what_has_no_time_is_spread_evenly() {
    let mut collected = Collected::default();
    let event = |ticks, kind| RawEvent { ticks, depth: 0, call: 0, site: 1, kind };
    let entry = RawKind::Entry { parent: 0, is_async: false, values: Values::NONE };
    for (ticks, kind) in
        [(10, entry), (10, RawKind::Line), (10, RawKind::Line), (40, RawKind::Suspended), (40, RawKind::Line)]
    {
        collected.push(&event(ticks, kind));
    }
    collected.date_next(70);
    collected.push(&event(40, RawKind::Line));
    collected.spread();
    let ticks: Vec<u64> = collected.events().iter().map(|event| event.ticks).collect();
    assert_eq!(ticks, [10, 20, 30, 40, 55, 70]);
}

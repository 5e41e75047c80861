//! What calls come to.

use crate::support::*;

use proptest::prelude::*;
use scope_core::record::TaskEnd;
use scope_store::Store;
use scope_store::query::Filter;
use scope_store::store::FunctionStatistics;
use std::collections::BTreeMap;

fn of(store: &Store, filter: &Filter, function: &str) -> FunctionStatistics {
    let all = store.statistics(filter, &mut no_error).functions;
    all.into_iter().find(|row| row.function == format!("app::{function}")).unwrap_or_default()
}

#[test]
fn own_time_is_what_the_calls_inside_did_not_take() {
    let mut t = Script::default();
    let main = t.entry(MAIN, 1000, &|_| {});
    let load = t.entry(LOAD, 1100, &|_| {});
    let parse = t.entry(PARSE, 1110, &|_| {});
    t.gives(PARSE, parse, 1140, &|w| w.err_with(|w| w.str("e"))).fails(LOAD, load, 1200, &|w| w.str("e"));
    let parse = t.entry(PARSE, 1300, &|_| {});
    t.panics(PARSE, parse, 1310).exit(MAIN, main, 1500);
    t.entry(LOAD, 1600, &|_| {});
    let store = store(&[t]);
    let all = Filter::default();
    let main = of(&store, &all, "main");
    assert_eq!((main.calls, main.total, main.own), (1, 500, 390));
    let load = of(&store, &all, "load");
    assert_eq!((load.calls, load.unfinished, load.total, load.own, load.errors), (1, 1, 100, 70, 1));
    let parse = of(&store, &all, "parse");
    assert_eq!((parse.calls, parse.errors, parse.panics, parse.total, parse.own), (2, 1, 1, 40, 40));
    assert_eq!((parse.durations.min(), parse.durations.max()), (Some(10), Some(30)));
}

#[test]
fn a_call_inside_itself_is_not_counted_twice() {
    let mut t = Script::default();
    let calls: Vec<u64> = (0..5).map(|n| t.entry(LOAD, 100 + n * 10, &|_| {})).collect();
    for (n, call) in (0..).zip(calls.iter().rev()) {
        t.exit(LOAD, *call, 200 + n * 10);
    }
    let load = of(&store(&[t]), &Filter::default(), "load");
    assert_eq!((load.calls, load.total, load.own), (5, 140, 140));
}

#[test]
fn async_calls_go_on_elsewhere() {
    let (mut first, mut second) = (Script::default(), Script::default());
    let task = first.task(1, FETCH, 1000, &|_| {});
    let parse = first.entry(PARSE, 1010, &|_| {});
    first.exit(PARSE, parse, 1030).suspend(FETCH, task, 1040);
    second.resume(FETCH, task, 2000);
    let parse = second.entry(PARSE, 2010, &|_| {});
    second.exit(PARSE, parse, 2060).task_exit(FETCH, task, 2100, 1000, TaskEnd::Completed);
    // One that is dropped while it waits, and one that never ends.
    let dropped = first.task(1, FETCH, 3000, &|_| {});
    first.suspend(FETCH, dropped, 3010).task_exit(FETCH, dropped, 3500, 3000, TaskEnd::Cancelled);
    let forgotten = first.task(1, FETCH, 4000, &|_| {});
    let parse = first.entry(PARSE, 4001, &|_| {});
    first.exit(PARSE, parse, 4900).suspend(FETCH, forgotten, 4950);
    let store = store(&[first, second]);
    let fetch = of(&store, &Filter::default(), "fetch");
    assert_eq!((fetch.calls, fetch.unfinished, fetch.cancelled, fetch.is_async), (2, 1, 1, true));
    assert_eq!((fetch.total, fetch.own), (1100 + 500, 1100 + 500 - 20 - 50));
    assert_eq!(of(&store, &Filter::default(), "parse").total, 20 + 50 + 899);
}

#[test]
fn calls_are_chosen_by_what_they_were_given_and_gave() {
    let mut t = Script::default();
    for qty in 0..100u64 {
        let load = t.entry(LOAD, 1000 + qty * 1000, &|w| {
            w.str("a");
            w.uint(qty);
        });
        let parse = t.entry(PARSE, 1000 + qty * 1000 + 1, &|_| {});
        t.exit(PARSE, parse, 1000 + qty * 1000 + 3);
        t.gives(LOAD, load, 1000 + qty * 1000 + 100 + qty, &|w| {
            if qty.is_multiple_of(2) { w.ok_with(|w| w.uint(qty)) } else { w.err_with(|w| w.uint(qty)) }
        });
    }
    let store = store(&[t]);
    let mut filter = Filter::default();
    filter.condition = Some("args.qty >= 50 and ret is Err".parse().unwrap());
    let load = of(&store, &filter, "load");
    assert_eq!((load.calls, load.errors, load.durations.min(), load.durations.max()), (25, 25, Some(151), Some(199)));
    assert_eq!((load.total, load.own), (25 * 175, 25 * 173));
    assert_eq!(of(&store, &filter, "parse").calls, 0);
    let all = of(&store, &Filter::default(), "load");
    for (share, exact) in [(0.5, 149u64), (0.9, 189), (0.99, 198)] {
        let found = all.durations.quantile(share).unwrap();
        assert!(found.abs_diff(exact) <= exact * 3 / 100, "{found} for {exact}");
    }
    filter.condition = None;
    (filter.since, filter.until) = (Some(11_000), Some(20_500));
    assert_eq!(of(&store, &filter, "load").calls, 10);
}

#[test]
fn behind_a_loss_what_is_known_is_counted() {
    let mut t = Script::default();
    let main = t.entry(MAIN, 1000, &|_| {});
    t.entry(LOAD, 1100, &|_| {});
    t.lost(1200, 4, 5).exit(PARSE, 5, 1250);
    t.exit(MAIN, main, 1300);
    t.exit(MAIN, 77, 1400);
    let store = store(&[t]);
    let statistics = store.statistics(&Filter::default(), &mut no_error);
    assert_eq!(statistics.lost, 4);
    let main = of(&store, &Filter::default(), "main");
    assert_eq!((main.calls, main.untimed, main.total), (2, 1, 300));
    let load = of(&store, &Filter::default(), "load");
    assert_eq!((load.calls, load.untimed, load.total), (1, 1, 0));
}

/// Opens (a function) or closes the innermost call, after some time.
fn steps() -> impl Strategy<Value = Vec<(Option<u32>, u64)>> {
    let function = prop::sample::select(vec![MAIN, LOAD, PARSE, FROM]);
    prop::collection::vec((prop::option::of(function), 0..1000u64), 0..200)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn what_is_counted_is_what_a_second_look_counts(threads in prop::collection::vec(steps(), 1..4), with_async in any::<bool>()) {
        let names = BTreeMap::from([(MAIN, "app::main"), (LOAD, "app::load"), (PARSE, "app::parse"), (FROM, "app::AppError::from")]);
        // Calls, total, own, unfinished.
        let mut expected: BTreeMap<&str, (u64, u64, u64, u64)> = BTreeMap::new();
        let mut scripts = Vec::new();
        for (id, steps) in (1..).zip(threads) {
            let (mut script, mut now, mut open) = (Script::default(), 1000, Vec::<(u32, u64, u64, u64)>::new());
            if with_async {
                // It makes the store read by time, and does not matter.
                let task = script.task(id, FETCH, now, &|_| {});
                script.task_exit(FETCH, task, now, now, TaskEnd::Completed);
            }
            for (function, wait) in steps {
                now += wait;
                match function {
                    Some(function) => open.push((function, script.entry(function, now, &|_| {}), now, 0)),
                    None => if let Some((function, call, began, inner)) = open.pop() {
                        script.exit(function, call, now);
                        let took = now - began;
                        if let Some(around) = open.last_mut() {
                            around.3 += took;
                        }
                        let row = expected.entry(names[&function]).or_default();
                        row.0 += 1;
                        row.1 += if open.iter().any(|around| around.0 == function) { 0 } else { took };
                        row.2 += took - inner;
                    },
                }
            }
            for (function, ..) in open {
                expected.entry(names[&function]).or_default().3 += 1;
            }
            scripts.push(script);
        }
        let mut found = store(&scripts).statistics(&Filter::default(), &mut no_error).functions;
        found.retain(|row| row.function != "app::fetch");
        let found: BTreeMap<&str, _> =
            found.iter().map(|row| (&row.function[..], (row.calls, row.total, row.own, row.unfinished))).collect();
        prop_assert_eq!(found, expected);
    }
}

//! That a thread was met and has ended stands in the stream of live events where a reader of the log finds it.

mod common;

use common::record_with;
use scope::Recorder;
use scope::event::{Event, EventKind};
use scope::pipeline::{Memory, filter};
use std::collections::BTreeMap;

#[scope::instrument]
fn work(n: u64) -> u64 {
    n + 1
}

/// What does not hang on how exactly times are known so far: of each thread its events, in their order.
fn by_thread<'a>(events: impl Iterator<Item = &'a Event>) -> BTreeMap<u32, Vec<(u64, u64, &'static str)>> {
    let mut threads: BTreeMap<u32, Vec<_>> = BTreeMap::new();
    for event in events {
        let kind = match event.kind {
            EventKind::ThreadStarted => "started",
            EventKind::ThreadEnded => "ended",
            EventKind::Entry { .. } => "entry",
            _ => "",
        };
        threads.entry(event.thread.0).or_default().push((event.id.number(), event.ticks, kind));
    }
    threads
}

#[test]
fn threads_begin_and_end_as_in_the_log() {
    let memory = Memory::new(100_000);
    let mut late = Vec::new();
    let recorded = record_with(
        |builder| builder.sink("memory", memory.clone()),
        || {
            work(0);
            let recorder = Recorder::current().expect("it runs");
            // It is known before anybody has subscribed: he hears of its end alone.
            let (go, wait) = std::sync::mpsc::channel::<()>();
            std::thread::scope(|scope| {
                let known = scope.spawn(move || {
                    work(1);
                    _ = wait.recv();
                    work(2);
                });
                while recorder.figures().threads < 2 {
                    recorder.flush().expect("it is written");
                }
                let subscription = recorder.subscribe(100_000);
                drop(go);
                known.join().expect("no panic");
                (0..3).for_each(|n| scope.spawn(move || work(n)).join().map(drop).expect("no panic"));
                recorder.finish().expect("a whole log");
                late.extend(subscription.flat_map(|batch| batch.events().to_vec()));
            });
        },
    );
    let logged: Vec<Event> = recorded.reader.events().collect::<Result<_, _>>().expect("no damage");
    let mut logged = by_thread(logged.iter().filter(|event| !matches!(event.kind, EventKind::Mark { .. })));
    let batches = memory.batches();
    assert_eq!(by_thread(batches.iter().flat_map(|batch| batch.events())), logged);
    let ended = logged.values().filter(|events| events.last().is_some_and(|(_, _, kind)| *kind == "ended")).count();
    assert_eq!((logged.len(), ended), (5, 4), "the first thread goes on");
    for events in logged.values() {
        assert_eq!(events[0].2, "started");
    }
    for events in batches.iter().map(|batch| batch.events()) {
        assert!(events.is_sorted_by_key(|event| event.time));
    }
    // Both threads that were known before.
    let late = by_thread(late.iter());
    let started = |events: &&Vec<(u64, u64, &str)>| events[0].2 == "started";
    assert_eq!((late.len(), late.values().filter(started).count()), (4, 3));
    logged.retain(|thread, _| late.contains_key(thread));
    for (late, logged) in late.values().zip(logged.values()) {
        assert!(logged.ends_with(late));
    }
}

#[test]
fn stages_do_not_see_them() {
    let memory = Memory::new(1000);
    let set = |builder: scope::Builder| builder.stage("nothing", filter(|_| false)).sink("memory", memory.clone());
    let recorded = record_with(set, || {
        std::thread::spawn(|| work(1)).join().expect("no panic");
    });
    assert!(recorded.events.is_empty());
    let kinds: Vec<EventKind> =
        memory.batches().iter().flat_map(|batch| batch.events()).map(|event| event.kind.clone()).collect();
    assert_eq!(kinds, [EventKind::ThreadStarted, EventKind::ThreadEnded]);
}

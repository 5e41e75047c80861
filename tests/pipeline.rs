//! What a program puts between its events and its log, and what else takes them, while it runs.

mod common;

use common::{Recorded, record_with};
use scope::event::{EventKind, Outcome};
use scope::pipeline::{EventBatch, Memory, NoBatch, Passing, Stage, enrich, filter, map, sink, text};
use scope::value::Value;
use scope::{Figures, Overflow, Recorder};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::time::Duration;

#[scope::instrument(level = "full")]
mod shop {
    pub fn order(card: &str, items: u64) -> Result<u64, String> {
        let sum = price(items)?;
        let total = sum + card.len() as u64;
        Ok(total)
    }

    pub fn price(items: u64) -> Result<u64, String> {
        if items == 13 { Err("unlucky".to_owned()) } else { Ok(items * 10) }
    }

    pub fn health() -> bool {
        true
    }
}

fn shop_for(rounds: u64) {
    for n in 0..rounds {
        shop::health();
        _ = shop::order("4711", n);
    }
}

fn entries(recorded: &Recorded, name: &str) -> usize {
    let of = |line: &String| line.starts_with(&format!("enter {name}("));
    recorded.lines().iter().filter(|line| of(line)).count()
}

/// What `look` says of all events in the batches that a probe has recorded.
fn each<T>(batches: &[EventBatch], look: impl Fn(&EventBatch, &scope::event::Event) -> Option<T>) -> Vec<T> {
    let all = batches.iter().flat_map(|batch| batch.events().iter().map(move |event| (batch, event)));
    all.filter(|(_, event)| !event.is_bookkeeping()).filter_map(|(batch, event)| look(batch, event)).collect()
}

#[test]
fn a_stage_that_keeps_all_changes_nothing() {
    struct All;
    impl Stage for All {
        fn pass(&self, _: &mut Passing<'_>) -> bool {
            true
        }
    }
    let plain = record_with(|builder| builder, || shop_for(50));
    let passed = record_with(|builder| builder.stage("all", All), || shop_for(50));
    assert_eq!(plain.lines(), passed.lines());
    assert_eq!(plain.reader.totals(), passed.reader.totals());
    for (plain, passed) in plain.events.iter().zip(&passed.events) {
        assert_eq!((plain.depth, plain.site, &plain.kind.same()), (passed.depth, passed.site, &passed.kind.same()));
        assert_eq!((plain.id.number(), plain.parent.is_some()), (passed.id.number(), passed.parent.is_some()));
    }
}

/// What does not differ between two runs.
trait Same {
    fn same(&self) -> EventKind;
}

impl Same for EventKind {
    fn same(&self) -> EventKind {
        match self {
            EventKind::Exit { outcome, value, line, .. } => {
                EventKind::Exit { outcome: *outcome, value: value.clone(), line: *line, duration: None }
            }
            other => other.clone(),
        }
    }
}

#[test]
fn what_a_filter_leaves_out_is_in_no_log() {
    let figures = Arc::new(std::sync::Mutex::new(Figures::default()));
    let theirs = Arc::clone(&figures);
    let memory = Memory::new(1000);
    let set = |builder: scope::Builder| {
        let builder = builder.stage("no health", filter(|event| !event.function().ends_with("::health")));
        builder.sink("memory", memory.clone())
    };
    let recorded = record_with(set, || {
        shop_for(100);
        let recorder = Recorder::current().expect("it runs");
        recorder.flush().expect("it is written");
        *theirs.lock().expect("no panic") = recorder.figures();
    });
    assert_eq!((entries(&recorded, "health"), entries(&recorded, "order"), entries(&recorded, "price")), (0, 100, 100));
    assert_eq!(recorded.reader.lost(), 0, "left out is not lost");
    let numbers: Vec<u64> = recorded.events.iter().map(|event| event.id.number()).collect();
    assert_eq!(numbers, (0..numbers.len() as u64).collect::<Vec<_>>(), "the numbers have no gaps");
    // In memory is what is in the log, under the same numbers.
    let seen =
        each(&memory.batches(), |_, event| Some((event.id.number(), event.call, event.parent, event.kind.same())));
    let logged: Vec<_> =
        recorded.events.iter().map(|event| (event.id.number(), event.call, event.parent, event.kind.same())).collect();
    assert_eq!(seen, logged);

    let figures = figures.lock().expect("no panic").clone();
    let totals = recorded.reader.totals().expect("it is sealed");
    assert_eq!((figures.events, figures.lost, figures.refused), (totals.events, 0, 0));
    let health = figures.left_out;
    assert!(health >= 200, "entry and exit of each: {health}");
    assert_eq!(figures.stages.iter().map(|stage| &*stage.name).collect::<Vec<_>>(), ["correlate", "no health"]);
    assert_eq!((figures.stages[0].events, figures.stages[1].events), (totals.events + health, totals.events));
    assert_eq!((figures.stages[1].left_out, figures.stages[1].has_failed), (health, false));
    assert_eq!(figures.sinks.iter().map(|sink| &*sink.name).collect::<Vec<_>>(), ["log", "memory"]);
    assert!(figures.sinks.iter().all(|sink| (sink.events, sink.refused) == (totals.events, 0)));
    assert!(figures.bytes > 0 && figures.bytes <= std::fs::metadata(recorded.reader.path()).expect("a log").len());
}

#[test]
fn values_are_changed_and_added_before_the_log_has_them() {
    let set = |builder: scope::Builder| {
        builder
            .stage(
                "no cards",
                map(|event| event.value_mut("card").into_iter().for_each(|card| *card = Value::Redacted)),
            )
            .stage(
                "double",
                map(|event| {
                    if matches!(event.kind, EventKind::Exit { .. }) {
                        event.values_mut().into_iter().for_each(|value| *value = text("changed"));
                    }
                }),
            )
            .stage("host", enrich("host", |event| event.function().ends_with("order").then(|| text("db-1"))))
    };
    let recorded = record_with(set, || shop_for(3));
    let lines = recorded.lines();
    assert!(lines.iter().any(|line| line.starts_with("enter order(card = <redacted>, items = 2")), "{lines:#?}");
    assert!(!lines.iter().any(|line| line.contains("4711")), "{lines:#?}");
    assert!(lines.iter().any(|line| line == r#"exit price Returned "changed""#), "{lines:#?}");
    let added = recorded.events.iter().filter_map(|event| match &event.kind {
        EventKind::Entry { args, .. } => args.last().map(ToString::to_string),
        _ => None,
    });
    assert_eq!(added.filter(|last| last.contains("host: \"db-1\"")).count(), 3);
    // An error's value is one, too, and how it left is as it was.
    let early = record_with(
        |b| b.stage("x", map(|e| e.values_mut().into_iter().for_each(|v| *v = Value::Unit))),
        || {
            _ = shop::order("", 13);
        },
    );
    let outcomes: Vec<_> = early.lines().into_iter().filter(|line| line.contains("Early")).collect();
    assert_eq!(outcomes, ["exit order Early () at its line"]);
}

#[test]
fn stages_see_several_threads_each_in_its_order() {
    struct Last([AtomicU64; 64]);
    impl Stage for Last {
        fn pass(&self, event: &mut Passing<'_>) -> bool {
            let next = self.0[event.thread.0 as usize % 64].swap(event.id.number() + 1, Ordering::Relaxed);
            assert_eq!(next, event.id.number(), "one thread's events come in their order");
            true
        }
    }
    let memory = Memory::new(100_000);
    let set = |builder: scope::Builder| {
        let builder = builder.overflow(Overflow::Block).threads(3).flush_interval(Duration::from_millis(1));
        builder.stage("order", Last([const { AtomicU64::new(0) }; 64])).sink("memory", memory.clone())
    };
    let failed = Arc::new(AtomicU64::new(0));
    let recorded = record_with(set, || {
        std::thread::scope(|scope| {
            (0..4).for_each(|_| _ = scope.spawn(|| shop_for(2000)));
        });
        let recorder = Recorder::current().expect("it runs");
        recorder.flush().expect("it is written");
        let stages = recorder.figures().stages;
        failed.fetch_add(u64::from(stages[1].has_failed), Ordering::Relaxed);
    });
    assert_eq!(failed.load(Ordering::Relaxed), 0);
    assert_eq!((entries(&recorded, "order"), recorded.reader.lost()), (8000, 0));
    assert_eq!(each(&memory.batches(), |_, event| Some(event.id)).len(), recorded.events.len());
}

#[test]
fn a_stage_that_panics_costs_nothing_but_itself() {
    static PANICS: AtomicU64 = AtomicU64::new(0);
    let set = |builder: scope::Builder| {
        let stage = map(|event| {
            event.values_mut().into_iter().for_each(|value| *value = Value::Unit);
            PANICS.fetch_add(u64::from(event.id.number() >= 100), Ordering::Relaxed);
            assert!(event.id.number() < 100, "a stage's own fault");
        });
        builder.stage("faulty", stage)
    };
    let failed = AtomicU64::new(0);
    let recorded = record_with(set, || {
        shop_for(100);
        let recorder = Recorder::current().expect("it runs");
        recorder.flush().expect("it is written");
        failed.store(recorder.figures().stages[1].has_failed.into(), Ordering::Relaxed);
    });
    assert_eq!((failed.load(Ordering::Relaxed), PANICS.load(Ordering::Relaxed)), (1, 1), "it is not asked again");
    assert_eq!((entries(&recorded, "order"), recorded.reader.lost()), (100, 0));
    let values = |event: &&scope::event::Event| !format!("{:?}", event.kind).contains("Unit");
    assert!(
        recorded.events.iter().take(100).filter(|e| matches!(e.kind, EventKind::Values { .. })).all(|e| !values(&e))
    );
    assert!(recorded.events.iter().skip(100).all(|event| values(&event)), "later ones pass as they are");
}

#[test]
fn a_sink_that_fails_or_panics_gets_nothing_more_and_the_log_has_all() {
    let taken = Arc::new([const { AtomicU64::new(0) }; 2]);
    let (first, second) = (Arc::clone(&taken), Arc::clone(&taken));
    let memory = Memory::new(1000);
    let set = |builder: scope::Builder| {
        builder
            .sink(
                "full",
                sink(move |_| {
                    first[0].fetch_add(1, Ordering::Relaxed);
                    Err("no room".into())
                }),
            )
            .sink(
                "faulty",
                sink(move |_| {
                    second[1].fetch_add(1, Ordering::Relaxed);
                    panic!("a sink's own fault")
                }),
            )
            .sink("memory", memory.clone())
    };
    let figures = Arc::new(std::sync::Mutex::new(Figures::default()));
    let recorded = record_with(set, || {
        for _ in 0..3 {
            shop_for(10);
            Recorder::current().expect("it runs").flush().expect("it is written");
        }
        *figures.lock().expect("no panic") = Recorder::current().expect("it runs").figures();
    });
    assert_eq!(taken.each_ref().map(|count| count.load(Ordering::Relaxed)), [1, 1]);
    assert_eq!((entries(&recorded, "order"), recorded.reader.lost()), (30, 0));
    assert_eq!(each(&memory.batches(), |_, event| Some(event.id)).len(), recorded.events.len());
    let figures = figures.lock().expect("no panic").clone();
    let sinks: Vec<_> = figures.sinks.iter().map(|sink| (&*sink.name, sink.has_failed, sink.refused)).collect();
    let all = figures.events;
    assert_eq!(sinks, [("log", false, 0), ("full", true, all), ("faulty", true, all), ("memory", false, 0)]);
}

#[test]
fn behind_a_slow_sink_rings_fill_and_losses_are_counted() {
    // It does not come back until all calls are made: what happens then does not hang on how fast anything is.
    let (go, wait) = mpsc::channel::<()>();
    let (is_there, sink_waits) = mpsc::channel();
    let set = |builder: scope::Builder| {
        let slow = sink(move |_| {
            _ = is_there.send(());
            // Gone once all are made.
            _ = wait.recv();
            Ok(())
        });
        builder.overflow(Overflow::DropNewest).ring_size(4096).sink("slow", slow)
    };
    let recorded = record_with(set, || {
        shop::health();
        sink_waits.recv().expect("it is called");
        (0..10_000).for_each(|_| _ = shop::health());
        drop(go);
    });
    let (seen, lost) = (entries(&recorded, "health"), recorded.reader.lost());
    assert!(seen < 10_001 && lost > 0, "{seen} entries, {lost} lost");
    let told: u64 =
        recorded.events.iter().map(|e| if let EventKind::Lost { count } = e.kind { count } else { 0 }).sum();
    assert_eq!(told, lost);
    // Each record is there or counted: an entry and its first line are one record, and so are the value and the exit.
    let mut records = 0;
    for event in &recorded.events {
        records += u64::from(matches!(event.kind, EventKind::Entry { .. } | EventKind::Exit { .. }));
    }
    assert!(records + lost >= 2 * 10_001, "{records} and {lost}");
}

#[test]
fn a_subscription_gets_all_that_it_has_room_for() {
    let mut events = Vec::new();
    let recorded = record_with(
        |builder| builder,
        || {
            shop::health();
            let recorder = Recorder::current().expect("it runs");
            recorder.flush().expect("it is written");
            let subscription = recorder.subscribe(64);
            shop_for(20);
            recorder.flush().expect("it is written");
            let delivery = subscription.next_within(Duration::from_secs(20)).expect("a batch");
            assert_eq!((delivery.missed_batches(), delivery.missed_events()), (0, 0));
            assert_eq!(delivery.thread().name.as_deref(), std::thread::current().name());
            let first = delivery.place(&delivery.events()[0]).expect("a site");
            assert_eq!((first.name.as_str(), first.module.ends_with("shop")), ("health", true));
            events.extend(delivery.events().to_vec());
            // What is not there yet is not waited for longer than that.
            while let Ok(more) = subscription.next_within(Duration::ZERO) {
                events.extend(more.events().to_vec());
            }
            assert_eq!(subscription.next_within(Duration::ZERO).err(), Some(NoBatch::Timeout));
            recorder.finish().expect("a whole log");
            assert_eq!(subscription.next_within(Duration::from_secs(20)).err(), Some(NoBatch::Ended));
            assert_eq!(recorder.subscribe(1).next_within(Duration::from_secs(20)).err(), Some(NoBatch::Ended));
        },
    );
    let logged = &recorded.events[recorded.events.len() - events.len()..];
    assert!(events.len() < recorded.events.len(), "the first call was before");
    for (live, logged) in events.iter().zip(logged) {
        assert_eq!(
            (live.id.number(), live.ticks, live.call, live.depth),
            (logged.id.number(), logged.ticks, logged.call, logged.depth)
        );
        assert_eq!(live.kind.same(), logged.kind.same());
        assert!(live.time.abs_diff(logged.time) < 50_000_000, "{} and {}", live.time, logged.time);
    }
}

#[test]
fn what_a_subscription_has_no_room_for_is_counted() {
    const ROUNDS: u64 = 10;
    let recorded = record_with(
        |builder| builder.flush_interval(Duration::from_secs(3600)),
        || {
            shop::health();
            let recorder = Recorder::current().expect("it runs");
            recorder.flush().expect("it is written");
            let (small, large) = (recorder.subscribe(3), recorder.subscribe(100));
            for _ in 0..ROUNDS {
                shop::health();
                recorder.flush().expect("it is written");
            }
            let figures = recorder.figures();
            assert_eq!(figures.lag, ROUNDS - 3);
            let seen: Vec<_> = figures.subscriptions.iter().map(|s| (s.batches, s.missed_batches)).collect();
            assert_eq!(seen, [(3, ROUNDS - 3), (ROUNDS, 0)]);
            let per_round = large.next_within(Duration::from_secs(20)).expect("a batch").events().len() as u64;
            assert_eq!(small.figures().missed_events, (ROUNDS - 3) * per_round);
            for _ in 0..3 {
                let delivery = small.next_within(Duration::ZERO).expect("a batch");
                assert_eq!((delivery.missed_batches(), delivery.events().len() as u64), (0, per_round));
            }
            assert_eq!(small.next_within(Duration::ZERO).err(), Some(NoBatch::Timeout));
            shop::health();
            recorder.flush().expect("it is written");
            let next = small.next_within(Duration::from_secs(20)).expect("a batch");
            assert_eq!((next.missed_batches(), next.missed_events()), (ROUNDS - 3, (ROUNDS - 3) * per_round));
            shop::health();
            recorder.flush().expect("it is written");
            let next = small.next_within(Duration::from_secs(20)).expect("a batch");
            assert_eq!(next.missed_batches(), 0, "that is told once");
            // Who goes is not waited for either, and what he missed stays in the sum.
            drop(small);
            shop::health();
            recorder.flush().expect("it is written");
            let figures = recorder.figures();
            assert_eq!((figures.lag, figures.subscriptions.len()), (ROUNDS - 3, 1));
        },
    );
    assert_eq!((entries(&recorded, "health") as u64, recorded.reader.lost()), (ROUNDS + 4, 0));
}

#[test]
fn exits_keep_their_outcomes_and_durations_on_the_way() {
    let memory = Memory::new(1000);
    let set = |builder: scope::Builder| {
        builder.stage("touch", map(|event| _ = event.values_mut())).sink("memory", memory.clone())
    };
    let recorded = record_with(set, || {
        _ = shop::order("x", 13);
        _ = shop::order("x", 12);
    });
    let exits = |event: &scope::event::Event| match event.kind {
        EventKind::Exit { outcome, duration, line, .. } => Some((outcome, duration.is_some(), line)),
        _ => None,
    };
    let logged: Vec<_> = recorded.events.iter().filter_map(exits).collect();
    assert_eq!(logged.iter().filter(|exit| exit.0 == Outcome::Early).count(), 1);
    assert!(logged.iter().all(|exit| exit.1 && exit.2.is_some()), "{logged:?}");
    assert_eq!(each(&memory.batches(), |_, event| exits(event)), logged);
    for (live, logged) in each(&memory.take_all(), |_, event| Some(event.clone())).iter().zip(&recorded.events) {
        assert!(live.time.abs_diff(logged.time) < 50_000_000);
    }
    assert!(memory.batches().is_empty());
}

//! Rings of other sizes, for threads of some names.

mod common;

use common::{Recorded, record_with};
use scope::{Overflow, Rings, ingest};
use scope_store::event::EventKind;
use std::time::Duration;

const CALLS: u64 = 20_000;

#[scope::instrument(level = "boundaries")]
fn leaf(n: u64) -> u64 {
    n * 2
}

/// Runs `work` on a thread of this name.
fn on(name: &str, work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().name(name.to_owned()).spawn(work).expect("a thread");
    thread.join().expect("it ends well");
}

/// The same calls on threads of these names. The recorder may be as fast as they are: those with small rings go on until one was full.
fn call(names: &[&'static str]) {
    for name in names {
        on(name, || {
            for _ in 0..if name.starts_with("large-") { 1 } else { 1000 } {
                (0..CALLS).for_each(|n| _ = leaf(n));
                if ingest::buffer().is_some_and(|ring| ring.lost() > 0) {
                    break;
                }
            }
        });
    }
}

/// Entries and losses of the thread with this name.
fn of(recorded: &Recorded, name: &str) -> (u64, u64) {
    let thread = recorded.reader.threads().find(|thread| thread.name.as_deref() == Some(name)).expect("it is there").id;
    let (mut entries, mut lost) = (0, 0);
    for event in recorded.events.iter().filter(|event| event.thread == thread) {
        match event.kind {
            EventKind::Entry { .. } => entries += 1,
            EventKind::Lost { count } => lost += count,
            _ => {}
        }
    }
    (entries, lost)
}

#[test]
fn losses_differ_as_the_sizes_say() {
    for rings in [Rings::Mapped, Rings::Heap] {
        let set = |builder: scope::Builder| {
            let builder = builder.rings(rings).overflow(Overflow::DropNewest).flush_interval(Duration::from_secs(60));
            builder.ring_size(16 << 10).ring_size_for("large-*", 16 << 20).ring_size_for("small*", 4096)
        };
        // Each twice: the second one gets the first one's memory, and none of another size.
        let names = ["large-1", "small-1", "other", "large-2", "small-2", "large-of-the-small"];
        let recorded = record_with(set, || call(&names));
        for name in names {
            let (entries, lost) = of(&recorded, name);
            if name.starts_with("large-") {
                assert_eq!((entries, lost), (CALLS, 0), "{name}, {rings:?}");
            } else {
                assert!(lost > 0, "{name}, {rings:?}: a ring of 4 or 16 KiB never was full");
            }
        }
    }
}

#[test]
fn a_flight_recorder_keeps_as_much_as_the_size_says() {
    let set = |builder: scope::Builder| {
        let builder = builder.overflow(Overflow::DropOldest).flush_interval(Duration::from_secs(60));
        builder.ring_size(64 << 10).ring_size_for("more", 512 << 10).ring_size_for("less", 4096)
    };
    let kept = |recorded: &Recorded, name: &str| {
        let (entries, lost) = of(recorded, name);
        assert!(lost > 0, "{name}");
        entries
    };
    // Hardly anybody drains before the log is completed.
    let recorded = record_with(set, || {
        let names = ["more", "usual", "less"];
        let threads: Vec<_> = names
            .into_iter()
            .map(|name| {
                let work = move || {
                    (0..CALLS).for_each(|n| _ = leaf(n));
                    std::thread::sleep(Duration::from_millis(20));
                };
                std::thread::Builder::new().name(name.to_owned()).spawn(work).expect("a thread")
            })
            .collect();
        threads.into_iter().for_each(|thread| thread.join().expect("it ends well"));
    });
    let [more, usual, less] = ["more", "usual", "less"].map(|name| kept(&recorded, name));
    assert!(more > 2 * usual && usual > 2 * less && less > 0, "{more} {usual} {less}");
}

#[test]
fn the_first_name_that_matches_counts() {
    let set = |builder: scope::Builder| {
        builder.ring_size(8 << 10).ring_size_for("w-1", 32 << 10).ring_size_for("w-*", 5000).ring_size_for("*", 1)
    };
    let recorded = record_with(set, || {
        for (name, bytes) in [("w-1", 32 << 10), ("w-2", 8 << 10), ("x", 4096), ("w-1", 32 << 10)] {
            on(name, move || {
                leaf(1);
                assert_eq!(ingest::buffer().expect("a ring").capacity(), bytes, "{name}");
            });
        }
    });
    let config = &recorded.reader.header().config;
    assert!(config.contains("ring_sizes=w-1=32768,w-*=5000,*=1\n"), "{config}");
}

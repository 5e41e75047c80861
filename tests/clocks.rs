//! Functions that the plan has dated coarsely, or not at all.

use scope::Recorder;
use scope_store::LogReader;
use scope_store::event::{Event, EventKind};
use scope_store::info::Clocked;
use std::time::Duration;

#[scope::instrument(level = "detailed", clock = "coarse")]
fn coarse(n: u64) -> u64 {
    n + 1
}

#[scope::instrument(level = "boundaries", clock = "none")]
fn undated(n: u64) -> u64 {
    coarse(n)
}

#[scope::instrument(level = "detailed", clock = "none")]
fn undated_with_values(n: u64, text: &str) -> Result<String, String> {
    if n == 1 {
        Err(text.to_owned())?
    }
    Ok(text.to_owned())
}

#[scope::instrument(level = "boundaries")]
fn exact(n: u64) -> u64 {
    undated(n)
}

#[test]
fn calls_keep_their_order_and_values() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("clocks.scope");
    let guard = Recorder::builder().log(&path).flush_interval(Duration::from_millis(5)).start().expect("a recorder");
    for n in 0..50 {
        exact(n);
        _ = undated_with_values(n % 2, "a text");
        std::thread::sleep(Duration::from_millis(1));
    }
    guard.finish().expect("the log is whole");

    let log = LogReader::open(&path).expect("a log");
    let name = |event: &Event| log.site(event.site.expect("a site")).expect("defined").name.clone();
    let clock = |function: &str| {
        let site = log.sites().find(|site| site.name == function && log.site(site.id).is_some()).expect("a site");
        log.clock(site.id)
    };
    assert_eq!(
        ["exact", "coarse", "undated", "undated_with_values"].map(clock),
        [Clocked::Exactly, Clocked::Coarsely, Clocked::Not, Clocked::Not]
    );
    let resolution = log.resolution().expect("the coarse clock was used");
    assert!((1_000_000..5_000_000_000).contains(&resolution), "{resolution} ns");

    let events: Vec<Event> = log
        .events()
        .filter(|event| !event.as_ref().is_ok_and(|event| event.is_bookkeeping()))
        .collect::<Result<_, _>>()
        .expect("no damage");
    assert!(events.is_sorted_by_key(|event| event.time));
    let mut order = Vec::new();
    for event in &events {
        match &event.kind {
            EventKind::Entry { args, .. } => {
                let args: Vec<String> = args.iter().map(ToString::to_string).collect();
                order.push(format!("{}({})", name(event), args.join(", ")));
            }
            EventKind::Exit { value, duration, .. } => {
                assert_eq!(duration.is_none(), name(event).starts_with("undated"), "{}", name(event));
                order.push(value.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string));
            }
            _ => {}
        }
    }
    assert_eq!(
        order[..16],
        [
            "exact()",
            "undated()",
            "coarse(0)",
            "1",
            "-",
            "-",
            "undated_with_values(0, \"a text\")",
            "Ok(\"a text\")",
            "exact()",
            "undated()",
            "coarse(1)",
            "2",
            "-",
            "-",
            "undated_with_values(1, \"a text\")",
            // What the `?` left with.
            "\"a text\"",
        ]
    );
    assert_eq!(order.len(), 50 * 8);
    let coarse: Vec<u64> = events.iter().filter(|event| name(event) == "coarse").map(|event| event.time).collect();
    let spread = coarse[coarse.len() - 1] - coarse[0];
    assert!(spread > 20_000_000, "times go on: {spread} ns");
}

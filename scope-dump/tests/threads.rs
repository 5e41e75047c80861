//! `threads`, beside the events that it sums up.

mod common;

use common::{dump, dump_file, objects, record, text};

#[test]
fn each_thread_is_summed_up() {
    let events = objects(&dump(&["events", "--format", "json"]));
    let threads = objects(&dump(&["threads", "--format", "json"]));
    assert_eq!(threads.iter().map(|thread| &thread["thread_name"]).collect::<Vec<_>>(), ["first", "worker-1"]);
    for thread in &threads {
        let theirs: Vec<_> = events.iter().filter(|event| event["thread"] == thread["thread"]).collect();
        let count = |kind: &str| theirs.iter().filter(|event| event["kind"] == kind).count();
        assert_eq!((&thread["events"], &thread["calls"]), (&theirs.len().into(), &count("entry").into()));
        assert_eq!(thread["first_ns"], theirs.first().expect("an event")["time_ns"]);
        assert_eq!(thread["last_ns"], theirs.last().expect("an event")["time_ns"]);
        assert_eq!((thread["lost"].as_u64(), thread["os_id"].is_u64()), (Some(0), true));
    }
    // `read` calls `checked`; nothing is called in a call of `waits`.
    assert_eq!((&threads[0]["depth"], &threads[1]["depth"]), (&2.into(), &1.into()));
}

#[test]
fn rows_are_aligned() {
    let output = dump(&["threads"]);
    let lines: Vec<&str> = text(&output).lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[0].starts_with("thread ") && lines[0].ends_with("  deepest"), "{}", lines[0]);
    assert!(lines.iter().all(|line| line.chars().count() == lines[0].chars().count()), "{lines:#?}");
    assert!(lines[1].starts_with("first (1)  ") && lines[2].starts_with("worker-1 (2)  "), "{lines:#?}");
}

#[test]
fn filters_choose_what_is_counted() {
    let one = objects(&dump(&["threads", "--thread", "worker-1", "--kind", "entry", "--format", "json"]));
    assert_eq!((one.len(), &one[0]["events"], &one[0]["calls"]), (1, &2.into(), &2.into()));
}

#[test]
fn losses_are_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("lossy.scope");
    record(&path, |builder| builder.ring_size(4096), 200_000);
    let threads = objects(&dump_file(&["threads", "--format", "json"], &path));
    let info = objects(&dump_file(&["info", "--format", "json"], &path));
    let sum: u64 = threads.iter().map(|thread| thread["lost"].as_u64().expect("a number")).sum();
    assert!(sum > 0 && info[0]["lost"] == sum, "{threads:?}");
}

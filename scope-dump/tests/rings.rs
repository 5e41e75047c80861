//! What a process that died left in its rings: shown, told of, and in the copy that `recover` writes.
#![cfg(unix)]

mod common;

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use common::{command, dump_file};

#[scope::instrument(level = "boundaries")]
fn step(number: u64) -> u64 {
    number + 1
}

/// Names the log of the process that dies.
const LOG: &str = "SCOPE_DUMP_TEST_DIES";

/// Not a test by itself: the process that dies, when [`died`] starts it.
#[test]
fn dies() {
    let Some(log) = std::env::var_os(LOG) else { return };
    let guard = scope::Recorder::builder().log(log).flush_interval(Duration::from_secs(3600)).start();
    let _guard = guard.expect("the recorder starts");
    assert_eq!((0..100).map(step).sum::<u64>(), 5050);
    std::process::abort();
}

/// Leaves the log of a process that died.
fn died(log: &Path) {
    let program = std::env::current_exe().expect("this test");
    let status = Command::new(program).args(["--exact", "dies"]).env(LOG, log).output().expect("it starts").status;
    assert!(!status.success(), "it was to die");
}

#[test]
fn rings_are_read_and_their_events_are_in_the_copy() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("dead.scope");
    died(&log);
    let steps = |log: &Path| {
        let output = dump_file(&["events", "--function", "step", "--format", "json"], log);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        (String::from_utf8_lossy(&output.stdout).lines().count(), String::from_utf8(output.stderr).expect("text"))
    };
    let (shown, note) = steps(&log);
    assert_eq!(shown, 200);
    assert!(note.contains("events of those shown are from its rings") && note.contains("scope-dump recover"), "{note}");
    let output = dump_file(&["check"], &log);
    let says = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(3), "{says}");
    assert!(says.contains("events are from the rings of its program"), "{says}");
    let output = dump_file(&["info"], &log);
    assert!(String::from_utf8_lossy(&output.stdout).contains("rings "), "{output:?}");

    let copy = folder.path().join("copy.scope");
    let output = command().arg("recover").arg(&log).arg("-o").arg(&copy).output().expect("scope-dump starts");
    let says = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{says}");
    assert!(says.contains(" events from rings added, ") && !says.contains(": 0 events"), "{says}");
    // The copy has no rings beside it.
    let (shown, note) = steps(&copy);
    assert_eq!(shown, 200);
    assert!(!note.contains("from its rings"), "{note}");
}

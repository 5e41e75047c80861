//! Logs that somebody takes away while they are written.

use crate::Scenario;
use crate::child::{Child, Ended, Log, logs};
use crate::ends::steps;
use scope_store::event::Outcome;
use std::fs;
use std::path::Path;
use std::time::Duration;

pub const ALL: &[Scenario] = &[
    Scenario { name: "log_deleted", child: deleted, check: check_deleted },
    Scenario { name: "log_deleted_again_and_again", child: deleted_often, check: check_deleted_often },
    Scenario { name: "folder_of_the_log_removed", child: folder_removed, check: check_folder_removed },
    Scenario { name: "log_moved", child: moved, check: check_moved },
    Scenario { name: "log_replaced", child: replaced, check: check_replaced },
    Scenario { name: "log_deleted_at_the_end", child: deleted_last, check: check_deleted_last },
    Scenario { name: "log_deleted_when_it_is_cut", child: deleted_and_cut, check: check_deleted_and_cut },
    Scenario { name: "log_replaced_when_it_is_cut", child: replaced_and_cut, check: check_replaced_and_cut },
    Scenario { name: "full_log_deleted", child: deleted_full, check: check_deleted_full },
];

fn record(n: u64) {
    steps(0..n);
    scope::Recorder::current().expect("it runs").flush().expect("it is written");
}

/// Waits until there is a log again. A child that waits for too long is killed.
fn wait_for(path: &str) {
    while !Path::new(path).exists() {
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn deleted() {
    record(100);
    fs::remove_file("log.scope").expect("it is there");
    record(10);
    wait_for("log.scope");
    record(1000);
    println!("done");
}

fn check_deleted(child: Child) {
    let ended = child.run().code(0);
    tells_once(&ended, "`", "was deleted while it was written: the 220 events in it are lost");
    let log = ended.log().sealed().nested();
    assert_eq!((log.entries("step"), log.reader.lost()), (1000, 220));
}

fn tells_once(ended: &Ended, begin: &str, what: &str) {
    assert_eq!(ended.stdout, "done\n");
    let said = &ended.stderr;
    assert!(said.starts_with(&format!("scope: {begin}")) && said.contains(what), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}

fn deleted_often() {
    for _ in 0..3 {
        record(100);
        fs::remove_file("log.scope").expect("it is there");
        wait_for("log.scope");
    }
    record(7);
    println!("done");
}

fn check_deleted_often(child: Child) {
    let ended = child.run().code(0);
    tells_once(&ended, "`", "was deleted while it was written");
    let log = ended.log().sealed().nested();
    // What the second and third log knew of losses was in them.
    assert_eq!((log.entries("step"), log.reader.lost()), (7, 600));
}

fn folder_removed() {
    record(100);
    fs::remove_dir_all("logs").expect("it is there");
    wait_for("logs/log.scope");
    record(1000);
    println!("done");
}

fn check_folder_removed(child: Child) {
    let ended = child.env("SCOPE_LOG", "logs/log.scope").run().code(0);
    tells_once(&ended, "`", "was deleted while it was written: the 200 events in it are lost");
    let found = logs(&ended.folder.path().join("logs"));
    assert_eq!(found.len(), 1);
    let log = Log::open(&found[0], None).sealed().nested();
    assert_eq!((log.entries("step"), log.reader.lost()), (1000, 200));
}

fn moved() {
    record(100);
    fs::rename("log.scope", "yesterday.scope").expect("it is there");
    record(10);
    wait_for("log.scope");
    record(1000);
}

fn check_moved(child: Child) {
    let ended = child.run().code(0).quiet();
    let open = |name: &str| Log::open(&ended.folder.path().join(name), None).whole().nested();
    assert_eq!((open("yesterday.scope").entries("step"), open("log.scope").entries("step")), (110, 1000));
}

fn replaced() {
    record(100);
    fs::remove_file("log.scope").expect("it is there");
    fs::write("log.scope", "dear diary").expect("a file");
    // Until it is seen: then nothing is recorded any more.
    while scope::report::is_running() {
        steps(0..10);
        std::thread::sleep(Duration::from_millis(5));
    }
    steps(0..1000);
    println!("done");
}

fn check_replaced(child: Child) {
    let ended = child.run().code(0);
    tells_once(&ended, "`", "is not whole: it was deleted while it was written, and no new one can be begun: ");
    assert!(ended.stderr.contains("name another place in `SCOPE_LOG`"), "{}", ended.stderr);
    assert_eq!(fs::read(ended.folder.path().join("log.scope")).expect("a file"), b"dear diary");
    assert_eq!(fs::read_dir(ended.folder.path()).expect("a folder").count(), 1, "rings of no log stay for nobody");
}

fn deleted_last() {
    record(100);
    fs::remove_dir_all("logs").expect("it is there");
    println!("done");
}

fn check_deleted_last(child: Child) {
    let ended = child.env("SCOPE_LOG", "logs/log.scope").run().code(0);
    tells_once(&ended, "`", "it was deleted while it was written; name another place in `SCOPE_LOG`; 200 events");
    assert!(!ended.folder.path().join("logs").exists(), "a folder that somebody cleaned up stays so");
}

/// A log that is cut as soon as it has 16 KiB: long before anybody would look after it.
fn cut(child: Child) -> Child {
    child.env("SCOPE_MAX_SIZE", "16 KiB").env("SCOPE_KEEP", "100").env("SCOPE_COMPRESSION", "none")
}

fn deleted_and_cut() {
    record(100);
    fs::remove_file("log.scope").expect("it is there");
    record(5000);
    wait_for("log.scope");
    record(100);
    println!("done");
}

fn check_deleted_and_cut(child: Child) {
    let ended = cut(child).run().code(0);
    tells_once(&ended, "`", "was deleted while it was written");
    let all: Vec<Log> = logs(ended.folder.path()).iter().map(|path| Log::open(path, None).sealed()).collect();
    // Each for itself: a log may begin between the two of a call.
    let events: usize = all.iter().map(|log| log.entries("step") + log.exits("step", Outcome::Returned)).sum();
    let lost: u64 = all.iter().map(|log| log.reader.lost()).sum();
    assert_eq!(events as u64 + lost, 2 * 5200, "what went is counted");
    assert!(events >= 200);
}

fn replaced_and_cut() {
    record(100);
    fs::remove_file("log.scope").expect("it is there");
    fs::write("log.scope", "dear diary").expect("a file");
    steps(0..5000);
    while scope::report::is_running() {
        std::thread::sleep(Duration::from_millis(5));
    }
    println!("done");
}

fn check_replaced_and_cut(child: Child) {
    let ended = cut(child).run().code(0);
    tells_once(&ended, "`", "is not whole: it was deleted while it was written, and no new one can be begun: ");
    assert_eq!(fs::read(ended.folder.path().join("log.scope")).expect("a file"), b"dear diary");
    assert_eq!(fs::read_dir(ended.folder.path()).expect("a folder").count(), 1);
}

fn deleted_full() {
    record(5000);
    assert!(!scope::report::is_running(), "the log is full");
    fs::remove_file("log.scope").expect("it is there");
    println!("done");
}

fn check_deleted_full(child: Child) {
    let ended = child.env("SCOPE_MAX_SIZE", "16 KiB").env("SCOPE_COMPRESSION", "none").run().code(0);
    tells_once(&ended, "`", "it was deleted while it was written; name another place in `SCOPE_LOG`; ");
}

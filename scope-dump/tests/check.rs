//! `check` and `recover`: what is wrong with a log, and a copy without it.

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{command, dump, dump_file, log, record, text};
use serde_json::Value as Json;

/// A copy of the log, changed.
fn changed(folder: &Path, change: impl FnOnce(&mut Vec<u8>)) -> PathBuf {
    let path = folder.join("changed.scope");
    let mut bytes = fs::read(log()).expect("the log");
    change(&mut bytes);
    fs::write(&path, bytes).expect("a copy");
    path
}

/// The exit code and the objects that `check` writes.
fn check(log: &Path) -> (Option<i32>, Vec<Json>) {
    let output = dump_file(&["check", "--format", "json"], log);
    assert!(output.stderr.is_empty(), "{output:?}");
    let lines = str::from_utf8(&output.stdout).expect("text").lines();
    (output.status.code(), lines.map(|line| serde_json::from_str(line).expect("an object")).collect())
}

#[test]
fn a_whole_log_has_nothing_to_tell() {
    let output = dump(&["check"]);
    assert!(text(&output).contains(": whole: ") && text(&output).lines().count() == 1, "{output:?}");
    let (code, objects) = check(log());
    assert_eq!((code, objects.len()), (Some(0), 1));
    let events = text(&dump(&["events"])).lines().count();
    assert_eq!((&objects[0]["verdict"], &objects[0]["events"]), (&"whole".into(), &events.into()));
}

#[test]
fn damage_has_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = fs::read(log()).expect("the log").len() / 2;
    let path = changed(folder.path(), |bytes| bytes[at] ^= 0xff);
    let (code, objects) = check(&path);
    assert_eq!(code, Some(2));
    let damage = objects.iter().find(|object| object["kind"] == "damage").expect("the damage");
    let offset = damage["offset"].as_u64().expect("an offset");
    let bytes = damage["bytes"].as_u64().expect("a length");
    assert!((offset..offset + bytes).contains(&(at as u64)), "{damage}");
    assert!(damage["damage"].is_string());
    assert_eq!(objects.last().expect("the end")["verdict"], "damaged");
    let output = dump_file(&["check"], &path);
    let says = String::from_utf8_lossy(&output.stdout);
    assert!(says.contains(&format!("at offset {offset} ({bytes} bytes skipped)")), "{says}");
}

#[test]
fn every_flipped_byte_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = fs::read(log()).expect("the log");
    for at in (0..whole.len()).step_by(11) {
        let path = changed(folder.path(), |bytes| bytes[at] ^= 0x55);
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let exit =
            scope_dump::run(["scope-dump".as_ref(), "check".as_ref(), path.as_os_str()], &mut out, &mut err, false);
        assert!(matches!(exit, scope_dump::Exit::BadLog | scope_dump::Exit::Partial), "{at}: {exit:?}");
    }
}

#[test]
fn a_torn_tail_is_told_with_its_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = changed(folder.path(), |bytes| bytes.truncate(bytes.len() - 3));
    let (code, objects) = check(&path);
    assert_eq!(code, Some(3));
    assert_eq!(objects[0]["kind"], "torn");
    let length = fs::metadata(&path).expect("the copy").len();
    assert_eq!(
        objects[0]["offset"].as_u64().expect("an offset") + objects[0]["bytes"].as_u64().expect("a length"),
        length
    );
    assert_eq!(objects[1]["verdict"], "not_whole");
}

#[test]
fn what_is_lost_is_told_where_it_was_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("lossy.scope");
    record(&path, |builder| builder.ring_size(4096), 200_000);
    let (code, objects) = check(&path);
    assert_eq!(code, Some(3));
    let lost: Vec<_> = objects.iter().filter(|object| object["kind"] == "lost").collect();
    let sum: u64 = lost.iter().map(|lost| lost["count"].as_u64().expect("a number")).sum();
    let last = objects.last().expect("the end");
    assert_eq!((last["lost"].as_u64(), &last["verdict"]), (Some(sum), &"not_whole".into()));
    assert!(sum > 0 && lost.iter().all(|lost| lost["thread"].is_u64() && lost["time"].is_string()), "{lost:?}");
}

#[test]
fn the_worst_of_several_logs_decides() {
    let folder = tempfile::tempdir().expect("a folder");
    let torn = changed(folder.path(), |bytes| bytes.truncate(bytes.len() - 3));
    let run = |logs: &[&Path]| command().arg("check").args(logs).output().expect("scope-dump starts");
    assert_eq!(run(&[log(), &torn, log()]).status.code(), Some(3));
    let output = run(&[&folder.path().join("absent"), &torn]);
    assert_eq!(output.status.code(), Some(2));
    let says = String::from_utf8_lossy(&output.stdout);
    assert!(says.contains("absent") && says.contains("torn at offset"), "{says}");
}

/// What `recover` says, to a run that went well.
fn recover(args: &[&str], log: &Path) -> String {
    let output = dump_file(&[&["recover"], args].concat(), log);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(output.stdout.is_empty());
    String::from_utf8(output.stderr).expect("text")
}

#[test]
fn a_copy_has_all_that_could_be_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let bytes = fs::read(log()).expect("the log").len();
    type Change = fn(&mut Vec<u8>);
    let cases: [Change; 3] = [
        |bytes| bytes.truncate(bytes.len() - 3),
        |bytes| {
            let middle = bytes.len() / 2;
            bytes[middle] ^= 0xff;
        },
        |bytes| {
            let middle = bytes.len() / 2;
            bytes.truncate(bytes.len() - 3);
            bytes[middle] ^= 0xff;
        },
    ];
    for (index, change) in cases.into_iter().enumerate() {
        let path = changed(folder.path(), change);
        let copy = folder.path().join(format!("copy-{index}.scope"));
        let before = fs::read(&path).expect("the damaged log");
        let says = recover(&["-o", copy.to_str().expect("text")], &path);
        let left = before.len() - fs::read(&copy).expect("the copy").len();
        assert!(left > 0 && left < bytes);
        assert!(says.contains(&format!("0 events from rings added, {left} bytes left out")), "{says}");
        assert_eq!(fs::read(&path).expect("the damaged log"), before);
        // What could be read before can be read now, and nothing is damaged any more.
        assert_eq!(dump_file(&["events"], &copy).stdout, dump_file(&["events"], &path).stdout);
        let (_, found) = check(&copy);
        assert!(found.iter().all(|found| found["kind"] != "damage" && found["kind"] != "torn"), "{found:?}");
    }
}

#[test]
fn nothing_is_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = changed(folder.path(), |bytes| bytes.truncate(bytes.len() - 3));
    let says = recover(&[], &path);
    let copy = folder.path().join("changed.recovered.scope");
    assert!(says.contains(copy.to_str().expect("text")), "{says}");
    let before = fs::read(&copy).expect("the copy");
    for args in [&["recover"][..], &["recover", "-o", path.to_str().expect("text")]] {
        let output = dump_file(args, &path);
        let says = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{says}");
        assert!(says.contains("name another file with `--output`"), "{says}");
    }
    assert_eq!(fs::read(&copy).expect("the copy"), before);
    // No copy of what is no log.
    let copy = folder.path().join("none.scope");
    let output = dump_file(&["recover", "-o", copy.to_str().expect("text")], &folder.path().join("absent"));
    assert_eq!(output.status.code(), Some(2));
    assert!(!copy.exists());
}

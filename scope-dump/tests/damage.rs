//! Logs that are cut, damaged, or none at all.

mod common;

use std::fs;
use std::io::Read;
use std::process::Stdio;

use common::{command, dump_file, log, text};

/// A copy of the log, changed.
fn changed(change: impl FnOnce(&mut Vec<u8>)) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("changed.scope");
    let mut bytes = fs::read(log()).expect("the log");
    change(&mut bytes);
    fs::write(&path, bytes).expect("a copy");
    (folder, path)
}

#[test]
fn a_torn_tail_is_normal() {
    let (_folder, path) = changed(|bytes| bytes.truncate(bytes.len() - 3));
    for view in ["events", "tree", "info"] {
        let output = dump_file(&[view], &path);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        let message = String::from_utf8_lossy(&output.stderr);
        assert!(message.starts_with("scope-dump: note: ") && message.contains("torn at offset "), "{message}");
        assert!(!output.stdout.is_empty());
    }
}

#[test]
fn every_prefix_is_shown_or_refused_and_never_a_panic() {
    let whole = fs::read(log()).expect("the log");
    let (_folder, path) = changed(|_| {});
    for length in 0..whole.len() {
        fs::write(&path, &whole[..length]).expect("a prefix");
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let args = ["scope-dump".as_ref(), "tree".as_ref(), path.as_os_str()];
        let exit = scope_dump::run(args, &mut out, &mut err, false);
        let message = String::from_utf8_lossy(&err);
        // Only a cut between two frames says nothing.
        assert!(
            exit == scope_dump::Exit::Success || exit == scope_dump::Exit::BadLog && out.is_empty(),
            "{length}: {message}"
        );
    }
}

#[test]
fn every_flipped_byte_is_survived() {
    let whole = fs::read(log()).expect("the log");
    let (_folder, path) = changed(|_| {});
    let all = dump_file(&["events"], &path).stdout;
    for at in (0..whole.len()).step_by(7) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        fs::write(&path, &bytes).expect("a copy");
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let args = ["scope-dump".as_ref(), "events".as_ref(), path.as_os_str()];
        scope_dump::run(args, &mut out, &mut err, false);
        // What is not read for the events is `check`'s to look at.
        assert!(!err.is_empty() || out == all, "the damage at {at} went unnoticed");
    }
}

#[test]
fn damage_in_the_middle_is_told_and_the_rest_is_shown() {
    let all = text(&dump_file(&["events"], log())).lines().count();
    let (_folder, path) = changed(|bytes| {
        let middle = common::in_a_batch(bytes);
        bytes[middle] ^= 0xff;
    });
    let output = dump_file(&["events"], &path);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(message.contains("offset ") && message.contains("changed.scope"), "{message}");
    assert!(String::from_utf8_lossy(&output.stdout).lines().count() <= all + 1);
}

#[test]
fn what_is_no_log_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("text.scope");
    for (content, says) in [("", "is empty"), ("Dear diary, this is no log at all.\n", "is not a scope log")] {
        fs::write(&path, content).expect("a file");
        let output = dump_file(&[], &path);
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{message}");
        assert!(
            message.starts_with("scope-dump: ") && message.contains(says) && message.contains("text.scope"),
            "{message}"
        );
        assert_eq!(message.lines().count(), 1, "{message}");
    }
    let output = dump_file(&["events"], folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("is a directory"), "{output:?}");
    #[cfg(unix)]
    {
        // What can only be read from its begin to its end.
        let mut child = command();
        child.args(["events", "/dev/stdin"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let output = child.spawn().and_then(|child| child.wait_with_output()).expect("scope-dump starts");
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains("is no regular file"), "{output:?}");
    }
    let output = dump_file(&["tree"], &folder.path().join("absent.scope"));
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("absent.scope"));
}

#[test]
fn a_closed_pipe_is_no_error() {
    for args in [&["events"][..], &["tree"], &["events", "--format", "json"]] {
        let mut child = command()
            .args(args)
            .arg(log())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("scope-dump starts");
        // Closed before anything was read.
        drop(child.stdout.take());
        let mut message = String::new();
        child.stderr.take().expect("piped").read_to_string(&mut message).expect("text");
        let status = child.wait().expect("it ends");
        assert_eq!((status.code(), message.as_str()), (Some(0), ""), "{args:?}");
    }
}

#[test]
fn reading_leaves_the_log_as_it_was() {
    let before = fs::read(log()).expect("the log");
    for view in ["events", "tree", "info"] {
        dump_file(&[view], log());
    }
    assert_eq!(fs::read(log()).expect("the log"), before);
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_can_not_be_written_is_an_error_of_its_own() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("a full device");
    let output = command().args(["events"]).arg(log()).stdout(full).output().expect("scope-dump starts");
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("the output can't be written"));
}

//! `follow`: logs that are being written.

mod common;

use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use common::{command, dump, dump_file, log, record, text};
use scope_store::event::Event;
use scope_store::reader::{AtPath, Follower, LogReader};
use scope_store::{DamageKind, ReadError};

/// Reads what is new, without errors.
fn new_events(follower: &mut Follower) -> Vec<Event> {
    let mut events = Vec::new();
    follower.more().expect("it can be read");
    let all = follower.events(|_, event| {
        events.push(event.expect("it is whole"));
        Ok::<(), ()>(())
    });
    all.expect("nothing ends it");
    events
}

fn append(path: &Path, bytes: &[u8]) {
    let mut file = OpenOptions::new().append(true).open(path).expect("the log");
    file.write_all(bytes).expect("it takes bytes");
}

/// A thread's events but for their times, which later calibrations make more exact.
fn timeless(events: &[Event], thread: u32) -> Vec<Event> {
    let timeless = |event: &Event| {
        let mut event = event.clone();
        event.id = scope_store::event::EventId::new(0, event.thread, event.id.number());
        event.time = 0;
        // It is dated back to the first batch, where that is there.
        if event.kind == scope_store::event::EventKind::ThreadStarted {
            event.ticks = 0;
        }
        if let scope_store::event::EventKind::Exit { duration, .. } = &mut event.kind {
            *duration = None;
        }
        event
    };
    events.iter().filter(|event| event.thread.0 == thread).map(timeless).collect()
}

#[test]
fn whatever_is_there_when_it_looks_it_gives_every_event_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("grows.scope");
    let recorded = folder.path().join("recorded.scope");
    record(&recorded, |builder| builder.ring_size(1 << 14), 20_000);
    for (log, step) in [(log(), 1), (log(), 100), (&recorded, 1_000), (&recorded, 7_777)] {
        let whole = fs::read(log).expect("the log");
        fs::write(&path, &whole[..32]).expect("the header");
        let mut follower = Follower::open(&path).expect("it has its header");
        let mut events = Vec::new();
        for part in whole[32..].chunks(step) {
            append(&path, part);
            events.extend(new_events(&mut follower));
        }
        assert!(follower.is_sealed());
        assert!(new_events(&mut follower).is_empty(), "nothing is given twice");
        let reader = LogReader::open(log).expect("the log");
        let expected: Vec<Event> = reader.events().map(|event| event.expect("it is whole")).collect();
        assert_eq!(events.len(), expected.len());
        for thread in 0..=reader.threads().count() as u32 {
            assert_eq!(timeless(&events, thread), timeless(&expected, thread), "step {step}");
        }
    }
}

#[test]
fn damage_is_told_once_and_what_follows_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("damaged.scope");
    let whole = fs::read(log()).expect("the log");
    fs::write(&path, &whole[..32]).expect("the header");
    let mut follower = Follower::open(&path).expect("it has its header");
    append(&path, b"this is no frame");
    assert!(new_events(&mut follower).is_empty());
    append(&path, &whole[32..]);
    let (mut events, mut damage) = (0, Vec::new());
    follower.more().expect("it can be read");
    let all = follower.events(|_, event| {
        match event {
            Ok(_) => events += 1,
            Err(ReadError::Damaged { damage: found, .. }) => damage.push(found),
            Err(error) => return Err(error),
        }
        Ok(())
    });
    all.expect("nothing else is wrong");
    assert_eq!(events, text(&dump(&["events"])).lines().count());
    assert_eq!(damage.len(), 1);
    assert_eq!((damage[0].offset, damage[0].length, damage[0].kind), (32, 16, DamageKind::Head));
}

#[test]
fn a_log_that_takes_the_place_of_another_is_told_from_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("place.scope");
    fs::copy(log(), &path).expect("a copy");
    let mut follower = Follower::open(&path).expect("a log");
    follower.more().expect("it can be read");
    assert_eq!(follower.at_path(), AtPath::Same);
    append(&path, b"more");
    assert_eq!(follower.at_path(), AtPath::Same);
    File::create(&path).expect("the log").set_len(40).expect("it can be shorter");
    assert_eq!(follower.at_path(), AtPath::Another);
    fs::rename(&path, folder.path().join("old.scope")).expect("it can be renamed");
    assert_eq!(follower.at_path(), AtPath::Nothing);
    fs::copy(log(), &path).expect("a copy");
    assert_eq!(follower.at_path(), AtPath::Another);
}

/// `scope-dump follow`, its output to be read while it runs.
fn follow(args: &[&str], log: &Path) -> (Child, BufReader<ChildStdout>) {
    let mut command: Command = command();
    command.arg("follow").args(args).arg(log).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("scope-dump starts");
    let out = BufReader::new(child.stdout.take().expect("piped"));
    (child, out)
}

/// The log without its end.
fn endless() -> Vec<u8> {
    let mut bytes = fs::read(log()).expect("the log");
    // Its last bytes say where the end begins.
    let end = bytes.last_chunk().map(|end| u64::from_le_bytes(*end)).expect("an end");
    bytes.truncate(usize::try_from(end).expect("an offset"));
    bytes
}

/// So many lines, for which it waits.
fn lines(out: &mut impl BufRead, count: usize) -> Vec<String> {
    let mut line = || {
        let mut line = String::new();
        assert!(out.read_line(&mut line).expect("text") > 0, "it ended early");
        line.trim_end().to_owned()
    };
    (0..count).map(|_| line()).collect()
}

/// The rest of the output, after which it has ended well.
fn rest(mut child: Child, mut out: impl Read) -> (String, String) {
    let mut rest = String::new();
    out.read_to_string(&mut rest).expect("text");
    let mut messages = String::new();
    child.stderr.take().expect("piped").read_to_string(&mut messages).expect("text");
    assert_eq!(child.wait().expect("it ends").code(), Some(0), "{messages}");
    (rest, messages)
}

/// Thread, depth, function and kind of each line, sorted: times and durations become more exact with later calibrations, and threads come
/// as they were written.
fn sorted<'l>(lines: impl Iterator<Item = &'l str>) -> Vec<String> {
    let words = |line: &str| line.split_whitespace().skip(1).take(5).collect::<Vec<_>>().join(" ");
    let mut lines: Vec<String> = lines.map(words).collect();
    lines.sort();
    lines
}

#[test]
fn a_log_that_has_its_end_is_shown_as_events_does() {
    let (child, out) = follow(&[], log());
    let (shown, messages) = rest(child, out);
    assert_eq!(messages, "");
    assert_eq!(sorted(shown.lines()), sorted(text(&dump(&["events"])).lines()));
    let args = ["--kind", "entry", "--thread", "first", "--format", "json"];
    let (child, out) = follow(&args, log());
    let shown = rest(child, out).0;
    assert_eq!(shown.lines().count(), text(&dump(&[&["events"], &args[..]].concat())).lines().count());
    assert!(shown.lines().all(|line| line.starts_with(r#"{"kind":"entry","#)), "{shown}");
    let (child, out) = follow(&["--new"], log());
    assert_eq!(rest(child, out).0, "");
}

#[test]
fn events_are_shown_as_they_come() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, recorded) = (folder.path().join("grows.scope"), folder.path().join("recorded.scope"));
    record(&recorded, |builder| builder.ring_size(1 << 14), 20_000);
    let whole = fs::read(&recorded).expect("the log");
    let part = &whole[..whole.len() / 2];
    fs::write(&path, part).expect("a part");
    let there = dump_file(&["events"], &path);
    let there = String::from_utf8_lossy(&there.stdout).lines().count();
    let all = dump_file(&["events"], &recorded);
    assert!(there > 0 && there < text(&all).lines().count());
    let (child, mut out) = follow(&[], &path);
    let mut shown = lines(&mut out, there);
    append(&path, &whole[part.len()..]);
    let (more, messages) = rest(child, out);
    shown.extend(more.lines().map(str::to_owned));
    assert_eq!(messages, "");
    assert_eq!(sorted(shown.iter().map(String::as_str)), sorted(text(&all).lines()));
}

#[test]
fn it_goes_on_with_the_log_that_takes_the_place_of_the_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, next) = (folder.path().join("run.scope"), folder.path().join("next.scope"));
    fs::write(&path, endless()).expect("all but the end");
    let there = dump_file(&["events", "--function", "app"], &path).stdout;
    let there = String::from_utf8_lossy(&there).lines().count();
    let (child, mut out) = follow(&["--function", "app", "--function", "common::call"], &path);
    lines(&mut out, there);
    record(&next, |builder| builder, 10);
    fs::rename(&next, &path).expect("it takes its place");
    let shown = rest(child, out).0;
    assert_eq!(shown.lines().count(), 20, "{shown}");
    assert!(shown.lines().all(|line| line.contains("common::call")), "{shown}");
}

#[test]
fn it_waits_for_the_log_as_long_as_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("late.scope");
    let output = command().args(["follow", "--timeout", "0s"]).arg(&path).output().expect("scope-dump starts");
    let says = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{says}");
    assert!(says.contains("late.scope` within 0 ns") && says.contains("--timeout"), "{says}");
    let output = command().args(["follow", "--timeout", "soon"]).arg(&path).output().expect("scope-dump starts");
    assert_eq!(output.status.code(), Some(64));

    let (mut child, out) = follow(&[], &path);
    let mut messages = BufReader::new(child.stderr.take().expect("piped"));
    assert!(lines(&mut messages, 1)[0].contains("waiting for"));
    child.stderr = None;
    // A header that is not whole is none yet.
    fs::write(&path, &fs::read(log()).expect("the log")[..10]).expect("a part");
    let whole = folder.path().join("whole.scope");
    fs::copy(log(), &whole).expect("a copy");
    fs::rename(&whole, &path).expect("it is there");
    let mut shown = String::new();
    BufReader::new(out).read_to_string(&mut shown).expect("text");
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
    assert_eq!(shown.lines().count(), text(&dump(&["events"])).lines().count());
}

#[test]
fn a_closed_pipe_ends_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("open.scope");
    fs::write(&path, endless()).expect("all but the end");
    let (mut child, out) = follow(&[], &path);
    drop(out);
    // There must be something more to write: it may have been quicker than we.
    append(&path, &fs::read(log()).expect("the log")[endless().len()..]);
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

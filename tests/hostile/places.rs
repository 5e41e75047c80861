//! Places for logs that others have, too, that can't be written, or that fill up over many runs.

use crate::Scenario;
use crate::child::{Child, Ended, Log, logs};
use crate::ends::{step, steps};
use crate::system;
use scope_store::info::Process;
use scope_store::{LogReader, LogWriter};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

pub const ALL: &[Scenario] = &[
    Scenario { name: "two_processes_one_path", child: program, check: check_two },
    Scenario { name: "read_only_folder", child: read_only, check: check_read_only },
    Scenario { name: "old_logs_are_removed", child: program, check: check_old_logs },
    Scenario { name: "logs_of_the_living_stay", child: waiting, check: check_living },
];

fn program() {
    steps(0..2000);
    println!("done");
}

fn check_two(child: Child) {
    let shared = child.path().join("shared.scope");
    let path = shared.to_str().expect("UTF-8").to_owned();
    // All at once, so that they meet at the name.
    let running: Vec<_> =
        (0..6).map(|_| Child::new("two_processes_one_path").env("SCOPE_LOG", &path).start()).collect();
    let ended: Vec<Ended> = running.into_iter().map(|child| child.wait().code(0)).collect();
    let found = logs(child.path());
    assert_eq!(found.len(), 6, "{found:?}");
    let mut pids: Vec<u32> = found
        .iter()
        .map(|path| {
            let log = Log::open(path, None).whole().nested();
            assert_eq!(log.entries("step"), 2000);
            log.reader.header().pid
        })
        .collect();
    pids.sort_unstable();
    pids.dedup();
    assert_eq!(pids.len(), 6, "each has its own");
    // The first one has the name; who has another one says which.
    let told: Vec<&Ended> = ended.iter().filter(|ended| !ended.stderr.is_empty()).collect();
    assert_eq!(told.len(), 5);
    for ended in told {
        assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
        let name = ended.stderr.trim_end().rsplit('`').nth(1).expect("a name");
        assert!(
            ended.stderr.contains("shared.scope` is there already") && found.iter().any(|path| path == Path::new(name))
        );
    }
}

fn read_only() {
    fs::create_dir("disk").expect("a folder");
    fs::set_permissions("disk", fs::Permissions::from_mode(0o555)).expect("a mode");
    // Who is root may write there all the same, unless the disk may not be written.
    system::read_only_disk(c"disk");
    program();
}

fn check_read_only(child: Child) {
    for log in ["disk/log.scope", "disk/"] {
        let ended = Child::new("read_only_folder").env("SCOPE_LOG", log).run().code(0);
        assert_eq!(ended.stdout, "done\n");
        assert!(ended.stderr.starts_with("scope: can't create the log `disk/"), "{}", ended.stderr);
        assert!(ended.stderr.contains("name another place in `SCOPE_LOG`; nothing is recorded"), "{}", ended.stderr);
        assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
    }
    drop(child);
}

fn check_old_logs(child: Child) {
    let folder = child.path().join("logs");
    fs::create_dir(&folder).expect("a folder");
    let run = |keep: &str| {
        let log = format!("{}/", folder.display());
        let ended = Child::new("old_logs_are_removed").env("SCOPE_LOG", &log).env("SCOPE_KEEP_LOGS", keep).run();
        ended.code(0).quiet();
    };
    (0..3).for_each(|_| run("3"));
    let first = logs(&folder);
    assert_eq!(first.len(), 3);
    // What is no log, or another program's, or has another name, stays whatever its name and age.
    let program = LogReader::open(&first[0]).expect("a log").header().program.clone();
    let named = |n: u32| folder.join(format!("{program}-20000101-000000-{n}.scope"));
    fs::write(named(1), "dear diary").expect("a file");
    fs::copy(&first[0], folder.join("mine.scope")).expect("a copy");
    fs::create_dir(named(2)).expect("a folder");
    std::os::unix::fs::symlink(&first[0], named(3)).expect("a link");
    let theirs = Process { program: format!("{program}-20000101"), pid: 1, ..Process::default() };
    drop(LogWriter::create(&named(4), u64::MAX, &theirs).expect("a log"));
    // One of the oldest run's segments, with the rings of a process that died.
    let segment = first[0].with_extension("000001.scope");
    fs::copy(&first[0], &segment).expect("a copy");
    fs::write(first[0].with_extension("scope.rings"), "rings").expect("a file");
    run("3");
    let left = logs(&folder);
    assert!(first[1..].iter().all(|log| left.contains(log)), "the two before this one stay");
    assert!(!left.contains(&first[0]) && !left.contains(&segment), "the oldest goes, with its segments: {left:?}");
    assert!(!first[0].with_extension("scope.rings").exists());
    run("1");
    let left = logs(&folder);
    assert_eq!(left.len(), 6, "{left:?}");
    assert!(left.contains(&folder.join("mine.scope")));
    (1..=4).for_each(|n| assert!(left.contains(&named(n)), "{n}"));
}

fn waiting() {
    step(1);
    println!("here");
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).expect("an end");
}

fn check_living(child: Child) {
    let folder = child.path().join("logs");
    fs::create_dir(&folder).expect("a folder");
    let log = format!("{}/", folder.display());
    let living = Child::new("logs_of_the_living_stay").env("SCOPE_LOG", &log).env("SCOPE_FLUSH_INTERVAL", "1 h");
    let mut living = living.with_stdin().start();
    let mut first = [0; 5];
    std::io::Read::read_exact(living.process.stdout.as_mut().expect("a pipe"), &mut first).expect("a line");
    let theirs = logs(&folder);
    assert_eq!(theirs.len(), 1);
    assert_eq!(LogReader::open(&theirs[0]).expect("a log").recovered(), 0, "what its rings hold is its own to log");
    for _ in 0..3 {
        let next = Child::new("logs_of_the_living_stay").env("SCOPE_LOG", &log).env("SCOPE_KEEP_LOGS", "1");
        next.run().code(0).quiet();
        assert!(theirs[0].exists(), "its process lives");
        assert_eq!(logs(&folder).len(), 2);
    }
    drop(living.process.stdin.take());
    living.wait().code(0).quiet();
    assert_eq!(Log::open(&theirs[0], None).whole().entries("step"), 1);
    let last = Child::new("logs_of_the_living_stay").env("SCOPE_LOG", &log).env("SCOPE_KEEP_LOGS", "1");
    last.run().code(0).quiet();
    assert_eq!(logs(&folder).len(), 1);
}

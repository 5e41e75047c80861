//! Media and memory that end.

use crate::Scenario;
use crate::child::{Child, Ended, Log};
use crate::ends::steps;
use crate::system::{self, SIGXFSZ, close_all, ignore, limit_files, limit_memory};
use std::os::unix::fs::FileTypeExt;
use std::time::Duration;

pub const ALL: &[Scenario] = &[
    Scenario { name: "file_size_limit", child: file_limit_ignored, check: check_file_limit },
    Scenario { name: "file_size_limit_that_kills", child: file_limit, check: check_file_limit },
    Scenario { name: "no_room_for_the_head", child: no_head, check: check_no_head },
    Scenario { name: "full_device", child: program, check: check_full_device },
    Scenario { name: "no_room_for_the_first_rings", child: tiny_disk, check: check_tiny_disk },
    Scenario { name: "disk_fills_up", child: small_disk, check: check_small_disk },
    Scenario { name: "no_room_for_more_rings", child: small_disk_of_threads, check: check_small_disk_of_threads },
    Scenario { name: "null_device", child: program, check: check_null_device },
    Scenario { name: "no_memory_for_rings", child: no_memory, check: check_no_memory },
    Scenario { name: "files_closed_behind_our_back", child: closed, check: check_closed },
];

fn program() {
    program_of(20);
}

fn program_of(rounds: u32) {
    for _ in 0..rounds {
        steps(0..5000);
        std::thread::sleep(Duration::from_millis(5));
    }
    println!("done");
    std::process::exit(9);
}

fn file_limit_ignored() {
    ignore(SIGXFSZ);
    file_limit();
}

fn file_limit() {
    limit_files(200_000);
    // Some of it is in the log before the limit is met, however late this thread and the recorder's get their turns.
    steps(0..3000);
    let log = std::env::var_os("SCOPE_LOG").expect("the log's path");
    while std::fs::metadata(&log).is_ok_and(|log| log.len() < 20_000) {
        std::thread::sleep(Duration::from_millis(1));
    }
    program();
}

fn check_file_limit(child: Child) {
    let ended = child.env("SCOPE_FLUSH_INTERVAL", "2ms").env("SCOPE_COMPRESSION", "none").run().code(9);
    complains(&ended);
    let size = std::fs::metadata(ended.folder.path().join("log.scope")).expect("a log").len();
    assert!(size <= 200_000);
    // What was written until then can be read.
    assert!(ended.log().nested().entries("step") > 1000);
}

fn no_head() {
    ignore(SIGXFSZ);
    limit_files(40);
    program();
}

fn check_no_head(child: Child) {
    let ended = child.run().code(9);
    assert_eq!(ended.stdout, "done\n");
    let said = "scope: can't create the log `";
    assert!(ended.stderr.starts_with(said) && ended.stderr.ends_with("nothing is recorded\n"), "{}", ended.stderr);
    assert_eq!(std::fs::read_dir(ended.folder.path()).expect("a folder").count(), 0, "what is no log does not stay");
}

fn complains(ended: &Ended) {
    assert_eq!(ended.stdout, "done\n");
    assert!(ended.stderr.starts_with("scope: ") && ended.stderr.contains("is not whole"), "{}", ended.stderr);
    assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
}

fn check_full_device(child: Child) {
    let ended = child.env("SCOPE_LOG", "/dev/full").run().code(9);
    assert!(std::fs::metadata("/dev/full").expect("a device").file_type().is_char_device());
    assert!(!std::path::Path::new("/dev/full-2").exists());
    assert_eq!(ended.stdout, "done\n");
    assert!(ended.stderr.starts_with("scope: ") && ended.stderr.contains("/dev/full"), "{}", ended.stderr);
    assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
}

/// A program on a disk of its own. Only who is root on the machine may make one; elsewhere it says so.
fn on_disk(kib: u32, program: fn()) {
    std::fs::create_dir("disk").expect("a folder");
    match system::small_disk(c"disk", kib) {
        true => program(),
        false => println!("no disk"),
    }
}

/// What it left, where it had its disk.
fn on_its_disk(child: Child) -> Option<Ended> {
    let ended = child.env("SCOPE_LOG", "disk/log.scope").run();
    match ended.stdout.as_str() {
        "no disk\n" => {
            eprintln!("not tried: this user may not mount a disk");
            None
        }
        _ => Some(ended.code(9)),
    }
}

fn tiny_disk() {
    on_disk(2048, program);
}

fn check_tiny_disk(child: Child) {
    let Some(ended) = on_its_disk(child) else { return };
    assert_eq!(ended.stdout, "done\n");
    let said = "scope: can't make room for the rings in `";
    assert!(ended.stderr.starts_with(said) && ended.stderr.ends_with("nothing is recorded\n"), "{}", ended.stderr);
}

fn small_disk() {
    on_disk(2048, || program_of(100));
}

fn check_small_disk(child: Child) {
    let Some(ended) = on_its_disk(child.env("SCOPE_RING_SIZE", "16 KiB").env("SCOPE_COMPRESSION", "none")) else {
        return;
    };
    complains(&ended);
    assert!(ended.stderr.contains("No space left on device"), "{}", ended.stderr);
    assert!(ended.stderr.contains("make room there") && ended.stderr.contains("SCOPE_LOG"), "{}", ended.stderr);
}

fn small_disk_of_threads() {
    on_disk(4096, || {
        // The rings of all at once have no room: further ones live in memory, and no thread gets a SIGBUS.
        let barrier = std::sync::Barrier::new(50);
        std::thread::scope(|scope| {
            for n in 0..50 {
                let barrier = &barrier;
                scope.spawn(move || {
                    steps(n..n + 20);
                    barrier.wait();
                });
            }
        });
        scope::Recorder::current().expect("it runs").finish().expect("there is room for the log");
        let log = Log::open("disk/log.scope".as_ref(), None).whole();
        println!("{}", log.entries("step"));
        std::process::exit(9);
    });
}

fn check_small_disk_of_threads(child: Child) {
    let Some(ended) = on_its_disk(child.env("SCOPE_RING_SIZE", "256 KiB")) else { return };
    assert_eq!(ended.quiet().stdout, "1000\n");
}

fn check_null_device(child: Child) {
    let ended = child.env("SCOPE_LOG", "/dev/null").run().code(9).quiet();
    assert_eq!(ended.stdout, "done\n");
    assert!(!std::path::Path::new("/dev/null-2").exists());
}

fn no_memory() {
    limit_memory(1 << 30);
    program();
}

fn check_no_memory(child: Child) {
    let log = child.env("SCOPE_RING_SIZE", "4 GiB").run().code(9).log().sealed();
    assert_eq!(log.entries("step"), 0);
    // Each once; an entry that is lost takes its exit along.
    assert_eq!(log.reader.lost(), 100_000);
}

fn closed() {
    steps(0..1000);
    std::thread::sleep(Duration::from_millis(50));
    close_all();
    // Gets the number of the log.
    let diaries: Vec<_> = (0..8).map(|n| std::fs::File::create(format!("diary-{n}")).expect("a file")).collect();
    steps(0..1000);
    std::thread::sleep(Duration::from_millis(50));
    for (n, diary) in diaries.iter().enumerate() {
        let size = diary.metadata().expect("still open").len();
        assert_eq!(size, 0, "the log went into diary {n}");
    }
    println!("done");
    std::process::exit(9);
}

fn check_closed(child: Child) {
    let ended = child.env("SCOPE_FLUSH_INTERVAL", "2ms").env("SCOPE_COMPRESSION", "none").run().code(9);
    complains(&ended);
    let log = Log::open(&ended.folder.path().join("log.scope"), None).nested();
    assert!(log.entries("step") >= 1000);
    let diaries = (0..8).map(|n| std::fs::read(ended.folder.path().join(format!("diary-{n}"))).expect("a file"));
    assert!(diaries.into_iter().all(|diary| diary.is_empty()));
}

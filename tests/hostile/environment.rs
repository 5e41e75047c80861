//! `SCOPE_*`: bad values cost the log at most, never the program; and where logs go.

use crate::Scenario;
use crate::child::{Child, Log, logs};
use crate::ends::step;
use crate::system::close_file;
use scope_store::event::Outcome;
use std::fs;
use std::os::unix::fs::PermissionsExt;

pub const ALL: &[Scenario] = &[
    Scenario { name: "bad_settings", child: program, check: check_bad_settings },
    Scenario { name: "off", child: program, check: check_off },
    Scenario { name: "existing_file", child: program, check: check_existing_file },
    Scenario { name: "folders", child: program, check: check_folders },
    Scenario { name: "no_place_for_a_log", child: program, check: check_no_place },
    Scenario { name: "standard_error_is_closed", child: program_without_stderr, check: check_no_stderr },
    Scenario { name: "last_error_of_the_system", child: last_errors, check: check_last_errors },
    Scenario { name: "standard_streams_are_closed", child: without_streams, check: check_without_streams },
    Scenario { name: "no_time_between_flushes", child: program, check: check_no_interval },
];

/// A program with an output and an exit code of its own.
fn program() {
    let sum: u64 = (0..100).map(step).sum();
    println!("{sum}");
    std::process::exit(9);
}

fn check_bad_settings(child: Child) {
    let bad = ["RING_SIZE", "OVERFLOW", "FLUSH_INTERVAL", "MAX_SIZE", "THREADS"];
    let child = bad.iter().fold(child, |child, name| child.env(&format!("SCOPE_{name}"), "12 parsecs"));
    let ended = child.run().code(9);
    assert_eq!(ended.stdout, "5050\n");
    for name in bad {
        assert!(ended.stderr.contains(&format!("scope: `SCOPE_{name}` is `12 parsecs`: ")), "{}", ended.stderr);
    }
    assert_eq!(ended.stderr.lines().count(), bad.len(), "{}", ended.stderr);
    assert_eq!(ended.log().whole().exits("step", Outcome::Returned), 100);
}

fn check_off(child: Child) {
    let ended = child.env("SCOPE_OFF", "1").run().code(9).quiet();
    assert_eq!((ended.stdout.as_str(), logs(ended.folder.path()).len()), ("5050\n", 0));
}

/// Its `Debug` fails to open a file.
struct Lost;

impl std::fmt::Debug for Lost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if fs::File::open("/nowhere").is_ok() { "found" } else { "lost" })
    }
}

#[scope::instrument(level = "full")]
fn last_error(_lost: &Lost) -> Option<i32> {
    let lost = Lost;
    let error = std::io::Error::last_os_error();
    _ = std::hint::black_box(&lost);
    error.raw_os_error()
}

/// The first probe starts the recorder, the next one of a thread gets it a ring; and the ring becomes full.
fn last_errors() {
    let failed = || {
        close_file(-1);
        last_error(&Lost)
    };
    let first = failed();
    let other = std::thread::spawn(failed).join().expect("no panic");
    let others = (0..20_000).filter(|_| failed() != Some(9)).count();
    println!("{first:?} {other:?} {others}");
}

fn check_last_errors(child: Child) {
    let ended = child.env("SCOPE_OVERFLOW", "block").run().code(0);
    assert_eq!(ended.stdout, "Some(9) Some(9) 0\n");
    assert_eq!(ended.log().whole().exits("last_error", Outcome::Returned), 20_002);
}

fn check_existing_file(child: Child) {
    let path = child.path().join("log.scope");
    fs::write(&path, "dear diary").expect("a file");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("a mode");
    let ended = child.run().code(9);
    let said = "scope: `log.scope` is there already, and stays as it is: the log is `log-2.scope`\n";
    assert_eq!(ended.stderr, said);
    assert_eq!(fs::read(&path).expect("a file"), b"dear diary");
    let other = ended.folder.path().join("log-2.scope");
    assert_eq!(fs::metadata(&other).expect("a log").permissions().mode() & 0o777, 0o600);
    assert_eq!(Log::open(&other, None).whole().entries("step"), 100);
}

fn check_folders(child: Child) {
    fs::create_dir(child.path().join("there")).expect("a folder");
    for wanted in ["there", "new/", "a/b/c/"] {
        let again = Child::new("folders").env("SCOPE_LOG", child.path().join(wanted).to_str().expect("UTF-8"));
        // A path that ends in a separator is a folder also where `join` would drop that.
        let again = if wanted.ends_with('/') {
            again.env("SCOPE_LOG", &format!("{}/{wanted}", child.path().display()))
        } else {
            again
        };
        again.run().code(9).quiet();
        let found = logs(&child.path().join(wanted));
        assert_eq!(found.len(), 1);
        let name = found[0].file_name().expect("a name").to_string_lossy().into_owned();
        assert!(name.starts_with("hostile-") && name.ends_with(".scope"), "{name}");
        assert_eq!(Log::open(&found[0], None).whole().entries("step"), 100);
    }
}

fn check_no_place(child: Child) {
    fs::write(child.path().join("file"), "").expect("a file");
    for wanted in ["file/log.scope", "file/", "/proc/no/such/place/log.scope"] {
        let again = Child::new("no_place_for_a_log").env("SCOPE_LOG", wanted);
        fs::write(again.path().join("file"), "").expect("a file");
        let ended = again.run().code(9);
        assert_eq!(ended.stdout, "5050\n");
        assert!(
            ended.stderr.starts_with("scope: can't create the log `") && ended.stderr.contains("SCOPE_LOG"),
            "{}",
            ended.stderr
        );
        assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
    }
}

fn program_without_stderr() {
    // Whatever is told on standard error fails, or goes into whatever file has number 2 next.
    std::panic::set_hook(Box::new(|_| std::process::exit(77)));
    crate::system::close_file(2);
    program();
}

fn check_no_stderr(child: Child) {
    let ended = child.env("SCOPE_LOG", "/proc/no/such/place/log.scope").run().code(9);
    assert_eq!(ended.stdout, "5050\n");
}

/// A daemon, whose first probe comes before it has opened others in their place.
fn without_streams() {
    (0..3).for_each(close_file);
    step(1);
    let files = (0..3).filter_map(|number| fs::read_link(format!("/proc/self/fd/{number}")).ok());
    if files.into_iter().any(|file| file.to_string_lossy().contains("log.scope")) {
        std::process::exit(77);
    }
    for _ in 0..1000 {
        print!("It is no log. ");
        eprint!("It is no log. ");
        step(2);
    }
    println!();
}

fn check_without_streams(child: Child) {
    let ended = child.run().code(0);
    assert_eq!(ended.log().whole().exits("step", Outcome::Returned), 1001);
}

fn check_no_interval(child: Child) {
    let log =
        child.env("SCOPE_FLUSH_INTERVAL", "0s").env("SCOPE_MAX_SIZE", "1").env("SCOPE_RING_SIZE", "1").run().code(9);
    assert_eq!(log.stdout, "5050\n");
}

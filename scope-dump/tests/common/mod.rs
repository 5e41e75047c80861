//! A log of a real run, and the real binary.

#![allow(dead_code, reason = "each test program uses a part")]

use std::future::Future;
use std::panic;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, OnceLock};
use std::task::{Context, Poll, Waker};
use std::thread;

/// What is recorded. The lines of this module are in the tests' expectations.
#[scope::instrument(level = "full")]
pub mod app {
    pub fn total(prices: &[u32], rate: f64) -> f64 {
        let sum: u32 = prices.iter().map(|price| price_of(*price)).sum();
        f64::from(sum) * rate
    }

    fn price_of(price: u32) -> u32 {
        price * 2
    }

    pub fn read(text: &str) -> Result<u32, std::num::ParseIntError> {
        let number = text.parse::<u32>()?; // early
        Ok(checked(number)) // calls
    }

    fn checked(number: u32) -> u32 {
        assert!(number != 13, "an unlucky number"); // panics
        number
    }

    pub fn logged_in(user: &str, password: &str) -> bool {
        !user.is_empty() && !password.is_empty()
    }

    pub fn ways(numbers: &[u32]) -> u32 {
        let mut even = 0;
        for n in numbers {
            if n % 2 == 0 { even += 1 } else { even = 0 }
        }
        even
    }

    pub async fn waits(times: u32) -> u32 {
        super::pause(times).await;
        times + 1
    }
}

fn pause(times: u32) -> impl Future<Output = ()> {
    let mut left = times;
    std::future::poll_fn(move |_| {
        if left == 0 {
            return Poll::Ready(());
        }
        left -= 1;
        Poll::Pending
    })
}

fn run() {
    app::total(&[1, 2, 3], 0.5);
    app::ways(&[4, 5]);
    _ = app::read("7");
    _ = app::read("x\ny");
    panic::set_hook(Box::new(|_| {}));
    assert!(panic::catch_unwind(|| app::read("13")).is_err());
    _ = panic::take_hook();
    app::logged_in("ann", "hunter2");
    let worker = thread::Builder::new().name("worker-1".into()).spawn(|| {
        let mut waits = Box::pin(app::waits(2));
        let mut context = Context::from_waker(Waker::noop());
        while waits.as_mut().poll(&mut context).is_pending() {}
        let mut given_up = Box::pin(app::waits(2));
        _ = given_up.as_mut().poll(&mut context);
    });
    worker.expect("a thread").join().expect("it ends well");
}

/// The log of [`run`], recorded once per test program.
pub fn log() -> &'static Path {
    static LOG: OnceLock<(PathBuf, tempfile::TempDir)> = OnceLock::new();
    let (log, _folder) = LOG.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let log = folder.path().join("run.scope");
        let guard = scope::Recorder::builder().log(&log).start().expect("the recorder starts");
        // With a name of its own, whatever thread the test runs on.
        thread::Builder::new().name("first".into()).spawn(run).expect("a thread").join().expect("it ends well");
        guard.finish().expect("the log is whole");
        (log, folder)
    });
    log
}

#[scope::instrument(level = "boundaries")]
fn call(number: u64) -> u64 {
    number + 1
}

/// Records so many calls. One after the other: there is one recorder in a process.
pub fn record(log: &Path, set: impl FnOnce(scope::Builder) -> scope::Builder, calls: u64) {
    static ONE: Mutex<()> = Mutex::new(());
    // The log of `log` comes first.
    self::log();
    let _one = ONE.lock().expect("no test failed while it recorded");
    let guard = set(scope::Recorder::builder().log(log)).start().expect("the recorder starts");
    assert!((0..calls).map(call).all(|number| number > 0));
    guard.finish().expect("the log is whole");
}

/// What `scope-dump` says to these arguments; the log of [`log`] is the last one.
pub fn dump(args: &[&str]) -> Output {
    dump_file(args, log())
}

/// What `scope-dump` says to these arguments and this file.
pub fn dump_file(args: &[&str], log: &Path) -> Output {
    command().args(args).arg(log).output().expect("scope-dump starts")
}

/// The binary, in an environment that says nothing about colour.
pub fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scope-dump"));
    command.env_remove("NO_COLOR").env("TERM", "xterm");
    command
}

/// The text of a run that went well.
pub fn text(output: &Output) -> &str {
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
    str::from_utf8(&output.stdout).expect("text")
}

/// The objects of a run that went well.
pub fn objects(output: &Output) -> Vec<serde_json::Value> {
    text(output).lines().map(|line| serde_json::from_str(line).expect("an object")).collect()
}

/// Without the durations, which differ from run to run.
pub fn timeless(text: &str) -> String {
    let line = |line: &str| line.split_once("   ").map_or(line, |(start, _)| start).to_owned();
    text.lines()
        .map(|l| {
            let indent = l.len() - l.trim_start().len();
            format!("{}{}\n", &l[..indent], line(l.trim_start()))
        })
        .collect()
}

/// A place inside the first frame with a batch.
#[allow(dead_code, reason = "not every test damages a log")]
pub fn in_a_batch(log: &[u8]) -> usize {
    let is_batch = |head: &[u8]| head.starts_with(&[0xF5, 0x66, 0x72, 0xAE]) && head[8] == 14;
    log.windows(9).position(is_batch).expect("a batch") + 100
}

/// A copy of the log in `folder`, damaged in a batch.
#[allow(dead_code, reason = "not every test damages a log")]
pub fn damaged(log: &Path, folder: &Path) -> PathBuf {
    let mut bytes = std::fs::read(log).expect("the log");
    let middle = in_a_batch(&bytes);
    bytes[middle] ^= 0x40;
    let path = folder.join("damaged.scope");
    std::fs::write(&path, bytes).expect("a copy");
    path
}

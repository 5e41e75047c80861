//! What is asked of a log: report, slow, call, at, history, errors.

mod common;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use common::{command, objects, text};
use serde_json::Value as Json;

/// What is recorded. Lines that tests look for end with a comment.
#[scope::instrument(level = "full")]
mod shop {
    #[derive(Debug, PartialEq)]
    pub enum Failed {
        Number(std::num::ParseIntError),
        Empty,
    }

    impl From<std::num::ParseIntError> for Failed {
        fn from(error: std::num::ParseIntError) -> Self {
            Self::Number(error)
        }
    }

    pub fn day(orders: &[&str]) -> u32 {
        let mut sold = 0;
        for order in orders {
            let count = place(order, 2).unwrap_or(0);
            sold += count; // adds
        }
        sold
    }

    fn place(order: &str, factor: u32) -> Result<u32, Failed> {
        let amount = amount(order)?; // places
        let total = amount * factor; // total
        Ok(total) // placed
    }

    fn amount(order: &str) -> Result<u32, Failed> {
        if order.is_empty() {
            return Err(Failed::Empty); // empty
        }
        Ok(number(order)?) // converts
    }

    fn number(text: &str) -> Result<u32, std::num::ParseIntError> {
        text.parse()
    }
}

/// A log of a day in the shop.
fn log() -> &'static Path {
    static LOG: OnceLock<(PathBuf, tempfile::TempDir)> = OnceLock::new();
    let (log, _folder) = LOG.get_or_init(|| {
        // There is one recorder in a process.
        common::log();
        let folder = tempfile::tempdir().expect("a folder");
        let log = folder.path().join("run.scope");
        let guard = scope::Recorder::builder().log(&log).start().expect("the recorder starts");
        let run = || assert_eq!(shop::day(&["4", "x", "", "3"]), 14);
        std::thread::Builder::new().name("till".into()).spawn(run).expect("a thread").join().expect("it ends well");
        guard.finish().expect("the log is whole");
        (log, folder)
    });
    log
}

/// What `scope-dump` says to these arguments and then the log.
fn ask(args: &[&str]) -> String {
    text(&command().args(args).arg(log()).output().expect("scope-dump starts")).to_owned()
}

fn ask_json(args: &[&str]) -> Vec<Json> {
    objects(&command().args(args).args(["--format", "json"]).arg(log()).output().expect("scope-dump starts"))
}

#[test]
fn show() {
    for args in [&["events"][..], &["report"], &["slow"], &["call", "3.6"], &["at", "3:33"], &["history", "sold"], &["history", "ret"], &["errors"], &["tree", "--where", "order = \"x\""], &["tree", "--where", "ret is Err"]] {
        println!("---- {args:?}\n{}", ask(args));
    }
    for line in ask_json(&["errors"]) { println!("{line}"); }
    for line in ask_json(&["at", "3:33", "-C", "0"]) { println!("{line}"); }
}

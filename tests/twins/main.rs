//! The same program, woven and plain, does the same: values, order of drops, panics with their places, `Location::caller()`.
//!
//! `cases/` are programs by hand, whose tokens stand in two modules; bytes that proptest makes steer them. `random/` makes programs
//! from seeds, and crates of three editions from the programs.

#[expect(clippy::all, reason = "written for awkward code, not for good style")]
mod cases;
mod random;
mod trace;

use cases::Case;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use std::cell::Cell;
use std::path::Path;

/// How many inputs a case gets.
const INPUTS: u32 = 60;

/// Runs all of `cases` both ways, with the recorder on.
fn compare(cases: &[Case]) {
    let folder = tempfile::tempdir().expect("a folder");
    let guard = scope::Recorder::builder().log(folder.path().join("log.scope")).start().expect("the recorder starts");
    let config = Config { cases: INPUTS, failure_persistence: None, ..Config::default() };
    for case in cases {
        let bytes = proptest::collection::vec(proptest::num::u8::ANY, 0..40);
        let steps = Cell::new(0);
        let result = TestRunner::new(config.clone()).run(&bytes, |input| {
            let plain = trace::observe(&input, case.plain);
            let woven = trace::observe(&input, case.woven);
            steps.set(steps.get() + plain.len());
            if plain == woven { Ok(()) } else { Err(TestCaseError::fail(difference(&plain, &woven))) }
        });
        assert!(result.is_ok(), "{}: {}", case.name, result.err().map_or(String::new(), |error| error.to_string()));
        assert!(steps.get() > 0, "{} does nothing", case.name);
    }
    guard.finish().expect("the log is whole");
    assert!(events(&folder.path().join("log.scope")) > cases.len() * INPUTS as usize, "it was not recorded");
}

fn events(log: &Path) -> usize {
    scope_store::LogReader::open(log).expect("a log").events().filter(Result::is_ok).count()
}

/// The first step that is another one.
fn difference(plain: &[String], woven: &[String]) -> String {
    let at = (0..).find(|&at| plain.get(at) != woven.get(at)).unwrap_or(0);
    let step = |trace: &[String]| trace.get(at).cloned().unwrap_or("the end".to_owned());
    format!("step {at}\n  plain {}\n  woven {}\n  all of plain {plain:#?}", step(plain), step(woven))
}

/// There is one recorder in a process, so there is one test.
#[test]
fn cases_do_the_same_woven_and_plain() {
    compare(&cases::all());
}

/// `cargo xtask twins FIRST COUNT` tries others. With `TWINS_REFUSED=file` the lines that rustc refuses of the plain programs are
/// written down, for who works on the generator.
#[test]
fn random_programs_do_the_same_woven_and_plain() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let (first, count) = (number("TWINS_FIRST").unwrap_or(1), number("TWINS_COUNT").unwrap_or(25));
    let mut failed = Vec::new();
    for edition in [2018, 2021, 2024] {
        let random::Outcome { accepted, steps, wrong } = random::compare(edition, first, count);
        println!(
            "edition {edition}: {accepted} of {count} programs accepted, {steps} steps compared, {} wrong",
            wrong.len()
        );
        failed.extend(wrong);
        assert!(accepted as u64 * 3 > count, "most of edition {edition} is refused by rustc");
    }
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}

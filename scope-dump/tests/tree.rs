//! The tree of calls, as text and as JSON.

mod common;

use common::{dump, objects, text, timeless};

/// The place of the line of the recorded module that ends with this comment.
fn place(mark: &str) -> String {
    let line = include_str!("common/mod.rs").lines().position(|line| line.ends_with(mark)).expect("the line");
    format!("scope-dump/tests/common/mod.rs:{}", line + 1)
}

#[test]
fn calls_are_indented_with_arguments_results_and_outcomes() {
    let output = dump(&["tree"]);
    let tree = timeless(text(&output)).replace("tree::common::", "");
    let expected = format!(
        r#"first (1)
  app::total(prices = [1, 2, 3], rate = 0.5)
    app::price_of(price = 1) → 2
    app::price_of(price = 2) → 4
    app::price_of(price = 3) → 6
  ← 6.0
  app::ways(numbers = [4, 5]) → 0
  app::read(text = "7")
    app::checked(number = 7) → 7
  ← Ok(7)
  app::read(text = "x\ny") → ParseIntError {{ kind: InvalidDigit }} by `?` at {}
  app::read(text = "13")
    app::checked(number = 13) → panicked at {}
  ← panicked at {}
  app::logged_in(user = "ann", password = <redacted>) → true

worker-1 (2)
  async app::waits(times = 2) … suspended
  app::waits resumed …
  … suspended
  app::waits resumed …
  ← 3
  async app::waits(times = 2) … suspended
  app::waits resumed …
  ← cancelled
"#,
        place("// early"),
        place("// panics"),
        place("// calls")
    );
    assert_eq!(tree, expected);
}

#[test]
fn every_end_has_its_duration() {
    let output = dump(&["tree", "--thread", "first"]);
    for line in text(&output).lines().filter(|line| line.contains(['→', '←'])) {
        let (_, took) = line.rsplit_once("   ").unwrap_or_else(|| panic!("no duration: {line}"));
        assert!(["ns", "µs", "ms", "s"].iter().any(|unit| took.ends_with(&format!(" {unit}"))), "{line}");
    }
}

#[test]
fn a_function_is_shown_with_what_it_called() {
    let output = dump(&["tree", "--function", "*::read"]);
    let tree = text(&output);
    assert!(
        tree.contains("::checked(number = 7)") && !tree.contains("::total") && !tree.contains("worker-1"),
        "{tree}"
    );
    let output = dump(&["tree", "--function", "checked"]);
    assert!(text(&output).lines().skip(1).all(|line| line.starts_with("  tree::common::app::checked")));
}

#[test]
fn details_are_shown_when_asked_for() {
    assert!(!text(&dump(&["tree"])).contains("sum = 12"));
    let output = dump(&["tree", "--details"]);
    let tree = text(&output);
    assert!(tree.contains("    sum = 12   ") && tree.contains("    line   "), "{tree}");
}

#[test]
fn what_repeats_is_folded() {
    let output = dump(&["tree", "--fold", "1"]);
    let tree = text(&output);
    assert!(tree.contains("… 2 more calls of tree::common::app::price_of, "), "{tree}");
    // What went wrong is there.
    assert!(tree.contains("by `?` at") && tree.contains("panicked"), "{tree}");
}

#[test]
fn values_are_as_long_as_asked_for() {
    assert!(text(&dump(&["tree", "--value-width", "5"])).contains("prices = [1, 2…, rate = 0.5"));
    assert!(text(&dump(&["tree", "--value-width", "0"])).contains("prices = [1, 2, 3], rate = 0.5"));
}

#[test]
fn kinds_choose_the_rows() {
    let output = dump(&["tree", "--thread", "first", "--kind", "entry"]);
    assert!(!text(&output).contains(['→', '←']));
    let output = dump(&["tree", "--thread", "first", "--kind", "exit"]);
    assert!(text(&output).contains("← tree::common::app::total → 6.0"));
}

#[test]
fn json_has_one_object_per_call() {
    let objects = objects(&dump(&["tree", "--format", "json"]));
    let calls: Vec<_> = objects.iter().filter(|object| object["kind"] == "call").collect();
    assert_eq!(calls.len(), 13);
    let total = calls.iter().find(|call| call["function"].as_str().is_some_and(|path| path.ends_with("::total")));
    let total = total.expect("the call");
    assert_eq!(total["args"].to_string(), r#"{"prices":[1,2,3],"rate":0.5}"#);
    assert_eq!((&total["outcome"], &total["value"]), (&"returned".into(), &6.0.into()));
    let children: Vec<_> = calls.iter().filter(|call| call["parent"] == total["call"]).collect();
    assert_eq!(children.len(), 3);
    assert!(total["end_ns"].as_u64() >= total["time_ns"].as_u64());
    // An async call is one object, wherever it went on.
    let waits = calls.iter().filter(|call| call["async"] == true);
    assert_eq!(waits.map(|call| &call["outcome"]).collect::<Vec<_>>(), ["returned", "cancelled"]);
    assert_eq!(objects.iter().filter(|object| object["kind"] == "suspended").count(), 3);
}

//! The list of events, as text and as JSON.

mod common;

use common::{dump, objects, text};

#[test]
fn every_event_is_one_line_in_time_order() {
    let output = dump(&["events"]);
    let lines: Vec<&str> = text(&output).lines().collect();
    let times: Vec<&str> = lines.iter().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(times.is_sorted(), "{times:?}");
    assert_eq!(lines.len(), objects(&dump(&["events", "--format", "json"])).len());
    let line = |parts: &[&str]| {
        let found = lines.iter().find(|line| parts.iter().all(|part| line.contains(part)));
        assert!(found.is_some(), "no line with {parts:?} in:\n{}", lines.join("\n"));
    };
    line(&["first (", "app::total ", " entry ", "prices = [1, 2, 3], rate = 0.5", "common/mod.rs:"]);
    line(&["app::price_of ", " exit ", " 2   "]);
    line(&["app::read ", " error ", "by `?`", "InvalidDigit", "common/mod.rs:"]);
    line(&["app::checked ", " panic ", "panicked"]);
    line(&["app::read ", " variables ", "number = 7"]);
    line(&["app::total ", " line "]);
    line(&["app::ways ", " branch ", "if n % 2 == 0", "common/mod.rs:"]);
    line(&["app::ways ", " branch ", "else of if n % 2 == 0", "common/mod.rs:"]);
    line(&["app::ways ", " iteration ", "for n in numbers", "common/mod.rs:"]);
    line(&["worker-1 (", "app::waits ", " suspended"]);
    line(&["worker-1 (", "app::waits ", " resumed"]);
    line(&["app::waits ", " dropped ", "cancelled"]);
    line(&["text = \"x\\ny\""]);
}

#[test]
fn secrets_are_not_in_the_log() {
    assert!(text(&dump(&["events"])).contains("password = <redacted>"));
    assert!(!text(&dump(&["events"])).contains("hunter2"));
}

#[test]
fn json_has_the_documented_fields() {
    let objects = objects(&dump(&["events", "--format", "json"]));
    let find = |kind: &str, function: &str| {
        let found = objects.iter().find(|object| {
            object["kind"] == kind && object["function"].as_str().is_some_and(|path| path.ends_with(function))
        });
        found.unwrap_or_else(|| panic!("no {kind} of {function}"))
    };
    let entry = find("entry", "::total");
    assert_eq!(entry["args"].to_string(), r#"{"prices":[1,2,3],"rate":0.5}"#);
    assert_eq!((&entry["thread_name"], &entry["depth"], &entry["async"]), (&"first".into(), &0.into(), &false.into()));
    assert!(entry["parent"].is_null() && entry["file"].as_str().is_some_and(|file| file.ends_with("common/mod.rs")));
    let child = find("entry", "::price_of");
    assert_eq!((&child["parent"], &child["depth"]), (&entry["call"], &1.into()));
    let time = entry["time"].as_str().expect("a time");
    assert!(time.ends_with('Z') && time.len() == "2026-01-31T12:30:05.123456789Z".len(), "{time}");
    let exit = find("exit", "::total");
    assert_eq!((&exit["outcome"], &exit["value"], &exit["call"]), (&"returned".into(), &6.0.into(), &entry["call"]));
    let took = exit["time_ns"].as_u64().expect("ns") - entry["time_ns"].as_u64().expect("ns");
    assert!(exit["duration_ns"].as_u64().expect("ns").abs_diff(took) <= 1);
    assert_eq!(find("variables", "::read")["values"].to_string(), r#"{"number":7}"#);
    assert_eq!(find("branch", "::ways")["text"], "if n % 2 == 0");
    let early = objects.iter().find(|object| object["outcome"] == "early").expect("an early exit");
    let source = include_str!("common/mod.rs").lines().position(|line| line.ends_with("// early")).expect("the line");
    assert_eq!(early["exit_line"], source + 1);
    assert!(find("entry", "::waits")["async"].as_bool().expect("a bool"));
    assert!(objects.iter().any(|object| object["outcome"] == "cancelled"));
    assert!(objects.iter().any(|object| object["outcome"] == "panicked"));
}

#[test]
fn info_sums_up() {
    let output = dump(&["info"]);
    let info = text(&output);
    for word in ["program", "threads", "first (", "worker-1 (", "0 records", "sealed"] {
        assert!(info.contains(word), "{word} is not in:\n{info}");
    }
    let objects = objects(&dump(&["info", "--format", "json"]));
    assert_eq!((&objects[0]["end"], &objects[0]["lost"]), (&"sealed".into(), &0.into()));
}

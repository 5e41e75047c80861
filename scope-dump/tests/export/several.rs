//! Several logs in one export: of a recorded program, and of two processes with the same number.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;
use std::process::Output;

use serde_json::Value as Json;

use super::{bytes, common, formats, json, made_log, other_log, perfetto, text};

/// The logs.
pub fn logs() -> [PathBuf; 3] {
    [common::log().to_owned(), made_log().to_owned(), other_log().to_owned()]
}

/// What `export LOG LOG LOG --to FORMAT` and further arguments give.
pub fn export(to: &str, more: &[&str]) -> Output {
    common::command().arg("export").args(logs()).args(["--to", to]).args(more).output().expect("scope-dump starts")
}

fn list<'j>(json: &'j Json, name: &str) -> &'j [Json] {
    json[name].as_array().expect("a list")
}

#[test]
fn chrome_keeps_processes_apart() {
    let trace = json(&export("chrome", &["--details"]));
    let alone: usize =
        logs().iter().map(|log| formats::balanced(&json(&super::export(log, "chrome", &["--details"])))).sum();
    assert_eq!(formats::balanced(&trace), alone);
    let events = list(&trace, "traceEvents");
    let labels: BTreeMap<u64, &str> = events
        .iter()
        .filter(|event| event["name"] == "process_labels")
        .map(|event| (event["pid"].as_u64().expect("a number"), event["args"]["labels"].as_str().expect("text")))
        .collect();
    assert_eq!(labels.len(), 3);
    assert_eq!((labels[&4711], labels[&4712]), ("made.scope", "other.scope, process 4711"));
    // Calls of different processes have the same numbers; what belongs together has an id that nothing else has.
    let mut pids: HashMap<String, BTreeSet<u64>> = HashMap::new();
    for event in events.iter().filter(|event| event["id"].is_string() && event["cat"] == "async") {
        pids.entry(event["id"].to_string()).or_default().insert(event["pid"].as_u64().expect("a number"));
    }
    assert!(pids.len() > 3 && pids.values().all(|pids| pids.len() == 1), "{pids:?}");
    // A message goes from one process to another.
    let message = |phase: &str| {
        let found = events.iter().filter(|event| event["ph"] == phase && event["cat"] == "message");
        found.map(|event| (event["id"].to_string(), event["pid"].as_u64())).collect::<Vec<_>>()
    };
    let (sent, received) = (message("s"), message("t"));
    assert_eq!((sent.len(), sent[0].1), (1, Some(4711)));
    assert_eq!(received, [(sent[0].0.clone(), Some(4711)), (sent[0].0.clone(), Some(4712))]);
    // By time over all processes.
    let times = events.iter().filter(|event| event["ph"] == "B").map(|event| event["ts"].as_f64().expect("a time"));
    assert!(times.is_sorted());
    let other = &trace["otherData"];
    let of = |name: &str| list(other, "processes").iter().map(|process| process[name].clone()).collect::<Vec<_>>();
    assert_eq!(of("pid")[1..], [4711, 4712]);
    assert_eq!(other["lost"].as_u64(), Some(of("lost").iter().filter_map(Json::as_u64).sum()));
    assert_eq!(of("logs")[0], Json::from(vec![common::log().display().to_string()]));
}

#[test]
fn perfetto_keeps_processes_apart() {
    // What is cut is whole on each track.
    perfetto::listing(bytes(&export("perfetto", &["--max-events", "12"])));
    for more in [&[][..], &["--details"]] {
        let count = |lines: &[String], part: &str| lines.iter().filter(|line| line.contains(part)).count();
        let all = perfetto::listing(bytes(&export("perfetto", more)));
        let alone: Vec<Vec<String>> =
            logs().iter().map(|log| perfetto::listing(bytes(&super::export(log, "perfetto", more)))).collect();
        for part in [" begin ", " end ", " instant ", " counter ", "async calls begin "] {
            assert_eq!(count(&all, part), alone.iter().map(|lines| count(lines, part)).sum::<usize>(), "{part}");
        }
        // As many arrows, and each between as many events; that of the message leads to one more.
        let flows = |lines: &[String]| {
            let mut flows: HashMap<String, usize> = HashMap::new();
            for line in lines {
                if let Some((_, flow)) = line.rsplit_once(" 0x") {
                    *flows.entry(flow.to_owned()).or_default() += 1;
                }
            }
            let (messages, calls): (Vec<_>, Vec<_>) = flows.into_iter().partition(|(flow, _)| flow.starts_with('8'));
            let mut calls: Vec<usize> = calls.into_iter().map(|(_, count)| count).collect();
            calls.sort_unstable();
            (messages.into_iter().map(|(_, count)| count).collect::<Vec<_>>(), calls)
        };
        let mut expected: Vec<usize> = alone.iter().flat_map(|lines| flows(lines).1).collect();
        expected.sort_unstable();
        assert_eq!(flows(&all), (vec![3], expected));
    }
}

#[test]
fn stacks_are_summed_up() {
    let stacks = |output: &Output| -> Vec<(String, u64)> {
        let lines = text(output).lines().filter_map(|line| line.rsplit_once(' '));
        lines.map(|(stack, count)| (stack.to_owned(), count.parse().expect("a number"))).collect()
    };
    for weight in ["time", "calls"] {
        let mut expected: BTreeMap<String, u64> = BTreeMap::new();
        for log in logs() {
            for (stack, count) in stacks(&super::export(&log, "folded", &["--weight", weight])) {
                *expected.entry(stack).or_default() += count;
            }
        }
        let all = stacks(&export("folded", &["--weight", weight]));
        let open = |name: &str| name.starts_with("shop::");
        // What is open where its log ends is so until all end.
        for (stack, count) in all.iter().filter(|(stack, _)| weight == "calls" || !open(stack)) {
            assert_eq!(expected[stack], *count, "{stack}");
        }
        assert_eq!(all.len(), expected.len());
    }
    let threads = stacks(&export("folded", &["--per-thread"]));
    let names: BTreeSet<&str> = threads.iter().filter_map(|(stack, _)| stack.split(';').next()).collect();
    assert!(names.contains("main (1) of shop (4711)"), "{names:?}");
    assert!(names.iter().any(|name| name.ends_with(" of till (4712)")), "{names:?}");
    assert!(text(&export("flamegraph", &[])).contains(", shop (4711), till (4712)</text>"));
}

#[test]
fn speedscope_has_a_profile_for_each_thread_of_each_process() {
    let all = json(&export("speedscope", &[]));
    let names = |file: &Json| -> Vec<String> {
        list(file, "profiles").iter().map(|profile| profile["name"].as_str().expect("text").to_owned()).collect()
    };
    let alone: Vec<String> =
        logs().iter().flat_map(|log| names(&json(&super::export(log, "speedscope", &[])))).collect();
    let (all_names, frames) = (names(&all), list(&all["shared"], "frames"));
    assert_eq!(all_names.len(), alone.len());
    assert!(
        all_names.iter().zip(&alone).all(|(name, alone)| name.starts_with(&format!("{alone} of "))),
        "{all_names:?}"
    );
    assert_eq!(all_names.iter().collect::<BTreeSet<_>>().len(), all_names.len());
    // A function is one frame, in however many logs it is.
    assert_eq!(frames.iter().map(Json::to_string).collect::<BTreeSet<_>>().len(), frames.len());
    let some = json(&export("speedscope", &["--function", "*::read"]));
    assert_eq!(names(&some).len(), 1);
}

#[test]
fn json_names_the_log_of_each_part() {
    let document = json(&export("json", &[]));
    let paths = logs().map(|log| log.display().to_string());
    for (part, count) in [("processes", 3), ("threads", 3), ("sites", 3)] {
        let named: BTreeSet<&str> = list(&document, part).iter().filter_map(|object| object["log"].as_str()).collect();
        assert_eq!(named.len(), count, "{part}");
        assert!(list(&document, part).iter().all(|object| object["log"].is_string()), "{part}");
    }
    let printed = common::command().args(["events", "--format", "json"]).args(logs()).output().expect("it starts");
    let printed: Vec<Json> =
        text(&printed).lines().map(|line| serde_json::from_str(line).expect("an object")).collect();
    let events: Vec<Json> = list(&document, "events")
        .iter()
        .map(|event| {
            let mut event = event.clone();
            event.as_object_mut().and_then(|event| event.remove("site")).expect("a site or null");
            event
        })
        .collect();
    assert_eq!(events, printed);
    let end = &document["end"];
    assert_eq!(end["events"], events.len());
    let ends: Vec<(&str, &str)> = list(end, "logs")
        .iter()
        .map(|log| (log["log"].as_str().expect("text"), log["end"].as_str().expect("text")))
        .collect();
    assert_eq!(ends, paths.each_ref().map(|path| (path.as_str(), "sealed")));

    let lines = text(&export("jsonl", &[])).to_owned();
    let lines: Vec<Json> = lines.lines().map(|line| serde_json::from_str(line).expect("an object")).collect();
    let records = |name: &str| lines.iter().filter(|line| line["record"] == name).count();
    assert_eq!(["process", "event", "end"].map(records), [3, events.len(), 1]);
    assert!(lines.iter().all(|line| line["record"] == "end" || line["log"].is_string()));
}

#[test]
fn no_log_is_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.scope");
    std::fs::copy(made_log(), &path).expect("a copy");
    // As where the name of the output was forgotten.
    let output = super::export(made_log(), "json", &["-o", path.to_str().expect("a plain path")]);
    assert_eq!(output.status.code(), Some(64), "{output:?}");
    assert_eq!(std::fs::read(&path).expect("the log"), std::fs::read(made_log()).expect("the log"));
}

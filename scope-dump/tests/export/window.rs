//! What is left out, and what is said of it; files, and what is wrong with arguments.

use super::{common, export, golden_log, json, made_log, said, text};

#[test]
fn the_first_events_are_exported_and_a_word_said() {
    for to in ["chrome", "speedscope", "json", "perfetto", "folded"] {
        let output = export(made_log(), to, &["--max-events", "10"]);
        let note = said(&output);
        assert!(note.contains("note: these are the first 1") && note.contains("--max-events 0"), "{to}: {note}");
        let all = export(made_log(), to, &["--max-events", "0"]);
        assert!(said(&all).is_empty() && all.stdout.len() > output.stdout.len(), "{to}");
    }
    let output = export(made_log(), "chrome", &["--max-events", "10"]);
    assert_eq!(json(&output)["otherData"]["cut"], true);
    let output = export(made_log(), "json", &["--max-events", "10"]);
    assert_eq!((&json(&output)["end"]["cut"], &json(&output)["end"]["events"]), (&true.into(), &10.into()));
    assert_eq!(json(&output)["events"].as_array().map(Vec::len), Some(10));
}

#[test]
fn filters_are_those_of_the_other_views() {
    let names = |more: &[&str]| {
        let output = export(made_log(), "folded", more);
        let lines: Vec<&str> =
            text(&output).lines().filter_map(|line| line.rsplit_once(' ')).map(|(stack, _)| stack).collect();
        lines.join("\n")
    };
    assert!(names(&[]).contains("shop::serve"));
    // A call is shown with what it called.
    assert_eq!(names(&["--function", "*::serve"]), "shop::serve");
    assert!(names(&["--function", "work", "--thread", "2"]).contains("shop::work;shop::<[u8, 4] as"));
    assert_eq!(names(&["--thread", "3"]), "");
    assert_eq!(names(&["--since", "5us"]), "shop::work");
    assert!(names(&["--per-thread"]).lines().all(|line| line.starts_with("main (1);") || line.starts_with("worker")));
    // Kinds without calls: no slice, but ends that are asked for.
    let output = export(made_log(), "chrome", &["--kind", "panic,lost"]);
    let kinds: Vec<String> = json(&output)["traceEvents"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|event| event["ph"] != "M")
        .map(|event| event["name"].to_string())
        .collect();
    assert_eq!(kinds, [r#""end of shop::work""#, r#""17 records lost here""#]);
}

#[test]
fn a_log_is_never_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("a.scope");
    std::fs::copy(golden_log(), &log).expect("a copy");
    let path = log.to_str().expect("a plain path");
    let output = export(&log, "json", &["-o", path]);
    assert_eq!(output.status.code(), Some(64), "{output:?}");
    assert!(said(&output).contains("is a log"), "{output:?}");
    assert_eq!(std::fs::read(&log).expect("the log"), std::fs::read(golden_log()).expect("the log"));
    let nowhere = folder.path().join("no/such/folder");
    let output = export(&log, "json", &["-o", nowhere.to_str().expect("a plain path")]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(said(&output).contains("can't write all of"), "{output:?}");
}

#[test]
fn wrong_arguments_and_logs_have_their_codes() {
    let output = common::command().args(["export", "x.scope"]).output().expect("scope-dump starts");
    assert_eq!(output.status.code(), Some(64), "{output:?}");
    let output = export("no-such.scope".as_ref(), "chrome", &[]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
}

#[test]
fn a_damaged_log_is_exported_as_far_as_it_goes() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("damaged.scope");
    let whole = std::fs::read(made_log()).expect("the log");
    for at in (0..whole.len()).step_by(whole.len() / 60) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x40;
        std::fs::write(&log, &bytes).expect("written");
        let output = export(&log, "chrome", &["--details"]);
        match output.status.code() {
            Some(0) => _ = json(&output),
            // Damaged: what could be read is whole all the same, or nothing could.
            Some(2) if !output.stdout.is_empty() => {
                let trace: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
                super::formats::balanced(&trace);
            }
            Some(2) => assert!(said(&output).contains("damaged") || said(&output).contains("no log"), "{output:?}"),
            code => panic!("{code:?} at {at}: {output:?}"),
        }
    }
}

#[test]
fn every_format_chooses_the_same_calls() {
    for more in [
        &["--function", "serve"][..],
        &["--function", "Odd"],
        &["--thread", "2"],
        &["--in-call", "1.1"],
        &["--site", "6", "--where", "job = 7"],
        &["--since", "1.2us", "--until", "1.5us"],
    ] {
        let chrome = json(&export(made_log(), "chrome", more));
        let slices = super::formats::balanced(&chrome);
        let file = json(&export(made_log(), "speedscope", more));
        let begins = |profile: &serde_json::Value| {
            profile["events"].as_array().expect("a list").iter().filter(|event| event["type"] == "O").count()
        };
        let profiles = file["profiles"].as_array().expect("a list");
        assert_eq!(profiles.iter().map(begins).sum::<usize>(), slices, "{more:?}");
        assert!(slices > 0, "{more:?}");
    }
}

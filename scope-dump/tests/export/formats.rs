//! What each of the text formats holds.

use std::collections::HashMap;

use serde_json::Value as Json;

use super::{common, export, golden_log, json, made, made_log, text};

/// Checks that begins and ends match on each thread, and that times never go back. How many slices there are.
pub fn balanced(trace: &Json) -> usize {
    let events = trace["traceEvents"].as_array().expect("a list");
    let mut stacks: HashMap<(u64, u64), Vec<&str>> = HashMap::new();
    let mut times: HashMap<(u64, u64), f64> = HashMap::new();
    let (mut slices, mut tasks) = (0, HashMap::new());
    for event in events.iter().filter(|event| event["ph"] != "M") {
        let number = |name: &str| event[name].as_u64().expect("a number");
        let (thread, time) = ((number("pid"), number("tid")), event["ts"].as_f64().expect("a time"));
        let name = event["name"].as_str().expect("a name");
        let last = times.entry(thread).or_insert(time);
        assert!(time >= *last, "{event}");
        *last = time;
        let stack = stacks.entry(thread).or_default();
        match event["ph"].as_str().expect("a phase") {
            "B" => {
                stack.push(name);
                slices += 1;
            }
            "E" => assert_eq!(stack.pop(), Some(name), "{event}"),
            "b" => *tasks.entry(event["id"].to_string()).or_insert(0) += 1,
            "e" => *tasks.entry(event["id"].to_string()).or_insert(0) -= 1,
            "i" | "s" | "t" | "f" | "C" => {}
            phase => panic!("{phase} is not one of ours"),
        }
    }
    assert!(stacks.values().all(Vec::is_empty), "{stacks:?}");
    assert!(tasks.values().all(|open| *open == 0), "{tasks:?}");
    slices
}

fn events(trace: &Json) -> &[Json] {
    trace["traceEvents"].as_array().expect("a list")
}

#[test]
fn chrome_of_a_recorded_program() {
    let trace = json(&export(common::log(), "chrome", &[]));
    // 13 calls, and three times one goes on.
    assert_eq!(balanced(&trace), 16);
    let begin = |name: &str| {
        let found = events(&trace)
            .iter()
            .find(|event| event["ph"] == "B" && event["name"].as_str().is_some_and(|n| n.ends_with(name)));
        found.unwrap_or_else(|| panic!("no slice {name}"))
    };
    assert_eq!(begin("::total")["args"]["args"].to_string(), r#"{"prices":[1,2,3],"rate":0.5}"#);
    assert!(begin("::total")["args"]["at"].as_str().is_some_and(|at| at.contains("common/mod.rs:")));
    assert!(begin("::logged_in")["args"].to_string().contains(r#""password":{"$redacted":true}"#));
    let outcomes = |outcome: &str| {
        events(&trace).iter().filter(|event| event["ph"] == "E" && event["args"]["outcome"] == outcome).count()
    };
    assert_eq!(["early", "panicked", "suspended", "cancelled"].map(outcomes), [1, 2, 3, 1]);
    let threads: Vec<&str> = events(&trace)
        .iter()
        .filter(|e| e["name"] == "thread_name")
        .filter_map(|e| e["args"]["name"].as_str())
        .collect();
    assert!(threads.contains(&"first") && threads.contains(&"worker-1"), "{threads:?}");
    let tasks: Vec<String> =
        events(&trace).iter().filter(|e| e["ph"] == "e").map(|e| e["args"]["outcome"].to_string()).collect();
    assert_eq!(tasks, [r#""returned""#, r#""cancelled""#]);
    let details = json(&export(common::log(), "chrome", &["--details"]));
    let line = |name: &str| events(&details).iter().any(|event| event["ph"] == "i" && event["name"] == name);
    assert!(line("if n % 2 == 0") && line("number") && line("line"));
    balanced(&details);
}

#[test]
fn chrome_tells_all_that_a_log_can_hold() {
    let trace = json(&export(made_log(), "chrome", &[]));
    assert_eq!(balanced(&trace), 2 + 1 + made::REPEATED as usize + 1 + 3);
    let with = |phase: &str| events(&trace).iter().filter(|event| event["ph"] == phase).collect::<Vec<_>>();
    // An arrow from where the call waits to where it goes on, on another thread, and one from sender to receiver.
    let flow = |category: &str| {
        let of = |phase: &str| {
            let found = with(phase).into_iter().filter(|event| event["cat"] == category);
            found.map(|event| (event["id"].to_string(), event["tid"].as_u64())).collect::<Vec<_>>()
        };
        (of("s"), of("t"), of("f"))
    };
    let (suspended, _, resumed) = flow("async");
    assert_eq!(resumed.len(), 1);
    assert!(suspended.iter().any(|(id, thread)| *id == resumed[0].0 && *thread == Some(1)) && resumed[0].1 == Some(2));
    let (sent, received, _) = flow("message");
    assert_eq!((sent.len(), received.len()), (1, 1));
    assert_eq!((&sent[0].0, sent[0].1, received[0].1), (&received[0].0, Some(1), Some(2)));
    let counters: Vec<_> =
        with("C").iter().map(|event| (event["name"].to_string(), event["args"]["value"].as_f64())).collect();
    assert_eq!(counters, [(r#""queue length""#.to_owned(), Some(12.0)), (r#""ratio""#.to_owned(), Some(0.25))]);
    let named =
        |name: &str| with("i").into_iter().find(|event| event["name"] == name).unwrap_or_else(|| panic!("no {name}"));
    assert_eq!(named("17 records lost here")["args"]["count"], 17);
    assert_eq!(named("state")["args"]["new"]["$variant"], "Busy");
    assert_eq!(named("order placed")["args"]["fields"].to_string(), r#"{"id":7,"price":9.5}"#);
    assert_eq!(named("ratio")["args"]["value"]["$float"], "NaN", "what is no number is no counter");
    let odd = with("B")
        .into_iter()
        .find(|event| event["name"].as_str().is_some_and(|name| name.contains("as Odd")))
        .expect("the call");
    let args = &odd["args"]["args"];
    assert_eq!((&args["nan"]["$float"], &args["inf"]["$float"]), (&"NaN".into(), &"-inf".into()));
    assert_eq!(args["big"]["$int"], u128::MAX.to_string());
    assert_eq!(args["text"], "a\0b\u{7f}\"\\\n</script>]]>\u{2029}µ\u{1f600}");
    assert_eq!((&args["cut"]["$cut"], &args["secret"]["$redacted"]), (&true.into(), &true.into()));
    let last = with("E").into_iter().find(|event| event["args"]["outcome"] == "open");
    assert!(last.is_some(), "the call that never ends is closed, and says so");
    assert!(odd["args"]["correlation"].is_string(), "{odd}");
}

#[test]
fn folded_times_are_those_of_the_calls() {
    let output = export(made_log(), "folded", &[]);
    let lines: HashMap<&str, u64> = text(&output)
        .lines()
        .filter_map(|line| line.rsplit_once(' '))
        .map(|(stack, time)| (stack, time.parse().expect("a number")))
        .collect();
    assert_eq!(lines.len(), text(&output).lines().count());
    // 100 on one thread, 90 on the other, and 10 of the one that was dropped.
    assert_eq!(lines["shop::serve"], 200);
    // 270 less the odd one, 30 that panicked, the repeated ones; the last one is open where the log ends, 500 later.
    assert_eq!(lines["shop::work"], 170 + 30 + 6 * made::REPEATED + 500);
    let odd: Vec<_> = lines.iter().filter(|(stack, _)| stack.starts_with("shop::work;")).collect();
    assert_eq!(odd.len(), 1);
    assert_eq!(*odd[0].1, 100);
    assert!(!odd[0].0.contains(['\n', '\u{1}']) && odd[0].0.matches(';').count() == 1, "{odd:?}");
    let calls = export(made_log(), "folded", &["--weight", "calls"]);
    assert!(text(&calls).lines().any(|line| line == "shop::serve 2"), "{}", text(&calls));
}

#[test]
fn speedscope_has_a_profile_for_each_thread() {
    for (log, profiles) in [(made_log(), 2), (common::log(), 2)] {
        let file = json(&export(log, "speedscope", &[]));
        let frames = file["shared"]["frames"].as_array().expect("a list");
        assert_eq!(file["profiles"].as_array().map(Vec::len), Some(profiles));
        for profile in file["profiles"].as_array().expect("a list") {
            let (mut stack, mut last) = (Vec::new(), 0);
            for event in profile["events"].as_array().expect("a list") {
                let (frame, at) = (event["frame"].as_u64().expect("a frame"), event["at"].as_u64().expect("a time"));
                assert!(at >= last && (frame as usize) < frames.len(), "{event}");
                last = at;
                match event["type"].as_str() {
                    Some("O") => stack.push(frame),
                    Some("C") => assert_eq!(stack.pop(), Some(frame)),
                    kind => panic!("{kind:?}"),
                }
            }
            assert!(stack.is_empty());
            assert_eq!(profile["endValue"], last);
        }
        assert!(frames.iter().all(|frame| frame["line"].is_u64() && frame["file"].is_string()));
    }
    let nothing = json(&export(made_log(), "speedscope", &["--since", "1h"]));
    assert_eq!(nothing["profiles"][0]["events"].as_array().map(Vec::len), Some(0));
}

#[test]
fn json_has_all_of_the_log() {
    let document = json(&export(made_log(), "json", &[]));
    assert_eq!((&document["process"]["pid"], &document["end"]["end"]), (&4711.into(), &"sealed".into()));
    assert_eq!(document["threads"].as_array().map(Vec::len), Some(3));
    assert_eq!(document["sites"].as_array().map(Vec::len), Some(14));
    let events = document["events"].as_array().expect("a list");
    let printed = common::objects(&common::dump_file(&["events", "--format", "json"], made_log()));
    assert_eq!(events.len(), printed.len());
    for (event, printed) in events.iter().zip(&printed) {
        let mut event = event.clone();
        let site = event.as_object_mut().and_then(|event| event.remove("site")).expect("a site or null");
        assert!(
            site.is_null() || document["sites"].as_array().is_some_and(|sites| sites.iter().any(|s| s["site"] == site))
        );
        assert_eq!(event, *printed);
    }
    let lines = common::objects(&export(made_log(), "jsonl", &[]));
    let records = |name: &str| lines.iter().filter(|line| line["record"] == name).count();
    assert_eq!(["process", "thread", "site", "event", "end"].map(records), [1, 3, 14, events.len(), 1]);
}

#[test]
fn flamegraph_is_a_picture_with_every_function() {
    let output = export(made_log(), "flamegraph", &[]);
    let svg = text(&output);
    for part in ["<svg xmlns", "data-name=\"shop::serve\"", "&lt;[u8; 4] as Odd&lt;&apos;_&gt;&gt;", "</svg>"] {
        let part = part.replace("&apos;", "'");
        assert!(svg.contains(&part), "{part} is not in {svg}");
    }
    // What names hold can't end what they are in.
    let frames = svg.split("<g id=\"frames\">").nth(1).and_then(|rest| rest.split("<script>").next()).expect("frames");
    assert_eq!(frames.matches("<g ").count(), frames.matches("<rect ").count());
    assert!(!svg.chars().any(|c| c.is_control() && c != '\n'));
}

#[test]
fn the_golden_log_is_exported_as_ever() {
    for format in ["chrome", "folded", "speedscope", "json", "flamegraph"] {
        let output = export(&golden_log(), format, &["--details"]);
        let version = concat!("scope-dump ", env!("CARGO_PKG_VERSION"));
        let mut shown = text(&output).replace(version, "scope-dump VERSION");
        if let (Some(from), Some(to)) = (shown.find("<script>"), shown.find("</script>")) {
            shown.replace_range(from..to, "<script>…");
        }
        insta::assert_snapshot!(format!("golden_{format}"), shown);
    }
}

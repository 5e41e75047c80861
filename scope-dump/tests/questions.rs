//! What is asked of a log: report, slow, call, at, history, errors.

mod common;

use std::path::{Path, PathBuf};
use std::process::Output;
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

/// The same, where that may go wrong.
fn run(args: &[&str]) -> Output {
    command().args(args).arg(log()).output().expect("scope-dump starts")
}

/// The number of the till's thread, which depends on what recorded before.
fn till() -> u64 {
    ask_json(&["events", "--kind", "entry"])[0]["thread"].as_u64().expect("a number")
}

/// The place of the line of the recorded module that ends with this comment.
fn place(mark: &str) -> String {
    let line = include_str!("questions.rs").lines().position(|line| line.ends_with(mark)).expect("the line");
    format!("scope-dump/tests/questions.rs:{}", line + 1)
}

/// Without times, and with one space between words.
fn plain(text: &str) -> Vec<String> {
    let units = ["ns", "µs", "ms", "s"];
    let line = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let is_time =
            |at: usize| units.contains(&words[at]) || words.get(at + 1).is_some_and(|next| units.contains(next));
        let kept = (0..words.len()).filter(|at| !is_time(*at) && words[*at].matches(':').count() != 2);
        kept.map(|at| words[at].replace("questions::shop::", "")).collect::<Vec<_>>().join(" ")
    };
    text.lines().map(line).collect()
}

#[test]
fn a_report_has_a_row_per_function() {
    let rows = plain(&ask(&["report", "--sort", "calls"]));
    assert_eq!(rows[0], "calls errors panics total self p50 p90 p99 max function");
    assert_eq!(
        rows[1..],
        [
            "4 2 0 amount",
            "4 2 0 place",
            "3 1 0 number",
            "1 0 0 <Failed as From<std::num::ParseIntError>>::from",
            "1 0 0 day"
        ]
    );
    let objects = ask_json(&["report"]);
    assert!(objects.is_sorted_by_key(|row| std::cmp::Reverse(row["total_ns"].as_u64())));
    let find =
        |name: &str| objects.iter().find(|row| row["function"] == format!("questions::shop::{name}")).expect("a row");
    let number = |row: &Json, name: &str| row[name].as_u64().expect("a number");
    let (day, place) = (find("day"), find("place"));
    assert_eq!((number(day, "total_ns") - number(day, "self_ns")), number(place, "total_ns"));
    for row in &objects {
        let times = ["min_ns", "p50_ns", "p90_ns", "p99_ns", "max_ns"].map(|name| number(row, name));
        assert!(times.is_sorted(), "{row}");
        assert_eq!((&row["kind"], &row["async"], number(row, "unfinished")), (&"function".into(), &false.into(), 0));
    }
    // The same calls, added up.
    let calls = ask_json(&["tree", "--function", "*::place"]);
    let durations = calls.iter().filter(|call| call["function"].as_str().is_some_and(|f| f.ends_with("place")));
    assert_eq!(durations.map(|call| number(call, "duration_ns")).sum::<u64>(), number(place, "total_ns"));
    for sort in ["total", "self", "p50", "p90", "p99", "max", "errors", "panics", "name"] {
        assert_eq!(ask(&["report", "--sort", sort]).lines().count(), 6, "{sort}");
    }
    let names = plain(&ask(&["report", "--sort", "name", "--top", "2"]));
    assert_eq!(
        names[1..],
        ["1 0 0 <Failed as From<std::num::ParseIntError>>::from", "4 2 0 amount", "and 3 more functions"]
    );
}

#[test]
fn conditions_are_asked_of_whole_calls() {
    let rows = |condition: &str| plain(&ask(&["report", "--where", condition, "--sort", "name"]))[1..].to_vec();
    assert_eq!(rows("ret is Err"), ["2 2 0 amount", "1 1 0 number", "2 2 0 place"]);
    assert_eq!(rows("args.order = \"x\" and error ~ \"Number*\""), ["1 1 0 place"]);
    assert_eq!(rows("factor > 1 and ret > 6 and outcome is returned"), ["1 0 0 place"]);
    let slow = plain(&ask(&["slow", "-w", "text contains \"x\""]));
    assert_eq!(slow.len(), 1);
    assert!(slow[0].contains("number(text = \"x\") → Err(ParseIntError { kind: InvalidDigit })"), "{slow:?}");
    let events = ask_json(&["events", "--where", "sold > 8 or args.orders contains \"3\""]);
    assert!(events.len() >= 2 && events.iter().all(|event| event["kind"] == "variables" || event["kind"] == "entry"));
    let tree = plain(&ask(&["tree", "--where", "order = \"\""]));
    assert_eq!(
        tree[1..],
        [
            "place(order = \"\", factor = 2)".to_owned(),
            "amount(order = \"\") → Err(Empty)".to_owned(),
            format!("← Empty by `?` at {}", place("// places"))
        ]
    );
}

#[test]
fn a_wrong_condition_is_shown_with_its_place() {
    let output = run(&["events", "--where", "args.qty > > 5"]);
    assert_eq!(output.status.code(), Some(64));
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    let lines: Vec<&str> = error.lines().collect();
    let at =
        lines.iter().position(|line| line.contains("args.qty > > 5") && !line.contains("error")).expect("the text");
    assert!(lines[at - 1].ends_with("expected a value or a name, found `>` at column 12"), "{error}");
    assert_eq!(lines[at + 1].find('^'), lines[at].find("> 5"), "{error}");

    let output = run(&["report", "--where", "ordr = \"x\""]);
    assert_eq!(output.status.code(), Some(0));
    let note = "scope-dump: note: no argument, variable or field is called `ordr`\n";
    assert_eq!(String::from_utf8_lossy(&output.stderr), note);
}

#[test]
fn slow_calls_come_first() {
    let calls = ask_json(&["slow", "-n", "4"]);
    assert_eq!((calls.len(), &calls[0]["function"]), (4, &"questions::shop::day".into()));
    assert!(calls.is_sorted_by_key(|call| std::cmp::Reverse(call["duration_ns"].as_u64())));
    let longest = ask_json(&["tree"]).iter().filter_map(|call| call["duration_ns"].as_u64()).max();
    assert_eq!(calls[0]["duration_ns"].as_u64(), longest);
    let shown = ask(&["slow", "-n", "1"]);
    assert_eq!(shown.lines().count(), 1);
    assert!(shown.contains("day(orders = [\"4\", \"x\", \"\", \"3\"]) → 14"), "{shown}");
    assert!(shown.contains(&format!("  {}.1  till ({})", till(), till())), "{shown}");
}

#[test]
fn a_call_with_what_is_around_and_in_it() {
    let till = till();
    let tree = plain(&ask(&["call", &format!("{till}.9")]));
    let place = |mark| place(mark);
    let expected = [
        format!("till ({till})"),
        "day(orders = [\"4\", \"x\", \"\", \"3\"])".to_owned(),
        "place(order = \"\", factor = 2)".to_owned(),
        format!("line {}", place("// places")),
        "amount(order = \"\")".to_owned(),
    ];
    assert_eq!(tree[..5], expected);
    assert_eq!(tree[tree.len() - 1], format!("← Empty by `?` at {}", place("// places")));
    // By its number in JSON, and by an event in it.
    let entry = ask_json(&["events", "--where", "order = \"\" and function ~ \"*place\" and kind is entry"]).remove(0);
    let (number, event) = (entry["call"].to_string(), entry["event"].as_str().expect("text"));
    assert_eq!(plain(&ask(&["call", &number])), tree);
    assert_eq!(plain(&ask(&["call", event])), tree);
    let objects = ask_json(&["call", &number]);
    let told: Vec<_> = objects.iter().map(|event| event["event"].as_str().expect("text")).collect();
    let all = ask_json(&["events", "--in-call", &number]);
    assert!(all.iter().all(|event| told.contains(&event["event"].as_str().expect("text"))));
    assert_eq!((&objects[0]["function"], &objects[0]["kind"]), (&"questions::shop::day".into(), &"entry".into()));
    assert_eq!(objects.last(), all.last());

    for missing in ["99.1", "1.4000000", "7:7777"] {
        let output = run(&["call", missing]);
        assert_eq!(output.status.code(), Some(64), "{output:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("no such call"), "{output:?}");
    }
    assert_eq!(run(&["call", "x"]).status.code(), Some(64));
}

#[test]
fn the_state_at_an_event_beside_its_source() {
    let line = place("// adds").rsplit_once(':').expect("a line").1.parse::<u64>().expect("a number");
    let third = ask_json(&["events", "--kind", "line", "--function", "*::day"]);
    let third = third.iter().filter(|event| event["line"] == line).nth(2).expect("the third order");
    let event = third["event"].as_str().expect("text");
    let state = ask(&["at", event]);
    assert!(state.contains(&format!("\n> {line:>5} |             sold += count; // adds\n")), "{state}");
    assert!(state.contains("questions::shop::day  ") && !state.contains("::place"), "{state}");
    for variable in [
        "  sold = 8  (line",
        "  count = 0  (line",
        "  order = \"\"  (line",
        "  orders = [\"4\", \"x\", \"\", \"3\"]  (argument)",
    ] {
        assert!(state.contains(variable), "{variable} is not in\n{state}");
    }
    let object = ask_json(&["at", event, "-C", "0"]).remove(0);
    assert_eq!(
        (&object["kind"], &object["what"], &object["complete"]),
        (&"state_at".into(), &"line".into(), &true.into())
    );
    assert_eq!(
        object["source"].to_string(),
        format!(r#"[{{"line":{line},"text":"            sold += count; // adds"}}]"#)
    );
    let variables = object["frames"][0]["variables"].as_array().expect("a list");
    let named: Vec<String> = variables.iter().map(|v| format!("{}={}", v["name"], v["value"])).collect();
    assert_eq!(named, [r#""orders"=["4","x","","3"]"#, r#""sold"=8"#, r#""order"="""#, r#""count"=0"#]);

    let deep = ask_json(&["events", "--kind", "entry", "--where", "text = \"x\""]).remove(0);
    let state = plain(&ask(&["at", deep["event"].as_str().expect("text")]));
    let stack: Vec<&String> = state.iter().skip_while(|line| !line.starts_with("stack")).collect();
    let functions = stack.iter().filter_map(|line| line.split_once(" scope-dump/").map(|(function, _)| function));
    assert_eq!(functions.collect::<Vec<_>>(), ["number", "amount", "place", "day"]);

    let output = run(&["at", "1:99999"]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(64), 0));
}

#[test]
fn the_history_of_a_variable() {
    let values = |args: &[&str]| {
        let lines = plain(&ask(&[&["history"], args].concat()));
        lines.iter().map(|line| line.split_once(": ").expect("a value").1.to_owned()).collect::<Vec<_>>()
    };
    let at = |line: &str, text: &str| format!("{text} {}", place(line));
    let sold = values(&["sold", "--changes"]);
    assert_eq!(sold[1..], [at("// adds", "0 → 8"), at("// adds", "8 → 14")]);
    assert!(sold[0].starts_with("0 scope-dump/"), "{sold:?}");
    assert!(values(&["sold"]).iter().any(|line| line.starts_with("8 (as before)")));
    assert_eq!(values(&["total"]), [at("// total", "8"), at("// total", "6")]);
    let orders = ask_json(&["history", "args.order", "--function", "*::amount"]);
    let orders: Vec<_> = orders.iter().map(|change| (&change["name"], &change["new"], change.get("old"))).collect();
    let name = Json::from("args.order");
    assert_eq!(orders, ["4", "x", "", "3"].map(Json::from).iter().map(|new| (&name, new, None)).collect::<Vec<_>>());
    let changed = ask_json(&["history", "sold", "--changes"]);
    assert_eq!(
        (&changed[1]["old"], &changed[1]["new"], &changed[1]["kind"]),
        (&0.into(), &8.into(), &"variables".into())
    );
    assert_eq!(values(&["ret.0", "--where", "function ~ \"*::place\" and ret is Ok"]).len(), 2);
    assert_eq!(run(&["history", "a..b"]).status.code(), Some(64));
}

#[test]
fn errors_from_where_they_are_born_to_where_they_are_handled() {
    let till = till();
    let errors = plain(&ask(&["errors"]));
    let with = |line: String| line.split(" call ").next().unwrap_or_default().to_owned();
    let errors: Vec<String> = errors.into_iter().map(with).collect();
    let bad = "ParseIntError { kind: InvalidDigit }";
    let expected = [
        format!("{bad} till ({till})"),
        format!("born in number gave back an `Err` {}", number_end()),
        format!("passed amount by `?` {}", place("// converts")),
        format!("passed place by `?`, as Number({bad}) {}", place("// places")),
        format!("handled in day {}", call_of_place()),
        String::new(),
        format!("Empty till ({till})"),
        format!("born in amount gave back an `Err` {}", place("// empty")),
        format!("passed place by `?` {}", place("// places")),
        format!("handled in day {}", call_of_place()),
    ];
    assert_eq!(errors, expected);
    let objects = ask_json(&["errors"]);
    let ways: Vec<Vec<&str>> = objects
        .iter()
        .map(|error| {
            error["steps"].as_array().expect("a list").iter().filter_map(|step| step["left"].as_str()).collect()
        })
        .collect();
    assert_eq!(ways, [&["returned", "question", "question"][..], &["returned", "question"]]);
    assert!(
        objects.iter().all(|error| error["end"] == "handled" && error["handled"]["function"] == "questions::shop::day")
    );
    assert_eq!(ask_json(&["errors", "--where", "error is Empty"]).len(), 1);
    assert_eq!(ask_json(&["errors", "--function", "*::number"]).len(), 1);
    assert_eq!(ask_json(&["errors", "--function", "*::day"]).len(), 0);
}

/// The line in `day` that is seen next after `place` failed: the one that binds what it gave.
fn call_of_place() -> String {
    let (file, line) =
        place("// adds").rsplit_once(':').map(|(f, l)| (f.to_owned(), l.parse::<u32>())).expect("a place");
    format!("{file}:{}", line.expect("a number") - 1)
}

/// The end of `number`.
fn number_end() -> String {
    let source = include_str!("questions.rs").lines();
    let line = source.clone().position(|line| line.ends_with("text.parse()")).expect("the line");
    format!("scope-dump/tests/questions.rs:{}", line + 2)
}

#[test]
fn panics_and_async_calls_in_the_log_of_the_other_tests() {
    let report = text(&common::dump(&["report"])).to_owned();
    let row = |name: &str| report.lines().find(|line| line.contains(name)).expect("a row").to_owned();
    assert!(row("::waits").ends_with("(async, 1 cancelled)"), "{report}");
    assert_eq!(row("::checked").split_whitespace().take(3).collect::<Vec<_>>(), ["2", "0", "1"]);
    let errors = objects(&common::dump(&["errors", "--format", "json"]));
    let ends: Vec<_> = errors.iter().map(|error| (error["kind"].as_str(), error["end"].as_str())).collect();
    assert_eq!(ends, [(Some("error_path"), Some("left")), (Some("panic_path"), Some("left"))]);
    assert_eq!(errors[1]["steps"].as_array().map(Vec::len), Some(2));
    // A call that went on after waits is one call.
    let waits = objects(&common::dump(&["slow", "--function", "*::waits", "--format", "json"]));
    let outcomes: Vec<_> = waits.iter().map(|call| (call["async"].as_bool(), call["outcome"].as_str())).collect();
    assert!(outcomes.contains(&(Some(true), Some("returned"))) && outcomes.contains(&(Some(true), Some("cancelled"))));
}

#[test]
fn several_logs_are_asked_as_one() {
    let ask = |args: &[&str]| {
        let output = command().args(args).arg(log()).arg(common::log()).output().expect("scope-dump starts");
        text(&output).to_owned()
    };
    let report = ask(&["report", "--format", "csv"]);
    assert!(report.contains("questions::shop::day") && report.contains("::app::total"), "{report}");
    let slow = ask(&["slow", "-n", "100", "--format", "json"]);
    let logs: std::collections::BTreeSet<String> = slow
        .lines()
        .map(|line| serde_json::from_str::<Json>(line).expect("an object")["log"].as_str().expect("a log").to_owned())
        .collect();
    assert_eq!(logs, [log(), common::log()].map(|log| log.display().to_string()).into());
    assert!(ask(&["errors"]).lines().count() > 10);
    assert!(ask(&["history", "number"]).contains("first (1) of run.scope"));
    let missing = command().arg("report").arg(log()).arg("missing.scope").output().expect("scope-dump starts");
    assert_eq!(missing.status.code(), Some(2));
}

#[test]
fn damage_is_told_and_the_rest_is_answered() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = common::damaged(log(), folder.path());
    for args in [&["report"][..], &["slow"], &["errors"], &["history", "sold"]] {
        let output = command().args(args).arg(&path).output().expect("scope-dump starts");
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("offset"), "{output:?}");
    }
}

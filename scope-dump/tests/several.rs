//! Commands that read several logs, each of which answers for itself: `threads`, `info`, `unhit`.

mod common;

use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::OnceLock;

use common::{command, dump, log, objects, record, text};
use serde_json::Value as Json;

/// Another log of this program, in which other functions were called.
fn other() -> &'static Path {
    static LOG: OnceLock<(PathBuf, tempfile::TempDir)> = OnceLock::new();
    let (log, _folder) = LOG.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let log = folder.path().join("other.scope");
        record(&log, |builder| builder, 7);
        (log, folder)
    });
    log
}

/// What `scope-dump` says to these arguments and both logs.
fn both(args: &[&str]) -> Output {
    command().args(args).args([log(), other()]).output().expect("scope-dump starts")
}

/// The objects of both, without and with the field that says of which log they are.
fn both_alone(args: &[&str]) -> (Vec<Json>, Vec<Json>) {
    let one = |log: &Path| objects(&command().args(args).arg(log).output().expect("scope-dump starts"));
    let of = |log: &Path| one(log).into_iter().map(|object| (object, log.display().to_string())).collect::<Vec<_>>();
    let all = [of(log()), of(other())].concat();
    let with = |(mut object, log): (Json, String)| {
        object["log"] = log.into();
        object
    };
    (all.iter().map(|(object, _)| object.clone()).collect(), all.into_iter().map(with).collect())
}

#[test]
fn each_log_has_its_threads_and_its_summary() {
    for command in ["threads", "info"] {
        let args = [command, "--format", "json"];
        let (alone, expected) = both_alone(&args);
        assert!(alone.iter().all(|object| object.get("log").is_none()), "one log is not named");
        assert_eq!(objects(&both(&args)), expected);
        // In text, under the log's path, what it says alone.
        let heads = [log(), other()].map(|log| log.display().to_string());
        let texts = [log(), other()].map(|log| text(&common::dump_file(&[command], log)).to_owned());
        let shown = format!("{}\n{}\n{}\n{}", heads[0], texts[0], heads[1], texts[1]);
        assert_eq!(text(&both(&[command])), shown);
    }
}

#[test]
fn tables_of_several_logs_have_a_column_more() {
    let rows = |output: &Output| {
        let mut reader = csv::Reader::from_reader(text(output).as_bytes());
        let header: Vec<String> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
        let last =
            reader.records().map(|row| row.expect("a row").iter().next_back().map(str::to_owned)).collect::<Vec<_>>();
        (header, last)
    };
    for view in ["threads", "info"] {
        let (one, _) = rows(&dump(&[view, "--format", "csv"]));
        let (several, logs) = rows(&both(&[view, "--format", "csv"]));
        assert_eq!(several, [one, vec!["log".to_owned()]].concat());
        let named = |log: &Path| logs.iter().filter(|of| **of == Some(log.display().to_string())).count();
        assert!(named(log()) > 0 && named(other()) > 0 && named(log()) + named(other()) == logs.len(), "{logs:?}");
    }
}

#[test]
fn filters_are_from_the_start_of_the_first_log() {
    let count = |output: &Output| -> u64 {
        objects(output).iter().map(|thread| thread["events"].as_u64().expect("a number")).sum()
    };
    let json = ["--format", "json"];
    let events = |args: &[&str]| text(&both(&[&["events"], args].concat())).lines().count() as u64;
    // What the recorder itself says is on no thread.
    for select in [
        &["--since", "0", "--kind", "entry,exit,line"][..],
        &["--since", "1ms", "--thread", "1"],
        &["--function", "*::read"],
    ] {
        assert_eq!(count(&both(&[&["threads"], select, &json].concat())), events(select), "{select:?}");
    }
}

#[test]
fn a_function_is_unhit_where_no_log_has_an_event_of_it() {
    let names = |output: &Output| -> Vec<String> {
        objects(output).iter().map(|object| object["function"].as_str().expect("text").to_owned()).collect()
    };
    let json = ["unhit", "--format", "json"];
    let alone = [log(), other()].map(|log| names(&common::dump_file(&json, log)));
    let has = |list: &[String], name: &str| list.iter().any(|function| function.ends_with(name));
    assert!(has(&alone[0], "common::call") && !has(&alone[0], "app::read"), "{alone:?}");
    assert!(!has(&alone[1], "common::call") && has(&alone[1], "app::read"), "{alone:?}");
    let expected: Vec<String> = alone[0].iter().filter(|name| alone[1].contains(name)).cloned().collect();
    assert_eq!(names(&both(&json)), expected);
    assert!(objects(&both(&json)).iter().all(|object| object.get("program").is_none()), "it is one program");
    assert_eq!(text(&both(&["unhit"])).lines().count(), 1 + expected.len());
}

#[test]
fn each_program_has_its_own_functions() {
    let folder = tempfile::tempdir().expect("a folder");
    let (program, path) = (folder.path().join("copy"), folder.path().join("copy.scope"));
    std::fs::copy(std::env::current_exe().expect("this test"), &program).expect("a copy");
    let process = scope_store::info::Process {
        program: "copy".to_owned(),
        executable: program.display().to_string(),
        ..Default::default()
    };
    scope_store::LogWriter::create(&path, u64::MAX, &process).expect("a log").seal(None).expect("an end");
    let run = |args: &[&str]| command().arg("unhit").args(args).args([log(), &path]).output().expect("it starts");
    let all = objects(&run(&["--format", "json"]));
    let of = |object: &&Json| object["program"] == program.display().to_string();
    // Nothing of it was called, and of the other one as much as without it.
    let (copy, own): (Vec<&Json>, Vec<&Json>) = all.iter().partition(of);
    assert_eq!(own.len(), objects(&dump(&["unhit", "--format", "json"])).len());
    assert!(copy.len() > own.len() && !own.is_empty(), "{} and {}", copy.len(), own.len());
    let heads: Vec<String> =
        text(&run(&[])).split("\n\n").filter_map(|part| part.lines().next().map(str::to_owned)).collect();
    assert!(heads.len() == 2 && heads[1].ends_with(&format!("of `{}` were never hit", program.display())), "{heads:?}");
    assert!(text(&run(&["--format", "csv"])).starts_with("function,file,line,program\n"));
    // One program that is named is that of all logs.
    assert_eq!(objects(&run(&["--format", "json", "--program", program.to_str().expect("text")])).len(), own.len());
}

#[test]
fn segments_are_of_one_process() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("run.scope");
    record(&path, |builder| builder.max_size(16 << 10).keep(100).overflow(scope::Overflow::Block), 30_000);
    let ask = |args: &[&str]| {
        let output = common::dump_file(args, &path);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        String::from_utf8(output.stdout).expect("text")
    };
    let segments = std::fs::read_dir(folder.path()).expect("the folder").count();
    assert!(segments > 1, "{segments}");
    assert_eq!(ask(&["threads"]).lines().filter(|line| line.ends_with("scope")).count(), segments);
    let trace: Json = serde_json::from_str(&ask(&["export", "--to", "chrome"])).expect("JSON");
    let events = trace["traceEvents"].as_array().expect("a list");
    let named = |name: &str| events.iter().filter(|event| event["name"] == name).count();
    // One process, though its log is several files; what began in one ends in another.
    assert_eq!((named("process_name"), named("process_labels")), (1, 0));
    let ends = |phase: &str| events.iter().filter(|event| event["ph"] == phase).count();
    assert_eq!((ends("B"), ends("E")), (30_000, 30_000));
    assert!(events.iter().all(|event| event["args"]["outcome"] != "open" && event["args"]["outcome"] != "unknown"));
}

#[test]
fn one_that_is_missing_is_told() {
    let run = |args: &[&str]| command().args(args).arg(log()).arg("missing.scope").output().expect("scope-dump starts");
    let output = run(&["info"]);
    assert_eq!(output.status.code(), Some(2));
    let (shown, said) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(shown.contains("threads ") && said.contains("can't open `missing.scope`"), "{output:?}");
    for args in [&["threads"][..], &["unhit"], &["export", "--to", "folded"]] {
        let output = run(args);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{output:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("can't open `missing.scope`"), "{output:?}");
    }
}

#[test]
fn damage_is_told_beside_what_is_not_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = common::damaged(log(), folder.path());
    let output = common::dump_file(&["call", "1.4000000"], &path);
    assert_eq!(output.status.code(), Some(64));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.contains("is damaged") && said.lines().last().is_some_and(|line| line.contains("no such call")),
        "{said}"
    );
}

#[test]
fn what_can_only_be_a_mistake_is_said() {
    for (args, note) in [
        (&["history", "nmber"][..], "no argument, variable or field is called `nmber`"),
        (&["events", "--since", "5s", "--until", "1s"], "`--since` is after `--until`: nothing is between them"),
        (&["threads", "--where", "nmber > 1"], "no argument, variable or field is called `nmber`"),
        (&["export", "--to", "folded", "--where", "nmber > 1"], "no argument, variable or field is called `nmber`"),
    ] {
        let output = dump(args);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), format!("scope-dump: note: {note}\n"));
    }
}

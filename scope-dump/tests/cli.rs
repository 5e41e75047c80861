//! The command line: help, wrong arguments, filters, colour.

mod common;

use common::{command, dump, log, text};

#[test]
fn the_short_form_is_events() {
    assert_eq!(text(&dump(&[])), text(&dump(&["events"])));
}

#[test]
fn help_lists_commands_and_exit_codes() {
    let output = command().arg("--help").output().expect("scope-dump starts");
    let help = text(&output);
    for word in ["events", "tree", "info", "--function", "--since", "Exit codes:", "\n  64  "] {
        assert!(help.contains(word), "{word} is not in:\n{help}");
    }
}

#[test]
fn wrong_arguments_have_a_code_of_their_own() {
    for args in [&[][..], &["tree"], &["x", "--kind", "nothing"], &["x", "--since", "soon"], &["x", "--format", "xml"]]
    {
        let output = command().args(args).output().expect("scope-dump starts");
        assert_eq!(output.status.code(), Some(64), "{args:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{args:?}");
    }
}

#[test]
fn a_log_may_be_named_like_a_command() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["tree", "events", "info"] {
        std::fs::copy(log(), folder.path().join(name)).expect("a copy");
        let output = command().args(["events", name]).current_dir(folder.path()).output().expect("scope-dump starts");
        assert_eq!(text(&output), text(&dump(&["events"])));
    }
}

#[test]
fn filters_are_for_both_views() {
    for view in ["events", "tree"] {
        let lines = |args: &[&str]| {
            let args: Vec<&str> = [view].into_iter().chain(args.iter().copied()).collect();
            text(&dump(&args)).to_owned()
        };
        assert!(lines(&["--function", "*::read"]).contains("::read"));
        assert!(!lines(&["--function", "*::read"]).contains("::total"));
        assert!(lines(&["--thread", "worker-1"]).contains("::waits"));
        assert!(!lines(&["--thread", "worker-1"]).contains("::total"));
        assert!(!lines(&["--thread", "first"]).contains("::waits"));
        assert_eq!(lines(&["--since", "1h"]), "");
        assert_eq!(lines(&["--until", "2001-01-01T00:00:00Z"]), "");
        assert_eq!(lines(&["--until", "1h"]), lines(&[]));
        assert!(!lines(&["--kind", "exit"]).contains("password"));
        assert!(lines(&["--kind", "variables"]).contains("number = 7"));
    }
}

#[test]
fn a_time_that_was_printed_selects_its_event() {
    let all = text(&dump(&["events"])).to_owned();
    let last = all.lines().last().and_then(|line| line.split_whitespace().next()).expect("a time");
    assert!(text(&dump(&["events", "--since", last])).lines().all(|line| line.starts_with(last)));
    assert_eq!(text(&dump(&["events", "--until", last])), all);
}

#[test]
fn colour_is_for_terminals_or_who_asks() {
    let coloured = |args: &[&str]| {
        let output = dump(args);
        text(&output).contains('\x1b')
    };
    assert!(
        !coloured(&["events"]) && !coloured(&["tree", "--color", "auto"]) && !coloured(&["tree", "--color", "never"])
    );
    assert!(coloured(&["events", "--color", "always"]) && coloured(&["tree", "--color", "always"]));
    assert!(!coloured(&["events", "--color", "always", "--format", "json"]));

    let mut plain = Vec::new();
    for colour in ["never", "always"] {
        let output = dump(&["tree", "--color", colour]);
        let mut text = text(&output).to_owned();
        while let Some(at) = text.find("\x1b[") {
            let end = at + text[at..].find('m').expect("an end");
            text.replace_range(at..=end, "");
        }
        plain.push(text);
    }
    assert_eq!(plain[0], plain[1], "colour changes nothing else");
}

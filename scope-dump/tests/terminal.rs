//! What only a terminal has: `script` makes one.
#![cfg(target_os = "linux")]

mod common;

use std::path::Path;
use std::process::{Command, Stdio};

use common::{log, text};

/// The exit code and what is on the terminal, where `scope-dump` with these arguments has one of so many columns and this pager. `None`: there is
/// no `script` here to make one.
fn on_terminal(args: &[&str], columns: u32, pager: &str, log: &Path) -> Option<(i32, String)> {
    let program = env!("CARGO_BIN_EXE_scope-dump");
    let args: String = args.iter().map(|arg| format!(" '{arg}'")).collect();
    let line = format!("stty cols {columns} rows 24; '{program}'{args} '{}'", log.display());
    let output = Command::new("script")
        .args(["--quiet", "--return", "--command", &line, "/dev/null"])
        .env_remove("NO_COLOR")
        .env("TERM", "xterm")
        .env("SCOPE_PAGER", pager)
        .stdin(Stdio::null())
        .output();
    match output {
        Err(error) => {
            eprintln!("SKIPPED: there is no `script` to make a terminal: {error}");
            None
        }
        Ok(output) => {
            let shown = String::from_utf8_lossy(&output.stdout).replace("\r\n", "\n");
            Some((output.status.code().expect("a code"), shown))
        }
    }
}

#[test]
fn lines_end_at_the_edge() {
    let args = ["events", "--color", "never"];
    let Some((code, shown)) = on_terminal(&args, 60, "", log()) else { return };
    assert_eq!(code, 0, "{shown}");
    let all = text(&common::dump(&["events"])).lines().count();
    assert_eq!(shown.lines().count(), all, "{shown}");
    assert!(shown.lines().all(|line| line.chars().count() <= 60), "{shown}");
    assert!(shown.lines().any(|line| line.ends_with('…')), "{shown}");
    let Some((_, wide)) = on_terminal(&[&args[..], &["--width", "0"]].concat(), 60, "", log()) else { return };
    assert_eq!(wide, text(&common::dump(&["events"])));
    // For programs nothing is cut.
    let Some((_, json)) = on_terminal(&["events", "--format", "json"], 60, "", log()) else { return };
    assert!(json.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()), "{json}");
}

#[test]
fn colours_are_there_and_end() {
    let Some((code, shown)) = on_terminal(&["tree"], 50, "", log()) else { return };
    assert_eq!(code, 0, "{shown}");
    assert!(shown.contains("\x1b[1m"), "{shown}");
    for line in shown.lines() {
        let (_, last) = line.rsplit_once("\x1b[").unwrap_or(("", "0m"));
        assert!(last.starts_with("0m"), "a colour is left on: {line:?}");
    }
}

#[test]
fn long_output_goes_through_the_pager() {
    let Some((code, shown)) = on_terminal(&["tree", "--color", "never"], 80, "sed s/^/PAGED:/", log()) else { return };
    assert_eq!(code, 0, "{shown}");
    assert!(shown.lines().all(|line| line.starts_with("PAGED:")), "{shown}");
    let Some((_, shown)) = on_terminal(&["tree", "--no-pager"], 80, "sed s/^/PAGED:/", log()) else { return };
    assert!(!shown.contains("PAGED:") && shown.contains("first (1)"), "{shown}");
    // What is not there shows nothing differently.
    let Some((code, shown)) = on_terminal(&["tree"], 80, "no-such-pager-anywhere", log()) else { return };
    assert!(code == 0 && shown.contains("first (1)") && !shown.contains("no-such-pager"), "{shown}");
}

#[test]
fn notes_and_codes_are_right_behind_a_pager() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = common::damaged(log(), folder.path());
    let Some((code, shown)) = on_terminal(&["events"], 80, "sed s/^/PAGED:/", &path) else { return };
    assert_eq!(code, 2, "{shown}");
    let last = shown.lines().last().expect("a line");
    assert!(last.starts_with("scope-dump: ") && last.contains("is damaged"), "{shown}");
    assert_eq!(shown.lines().filter(|line| !line.starts_with("PAGED:")).count(), 1, "{shown}");
    // A pager that is left early is no error, and that there is no log is told without one.
    let Some((code, _)) = on_terminal(&["events"], 80, "head -n 1", log()) else { return };
    assert_eq!(code, 0);
    let Some((code, shown)) = on_terminal(&["events"], 80, "sed s/^/PAGED:/", Path::new("/no/such.scope")) else {
        return;
    };
    assert!(code == 2 && shown.starts_with("scope-dump: can't open"), "{shown}");
}

//! `--help`, the manual pages and the completions: about every command there is.

mod common;

use std::process::{Command, Output};

use common::{command, log, record, text};

/// The output of `scope-dump` with these arguments, which go well.
fn dump(args: &[&str]) -> String {
    text(&command().args(args).output().expect("scope-dump starts")).to_owned()
}

/// The names of all commands, as `--help` lists them; the first is none.
fn commands() -> Vec<String> {
    let help = dump(&["--help"]);
    let (_, list) = help.split_once("\nCommands:\n").expect("a list of commands");
    let (list, _) = list.split_once("\n\n").expect("its end");
    let name = |line: &str| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')).map(first_word);
    let names: Vec<String> = list.lines().filter_map(name).filter(|name| name != "help").collect();
    assert!(names.len() >= 8 && names.iter().any(|name| name == "tree"), "{names:?}");
    names
}

fn first_word(text: &str) -> String {
    text.split_whitespace().next().unwrap_or_default().to_owned()
}

/// The examples of a command's `--help`.
fn examples(help: &str) -> Vec<&str> {
    let Some((_, list)) = help.split_once("\nExamples:\n") else { return Vec::new() };
    list.lines().map_while(|line| line.strip_prefix("  ")).collect()
}

#[cfg(unix)]
#[test]
fn every_example_works() {
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_scope-dump"));
    let path = std::env::join_paths(
        [program.parent().expect("a folder").to_owned()]
            .into_iter()
            .chain(std::env::split_paths(&std::env::var_os("PATH").expect("a PATH"))),
    );
    let path = path.expect("a PATH");
    let logs = tempfile::tempdir().expect("a folder");
    let other = logs.path().join("other.scope");
    record(&other, |builder| builder, 3);
    for name in [String::new()].into_iter().chain(commands()) {
        let args: Vec<&str> = [name.as_str(), "--help"].into_iter().filter(|arg| !arg.is_empty()).collect();
        let help = dump(&args);
        let examples = examples(&help);
        assert!(!examples.is_empty(), "`{name}` has no examples:\n{help}");
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::copy(log(), folder.path().join("run.scope")).expect("a copy");
        std::fs::copy(&other, folder.path().join("other.scope")).expect("a copy");
        for example in examples {
            assert!(example.starts_with("scope-dump "), "{example}");
            let about = if name.is_empty() { "run.scope" } else { &name };
            assert!(example.split_whitespace().any(|word| word == about), "an example of something else: {example}");
            let output = Command::new("sh")
                .args(["-c", example])
                .current_dir(folder.path())
                .env("PATH", &path)
                .env_remove("NO_COLOR")
                .output()
                .expect("a shell");
            assert_eq!(output.status.code(), Some(0), "{example}: {output:?}");
        }
    }
}

#[test]
fn every_command_has_its_exit_codes() {
    for name in commands() {
        let help = dump(&[&name, "--help"]);
        assert!(help.contains("Exit codes:\n") && help.contains("\n  64  "), "{help}");
    }
}

#[test]
fn the_manual_tells_of_every_command() {
    let page = dump(&["man"]);
    assert!(page.contains(".TH scope-dump 1") && page.contains(".SH EXAMPLES"), "{page}");
    for name in commands() {
        assert!(page.contains(&format!("scope\\-dump\\-{name}(1)")), "`{name}` is not in:\n{page}");
        let page = dump(&["man", &name]);
        assert!(page.contains(&format!(".TH scope-dump-{name} 1")), "{page}");
        assert!(page.contains(".SH OPTIONS") && page.contains(".SH EXAMPLES"), "{page}");
    }
    let output = command().args(["man", "nothing"]).output().expect("scope-dump starts");
    assert_eq!(output.status.code(), Some(64));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no command `nothing`; there are events, "));
}

/// The output of a tool that may not be here.
fn tool(name: &str, args: &[&str]) -> Option<Output> {
    match Command::new(name).args(args).output() {
        Ok(output) => Some(output),
        Err(error) => {
            eprintln!("SKIPPED: `{name}` is not installed: {error}");
            None
        }
    }
}

#[test]
fn groff_has_nothing_to_say_about_the_pages() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in [None].into_iter().chain(commands().into_iter().map(Some)) {
        let args: Vec<&str> = ["man"].into_iter().chain(name.as_deref()).collect();
        let page = folder.path().join("page.1");
        std::fs::write(&page, dump(&args)).expect("a file");
        let Some(output) = tool("groff", &["-man", "-ww", "-z", "-Tutf8", page.to_str().expect("text")]) else {
            return;
        };
        assert!(output.status.success() && output.stderr.is_empty(), "{name:?}: {output:?}");
    }
}

#[test]
fn completions_know_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = dump(&["completions", shell]);
        for name in commands() {
            assert!(script.contains(&name), "`{name}` is not among the completions of {shell}");
        }
        assert!(script.contains("--since") || script.contains("-l since"), "{shell}");
    }
}

#[test]
fn bash_accepts_its_completions() {
    let folder = tempfile::tempdir().expect("a folder");
    let script = folder.path().join("scope-dump.bash");
    std::fs::write(&script, dump(&["completions", "bash"])).expect("a file");
    let Some(output) = tool("bash", &["-n", script.to_str().expect("text")]) else { return };
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
}

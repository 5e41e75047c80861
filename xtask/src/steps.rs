//! The steps of `cargo xtask ci`, in their order: what is quick comes first.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::run::{self, cargo, loud, quiet};
use crate::{exports, fuzz, tidy, tsan};

/// One check. What it returns is a remark for the log, or what is wrong and what to do.
pub(crate) struct Step {
    pub name: &'static str,
    pub what: &'static str,
    pub run: fn() -> Result<String, String>,
}

/// All of them.
pub(crate) const ALL: &[Step] = &[
    Step { name: "tidy", what: "sizes of files, unsafe in scope-core only, the README's commands", run: tidy::tidy },
    Step { name: "fmt", what: "formatting", run: fmt },
    Step { name: "crates", what: "how many crates a user builds", run: crates },
    Step { name: "deny", what: "licences and advisories", run: deny },
    Step { name: "clippy", what: "lints, warnings denied", run: clippy },
    Step { name: "doc", what: "documentation, warnings denied", run: doc },
    Step { name: "loom", what: "every interleaving of the ring's and the bells' models", run: loom },
    Step { name: "tsan", what: "ThreadSanitizer over the ring and the processor", run: tsan::tsan },
    Step { name: "examples", what: "every example, in release", run: examples },
    Step { name: "test", what: "the README's test command", run: test },
    Step { name: "exports", what: "what is exported, read by the programs that it is for", run: exports::exports },
    Step { name: "release", what: "what optimised probes record", run: release },
    Step { name: "fuzz", what: "any bytes and texts for what reads foreign ones", run: fuzz::step },
];

/// The most crates that a program which uses `scope` builds, itself included.
const CRATES: usize = 40;

/// The test command that the README gives.
pub(crate) const TEST: &str = "test --workspace";

fn done((): ()) -> String {
    String::new()
}

fn fmt() -> Result<String, String> {
    loud(cargo("fmt --all --check")).map(done).map_err(|error| format!("{error}: `cargo fmt --all` mends it"))
}

fn clippy() -> Result<String, String> {
    loud(cargo("clippy --workspace --all-targets -- -D warnings")).map(done)
}

fn doc() -> Result<String, String> {
    let mut command = cargo("doc --workspace --no-deps --document-private-items");
    command.env("RUSTDOCFLAGS", "-D warnings");
    loud(command).map(done)
}

fn test() -> Result<String, String> {
    loud(cargo(TEST)).map(done)
}

/// An optimised probe takes ways of its own: see `scope-core/src/fast.rs` and `plain.rs`.
fn release() -> Result<String, String> {
    loud(cargo("test --release --test events --test filter --test hostile --test ingest --test operations --test own_events --test report --test volume --test weave"))
        .map(done)?;
    // Logs that are compressed by zstd: no feature of the other steps.
    loud(cargo("test --release --package scope-store --all-features --lib --test log -- compression pack zstd"))
        .map(done)?;
    // What takes too long otherwise. (Its twin for zstd takes as long again, and is for who changes the reader.)
    loud(cargo(
        "test --release --package scope-store --all-features --test log -- --ignored large::all_other_bytes_changed",
    ))
    .map(done)
}

fn crates() -> Result<String, String> {
    let tree = quiet(cargo("tree --quiet --package scope --edges normal --prefix none"), "crates")?;
    // `name version`, without what else stands on the line.
    let crates: BTreeSet<Vec<&str>> = tree
        .lines()
        .map(|line| line.split_whitespace().take(2).collect())
        .filter(|words: &Vec<_>| words.len() == 2)
        .collect();
    if crates.is_empty() {
        return Err("`cargo tree` said nothing".to_owned());
    }
    let count = crates.len();
    if count > CRATES {
        let names: Vec<String> = crates.iter().map(|words| words.join(" ")).collect();
        return Err(format!("{count} crates, of {CRATES} that are allowed: {}", names.join(", ")));
    }
    Ok(format!("{count} of {CRATES}"))
}

fn deny() -> Result<String, String> {
    if !run::answers(cargo("deny --version")) {
        return Ok("SKIPPED: cargo-deny is not installed (`cargo install cargo-deny`)".to_owned());
    }
    // The advisories come from the network, which not every machine has.
    loud(cargo("deny check licenses bans sources")).map(done)
}

fn loom() -> Result<String, String> {
    let mut command = cargo("test --package scope-core --release --lib model");
    let flags = std::env::var("RUSTFLAGS").unwrap_or_default();
    command.env("RUSTFLAGS", format!("{flags} --cfg loom").trim_start());
    // Models that exceed this find nothing more, and take hours.
    if std::env::var_os("LOOM_MAX_PREEMPTIONS").is_none() {
        command.env("LOOM_MAX_PREEMPTIONS", "2");
    }
    // Other flags, other artifacts: the usual ones would be built anew each time.
    command.arg("--target-dir").arg(run::scratch("loom")?);
    let output = quiet(command, "loom")?;
    match output.lines().rfind(|line| line.starts_with("test result:")) {
        Some(line) if !line.contains(" 0 passed") => Ok(line.trim_start_matches("test result: ").to_owned()),
        _ => Err(format!("no model was run: they are the tests with `model` in their paths:\n{output}")),
    }
}

fn examples() -> Result<String, String> {
    loud(cargo("build --release --examples"))?;
    let folder = run::root().join("examples");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .map_err(|error| format!("can't read {}: {error}", folder.display()))?
        .filter_map(|entry| example(&entry.ok()?.path()))
        .collect();
    names.sort();
    let logs = run::scratch("logs")?;
    for name in &names {
        println!("xtask: running example {name}");
        let mut command = cargo(&format!("run --quiet --release --example {name}"));
        // A folder: each gets a log of its own name, out of the way.
        command.env("SCOPE_LOG", format!("{}/", logs.display()));
        quiet(command, &format!("example-{name}"))?;
    }
    Ok(format!("ran {}", names.join(", ")))
}

/// The name of the example that this file or folder is.
fn example(path: &Path) -> Option<String> {
    let is_one = path.extension().is_some_and(|end| end == "rs") || path.join("main.rs").is_file();
    is_one.then(|| path.file_stem()?.to_str().map(str::to_owned))?
}

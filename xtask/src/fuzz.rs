//! Fuzzing of what reads bytes and text that others may have written: `fuzz/`, a workspace of its own.

use std::env;
use std::fs;

use crate::run::{self, loud};
use crate::tsan::nightly;

/// Runs every target for `seconds`.
pub(crate) fn fuzz(seconds: &str) -> Result<(), String> {
    let seconds: u32 = seconds.parse().map_err(|_| format!("xtask: `{seconds}` is no number of seconds"))?;
    env::set_current_dir(run::root()).map_err(|error| format!("xtask: can't enter the repository: {error}"))?;
    if !run::answers(nightly("fuzz --version")) {
        println!("xtask: fuzz SKIPPED: needs cargo-fuzz (`cargo install cargo-fuzz`) and a nightly toolchain");
        return Ok(());
    }
    let folder = run::root().join("fuzz").join("fuzz_targets");
    let entries = fs::read_dir(&folder).map_err(|error| format!("xtask: can't read {}: {error}", folder.display()))?;
    let mut targets: Vec<String> =
        entries.filter_map(|entry| entry.ok()?.path().file_stem()?.to_str().map(str::to_owned)).collect();
    targets.sort();
    for target in &targets {
        // The first corpus folder takes what is found, the second one is the repository's, and is read only.
        let found = run::scratch("fuzz")?.join(target);
        fs::create_dir_all(&found).map_err(|error| format!("xtask: can't create {}: {error}", found.display()))?;
        let mut command = nightly("fuzz run --target-dir");
        command.arg(run::scratch("fuzz-target")?).arg(target).arg(found).arg(format!("fuzz/seeds/{target}"));
        command.args(["--", "-rss_limit_mb=2048", "-timeout=10", &format!("-max_total_time={seconds}")]);
        loud(command).map_err(|error| format!("xtask: fuzz target `{target}`: {error}"))?;
    }
    println!("xtask: {} targets fuzzed for {seconds} s each", targets.len());
    Ok(())
}

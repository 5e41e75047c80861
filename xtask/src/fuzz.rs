//! Fuzzing of what reads bytes and text that others may have written: `fuzz/`, a workspace of its own.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::time::Duration;

use crate::run::{self, cargo, loud, quiet, quiet_for};
use crate::tsan::nightly;

/// How long the targets that much hangs on are fuzzed in ci, in seconds; and the others, which have found all that they find by then.
const LONG: (u32, &[&str]) = (60, &["frames", "log", "query", "recover"]);
const SHORT: u32 = 30;

/// The step.
pub(crate) fn step() -> Result<String, String> {
    fuzz(&|target| if LONG.1.contains(&target) { LONG.0 } else { SHORT })
}

/// Runs every target for `seconds`.
pub(crate) fn alone(seconds: &str) -> Result<(), String> {
    let seconds: u32 = seconds.parse().map_err(|_| format!("xtask: `{seconds}` is no number of seconds"))?;
    env::set_current_dir(run::root()).map_err(|error| format!("xtask: can't enter the repository: {error}"))?;
    let said = fuzz(&|_| seconds).map_err(|error| format!("xtask: {error}"))?;
    println!("xtask: fuzz: {said}");
    Ok(())
}

/// Runs every target for as long as `seconds` says.
fn fuzz(seconds: &dyn Fn(&str) -> u32) -> Result<String, String> {
    if !run::answers(nightly("--version")) {
        return Ok(
            "SKIPPED, NOTHING WAS FUZZED: needs a nightly toolchain (`rustup toolchain install nightly`)".to_owned()
        );
    }
    let path = match installed()? {
        Ok(path) => path,
        Err(why) => return Ok(format!("SKIPPED, NOTHING WAS FUZZED: cargo-fuzz can't be installed: {why}")),
    };
    let folder = run::root().join("fuzz").join("fuzz_targets");
    let entries = fs::read_dir(&folder).map_err(|error| format!("can't read {}: {error}", folder.display()))?;
    let mut targets: Vec<String> =
        entries.filter_map(|entry| entry.ok()?.path().file_stem()?.to_str().map(str::to_owned)).collect();
    targets.sort();
    let mut build = nightly("fuzz build --target-dir");
    build.arg(run::scratch("fuzz-target")?).env("PATH", &path);
    quiet(build, "fuzz-build")?;
    for target in &targets {
        // The first corpus folder takes what is found, the second one is the repository's, and is read only.
        let found = run::scratch("fuzz")?.join(target);
        fs::create_dir_all(&found).map_err(|error| format!("can't create {}: {error}", found.display()))?;
        let mut command = nightly("fuzz run --target-dir");
        command.env("PATH", &path);
        command.arg(run::scratch("fuzz-target")?).arg(target).arg(found).arg(format!("fuzz/seeds/{target}"));
        command.args(["--", "-rss_limit_mb=2048", "-timeout=10", "-verbosity=0"]);
        command.arg(format!("-max_total_time={}", seconds(target)));
        println!("xtask: fuzzing {target} for {} s", seconds(target));
        let meant = Duration::from_secs(seconds(target).into());
        quiet_for(command, &format!("fuzz-{target}"), meant)
            .map_err(|error| format!("fuzz target `{target}`: {error}"))?;
    }
    let each: Vec<String> = targets.iter().map(|target| format!("{target} {} s", seconds(target))).collect();
    Ok(each.join(", "))
}

/// The `PATH` by which cargo finds cargo-fuzz, which is installed for this repository alone where it is missing; or why it can't be.
fn installed() -> Result<Result<OsString, String>, String> {
    let path = env::var_os("PATH").unwrap_or_default();
    if run::answers(nightly("fuzz --version")) {
        return Ok(Ok(path));
    }
    let root = run::scratch("cargo-fuzz")?;
    let folders = std::iter::once(root.join("bin")).chain(env::split_paths(&path));
    let path = env::join_paths(folders).map_err(|error| format!("no folder for PATH: {error}"))?;
    let there = || {
        let mut command = nightly("fuzz --version");
        command.env("PATH", &path);
        run::answers(command)
    };
    if !there() {
        println!("xtask: installing cargo-fuzz, which takes a few minutes the first time");
        let mut install = cargo("install cargo-fuzz --locked --root");
        install.arg(&root).arg("--target-dir").arg(root.join("build"));
        if let Err(why) = loud(install) {
            return Ok(Err(why));
        }
    }
    Ok(if there() { Ok(path) } else { Err("it does not answer".to_owned()) })
}

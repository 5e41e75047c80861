//! Fuzzing of what reads bytes and text that others may have written: `fuzz/`, a workspace of its own.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::num::NonZero;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::run::{self, cargo, loud, quiet, quiet_for};
use crate::tsan::nightly;

/// How long each target is fuzzed in ci.
const SECONDS: u32 = 30;

/// The step.
pub(crate) fn step() -> Result<String, String> {
    fuzz(SECONDS)
}

/// Runs every target for `seconds`.
pub(crate) fn alone(seconds: &str) -> Result<(), String> {
    let seconds: u32 = seconds.parse().map_err(|_| format!("xtask: `{seconds}` is no number of seconds"))?;
    env::set_current_dir(run::root()).map_err(|error| format!("xtask: can't enter the repository: {error}"))?;
    let said = fuzz(seconds).map_err(|error| format!("xtask: {error}"))?;
    println!("xtask: fuzz: {said}");
    Ok(())
}

/// Runs every target for so long, as many at once as there are processors.
fn fuzz(seconds: u32) -> Result<String, String> {
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
    let left = Mutex::new(targets.iter());
    let next = || left.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || {
        while let Some(target) = next() {
            run_one(target, seconds, &path).map_err(|error| format!("fuzz target `{target}`: {error}"))?;
        }
        Ok::<_, String>(())
    };
    thread::scope(|scope| {
        let workers = thread::available_parallelism().map_or(1, NonZero::get).min(targets.len());
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().map_err(|_| "a worker panicked".to_owned())?)
    })?;
    Ok(format!("{} for {seconds} s each", targets.join(", ")))
}

fn run_one(target: &str, seconds: u32, path: &OsStr) -> Result<(), String> {
    // The first corpus folder takes what is found, the second one is the repository's, and is read only.
    let found = run::scratch("fuzz")?.join(target);
    fs::create_dir_all(&found).map_err(|error| format!("can't create {}: {error}", found.display()))?;
    let mut command = nightly("fuzz run --target-dir");
    command.env("PATH", path);
    command.arg(run::scratch("fuzz-target")?).arg(target).arg(found).arg(format!("fuzz/seeds/{target}"));
    command.args(["--", "-rss_limit_mb=2048", "-timeout=10", "-verbosity=0"]);
    command.arg(format!("-max_total_time={seconds}"));
    println!("xtask: fuzzing {target} for {seconds} s");
    quiet_for(command, &format!("fuzz-{target}"), Duration::from_secs(seconds.into())).map(drop)
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

//! ThreadSanitizer over `tests/races/`: the ring and the processor with real threads, which loom's models leave out.

use std::env;
use std::fs;
use std::process::{Command, Stdio};

use crate::run::{self, quiet};

/// ThreadSanitizer is there for few systems; this is the one that is tried.
const TARGET: &str = "x86_64-unknown-linux-gnu";
/// Where the memory is that threads share without a lock: all else is safe code.
const OURS: &str = "scope-core/src/";
/// What gets and frees the memory of a `Box`, a `Vec` or an `Arc`.
const FREE: &str = "/library/alloc/src/alloc.rs:";

/// The step.
pub(crate) fn tsan() -> Result<String, String> {
    if !cfg!(all(target_arch = "x86_64", target_os = "linux")) {
        return Ok(format!("SKIPPED: only tried on {TARGET}"));
    }
    if !run::answers(nightly("--version")) {
        return Ok("SKIPPED: needs a nightly toolchain (`rustup toolchain install nightly`)".to_owned());
    }
    let folder = run::scratch("tsan")?;
    let mut build = nightly(&format!("test --package scope-races --test races --no-run --target {TARGET}"));
    // std is not built for it, and its ABI is the same.
    build.env("RUSTFLAGS", "-Zsanitizer=thread -Cunsafe-allow-abi-mismatch=sanitizer");
    build.arg("--target-dir").arg(&folder);
    let built = quiet(build, "tsan-build")?;
    let program = built
        .lines()
        .find_map(|line| line.trim().strip_prefix("Executable ")?.rsplit_once('(')?.1.strip_suffix(')'))
        .ok_or_else(|| format!("cargo does not say what it built:\n{built}"))?;
    let output = Command::new(program)
        .env("TSAN_OPTIONS", "exitcode=0")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("can't start `{program}`: {error}"))?;
    let text = String::from_utf8_lossy(&output.stderr);
    // For whoever wants to see all of it.
    _ = fs::write(folder.join("reports.txt"), text.as_bytes());
    if !output.status.success() {
        return Err(format!("`{program}` ended with {}:\n{text}", output.status));
    }
    let reports: Vec<&str> = text.split("==================\n").filter(|part| part.contains("WARNING: ")).collect();
    let ours: Vec<&&str> = reports.iter().filter(|report| is_ours(report)).collect();
    match ours.first() {
        Some(first) => Err(format!("{} races; the first:\n{first}", ours.len())),
        None => Ok(format!("no race; {} reports of what std does unseen", reports.len())),
    }
}

/// Whether one of the two accesses was made by code of ours: std waits where ThreadSanitizer does not see it, so that what is
/// done under its locks is reported too. So is the end of an `Arc`, whose last owner comes after the others by a fence, which
/// ThreadSanitizer does not know; what we share without a lock is never on the heap.
fn is_ours(report: &str) -> bool {
    let accesses = || report.split("\n\n").take(2);
    let made_by_us = accesses().any(|access| {
        let mut frames = access.lines().filter(|line| line.trim_start().starts_with('#'));
        frames.find(|frame| !frame.contains("/rustc/")).is_some_and(|frame| frame.contains(OURS))
    });
    made_by_us && !accesses().any(|access| access.contains(FREE))
}

/// The nightly cargo, whatever toolchain runs this.
pub(crate) fn nightly(args: &str) -> Command {
    let mut command = Command::new("rustup");
    command.args(["run", "nightly", "cargo"]).args(args.split_whitespace());
    for (name, _) in env::vars_os() {
        let of_cargo = name.to_str().is_some_and(|name| {
            name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") || name == "CARGO" || name == "RUSTC"
        });
        if of_cargo || name == "RUSTUP_TOOLCHAIN" {
            command.env_remove(name);
        }
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    const OF_STD: &str = "WARNING: ThreadSanitizer: data race (pid=1)
  Write of size 8 at 0x1 by thread T1:
    #0 Control::flush /work/scope-store/src/recorder/control.rs:57:9
    #1 Open::begin /work/scope-core/src/open.rs:25:9

  Previous read of size 8 at 0x1 by thread T2:
    #0 free /rustc/llvm/tsan_interceptors_posix.cpp:735:3

  Thread T1 created by main thread at:
    #0 launch /work/scope-core/src/hooks.rs:1:1
";

    #[test]
    fn a_race_is_told_from_what_std_hides() {
        assert!(!is_ours(OF_STD));
        let ring = OF_STD.replace("735:3\n", "735:3\n    #1 Ring::drain /work/scope-core/src/ring/mod.rs:1\n");
        assert!(is_ours(&ring));
        let end_of_arc =
            ring.replace("735:3\n", "735:3\n    #1 dealloc_nonnull /rustc/1/library/alloc/src/alloc.rs:128:14\n");
        assert!(!is_ours(&end_of_arc));
    }
}

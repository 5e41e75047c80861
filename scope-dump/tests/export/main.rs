//! `export`, by the real binary: what each format holds, of a recorded program, of a log that is made with everything in it, and
//! of the golden log, whose exports are snapshots.

#[path = "../common/mod.rs"]
mod common;
mod formats;
#[path = "../common/made.rs"]
mod made;
mod perfetto;
mod samples;
mod several;
mod window;

use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::OnceLock;

use serde_json::Value as Json;

/// The log that is made.
fn made_log() -> &'static Path {
    static LOG: OnceLock<(PathBuf, tempfile::TempDir)> = OnceLock::new();
    let (log, _folder) = LOG.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let log = folder.path().join("made.scope");
        std::fs::write(&log, made::log()).expect("written");
        (log, folder)
    });
    log
}

/// The log of another process that has the number of that one's.
fn other_log() -> &'static Path {
    static LOG: OnceLock<(PathBuf, tempfile::TempDir)> = OnceLock::new();
    let (log, _folder) = LOG.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let log = folder.path().join("other.scope");
        std::fs::write(&log, made::other()).expect("written");
        (log, folder)
    });
    log
}

/// A log of the first version of the format that is still read.
fn golden_log() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../scope-store/tests/golden/v1_2.scope")
}

/// What `export LOG --to FORMAT` and further arguments give.
fn export(log: &Path, to: &str, more: &[&str]) -> Output {
    let mut command = common::command();
    command.arg("export").arg(log).args(["--to", to]).args(more);
    command.output().expect("scope-dump starts")
}

/// The output of a run that went well.
fn bytes(output: &Output) -> &[u8] {
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    &output.stdout
}

fn text(output: &Output) -> &str {
    str::from_utf8(bytes(output)).expect("text")
}

fn json(output: &Output) -> Json {
    serde_json::from_slice(bytes(output)).expect("JSON")
}

/// What was said.
fn said(output: &Output) -> &str {
    str::from_utf8(&output.stderr).expect("text")
}

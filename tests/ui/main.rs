//! What the compiler says of code with the attribute: our errors as users see them, one fault each and named for it; and programs
//! that must stay what they are without it.
//!
//! `INSTA_UPDATE=always cargo test --test ui` writes the texts anew.

#[path = "../common/package.rs"]
mod package;
#[path = "../common/rustc.rs"]
mod rustc;

use rustc::Rustc;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

static RUSTC: LazyLock<Rustc> = LazyLock::new(|| Rustc::new("ui"));

#[test]
fn faults_are_told_where_they_are() {
    let faults = sources("errors");
    assert_eq!(faults.len(), 21);
    let folder = tempfile::tempdir().expect("a folder");
    for fault in faults {
        let output = compile(&fault, folder.path()).arg("--emit=metadata").output().expect("rustc runs");
        assert!(!output.status.success(), "{} compiles", fault.display());
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        let closing = |part: &str| part.starts_with("error: aborting") || part.starts_with("For more information");
        let said: Vec<&str> = said.split("\n\n").filter(|part| !closing(part)).collect();
        insta::with_settings!(
            { snapshot_path => "errors", prepend_module_to_snapshot => false, omit_expression => true },
            { insta::assert_snapshot!(name(&fault), said.join("\n\n")) }
        );
    }
}

#[test]
fn programs_stay_what_they_are() {
    let programs = sources("pass");
    assert_eq!(programs.len(), 6);
    let folder = tempfile::tempdir().expect("a folder");
    for program in programs {
        runs(&mut compile(&program, folder.path()));
        let binary = folder.path().join(name(&program)).with_extension(std::env::consts::EXE_EXTENSION);
        runs(Command::new(&binary).current_dir(folder.path()));
    }
}

fn runs(command: &mut Command) {
    let output = command.output().expect("it starts");
    assert!(output.status.success(), "{command:?}: {}: {}", output.status, String::from_utf8_lossy(&output.stderr));
}

/// rustc for one source, which it is to name by a path without this machine's folders.
fn compile(source: &Path, folder: &Path) -> Command {
    let mut command = RUSTC.command("rustc", "2024", "scope");
    command.current_dir(package::root()).env("CARGO_MANIFEST_DIR", package::root());
    command.args(["--color=never", "--out-dir"]).arg(folder).arg(source);
    command
}

fn name(source: &Path) -> &str {
    source.file_stem().and_then(|name| name.to_str()).expect("a name")
}

/// The sources in a folder beside this file, as paths from the root.
fn sources(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new("tests/ui").join(folder);
    let entries = package::root().join(&folder).read_dir().expect("sources");
    let names = entries.map(|entry| entry.expect("a source").file_name());
    let mut sources: Vec<_> =
        names.map(|name| folder.join(name)).filter(|path| path.extension().is_some_and(|end| end == "rs")).collect();
    sources.sort();
    sources
}

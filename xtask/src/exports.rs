//! What `scope-dump export` writes, read by the programs that it is written for: `scope-dump/tests/consumers/`.
//!
//! They are installed beside the build's own files, at the versions that are pinned there. Where that can't be, the step says which
//! were left out.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{self, answers, cargo, quiet};

/// Who reads, with what.
struct Consumer {
    script: &'static str,
    /// Started in the folder of the packages, or by the python that has them.
    by: By,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Node,
    Python,
    /// Node drives it; no package is needed.
    Browser,
}

const CONSUMERS: [Consumer; 4] = [
    Consumer { script: "speedscope.mjs", by: By::Node },
    Consumer { script: "devtools.mjs", by: By::Node },
    Consumer { script: "perfetto.py", by: By::Python },
    Consumer { script: "flamegraph.mjs", by: By::Browser },
];

const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Writes samples of every format, and has them read.
pub(crate) fn exports() -> Result<String, String> {
    let scripts = run::root().join("scope-dump").join("tests").join("consumers");
    let samples = run::scratch("exports/samples")?;
    let mut command = cargo("test --package scope-dump --test export samples::");
    command.env("SCOPE_EXPORT_SAMPLES", &samples);
    quiet(command, "exports-samples")?;

    let node = node_packages(&scripts);
    let python = python_packages(&scripts);
    let browser = browser();
    let (mut read, mut skipped) = (Vec::new(), Vec::new());
    for Consumer { script, by } in CONSUMERS {
        let script_path = scripts.join(script);
        let ready = match by {
            By::Node => node.as_ref().map(|folder| {
                let mut command = Command::new("node");
                command.current_dir(folder).arg(script_path).arg(&samples);
                command
            }),
            By::Python => python.as_ref().map(|python| {
                let mut command = Command::new(python);
                command.arg("-B").arg(script_path).arg(&samples);
                command
            }),
            By::Browser => browser.as_ref().map(|browser| {
                let mut command = Command::new("node");
                command.arg(script_path).arg(&samples).arg(browser);
                command
            }),
        };
        match ready {
            Ok(command) => {
                print!("{}", quiet(command, &format!("exports-{script}"))?);
                read.push(script);
            }
            Err(why) => {
                println!("xtask: exports: {script} SKIPPED: {why}");
                skipped.push(script);
            }
        }
    }
    if skipped.is_empty() {
        Ok(format!("read by {}", read.join(", ")))
    } else {
        let by = if read.is_empty() { "nobody".to_owned() } else { read.join(", ") };
        Ok(format!("read by {by}; SKIPPED: {} (see above)", skipped.join(", ")))
    }
}

/// The folder in which the packages of `package.json` are. Or why there is none.
fn node_packages(scripts: &Path) -> Result<PathBuf, String> {
    for tool in ["node", "npm"] {
        if !has(tool, &["--version"]) {
            return Err(format!("{tool} is not installed"));
        }
    }
    let folder = run::scratch("exports/npm")?;
    installed(&scripts.join("package.json"), &folder.join("package.json"), &folder.join("node_modules"), || {
        let mut command = Command::new("npm");
        command.current_dir(&folder).args([
            "install",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--no-package-lock",
        ]);
        quiet(command, "exports-npm").map(|_| ())
    })?;
    Ok(folder)
}

/// The python that has the packages of `requirements.txt`. Or why there is none.
fn python_packages(scripts: &Path) -> Result<PathBuf, String> {
    if !has("python3", &["-m", "venv", "--help"]) {
        return Err("python3 with its venv module is not installed".to_owned());
    }
    let folder = run::scratch("exports/python")?;
    let python = folder.join("bin").join("python");
    installed(&scripts.join("requirements.txt"), &folder.join("requirements.txt"), &python, || {
        let mut command = Command::new("python3");
        command.args(["-m", "venv", "--clear"]).arg(&folder);
        quiet(command, "exports-venv")?;
        let mut command = Command::new(&python);
        command.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"]);
        command.arg(scripts.join("requirements.txt"));
        quiet(command, "exports-pip").map(|_| ())
    })?;
    Ok(python)
}

/// Installs what `wanted` lists, unless `there` exists and `have` says that it is the same list.
fn installed(
    wanted: &Path,
    have: &Path,
    there: &Path,
    install: impl FnOnce() -> Result<(), String>,
) -> Result<(), String> {
    let list = fs::read(wanted).map_err(|error| format!("can't read {}: {error}", wanted.display()))?;
    let stamp = have.with_extension("installed");
    if there.exists() && fs::read(&stamp).is_ok_and(|stamp| stamp == list) {
        return Ok(());
    }
    fs::write(have, &list).map_err(|error| format!("can't write {}: {error}", have.display()))?;
    install().map_err(|error| {
        let says = |line: &&str| line.to_lowercase().contains("error");
        let why = error.lines().find(says).or(error.lines().next()).unwrap_or_default();
        format!("its packages can't be installed: {why}")
    })?;
    fs::write(&stamp, &list).map_err(|error| format!("can't write {}: {error}", stamp.display()))
}

fn browser() -> Result<&'static str, String> {
    if !has("node", &["--version"]) {
        return Err("node is not installed".to_owned());
    }
    let found = BROWSERS.into_iter().find(|browser| has(browser, &["--version"]));
    found.ok_or_else(|| format!("no browser is installed ({})", BROWSERS.join(", ")))
}

/// Does the program `name` answer to these arguments?
fn has(name: &str, args: &[&str]) -> bool {
    let mut command = Command::new(name);
    command.args(args);
    answers(command)
}

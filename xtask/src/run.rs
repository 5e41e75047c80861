//! Starts programs.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// No program takes this long; what does has hung.
const PATIENCE: Duration = Duration::from_secs(40 * 60);

/// The repository's root: the folder above this package's.
pub(crate) fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}

/// Where steps may leave files: inside the target folder.
pub(crate) fn scratch(name: &str) -> Result<PathBuf, String> {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let folder = target.join("xtask").join(name);
    fs::create_dir_all(&folder).map_err(|error| format!("can't create {}: {error}", folder.display()))?;
    Ok(folder)
}

/// The cargo that runs this, with these arguments (separated by spaces).
pub(crate) fn cargo(args: &str) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(args.split_whitespace());
    // What cargo set for xtask itself is not meant for what xtask builds.
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
            command.env_remove(name);
        }
    }
    command
}

/// Runs a command whose output is shown as it comes.
pub(crate) fn loud(mut command: Command) -> Result<(), String> {
    let text = text_of(&command);
    println!("xtask: $ {text}");
    let status = wait(&mut command, &text, PATIENCE)?;
    if status.success() { Ok(()) } else { Err(format!("`{text}` ended with {status}")) }
}

/// Runs a command whose output matters only if it fails.
pub(crate) fn quiet(command: Command, name: &str) -> Result<String, String> {
    quiet_for(command, name, Duration::ZERO)
}

/// The same of a command that is meant to run for so long.
pub(crate) fn quiet_for(mut command: Command, name: &str, meant: Duration) -> Result<String, String> {
    let text = text_of(&command);
    let log = scratch("output")?.join(format!("{name}.txt"));
    let file = File::create(&log).map_err(|error| format!("can't create {}: {error}", log.display()))?;
    let copy = file.try_clone().map_err(|error| format!("can't write {}: {error}", log.display()))?;
    command.stdout(file).stderr(copy);
    let status = wait(&mut command, &text, meant + PATIENCE);
    let bytes = fs::read(&log).map_err(|error| format!("can't read {}: {error}", log.display()))?;
    let output = String::from_utf8_lossy(&bytes).into_owned();
    match status {
        Ok(status) if status.success() => Ok(output),
        Ok(status) => Err(format!("`{text}` ended with {status}:\n{output}")),
        Err(error) => Err(format!("{error}:\n{output}")),
    }
}

/// Is there a program of this name that answers?
pub(crate) fn answers(mut command: Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).stdin(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

fn wait(command: &mut Command, text: &str, patience: Duration) -> Result<ExitStatus, String> {
    let mut child = command.stdin(Stdio::null()).spawn().map_err(|error| format!("can't start `{text}`: {error}"))?;
    let began = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status),
            Ok(None) if began.elapsed() < patience => thread::sleep(Duration::from_millis(20)),
            Ok(None) => {
                // Both fail only if it has just ended.
                _ = child.kill();
                _ = child.wait();
                return Err(format!("`{text}` was ended after {} minutes", patience.as_secs() / 60));
            }
            Err(error) => return Err(format!("can't wait for `{text}`: {error}")),
        }
    }
}

/// The command as one would type it.
fn text_of(command: &Command) -> String {
    let set = command.get_envs().filter_map(|(name, value)| Some((name.to_str()?, value?.to_str()?)));
    let mut words: Vec<String> = set.map(|(name, value)| format!("{name}='{value}'")).collect();
    let program = Path::new(command.get_program());
    words.push(program.file_name().unwrap_or(program.as_os_str()).to_string_lossy().into_owned());
    words.extend(command.get_args().map(|arg| arg.to_string_lossy().into_owned()));
    words.join(" ")
}

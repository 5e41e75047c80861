//! The compiler as a user's crate meets it, without cargo: that takes a tenth of a second.

#![allow(dead_code, reason = "not every test needs all of it")]

use crate::package::Package;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// rustc, clippy and rustdoc, with what a crate that uses `scope` links.
pub struct Rustc {
    bin: PathBuf,
    facade: PathBuf,
    dependencies: PathBuf,
}

impl Rustc {
    /// Builds what is linked. `name`: of the package that asks for it, one for each test program.
    pub fn new(name: &str) -> Self {
        let package = Package::new(name, "2021", &format!("[dependencies]\n{}", crate::package::dependency()));
        package.write("src/lib.rs", "");
        let output = package.cargo(&["build", "--message-format=json"]).output().expect("cargo runs");
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let facade = said.lines().filter_map(|line| serde_json::from_str(line).ok()).find_map(|artifact: Value| {
            let ours = artifact["target"]["name"] == "scope" && artifact["reason"] == "compiler-artifact";
            ours.then(|| PathBuf::from(artifact["filenames"][0].as_str().expect("a file")))
        });
        let facade = facade.expect("cargo names the library");
        let dependencies = facade.parent().expect("a folder").to_owned();
        let dependencies = if dependencies.ends_with("deps") { dependencies } else { dependencies.join("deps") };
        let root = Command::new("rustc").args(["--print", "sysroot"]).output().expect("rustc runs").stdout;
        let bin = Path::new(String::from_utf8(root).expect("UTF-8").trim()).join("bin");
        Self { bin, facade, dependencies }
    }

    /// Whether there is such a tool.
    pub fn has(&self, tool: &str) -> bool {
        self.bin.join(tool).with_extension(std::env::consts::EXE_EXTENSION).exists()
    }

    /// A call of `rustc`, `clippy-driver` or `rustdoc`, where the facade is called `facade`.
    pub fn command(&self, tool: &str, edition: &str, facade: &str) -> Command {
        let mut command = Command::new(self.bin.join(tool));
        command.args(["--edition", edition]);
        command.arg("-L").arg(format!("dependency={}", self.dependencies.display()));
        command.arg("--extern").arg(format!("{facade}={}", self.facade.display()));
        command.env_remove("SCOPE_PLAN").env_remove("SCOPE_PROFILE");
        command
    }
}

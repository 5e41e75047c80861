//! Packages of a user's, outside of this workspace.

#![allow(dead_code, reason = "not every test needs all of it")]

use std::path::{Path, PathBuf};
use std::process::Command;

/// A package in a folder of its own.
pub struct Package {
    folder: tempfile::TempDir,
}

impl Package {
    /// `name`: one for each package, since they share a target folder. `manifest`: what follows on the section `[package]`.
    pub fn new(name: &str, edition: &str, manifest: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("src")).expect("src");
        let package = Self { folder };
        package.write(
            "Cargo.toml",
            &format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"{edition}\"\n\n[workspace]\n\n{manifest}\n"),
        );
        // The versions that this workspace has, so that nothing is fetched anew.
        std::fs::copy(root().join("Cargo.lock"), package.path().join("Cargo.lock")).expect("a lock file");
        package
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path().join(name), text).expect("a file");
    }

    /// A cargo that is about to work in it.
    pub fn cargo(&self, args: &[&str]) -> Command {
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .args(args)
            .arg("--quiet")
            .current_dir(self.path())
            .env("CARGO_TARGET_DIR", target())
            .env_remove("SCOPE_LOG")
            .env_remove("SCOPE_PLAN")
            .env_remove("SCOPE_PROFILE");
        cargo
    }
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// One for all tests: the dependencies are built once.
pub fn target() -> PathBuf {
    root().join("target").join("outside")
}

/// The line of a manifest that brings `scope`.
pub fn dependency() -> String {
    format!("scope = {{ path = {:?} }}", root())
}

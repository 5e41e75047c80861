//! The shapes as programs of one package, outside of this workspace.

use super::{Shape, package};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// For a program that would run for ever.
const PATIENCE: Duration = Duration::from_secs(60);

/// The package, and its programs.
pub struct Programs {
    package: package::Package,
    programs: PathBuf,
}

impl Programs {
    /// Builds all shapes; what does not compile fails the test with rustc's words.
    pub fn build(shapes: &[Shape]) -> Self {
        let bins: String = shapes
            .iter()
            .map(|Shape { name, edition, .. }| {
                format!("[[bin]]\nname = \"{name}\"\npath = \"{name}.rs\"\nedition = \"{edition}\"\n")
            })
            .collect();
        let dependency = package::dependency();
        let manifest = format!("[dependencies]\n{dependency}\n\n[profile.dev]\ndebug = 0\n\n{bins}");
        let package = package::Package::new("shapes", "2021", &manifest);
        package.write("scope.toml", "[defaults]\nlevel = \"full\"\n");
        for Shape { name, source, .. } in shapes {
            package.write(&format!("{name}.rs"), source);
        }
        let mut cargo = package.cargo(&["build", "--keep-going"]);
        let output = cargo.env("CARGO_INCREMENTAL", "0").output().expect("cargo runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        assert!(!said.contains("scope::"), "a warning about what was woven:\n{said}");
        Self { package, programs: package::target().join("debug") }
    }

    /// Runs a shape; gives its log.
    pub fn run(&self, name: &str) -> Result<PathBuf, String> {
        let log = self.package.path().join(name).with_extension("scope");
        let mut child = Command::new(self.programs.join(name))
            .env("SCOPE_LOG", &log)
            .env("RUST_BACKTRACE", "0")
            .current_dir(self.package.path())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| error.to_string())?;
        let end = Instant::now() + PATIENCE;
        loop {
            match child.try_wait().map_err(|error| error.to_string())? {
                Some(_) => break,
                None if Instant::now() > end => {
                    _ = child.kill();
                    return Err("it never ended".to_owned());
                }
                None => std::thread::sleep(Duration::from_millis(2)),
            }
        }
        let output = child.wait_with_output().map_err(|error| error.to_string())?;
        if output.status.success() { Ok(log) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
    }
}

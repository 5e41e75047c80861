//! The shapes as programs of one package, outside of this workspace.

use super::Shape;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// For a program that would run for ever.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Package {
    folder: tempfile::TempDir,
    target: PathBuf,
}

impl Package {
    /// Builds all shapes; what does not compile fails the test with rustc's words.
    pub fn build(shapes: &[Shape]) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder = tempfile::tempdir().expect("a folder");
        let bins: String = shapes
            .iter()
            .map(|Shape { name, edition, .. }| {
                format!("[[bin]]\nname = \"{name}\"\npath = \"{name}.rs\"\nedition = \"{edition}\"\n")
            })
            .collect();
        let manifest = format!(
            "[package]\nname = \"shapes\"\nversion = \"0.1.0\"\nedition = \"2021\"\nautobins = false\n\n[workspace]\n\n\
             [dependencies]\nscope = {{ path = {root:?} }}\n\n[profile.dev]\ndebug = 0\n\n{bins}"
        );
        fs::write(folder.path().join("Cargo.toml"), manifest).expect("a manifest");
        fs::write(folder.path().join("scope.toml"), "[defaults]\nlevel = \"full\"\n").expect("a plan");
        fs::copy(root.join("Cargo.lock"), folder.path().join("Cargo.lock")).expect("a lock file");
        for Shape { name, source, .. } in shapes {
            fs::write(folder.path().join(name).with_extension("rs"), source).expect("a program");
        }
        // Where the other test of packages outside has built the dependencies, too.
        let target = root.join("target").join("outside");
        let output = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--keep-going"])
            .current_dir(folder.path())
            .env("CARGO_TARGET_DIR", &target)
            .env("CARGO_INCREMENTAL", "0")
            .env_remove("SCOPE_PLAN")
            .env_remove("SCOPE_PROFILE")
            .output()
            .expect("cargo runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        assert!(!said.contains("scope::"), "a warning about what was woven:\n{said}");
        Self { folder, target: target.join("debug") }
    }

    /// Runs a shape; gives its log.
    pub fn run(&self, name: &str) -> Result<PathBuf, String> {
        let log = self.folder.path().join(name).with_extension("scope");
        let mut child = Command::new(self.target.join(name))
            .env("SCOPE_LOG", &log)
            .env("RUST_BACKTRACE", "0")
            .current_dir(self.folder.path())
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

//! A published crate as a package that can be built alone, once for each way to instrument it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::inject::inject;

/// A way to instrument a crate.
pub(crate) struct Variant {
    pub(crate) name: &'static str,
    /// What is written before each function; nothing: the crate as it is.
    attribute: Option<&'static str>,
    /// The line in the table of dependencies; `{root}`: this repository.
    dependency: &'static str,
    /// The plan's level.
    level: Option<&'static str>,
}

const SCOPE: &str = "scope = { path = \"{root}\" }";
const TRACING: &str = "tracing = \"0.1\"";

const fn scope(level: &'static str) -> Variant {
    Variant { name: level, attribute: Some("#[::scope::instrument]"), dependency: SCOPE, level: Some(level) }
}

/// The first one is what the others are compared with.
pub(crate) const VARIANTS: [Variant; 6] = [
    Variant { name: "plain", attribute: None, dependency: "", level: None },
    scope("none"),
    scope("boundaries"),
    scope("detailed"),
    scope("full"),
    Variant {
        name: "tracing",
        attribute: Some("#[::tracing::instrument(skip_all)]"),
        dependency: TRACING,
        level: None,
    },
];

/// A crate and the features that it is built with.
pub(crate) type Published = (&'static str, &'static str, &'static str);

/// A copy of a crate, ready to be built.
pub(crate) struct Subject {
    folder: PathBuf,
    crate_name: String,
    features: &'static str,
    plan: Option<PathBuf>,
}

impl Subject {
    pub(crate) fn new(scratch: &Path, of: &Published, variant: &Variant) -> Result<Self, String> {
        let (name, version, features) = *of;
        let folder = scratch.join(variant.name).join(name);
        _ = fs::remove_dir_all(&folder);
        copy(&source(scratch, name, version)?, &folder)?;
        let manifest = folder.join("Cargo.toml");
        let text = fs::read_to_string(&manifest).map_err(|error| format!("{}: {error}", manifest.display()))?;
        let root = repository();
        let dependency = variant.dependency.replace("{root}", &root.display().to_string());
        // A table for a target: it may have a dependency of that name already.
        let text = format!("{text}\n[workspace]\n\n[target.'cfg(all())'.dependencies]\n{dependency}\n");
        fs::write(&manifest, text).map_err(|error| format!("{}: {error}", manifest.display()))?;
        _ = fs::remove_file(folder.join("Cargo.lock"));
        if let Some(attribute) = variant.attribute {
            inject(&folder.join("src"), attribute)?;
        }
        let plan = variant.level.map(|level| {
            let path = scratch.join(format!("{level}.toml"));
            fs::write(&path, format!("[defaults]\nlevel = \"{level}\"\n")).map(|()| path)
        });
        let plan = plan.transpose().map_err(|error| format!("the plan: {error}"))?;
        Ok(Self { folder, crate_name: name.replace('-', "_"), features, plan })
    }

    /// Compiles the library; gives the seconds of processor time that rustc took for it alone. `bare`: without debug info, and not
    /// incremental.
    pub(crate) fn compile(&self, scratch: &Path, bare: bool) -> Result<f64, String> {
        let times = scratch.join("times");
        _ = fs::remove_file(&times);
        let root = self.folder.join("src/lib.rs");
        let text = fs::read(&root).map_err(|error| format!("{}: {error}", root.display()))?;
        // Written anew, so that it is compiled anew; and of nothing that is left of the last time.
        _ = fs::remove_dir_all(scratch.join("target/debug/incremental"));
        fs::write(&root, text).map_err(|error| format!("{}: {error}", root.display()))?;
        let mut cargo = Command::new("cargo");
        cargo.args(["build", "--lib", "--quiet", "--features", self.features]).current_dir(&self.folder);
        cargo
            .env("CARGO_TARGET_DIR", scratch.join("target"))
            .env("CARGO_INCREMENTAL", if bare { "0" } else { "1" })
            .env("CARGO_PROFILE_DEV_DEBUG", if bare { "0" } else { "2" })
            .env("RUSTFLAGS", "--cap-lints=warn")
            .env("RUSTC_WRAPPER", scratch.join("wrapper"))
            .env("SUBJECT", &self.crate_name)
            .env("TIMES", &times);
        match &self.plan {
            Some(plan) => cargo.env("SCOPE_PLAN", plan),
            None => cargo.env_remove("SCOPE_PLAN"),
        };
        let output = cargo.output().map_err(|error| format!("cargo: {error}"))?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned());
        }
        let text = fs::read_to_string(&times).map_err(|error| format!("{}: {error}", times.display()))?;
        // Of a shell's `times` the second line is what its children took.
        let line = text.lines().rev().find(|line| !line.is_empty()).unwrap_or_default();
        line.split_whitespace().map(seconds).sum::<Option<f64>>().ok_or_else(|| format!("no times: {text}"))
    }
}

/// Seconds of `1m2.5s`.
fn seconds(text: &str) -> Option<f64> {
    let (minutes, seconds) = text.strip_suffix('s')?.split_once('m')?;
    Some(minutes.parse::<f64>().ok()? * 60.0 + seconds.parse::<f64>().ok()?)
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the repository")
}

/// Where cargo keeps the sources of a published crate.
fn source(scratch: &Path, name: &str, version: &str) -> Result<PathBuf, String> {
    let folder = scratch.join("get").join(name);
    fs::create_dir_all(folder.join("src")).map_err(|error| error.to_string())?;
    let manifest = format!(
        "[package]\nname = \"get\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\n[workspace]\n\n[dependencies.{name}]\nversion = \"={version}\"\ndefault-features = false\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest).map_err(|error| error.to_string())?;
    fs::write(folder.join("src/lib.rs"), "").map_err(|error| error.to_string())?;
    let fetched = Command::new("cargo").args(["fetch", "--quiet"]).current_dir(&folder).status();
    if !fetched.is_ok_and(|status| status.success()) {
        return Err(format!("can't fetch {name} {version}"));
    }
    let home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cargo")));
    let registries = home.ok_or("no home of cargo")?.join("registry/src");
    let found = fs::read_dir(&registries).map_err(|error| format!("{}: {error}", registries.display()))?;
    let mut found = found.filter_map(|entry| Some(entry.ok()?.path().join(format!("{name}-{version}"))));
    found.find(|path| path.is_dir()).ok_or_else(|| format!("{name} {version} is not in {}", registries.display()))
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    fs::create_dir_all(to).map_err(|error| format!("{}: {error}", to.display()))?;
    for entry in fs::read_dir(from).map_err(|error| format!("{}: {error}", from.display()))? {
        let path = entry.map_err(|error| error.to_string())?.path();
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy(&path, &target)?;
        } else {
            fs::copy(&path, &target).map_err(|error| format!("{}: {error}", path.display()))?;
        }
    }
    Ok(())
}

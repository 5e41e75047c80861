//! Random programs as one crate outside of this workspace: plain and woven, in two modules of the same lines.

use super::unit::Unit;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What is woven, by turns.
const LEVELS: [&str; 4] = ["full", "full", "detailed", "boundaries"];
/// How often units that are refused are taken out.
const ROUNDS: usize = 6;

pub struct Package {
    folder: tempfile::TempDir,
    edition: u16,
    units: Vec<Unit>,
}

/// What became of the programs.
#[derive(Default)]
pub struct Outcome {
    /// How many the compiler accepts.
    pub accepted: usize,
    pub steps: usize,
    /// What is wrong: seed, program, reason.
    pub wrong: Vec<String>,
}

impl Package {
    pub fn new(edition: u16, units: Vec<Unit>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let manifest = format!(
            "[package]\nname = \"twins{edition}\"\nversion = \"0.1.0\"\nedition = \"{edition}\"\n\n[workspace]\n\n[dependencies]\n\
             scope = {{ path = {root:?} }}\n\n[profile.dev]\ndebug = 0\n"
        );
        fs::create_dir(folder.path().join("src")).expect("src");
        fs::copy(root.join("Cargo.lock"), folder.path().join("Cargo.lock")).expect("a lock file");
        let package = Self { folder, edition, units };
        package.write("Cargo.toml", &manifest);
        package.write("src/trace.rs", include_str!("../trace.rs"));
        package.write("src/prelude.rs", include_str!("prelude.rs"));
        package
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join(name), text).expect("a file");
    }

    /// Compiles, runs and compares.
    pub fn compare(mut self) -> Outcome {
        let mut outcome = Outcome::default();
        self.accept();
        outcome.accepted = self.units.len();
        let mut woven = None;
        for _ in 0..ROUNDS {
            self.sources();
            let said = text(&self.cargo());
            let refused = self.errors(&said);
            if refused.is_empty() {
                woven = Some(said);
                break;
            }
            for (unit, errors) in &refused {
                outcome.wrong.push(self.report(*unit, &format!("is refused when it is woven:\n{errors}")));
            }
            self.units.retain(|unit| !refused.contains_key(&unit.seed));
        }
        let Some(woven) = woven else {
            outcome.wrong.push("the woven crate does not compile".to_owned());
            return outcome;
        };
        for line in warnings(&woven, "woven.rs:").difference(&warnings(&woven, "plain.rs:")) {
            let at = line.split(':').next().and_then(|at| at.parse().ok());
            let seed = at.and_then(|at| self.unit_at(at)).unwrap_or(0);
            let text = at.and_then(|at: usize| self.line(at)).unwrap_or_default();
            outcome.wrong.push(self.report(seed, &format!("has a warning only when it is woven: {line}\n{text}\n")));
        }
        self.run(&mut outcome);
        outcome
    }

    /// Takes out what rustc refuses.
    fn accept(&mut self) {
        for _ in 0..ROUNDS {
            self.sources();
            let said = text(&self.check());
            let refused = self.errors(&said);
            if refused.is_empty() {
                return;
            }
            self.explain(&said);
            self.units.retain(|unit| !refused.contains_key(&unit.seed));
        }
        panic!("rustc refuses ever more");
    }

    /// For who works on the generator: the lines that rustc refuses, into a file.
    fn explain(&self, said: &str) {
        let Some(file) = std::env::var_os("TWINS_REFUSED") else { return };
        let errors = said.lines().filter(|line| line.contains(": error"));
        let text: String = errors
            .map(|error| {
                let at = error.split(':').nth(1).and_then(|at| at.parse::<usize>().ok()).unwrap_or(1);
                format!("{error}\n    {}\n", self.line(at).unwrap_or_default())
            })
            .collect();
        fs::write(file, text).expect("a file");
    }

    /// Each unit has a module; the attribute of the woven one has a line of its own.
    fn sources(&self) {
        let (mut plain, mut woven, mut cases) = (String::new(), String::new(), String::new());
        for Unit { seed, text } in &self.units {
            plain.push_str(&format!("//\npub mod u{seed} {{\n{text}}}\n"));
            let level = LEVELS[*seed as usize % LEVELS.len()];
            woven.push_str(&format!("#[scope::instrument(level = \"{level}\")]\npub mod u{seed} {{\n{text}}}\n"));
            cases.push_str(&format!("    ({seed}, plain::u{seed}::run, woven::u{seed}::run),\n"));
        }
        self.write("src/plain.rs", &plain);
        self.write("src/woven.rs", &woven);
        self.write("src/check.rs", "#![allow(dead_code)]\nmod plain;\nmod prelude;\nmod trace;\n");
        self.write("src/main.rs", &MAIN.replace("CASES_HERE", &cases));
    }

    fn check(&self) -> Output {
        Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
            .args([
                "--edition",
                &self.edition.to_string(),
                "--crate-type",
                "lib",
                "--emit",
                "metadata",
                "--error-format",
                "short",
            ])
            .args(["--out-dir", ".", "src/check.rs"])
            .current_dir(self.folder.path())
            .output()
            .expect("rustc runs")
    }

    fn cargo(&self) -> Output {
        Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--message-format", "short"])
            .current_dir(self.folder.path())
            .env("CARGO_TARGET_DIR", target())
            .env("CARGO_INCREMENTAL", "0")
            .env_remove("SCOPE_PLAN")
            .env_remove("SCOPE_PROFILE")
            .output()
            .expect("cargo runs")
    }

    /// The errors of each unit.
    fn errors(&self, said: &str) -> BTreeMap<u64, String> {
        let mut refused: BTreeMap<u64, String> = BTreeMap::new();
        for line in said.lines().filter(|line| line.contains(": error")) {
            let mut parts = line.split(':');
            let (file, at) = (parts.next().unwrap_or(""), parts.next().and_then(|at| at.parse::<usize>().ok()));
            let (Some(at), true) = (at, file.ends_with("plain.rs") || file.ends_with("woven.rs")) else {
                panic!("an error outside of all programs: {line}\n{said}");
            };
            let unit = self.unit_at(at);
            let unit = unit.unwrap_or_else(|| panic!("an error before all programs: {line}"));
            refused.entry(unit).or_default().push_str(&format!("{line}\n"));
        }
        assert!(!said.contains("internal compiler error"), "{said}");
        refused
    }

    /// The seed of the unit that has this line.
    fn unit_at(&self, line: usize) -> Option<u64> {
        let mut end = 1;
        let mut units = self.units.iter();
        let found = units.find(|unit| {
            end += unit.text.lines().count() + 3;
            line < end
        });
        found.map(|unit| unit.seed)
    }

    fn line(&self, line: usize) -> Option<String> {
        let source = fs::read_to_string(self.folder.path().join("src/plain.rs")).ok()?;
        source.lines().nth(line - 1).map(str::to_owned)
    }

    fn report(&self, seed: u64, what: &str) -> String {
        let text = self.units.iter().find(|unit| unit.seed == seed).map_or("", |unit| &unit.text);
        format!("program {seed} of edition {} {what}\n{text}", self.edition)
    }

    fn run(&self, outcome: &mut Outcome) {
        let log = self.folder.path().join("log.scope");
        let output = Command::new(target().join("debug").join(format!("twins{}", self.edition)))
            .env("SCOPE_LOG", &log)
            .current_dir(self.folder.path())
            .output()
            .expect("it runs");
        let said = String::from_utf8_lossy(&output.stdout);
        let mut last = String::new();
        for line in said.lines() {
            match line.split_once(' ') {
                Some(("differs", rest)) => {
                    let seed = rest.split(' ').next().and_then(|seed| seed.parse().ok()).unwrap_or(0);
                    outcome.wrong.push(self.report(seed, &format!("does something else when it is woven: {rest}")));
                }
                // What was the last to run, should the process have ended.
                Some(("runs", rest)) => last = rest.to_owned(),
                Some(("steps", steps)) => outcome.steps = steps.parse().unwrap_or(0),
                _ => outcome.wrong.push(line.to_owned()),
            }
        }
        if !output.status.success() || outcome.steps == 0 {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            let seed = last.split(' ').next().and_then(|seed| seed.parse().ok()).unwrap_or(0);
            outcome.wrong.push(self.report(seed, &format!("ends the process ({last}) with {}: {said}", output.status)));
        }
        if !log.metadata().is_ok_and(|log| log.len() > 1000) {
            outcome.wrong.push("it was not recorded".to_owned());
        }
    }
}

/// The warnings about a file, without its name.
///
/// A variable that nobody uses may be told of in other words: what is woven may read it.
fn warnings(said: &str, file: &str) -> BTreeSet<String> {
    let unused = ["dead_code", "unused variable", "never used", "never read"];
    let lines =
        said.lines().filter(|line| line.contains(": warning") && !unused.iter().any(|words| line.contains(words)));
    lines.filter_map(|line| Some(line.split_once(file)?.1.to_owned())).collect()
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Where the other tests of packages outside have built the dependencies, too.
fn target() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target").join("outside")
}

const MAIN: &str = r#"#![allow(dead_code)]
mod plain;
mod prelude;
mod trace;
mod woven;

const CASES: &[(u64, fn(), fn())] = &[
CASES_HERE];

fn main() {
    let mut steps = 0;
    let mut noise = 1_u64;
    for &(seed, plain, woven) in CASES {
        for round in 0..12 {
            let mut input = Vec::new();
            for _ in 0..round * 12 {
                noise = noise.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                input.push((noise >> 40) as u8);
            }
            println!("runs {seed} plain");
            let plain = trace::observe(&input, plain);
            println!("runs {seed} woven");
            let woven = trace::observe(&input, woven);
            steps += plain.len();
            if let Some(at) = (0..plain.len().max(woven.len())).find(|&at| plain.get(at) != woven.get(at)) {
                println!("differs {seed} with {input:?}: plain {:?}, woven {:?}", plain.get(at), woven.get(at));
                break;
            }
        }
    }
    println!("steps {steps}");
}
"#;

//! A crate of a user's, outside this workspace: one attribute and no other code.
//!
//! Builds a real package with cargo in a folder of its own, edits its plan and builds it again.

#[path = "common/package.rs"]
mod package;

use package::{Package, dependency, root};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

/// A package with a program. `name`: one for each test, since they share a target folder.
fn program(name: &str, dependency: &str, main: &str) -> Package {
    let package = Package::new(name, "2024", &format!("[dependencies]\n{dependency}"));
    package.write("src/main.rs", main);
    package
}

fn cargo(package: &Package, verb: &str, profile: Option<&str>) -> Output {
    let mut cargo = package.cargo(&[verb]);
    if let Some(profile) = profile {
        cargo.env("SCOPE_PROFILE", profile);
    }
    cargo.output().expect("cargo runs")
}

/// Builds and runs it, and gives the tree of the one log that it left.
fn run(package: &Package, code: i32) -> String {
    dump(&["tree"], &log(package, code))
}

/// Builds and runs it, and gives the one log that it left.
fn log(package: &Package, code: i32) -> PathBuf {
    let logs = package.path().join("scope-logs");
    let _ = fs::remove_dir_all(&logs);
    let output = cargo(package, "run", None);
    assert_eq!(output.status.code(), Some(code), "{}", String::from_utf8_lossy(&output.stderr));
    let mut logs: Vec<PathBuf> = fs::read_dir(logs).expect("logs").map(|entry| entry.expect("a log").path()).collect();
    assert_eq!(logs.len(), 1, "{logs:?}");
    logs.remove(0)
}

fn dump(how: &[&str], log: &Path) -> String {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = ["scope-dump"].iter().chain(how).map(Path::new).chain([log]);
    let exit = scope_dump::run(args, &mut out, &mut err, false);
    assert_eq!(exit, scope_dump::Exit::Success, "{}", String::from_utf8_lossy(&err));
    String::from_utf8(out).expect("UTF-8")
}

const MAIN: &str = r#"
#[scope::instrument]
mod work {
    pub fn run(n: u32) -> Result<u32, String> {
        let half = half(n)?;
        Ok(half + 1)
    }
    fn half(n: u32) -> Result<u32, String> {
        if n % 2 == 0 { Ok(n / 2) } else { Err(format!("{n} is odd")) }
    }
}
fn main() {
    println!("{:?} {:?}", work::run(8), work::run(7));
    END
}
"#;

#[test]
fn one_attribute_leaves_a_log_however_the_program_ends() {
    for (end, code) in [("", 0), ("std::process::exit(3)", 3), ("panic!(\"the end\")", 101)] {
        let package = program("ends", &dependency(), &MAIN.replace("END", end));
        let tree = run(&package, code);
        for part in ["work::run", "n = 8", "Ok(5)", "7 is odd"] {
            assert!(tree.contains(part), "{part} is missing after `{end}`:\n{tree}");
        }
    }
}

#[test]
fn an_edited_plan_rebuilds_what_it_is_for() {
    let package = program("planned", &dependency(), &MAIN.replace("END", ""));
    package.write("scope.toml", "[defaults]\nlevel = \"boundaries\"\n");
    let tree = run(&package, 0);
    assert!(tree.contains("work::run") && !tree.contains("n = 8"), "{tree}");
    package.write("scope.toml", "[defaults]\nlevel = \"none\"\n");
    assert!(cargo(&package, "run", None).status.success());
    assert!(
        !package.path().join("scope-logs").read_dir().is_ok_and(|mut logs| logs.nth(1).is_some()),
        "none records nothing"
    );
    package.write("scope.toml", "[defaults]\nlevel = \"detailed\"\n");
    let tree = run(&package, 0);
    assert!(tree.contains("n = 8"), "{tree}");
    package.write("scope.toml", "[defaults]\nlevel = \"boundaries\"\n[profile.deep.defaults]\nlevel = \"detailed\"\n");
    assert!(cargo(&package, "build", Some("deep")).status.success());
    package.write("scope.toml", "[defaults]\nlevl = \"none\"\n");
    let output = cargo(&package, "build", None);
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && text.contains("scope.toml:2:1"), "{text}");
}

#[test]
fn the_crate_may_have_another_name() {
    let dependency = format!("recorder = {{ package = \"scope\", path = {:?} }}", root());
    let main = MAIN.replace("#[scope::instrument]", "#[recorder::instrument(crate = ::recorder)]").replace("END", "");
    let tree = run(&program("renamed", &dependency, &main), 0);
    assert!(tree.contains("work::run") && tree.contains("Ok(5)"), "{tree}");
}

const POOLED: &str = r#"
mod db {
    pub struct Connection;
    impl std::fmt::Debug for Connection {
        fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            std::process::abort()
        }
    }
    #[derive(Debug)]
    pub struct Pool(pub Vec<u32>);
}
#[scope::instrument]
fn ask(to: &db::Connection, all: &[db::Connection], pool: &db::Pool, query: u32) -> Result<db::Connection, db::Connection> {
    let again = Some(to);
    let free = query;
    let r#mod = pool;
    assert_eq!(r#mod.0.len() + all.len(), 3);
    if again.is_some() && free == 1 { Ok(db::Connection) } else { Err(db::Connection)? }
}
fn main() {
    let pool = db::Pool(vec![1, 2]);
    for n in 1..3 {
        _ = ask(&db::Connection, &[db::Connection], &pool, n);
    }
}
"#;

#[test]
fn the_plan_says_what_is_never_looked_into() {
    let package = program("pooled", &dependency(), POOLED);
    package.write(
        "scope.toml",
        "[defaults]\nlevel = \"full\"\ncapture = { opaque = [\"*::Connection\"] }\n\
         [[function]]\npath = \"pooled::ask\"\ncapture = { opaque = [\"pool\", \"free\"] }\n",
    );
    let events = dump(&[], &log(&package, 0));
    for part in [
        "to = <Opaque: pooled::db::Connection, 0 bytes>",
        "all = [<Opaque: pooled::db::Connection, 0 bytes>]",
        "pool = <Opaque: &pooled::db::Pool, 8 bytes>",
        "again = Some(<Opaque: &pooled::db::Connection, 8 bytes>)",
        "free = <Opaque: u32, 4 bytes>",
        "mod = Pool([1, 2])",
        "Ok(<Opaque: pooled::db::Connection, 0 bytes>)",
    ] {
        assert!(events.contains(part), "{part} is missing:\n{events}");
    }
}

/// What `embed_source` is about, in two files.
const SOURCES: [(&str, &str); 2] = [
    (
        "src/main.rs",
        "#![deny(warnings)]\n#![forbid(unsafe_code)]\nmod quiet;\n\n#[scope::instrument]\nmod work {\n    #[allow(dead_code)]\n    pub fn never() {}\n\n    pub fn twice(n: u32) -> u32 {\n        n + n\n    }\n}\n\nfn main() {\n    println!(\"{}\", work::twice(quiet::one()));\n}\n",
    ),
    ("src/quiet.rs", "#[scope::instrument]\npub fn one() -> u32 {\n    1\n}\n"),
];

#[test]
fn the_log_has_the_plan_and_the_sources_that_it_asks_for() {
    let package = program("embedded", &dependency(), SOURCES[0].1);
    package.write(SOURCES[1].0, SOURCES[1].1);
    let built_in = scope_store::LogReader::open(log(&package, 0)).expect("a log");
    let plans = built_in.plan_defs().expect("plans");
    assert_eq!((plans.len(), &plans[0]), (1, &scope_store::info::PlanDef::default()), "no file is said to be none");
    assert_eq!(built_in.sources().expect("sources"), []);

    // Tracked by a file of the crate's: a first plan is not noticed.
    package.write(SOURCES[1].0, &format!("// A plan.\n{}", SOURCES[1].1));
    let plan = "plan_id = \"embedded-1\"\n[[module]]\npath = \"embedded::work\"\ncapture = { embed_source = true }\n[profile.deep.defaults]\nlevel = \"full\"\n";
    package.write("scope.toml", plan);
    assert!(cargo(&package, "build", None).status.success());
    let binary = package::target().join("debug").join("embedded");
    let moved = package.path().join("deployed");
    fs::rename(binary, &moved).expect("the program moves");
    package.write("scope.toml", "[defaults]\nlevel = \"none\"\n");
    package.write("src/main.rs", "fn main() {}\n");
    let log = package.path().join("deployed.scope");
    let run = std::process::Command::new(&moved).env("SCOPE_LOG", &log).output().expect("it runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let reader = scope_store::LogReader::open(&log).expect("a log");
    let plans = reader.plan_defs().expect("plans");
    assert_eq!(plans.len(), 1, "{plans:?}");
    let known = &plans[0];
    assert_eq!((&known.text[..], &known.id[..], &known.profile[..]), (plan, "embedded-1", ""));
    assert_eq!(known.state, scope_store::info::PlanState::Known);
    let path = package.path().join("scope.toml");
    assert_eq!(fs::canonicalize(&known.path).expect("a path"), fs::canonicalize(path).expect("a path"));
    assert_eq!(reader.sources().expect("sources"), [(SOURCES[0].0.to_owned(), SOURCES[0].1.to_owned())]);
    let site = reader.sites().find(|site| site.name == "twice").expect("a site");
    assert_eq!(site.file, SOURCES[0].0);
    assert_eq!(
        reader.source_line(&site.file, site.line + 1).as_deref(),
        Some("        n + n"),
        "not what is there now"
    );

    package.write("src/main.rs", SOURCES[0].1);
    package.write("scope.toml", plan);
    assert!(cargo(&package, "build", Some("deep")).status.success());
    let log = package.path().join("deep.scope");
    let binary = package::target().join("debug").join("embedded");
    assert!(std::process::Command::new(binary).env("SCOPE_LOG", &log).status().expect("it runs").success());
    let plans = scope_store::LogReader::open(&log).expect("a log").plan_defs().expect("plans");
    assert_eq!((plans.len(), &plans[0].profile[..], &plans[0].text[..]), (1, "deep", plan));
}

#[test]
fn lines_are_dated_where_the_plan_asks_for_it() {
    let main = "#[scope::instrument]\nmod work {\n    pub fn naps() -> u32 {\n        let a = 1;\n        nap();\n        let b = if a == 1 {\n            nap();\n            2\n        } else {\n            3\n        };\n        nap();\n        a + b\n    }\n    #[scope::skip]\n    fn nap() {\n        std::thread::sleep(std::time::Duration::from_millis(5));\n    }\n}\nfn main() {\n    println!(\"{}\", work::naps());\n}\n";
    let package = program("dated", &dependency(), main);
    package.write(
        "scope.toml",
        "schema_version = 1\n[defaults]\nlevel = \"full\"\ncapture = { line_times = true, variables = false }\n",
    );
    for verb in ["run", "run --release"] {
        let logs = package.path().join("scope-logs");
        let _ = fs::remove_dir_all(&logs);
        let verbs: Vec<&str> = verb.split(' ').collect();
        assert!(package.cargo(&verbs).status().expect("cargo runs").success());
        let log = fs::read_dir(&logs).expect("logs").next().expect("a log").expect("a log").path();
        let reader = scope_store::LogReader::open(log).expect("a log");
        let events: Vec<_> = reader
            .events()
            .filter(|event| !event.as_ref().is_ok_and(|event| event.is_bookkeeping()))
            .collect::<Result<_, _>>()
            .expect("no damage");
        let place = |event: &scope_store::event::Event| event.site.and_then(|id| reader.site(id)).expect("a site");
        let lines: Vec<(u32, u64)> = events
            .iter()
            .filter(|event| matches!(event.kind, scope_store::event::EventKind::Line))
            .filter(|event| {
                matches!(place(event).kind, scope_store::info::SiteKind::Place(scope_store::event::PlaceKind::Line))
            })
            .map(|event| (place(event).line, event.time - events[0].time))
            .collect();
        let (numbers, times): (Vec<u32>, Vec<u64>) = lines.into_iter().unzip();
        assert_eq!(numbers, [4, 5, 6, 7, 8, 12, 13], "{verb}");
        // Between the entry and the exit the time of a line is that of its own.
        let after = |first: usize, second: usize| times[second] - times[first];
        let naps = [after(1, 2), after(3, 4), after(5, 6)];
        assert!(naps.iter().all(|nap| *nap >= 5_000_000), "{verb}: {times:?}");
    }
}

/// To start the recorder takes more room where nothing is optimised, as for users.
#[test]
fn the_first_probe_may_be_on_a_small_stack() {
    let main = r#"
        #[scope::instrument(level = "full")]
        fn add(a: u8, b: u8) -> u8 {
            a + b
        }
        fn main() {
            let thread = std::thread::Builder::new().stack_size(16 << 10);
            assert_eq!(thread.spawn(|| add(1, 2)).unwrap().join().unwrap(), 3);
        }
    "#;
    let package = program("small_stack", &dependency(), main);
    let tree = run(&package, 0);
    assert!(tree.contains("add(a = 1, b = 2) → 3"), "{tree}");
}

const ENTRIES: &str = r#"
use dashmap::DashMap;
use std::time::Duration;

/// Its `Debug` waits for every entry.
#[derive(Debug, Default)]
struct Cache {
    all: DashMap<String, Vec<u8>>,
}

#[scope::instrument(level = "full")]
impl Cache {
    fn add(&self, key: &str, byte: u8) -> usize {
        let mut entry = self.all.entry(key.to_string()).or_default();
        entry.push(byte);
        self.count(entry.len())
    }
    fn read(&self, key: &str) -> usize {
        match self.all.get(key) {
            Some(entry) => self.count(entry.len()),
            None => 0,
        }
    }
    fn copied(&self, key: &str) -> usize {
        let copy = self.all.get(key).map(|entry| entry.clone()).unwrap_or_default();
        self.count(copy.len())
    }
    fn all(&self) {
        self.all.retain(|_, entry| self.count(entry.len()) > 0);
    }
    fn count(&self, n: usize) -> usize {
        n
    }
}

#[derive(Debug, Default)]
struct Other {
    all: scc::HashMap<String, Vec<u8>>,
}

#[scope::instrument(level = "full")]
impl Other {
    fn add(&self, key: &str, byte: u8) -> usize {
        let mut entry = self.all.entry(key.to_string()).or_default();
        entry.get_mut().push(byte);
        self.count(entry.len())
    }
    fn read(&self, key: &str) -> usize {
        self.all.get(key).map_or(0, |entry| self.count(entry.len()))
    }
    fn count(&self, n: usize) -> usize {
        n
    }
}

fn main() {
    std::thread::spawn(|| {
        std::thread::sleep(Duration::from_secs(20));
        eprintln!("a value waits for a lock");
        std::process::abort();
    });
    let cache = Cache::default();
    assert_eq!((cache.add("a", 1), cache.read("a"), cache.copied("a")), (1, 1, 1));
    cache.all();
    let other = Other::default();
    assert_eq!((other.add("a", 1), other.read("a")), (1, 1));
}
"#;

#[test]
fn a_map_whose_entries_are_locks_is_not_asked_while_one_is_held() {
    let package = program("entries", &format!("{}\ndashmap = \"6\"\nscc = \"2\"", dependency()), ENTRIES);
    let tree = run(&package, 0);
    let selves: Vec<_> =
        tree.lines().filter(|line| line.contains("::count(")).map(|line| line.contains("lock")).collect();
    // Only where the entry was copied.
    assert_eq!(selves, [true, true, false, true, true, true], "{tree}");
}

const OBJECTS: &str = r#"
use tracing_core::field::Value;

#[scope::instrument(level = "full")]
fn all<'a>(values: &[&'a dyn Value]) -> usize {
    let mut n = 0;
    for value in values {
        n += one(*value);
    }
    n
}

#[scope::instrument(level = "full")]
fn one(value: &dyn Value) -> usize {
    let same = value;
    std::mem::size_of_val(&same)
}

fn main() {
    assert_eq!(all(&[&1, &"text"]), 2 * std::mem::size_of::<&dyn Value>());
}
"#;

#[test]
fn objects_of_a_crate_that_shows_those_alone_that_live_for_ever_are_left_alone() {
    let package = program("objects", &format!("{}\ntracing-core = \"0.1\"", dependency()), OBJECTS);
    let tree = run(&package, 0);
    assert!(tree.contains("← 32"), "{tree}");
}

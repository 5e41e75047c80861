//! The woven functions of a program are found in its file, also those that were never called, however the program was built.

#[path = "common/package.rs"]
mod package;

use package::{Package, dependency, target};
use scope_dump::Exit;
use scope_store::LogReader;
use scope_store::event::PlaceKind;
use scope_store::woven::{Hits, WovenFunction, in_program};
use std::fs;
use std::path::{Path, PathBuf};

/// Half of it is only called where there are more arguments than there ever are.
const MAIN: &str = r#"#![forbid(unsafe_code)]
#[scope::instrument]
mod work {
    pub fn called(number: u32) -> u32 {
        number + 1
    }
    pub fn never(text: &str, #[cfg(any())] gone: u8) -> usize {
        let length = text.len();
        if length > 3 { length } else { generic(&length) }
    }
    pub fn generic<T: std::fmt::Debug>(value: &T) -> usize {
        format!("{value:?}").len()
    }
    #[scope::instrument(level = "boundaries", clock = "coarse")]
    pub fn planned(secret: &str) -> bool {
        secret.is_empty()
    }
    pub struct Order(pub u32);
    impl Order {
        pub fn place(&self) -> Result<u32, String> {
            if self.0 > 7 { Err("too many".to_owned()) } else { Ok(self.0) }
        }
    }
    impl std::fmt::Display for Order {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            write!(f, "order {}", self.0)
        }
    }
    pub async fn waits(number: u32) -> u32 {
        std::future::ready(number).await
    }
    pub mod inner {
        pub fn deep() -> &'static str {
            "deep"
        }
    }
    #[scope::skip]
    pub fn plain() -> u8 {
        1
    }
}
fn main() {
    println!("{}", work::called(1));
    let count = std::env::args().count() as u32;
    if count > 5 {
        println!("{} {} {}", work::never("x"), work::planned("y"), work::plain());
        let order = work::Order(count);
        println!("{:?} {order} {}", order.place(), work::inner::deep());
        let future = std::pin::pin!(work::waits(1));
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        println!("{:?}", std::future::Future::poll(future, &mut context));
    }
}
"#;

const PROFILES: &str =
    "\n[profile.release]\nopt-level = 3\nlto = \"fat\"\ncodegen-units = 1\nstrip = true\npanic = \"abort\"\n";

/// By path.
const NEVER: [&str; 7] =
    ["<Order as std::fmt::Display>::fmt", "Order::place", "generic", "inner::deep", "never", "planned", "waits"];

struct Program {
    package: Package,
    file: PathBuf,
    log: PathBuf,
}

/// Builds and runs it, from the folder of the package.
fn run(name: &str, main: &str, release: bool) -> Program {
    let package = Package::new(name, "2024", &format!("[dependencies]\n{}\n{PROFILES}", dependency()));
    package.write("src/main.rs", main);
    rerun(package, name, release)
}

fn rerun(package: Package, name: &str, release: bool) -> Program {
    let logs = package.path().join("scope-logs");
    let _ = fs::remove_dir_all(&logs);
    let args: &[&str] = if release { &["run", "--release"] } else { &["run"] };
    let output = package.cargo(args).output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let log = fs::read_dir(logs).expect("logs").next().expect("a log").expect("a log").path();
    let file = target().join(if release { "release" } else { "debug" }).join(name);
    Program { package, file: file.with_extension(std::env::consts::EXE_EXTENSION), log }
}

fn named<'p>(functions: &'p [WovenFunction], name: &str) -> &'p WovenFunction {
    let found: Vec<_> = functions.iter().filter(|function| function.name == name).collect();
    assert_eq!(found.len(), 1, "{name}");
    found[0]
}

fn dump(args: &[&Path]) -> (Exit, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = scope_dump::run([&[Path::new("scope-dump")], args].concat(), &mut out, &mut err, false);
    (exit, String::from_utf8(out).expect("UTF-8"), String::from_utf8(err).expect("UTF-8"))
}

fn line_of(part: &str) -> u32 {
    MAIN.lines().position(|line| line.contains(part)).expect("a line") as u32 + 1
}

#[test]
fn all_woven_functions_that_are_linked_are_found() {
    for release in [false, true] {
        let program = run("unhit", MAIN, release);
        let functions = in_program(&program.file).expect("a program");
        let mut names: Vec<_> = functions.iter().map(WovenFunction::path).collect();
        names.retain(|path| path != "unhit::work::called");
        assert_eq!(names, NEVER.map(|name| format!("unhit::work::{name}")), "release: {release}");
        let never = named(&functions, "never");
        assert_eq!((never.file.as_str(), never.line), ("src/main.rs", line_of("fn never")));
        assert_eq!(never.args, ["text"]);
        let kinds: Vec<_> = never.places.iter().map(|place| place.kind).collect();
        assert!(kinds.contains(&PlaceKind::Return), "{kinds:?}");

        let log = LogReader::open(&program.log).expect("a log");
        let never = Hits::of(&log, |damage| panic!("{damage}")).never(&functions);
        let names: Vec<_> = never.functions.iter().map(|function| function.path()).collect();
        assert_eq!((names, never.moved), (NEVER.map(|name| format!("unhit::work::{name}")).to_vec(), 0));

        // The log says which program wrote it, and where that was called.
        let (exit, out, err) = dump(&[Path::new("unhit"), &program.log]);
        assert_eq!((exit, err.as_str()), (Exit::Success, ""), "{out}");
        let head = format!("7 of 8 woven functions of `{}` were never hit", program.file.display());
        assert_eq!(out.lines().next(), Some(head.as_str()));
        let place = format!("  unhit::work::planned  {:12}src/main.rs:{}", "", line_of("fn planned"));
        assert!(out.lines().any(|line| line.split_whitespace().eq(place.split_whitespace())), "{out}");
        assert_eq!(out.lines().count(), 8);
    }
}

#[test]
fn what_was_called_is_not_listed_and_what_has_moved_is_told() {
    // With arguments enough, all of it is called.
    let main = MAIN.replace("count > 5", "count > 0");
    let program = run("unhit_all", &main, false);
    let (exit, out, _) = dump(&[Path::new("unhit"), &program.log]);
    assert_eq!(exit, Exit::Success);
    assert_eq!(out, format!("all 8 woven functions of `{}` were hit\n", program.file.display()));

    let log = program.package.path().join("before.scope");
    fs::copy(&program.log, &log).expect("a copy");
    // Two lines more on top, and one function more.
    let moved = format!(
        "//! More.\n//! And more.\n{}",
        main.replace("pub fn plain", "pub fn plain()->u8{2}\n#[scope::instrument]pub fn newer")
    );
    let moved = moved.replace("work::plain())", "work::plain() + work::newer())");
    program.package.write("src/main.rs", &moved);
    let program = rerun(program.package, "unhit_all", false);
    let json =
        [Path::new("unhit"), &log, Path::new("--program"), &program.file, Path::new("--format"), Path::new("json")];
    let (exit, out, err) = dump(&json);
    assert_eq!(exit, Exit::Success);
    let objects: Vec<serde_json::Value> = out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(objects.len(), 1, "{out}");
    assert_eq!((&objects[0]["kind"], &objects[0]["function"]), (&"unhit".into(), &"unhit_all::work::newer".into()));
    assert_eq!((&objects[0]["file"], objects[0]["line"].is_u64()), (&"src/main.rs".into(), true));
    assert!(err.contains("8 functions were hit at other lines"), "{err}");
}

#[test]
fn what_is_no_program_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("run.scope");
    scope::Recorder::builder().log(&log).start().expect("a recorder").finish().expect("a log");
    let with = |program: &Path| dump(&[Path::new("unhit"), &log, Path::new("--program"), program]);
    let (exit, out, err) = with(&folder.path().join("none"));
    assert_eq!((exit, out.as_str()), (Exit::Usage, ""));
    assert!(err.contains("can't open the program") && err.contains("--program"), "{err}");
    let (exit, _, err) = with(&log);
    assert_eq!(exit, Exit::Usage);
    assert!(err.contains("no woven function is in"), "{err}");
    let (exit, _, err) = with(folder.path());
    assert_eq!(exit, Exit::Usage);
    assert!(err.contains("program"), "{err}");
}

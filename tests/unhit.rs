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

const PROFILES: &str = "\n[profile.release]\nopt-level = 3\nlto = \"fat\"\ncodegen-units = 1\nstrip = true\npanic = \"abort\"\n";

const NEVER: [&str; 8] = [
    "<work::Order as std::fmt::Display>::fmt",
    "work::Order::place",
    "generic",
    "inner::deep",
    "never",
    "never, again",
    "planned",
    "waits",
];

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

#[test]
fn all_woven_functions_that_are_linked_are_found() {
    for release in [false, true] {
        let program = run("unhit", MAIN, release);
        let functions = in_program(&program.file).expect("a program");
        let paths: Vec<_> = functions.iter().map(WovenFunction::path).collect();
        panic!("{paths:#?}");
    }
}

//! Where a crate forbids what woven code would be pardoned for, it does without, and rustc says what it says of plain code.

use crate::compiler::{Job, OTHERWISE, differences, for_all, sources};
use crate::package::{Package, dependency};
use crate::warnings::EDITIONS;

#[test]
fn crates_may_forbid_what_we_would_pardon() {
    let sources = sources("forbidden");
    let all: &[&str] = &["unreachable_code", "unused_assignments", "unused_imports"];
    let lists = [all, &["unused"], &["warnings"], &["rust_2024_compatibility"]];
    let jobs: Vec<_> = sources
        .iter()
        .flat_map(|source| lists.map(|forbidden| (source, forbidden)))
        .flat_map(|job| EDITIONS.map(|edition| (job, edition)))
        .collect();
    let wrong = for_all(&jobs, |(((name, source), forbidden), edition)| {
        let job = Job { name, source, edition, lints: None, forbidden, level: None, renamed: None, alone: false };
        differences(job, &[OTHERWISE], |said| format!("{} {} {} ({forbidden:?})", said.places, said.code, said.text))
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Also further inside: in a module's own file, in that of one round it, and at a function. Where it only seems to be forbidden, the user's own pardons stay.
#[test]
fn modules_may_forbid_it_too() {
    let package = Package::new("forbids", "2021", &format!("[dependencies]\n{}", dependency()));
    let woven = "#[scope::instrument(level = \"full\")]\npub fn f(n: Option<u8>) -> Option<u8> {\n    let m = n?;\n    m.checked_add(1)\n}\n";
    package.write("src/lib.rs", "pub mod inside;\npub mod outer;\npub mod function;\npub mod unless;\n");
    package.write("src/inside.rs", &format!("#![forbid(unreachable_code)]\n{woven}"));
    package.write("src/outer.rs", "#![forbid(unused)]\npub mod inner;\n");
    std::fs::create_dir(package.path().join("src/outer")).expect("a folder");
    package.write("src/outer/inner.rs", woven);
    package.write("src/function.rs", &format!("#[forbid(warnings)]\n{woven}"));
    let theirs = "#[scope::instrument(level = \"full\")]\npub mod bytes {\n    #[allow(unsafe_code)]\n    pub fn first(of: &u8) -> u8 {\n        \
         #[allow(unused_variables)]\n        let x = 1;\n        unsafe { *std::ptr::from_ref(of) }\n    }\n}\n";
    package.write(
        "src/unless.rs",
        &format!("#![cfg_attr(any(), forbid(unsafe_code, unused))]\n#![deny(unsafe_code, unused)]\n{theirs}"),
    );
    let output = package.cargo(&["check"]).output().expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.is_empty(), "{said}");
}

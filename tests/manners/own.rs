//! What is written of the program: its documentation, and events of its own, which bring no warning, in each edition, under strict lints, and where the facade has another name.

use crate::compiler::{Compiler, Job, for_all};
use crate::warnings::{EDITIONS, LINTS};
use std::collections::BTreeSet;

#[test]
fn events_of_the_programs_own_stay_clean() {
    let source = include_str!("own/events.rs");
    let scope = source.replace("FACADE", "::scope");
    let renamed = source.replace("FACADE", "recorder");
    let lints: Option<&[&str]> = if Compiler::get().has_clippy() { Some(&LINTS) } else { None };
    let job = |source, renamed| {
        move |edition| Job { name: "own", source, edition, lints, forbidden: &[], level: None, renamed, alone: false }
    };
    let jobs: Vec<_> = EDITIONS
        .into_iter()
        .map(job(&scope, None))
        .chain(EDITIONS.into_iter().map(job(&renamed, Some(("recorder", "recorder")))))
        .collect();
    let said = for_all(&jobs, |job| {
        Compiler::get().says(*job).iter().map(|said| format!("{} {:?}: {said:?}", job.edition, job.renamed)).collect()
    });
    assert!(said.is_empty(), "{}", said.join("\n"));
}

#[test]
fn documentation_says_nothing_of_the_recorder() {
    let source = "/// Theirs.\npub struct A;\nimpl A {\n/*@*/\n/// Also.\npub fn first(&self) -> usize { 1 }\n}";
    let ids = |source: &str| -> BTreeSet<String> {
        let page = Compiler::get().page(source, "struct.A.html");
        page.split(" id=\"impl-").skip(1).filter_map(|at| at.split('"').next()).map(str::to_owned).collect()
    };
    let (plain, woven) = (ids(&source.replace("/*@*/", "")), ids(source));
    assert!(plain.is_subset(&woven), "{plain:?}, {woven:?}");
    // Traits that all types have: of `either` and `crossbeam`, and none of ours.
    let of_others = |id: &&String| ["IntoEither", "Pointable"].iter().any(|name| id.starts_with(name));
    let new: Vec<_> = woven.difference(&plain).filter(|id| !of_others(id)).collect();
    assert!(new.is_empty(), "{new:?}");
}

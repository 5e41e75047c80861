//! Events of the program's own bring no warning, in each edition, under strict lints, and where the facade has another name.

use crate::compiler::{Compiler, Job, for_all};
use crate::warnings::{EDITIONS, LINTS};

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

//! Crates without a fault, and not like others: under strict lints, without std, with names of their own, with code under `#[cfg]`, with
//! the facade under another name.

use crate::compiler::{Compiler, Job, for_all, sources};
use crate::warnings::{EDITIONS, LINTS};

const LEVELS: [Option<&str>; 4] = [None, Some("boundaries"), Some("detailed"), Some("full")];

#[test]
fn clean_code_stays_clean() {
    let clippy = Compiler::get().has_clippy();
    let lints: Option<&[&str]> = if clippy { Some(&LINTS) } else { None };
    let sources = sources("guests");
    let jobs: Vec<_> = sources
        .iter()
        .flat_map(|(name, source)| EDITIONS.map(|edition| (name, source, edition)))
        .flat_map(|(name, source, edition)| {
            LEVELS.map(|level| Job { name, source, edition, lints, forbidden: &[], level, renamed: None, alone: false })
        })
        .collect();
    assert_eq!(jobs.len(), 6 * 3 * 4);
    assert_clean(&jobs);
}

#[test]
fn the_facade_may_have_another_name() {
    let sources = sources("guests");
    let names = [("recorder", "recorder"), ("recorder", "::recorder"), ("eyes", "crate::tools::nested::scope")];
    let exported = "\n/// Tools.\npub mod tools {\n    /// And more.\n    pub mod nested {\n        pub use eyes as scope;\n    }\n}\n";
    let mut jobs = Vec::new();
    let texts: Vec<_> = sources.iter().map(|(name, source)| (name, source.clone() + exported)).collect();
    for ((name, source), (_, exporting)) in sources.iter().zip(&texts) {
        for (edition, renamed) in EDITIONS.into_iter().zip(names) {
            let source = if renamed.0 == "eyes" { exporting } else { source };
            jobs.push(Job {
                name,
                source,
                edition,
                lints: None,
                forbidden: &[],
                level: Some("full"),
                renamed: Some(renamed),
                alone: false,
            });
        }
    }
    assert_clean(&jobs);
}

fn assert_clean(jobs: &[Job<'_>]) {
    let wrong = for_all(jobs, |job| {
        let said = Compiler::get().says(*job);
        said.iter()
            .map(|said| format!("{} {} {:?} {:?}: {said:?}", job.name, job.edition, job.level, job.renamed))
            .collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

//! Where a crate forbids what woven code would be pardoned for, it does without, and rustc says what it says of plain code.

use crate::compiler::{Job, differences, for_all, sources};
use crate::warnings::EDITIONS;

#[test]
fn crates_may_forbid_what_we_would_pardon() {
    let sources = sources("forbidden");
    let lists = [&["unreachable_code", "unused_assignments", "unused_imports"][..], &["unused"], &["warnings"]];
    let jobs: Vec<_> = sources
        .iter()
        .flat_map(|source| lists.map(|forbidden| (source, forbidden)))
        .flat_map(|job| EDITIONS.map(|edition| (job, edition)))
        .collect();
    let wrong = for_all(&jobs, |(((name, source), forbidden), edition)| {
        let job = Job { name, source, edition, lints: None, forbidden, level: None, renamed: None };
        differences(job, |said| format!("{} {} {} ({forbidden:?})", said.places, said.code, said.text))
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

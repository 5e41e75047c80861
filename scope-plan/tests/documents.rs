//! What people are shown must be true: the repository's own plan, and every plan in the documentation.

use std::fs;
use std::path::{Path, PathBuf};

use scope_plan::{Detail, Level, Limits, Plan};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn examples(profile: Option<&str>) -> Plan {
    let path = root().join("scope.toml");
    let text = fs::read_to_string(&path).unwrap();
    Plan::parse(&text, &path, profile).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn the_plan_of_the_examples_does_what_its_comments_say() {
    let plan = examples(None);
    let main = plan.resolve("tour::main");
    assert_eq!((main.level, main.limits), (Level::Detailed, Limits::DEFAULT));
    assert!(main.redacts("iban") && main.redacts("card_pin") && main.redacts("password"));
    assert_eq!(plan.resolve("tour::parse::line").level, Level::Full);
    let checksum = plan.resolve("tour::parse::checksum");
    assert_eq!((checksum.level, checksum.probes.args), (Level::Full, Detail::Brief));
    assert!(plan.resolve("tour::<Record as Display>::fmt").is_empty());
    assert!(plan.resolve("threads::<Job as std::fmt::Debug>::fmt").is_empty());
    assert_eq!(plan.resolve("threads::work").level, Level::Detailed);
    assert_eq!(plan.runtime_lines(), "", "the defaults of the run time hold");
}

#[test]
fn its_profiles_do_too() {
    let quiet = examples(Some("quiet"));
    assert_eq!(quiet.resolve("tour::main").level, Level::Boundaries);
    assert!(quiet.resolve("tour::parse::line").is_empty());
    let everything = examples(Some("everything"));
    assert_eq!(everything.resolve("tour::<Record as Display>::fmt").level, Level::Full);
}

#[test]
fn every_plan_in_the_reference_is_valid() {
    let path = root().join("docs/plan.md");
    let text = fs::read_to_string(&path).unwrap();
    let blocks: Vec<&str> = text.split("```toml\n").skip(1).map(|rest| rest.split_once("```").unwrap().0).collect();
    assert!(blocks.len() >= 3);
    for block in blocks {
        if let Err(error) = Plan::parse(block, &path, None) {
            panic!("{error}\nin\n{block}");
        }
    }
}

#[test]
fn the_reference_names_every_built_in_redaction() {
    let text = fs::read_to_string(root().join("docs/plan.md")).unwrap();
    for glob in scope_plan::DEFAULT_REDACT {
        assert!(text.contains(glob), "{glob} is missing");
    }
}

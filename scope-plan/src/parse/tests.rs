//! What is read, what is refused and in which words, and that no text brings the parser down.

use proptest::prelude::*;

use super::*;
use crate::capture::{Detail, Level};

fn parse(text: &str) -> Result<Plan, PlanError> {
    Plan::parse(text, Path::new("scope.toml"), None)
}

fn errors(text: &str) -> String {
    parse(text).map(|plan| format!("accepted: {plan:#?}")).unwrap_or_else(|error| error.to_string())
}

const EVERYTHING: &str = r#"
schema_version = 1
plan_id = "all"
defaults = { level = "boundaries", include = ["a::**"], exclude = ["**::tests"] }
runtime = { log = "logs/", ring_size = "64 KiB", overflow = "block", flush_interval = 20, max_size = "1 GB", threads = 2 }

[metadata]
owner = { name = "me", since = 2024-01-01 }

[[module]]
path = "a::b"
level = "full"
include = []
exclude = ["a::b::c"]
[module.capture]
args = "brief"
return_value = "none"
lines = false
variables = true
expressions = false
max_depth = 3
max_string = "1 KiB"
max_items = 0
max_bytes = 1_024
debug = false
opaque = ["*::Pool", "conn"]
redact = ["iban", "*_PIN"]
redact_defaults = false
embed_source = true

[[function]]
path = "<impl a::T for *>::f"
level = "custom"
capture.lines = true

[profile.dev.runtime]
ring_size = 0x2000
[[profile.dev.function]]
path = "a::main"
"#;

#[test]
fn every_key_is_read() {
    let plan = Plan::parse(EVERYTHING, Path::new("scope.toml"), Some("dev")).unwrap();
    assert_eq!((plan.plan_id.as_deref(), plan.profile.as_deref()), (Some("all"), Some("dev")));
    let lines: Vec<u32> = plan.rules.iter().map(|rule| rule.line).collect();
    assert_eq!(lines, [4, 10, 31, 38]);
    assert_eq!(
        plan.runtime_lines(),
        "log=logs/\nring_size=8192\noverflow=block\nflush_interval=20ms\nmax_size=1000000000\nthreads=2"
    );
    let module = &plan.rules[1];
    assert_eq!((module.level, module.capture.args), (Some(Level::Full), Some(Detail::Brief)));
    assert_eq!((module.capture.max_string, module.capture.max_items), (Some(1024), Some(0)));
    assert_eq!(module.capture.embed_source, Some(true));
    let redact: Vec<&str> = module.capture.redact.iter().map(|glob| glob.as_str()).collect();
    assert_eq!(redact, ["iban", "*_pin"]);
    let opaque: Vec<&str> = module.capture.opaque.iter().map(|glob| glob.as_str()).collect();
    assert_eq!(opaque, ["*::Pool", "conn"]);
}

#[test]
fn an_empty_plan_is_the_default() {
    assert_eq!(parse(""), Ok(Plan::default()));
    assert_eq!(parse("# nothing but words\n[defaults]\n").unwrap().resolve("a::b"), Plan::default().resolve("a::b"));
    assert_eq!(parse("\u{feff}plan_id = \"bom\"").unwrap().plan_id.as_deref(), Some("bom"));
}

#[test]
fn unknown_keys() {
    insta::assert_snapshot!(errors(
        r#"
levle = "full"
shrubbery = 1
ring_size = 1
[defaults]
levle = "full"
capture = { arg = "full", max-depth = 3, "max items" = 4 }
path = "a"
[[module]]
path = "a"
lines = true
[[function]]
path = "a::b"
exclude = ["c"]
[runtime]
overflw = "block"
[profile.dev]
plan_id = "x"
"#
    ));
}

#[test]
fn keys_of_later_versions() {
    insta::assert_snapshot!(errors(
        r#"
[defaults]
capture = { expressions = true }
[[function]]
path = "a::b"
min_duration = "1 ms"
sample = 10
[[probe]]
id = "p"
[[profile.dev.probe]]
"#
    ));
}

#[test]
fn bad_values() {
    insta::assert_snapshot!(errors(
        r#"
schema_version = 2
plan_id = ""
metadata = 3
[defaults]
level = "detaild"
include = "a::**"
exclude = ["a..b", 7, "crate::x"]
[defaults.capture]
args = true
return_value = "everything"
lines = "yes"
max_depth = 0
max_string = "a lot"
max_items = -1
max_bytes = "1 GiB"
debug = 1
opaque = ["Pool<u8>"]
redact = ["pass word"]
[runtime]
log = "a\nb"
ring_size = "64 furlongs"
overflow = "drop"
flush_interval = "50"
max_size = 1.5
threads = 0
"#
    ));
}

#[test]
fn bad_tables() {
    insta::assert_snapshot!(errors(
        r#"
defaults = "full"
function = [1, { path = "a::b" }]
runtime = []
[module]
path = "a"
[profile]
level = "none"
[[profile.dev.module]]
level = "none"
[[profile.dev.module]]
path = ""
"#
    ));
}

#[test]
fn no_toml() {
    insta::assert_snapshot!(errors("[defaults]\nlevel = \"full\n\n[[module]\npath = 'ä' 'b'\nlevel = yes\n"));
}

#[test]
fn double_keys_do_not_hide_other_faults() {
    insta::assert_snapshot!(errors(
        "[defaults]\nlevel = \"full\"\nlevel = \"none\"\nfoo = 1\n[runtime]\nthreads = 0\n[defaults]\n"
    ));
}

#[test]
fn columns_count_characters() {
    insta::assert_snapshot!(errors(
        "defaults = { \"lével\" = 1, level = \"fäll\", capture = { \"ärgs\" = \"nöne\" } }"
    ));
}

#[test]
fn a_profile_must_exist() {
    let with = |text: &str, profile| Plan::parse(text, Path::new("scope.toml"), Some(profile)).unwrap_err().to_string();
    let text = "[profile.dev]\n[profile.quiet]";
    insta::assert_snapshot!(with(text, "quite"), @"scope.toml: no profile `quite`, which SCOPE_PROFILE asks for; did you mean `quiet`? the plan has `dev`, `quiet`");
    insta::assert_snapshot!(with(text, "release"), @"scope.toml: no profile `release`, which SCOPE_PROFILE asks for; the plan has `dev`, `quiet`");
    insta::assert_snapshot!(with("", "dev"), @"scope.toml: no profile `dev`, which SCOPE_PROFILE asks for; the plan has none; add `[profile.dev]` or unset SCOPE_PROFILE");
}

#[test]
fn numbers_at_their_edges() {
    let capture = |key: &str, value: &str| parse(&format!("[defaults.capture]\n{key} = {value}")).is_ok();
    assert!(capture("max_depth", "64") && !capture("max_depth", "65") && capture("max_depth", "1"));
    assert!(capture("max_bytes", "64") && !capture("max_bytes", "63") && capture("max_bytes", "\"64 KiB\""));
    assert!(!capture("max_items", "99999999999999999999999"));
    let runtime = |key: &str, value: &str| parse(&format!("[runtime]\n{key} = {value}")).is_ok();
    assert!(runtime("ring_sizes", "\"main=4k, worker-*=4 GiB\""));
    for wrong in ["main", "main=", "=4k", "main=4095", "main=5 GiB", "main=64 furlongs", "a\\nb=4k"] {
        assert!(!runtime("ring_sizes", &format!("\"{wrong}\"")), "{wrong}");
    }
    assert!(runtime("ring_size", "\"4k\"") && !runtime("ring_size", "4095") && !runtime("ring_size", "\"5 GiB\""));
    assert!(runtime("flush_interval", "\"1us\"") && !runtime("flush_interval", "0"));
    assert!(!runtime("flush_interval", "18446744073709551615"));
}

/// Text that is close to a plan: pieces of one, in any order.
fn nearly_a_plan() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "[defaults]\n",
        "[[module]]\n",
        "[[function]]\n",
        "[runtime]\n",
        "[profile.a]\n",
        "[defaults.capture]\n",
        "path",
        "level",
        "capture",
        "include",
        "redact",
        "max_bytes",
        "ring_size",
        "flush_interval",
        "module",
        " = ",
        "=",
        "\"full\"",
        "\"a::*\"",
        "\"<impl T for *>::x\"",
        "\"64 KiB\"",
        "\"ü\"",
        "[",
        "]",
        "{",
        "}",
        ",",
        "\n",
        "\r\n",
        "\"",
        "'",
        "-1",
        "0",
        "0x7f",
        "1.5",
        "true",
        "nan",
        "2020-01-01",
        "#",
        ".",
        "\u{feff}",
        "ä",
        "\0",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn check(text: &str) -> Result<(), TestCaseError> {
    let Err(error) = parse(text) else { return Ok(()) };
    prop_assert!(!error.issues().is_empty());
    let lines: Vec<&str> = text.split('\n').collect();
    for issue in error.issues() {
        let (line, column) = issue.position.unwrap();
        prop_assert!(line >= 1 && line as usize <= lines.len(), "{issue}");
        let width = lines[line as usize - 1].chars().count();
        prop_assert!(column >= 1 && column as usize <= width + 1, "{issue} in a line of {width}");
        prop_assert!(!issue.message.contains('\n'), "{issue}");
    }
    prop_assert!(error.issues().is_sorted_by_key(|issue| issue.position));
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_at_a_place_inside_it(text in any::<String>()) {
        check(&text)?;
    }

    #[test]
    fn so_is_any_text_that_is_nearly_a_plan(text in nearly_a_plan()) {
        check(&text)?;
    }

    #[test]
    fn so_is_a_plan_that_was_hurt(at in 0..EVERYTHING.len(), with in "[\\[\\]{}=\"#.,a-z0-9\n]{0,3}", drop in 0usize..6) {
        let end = (at + drop).min(EVERYTHING.len());
        if let (Some(head), Some(tail)) = (EVERYTHING.get(..at), EVERYTHING.get(end..)) {
            check(&format!("{head}{with}{tail}"))?;
        }
    }
}

//! Which rules win, and the words that say why.

use std::path::Path;

use proptest::prelude::*;

use crate::{Capture, Detail, Level, Limits, Overrides, Plan, ProbeSet};

fn plan(text: &str) -> Plan {
    profile(text, None)
}

fn profile(text: &str, name: Option<&str>) -> Plan {
    Plan::parse(text, Path::new("scope.toml"), name).unwrap()
}

#[test]
fn the_built_in_default_is_detailed() {
    let resolved = Plan::default().resolve("a::b");
    assert_eq!(resolved.level, Level::Detailed);
    let expected = ProbeSet {
        boundaries: true,
        args: Detail::Full,
        return_value: Detail::Full,
        early: true,
        ..ProbeSet::default()
    };
    assert_eq!(resolved.probes, expected);
    assert_eq!((resolved.limits, resolved.single_limits()), (Limits::DEFAULT, Limits::DEFAULT));
    assert_eq!(*resolved.redact, *crate::DEFAULT_REDACT);
}

#[test]
fn each_level_weaves_what_it_says() {
    let of = |level: &str| plan(&format!("[defaults]\nlevel = \"{level}\"")).resolve("a::b").probes;
    assert!(of("none").is_empty() && of("custom").is_empty());
    assert!(of("boundaries").boundaries && !of("boundaries").needs_body());
    assert_eq!(of("boundaries").args, Detail::None);
    assert!(of("detailed").early && !of("detailed").lines && !of("detailed").variables);
    assert!(of("full").lines && of("full").variables && !of("full").expressions);
}

#[test]
fn switches_refine_the_level_beside_them_or_below() {
    let plan = plan(
        r#"
        [defaults]
        level = "detailed"
        capture = { args = "none", lines = true, max_depth = 3 }
        [[module]]
        path = "a::quiet"
        level = "boundaries"
        [[module]]
        path = "a::lines"
        level = "custom"
        capture = { lines = true }
        [[function]]
        path = "a::lines::also"
        capture = { return_value = "brief", max_depth = 1 }
        [[module]]
        path = "a::off"
        level = "none"
        capture = { lines = true }
        "#,
    );
    let base = plan.resolve("a::f");
    assert_eq!((base.probes.args, base.probes.lines, base.limits.max_depth), (Detail::None, true, 3));
    let quiet = plan.resolve("a::quiet::f");
    assert!(quiet.probes.boundaries && !quiet.probes.lines, "the stronger level presets all switches anew");
    assert_eq!(quiet.limits.max_depth, 3, "limits are inherited");
    assert_eq!(plan.resolve("a::lines::f").probes, ProbeSet { lines: true, ..ProbeSet::default() });
    let also = plan.resolve("a::lines::also");
    assert!(also.probes.lines && also.probes.boundaries && also.probes.early);
    assert_eq!((also.limits.max_depth, also.return_limits), (1, also.limits.brief()));
    assert!(plan.resolve("a::off::f").is_empty(), "none is none");
}

#[test]
fn brief_means_smaller_limits() {
    let plan = plan("[defaults.capture]\nargs = \"brief\"\nmax_items = 3\nmax_string = 1000\ndebug = false");
    let resolved = plan.resolve("a::b");
    let brief = Limits { max_items: 3, debug: false, ..Limits::BRIEF };
    assert_eq!((resolved.args_limits, resolved.single_limits()), (brief, brief));
    assert_eq!(resolved.return_limits, Limits { max_items: 3, max_string: 1000, debug: false, ..Limits::DEFAULT });
}

#[test]
fn functions_beat_modules_and_the_specific_beats_the_vague() {
    let plan = plan(
        r#"
        [[function]]
        path = "**::place"
        level = "full"
        [[module]]
        path = "a::orders"
        level = "none"
        [[module]]
        path = "a"
        level = "boundaries"
        [[module]]
        path = "a::**"
        level = "custom"
        [[module]]
        path = "a::twice"
        level = "full"
        [[module]]
        path = "a::twice"
        level = "none"
        "#,
    );
    assert_eq!(plan.resolve("a::orders::Order::place").level, Level::Full);
    assert_eq!(plan.resolve("a::orders::Order::cancel").level, Level::None);
    assert_eq!(plan.resolve("a::main").level, Level::Custom, "as specific as `a`, and later in the file");
    assert_eq!(plan.resolve("b::main").level, Level::Detailed);
    assert_eq!(plan.resolve("a::twice::f").level, Level::None, "the later of equals");
}

#[test]
fn filters_only_narrow() {
    let plan = plan(
        r#"
        [defaults]
        include = ["a", "b::api::*"]
        exclude = ["**::tests", "a::<* as Debug>::fmt"]
        [[module]]
        path = "a::gen"
        level = "full"
        exclude = ["a::gen::tables"]
        [[function]]
        path = "a::gen::tables::row"
        level = "full"
        "#,
    );
    let recorded = |path: &str| !plan.resolve(path).is_empty();
    assert!(recorded("a::main") && recorded("b::api::call") && recorded("a::gen::f"));
    assert!(!recorded("b::main") && !recorded("b::api::inner::f"));
    assert!(!recorded("a::tests::one") && !recorded("a::<Foo as Debug>::fmt"));
    assert!(!recorded("a::gen::tables::row"), "exclude wins over any rule");
    let resolved = plan.resolve("a::tests::one");
    let overrides = Overrides { level: Some(Level::Boundaries), ..Overrides::default() };
    assert_eq!(resolved.with(&overrides).level, Level::Boundaries, "the attribute wins over the plan");
    let lines = Overrides { capture: Capture { lines: Some(true), ..Capture::default() }, ..Overrides::default() };
    assert!(resolved.with(&lines).is_empty());
    assert!(self::plan("").resolve("x::y").with(&lines).probes.lines);
}

const PROFILES: &str = r#"
[defaults]
exclude = ["a::hot"]
[defaults.capture]
redact = ["iban"]
[[function]]
path = "a::main"
level = "full"
[runtime]
ring_size = "8 KiB"
overflow = "block"
[profile.quiet]
defaults = { level = "boundaries", exclude = [] }
module = [{ path = "**", level = "none" }]
[profile.deep]
defaults = { exclude = [], capture = { redact_defaults = false, redact = ["pin"] } }
runtime = { overflow = "drop_oldest" }
"#;

#[test]
fn a_profile_overrides_the_base() {
    let base = plan(PROFILES);
    assert!(base.resolve("a::hot::f").is_empty());
    assert_eq!(base.resolve("a::main").level, Level::Full);
    let quiet = profile(PROFILES, Some("quiet"));
    assert!(quiet.resolve("a::main").is_empty(), "a rule of the profile beats any of the base");
    let deep = profile(PROFILES, Some("deep"));
    assert_eq!(deep.resolve("a::hot::f").level, Level::Detailed, "its exclude replaces that of the base");
    assert_eq!(deep.resolve("a::main").level, Level::Full, "defaults stay below rules");
    assert_eq!(deep.runtime_lines(), "ring_size=8192\noverflow=drop_oldest");
    assert_eq!(*deep.resolve("a::f").redact, ["iban", "pin"], "redaction adds up");
}

#[test]
fn sources_are_embedded_where_a_rule_says_so() {
    let text = "[[module]]\npath = \"a::shop\"\ncapture.embed_source = true\n\
                [[function]]\npath = \"a::shop::f\"\nlevel = \"full\"\n\
                [[function]]\npath = \"a::shop::g\"\ncapture = { embed_source = false }\n\
                [profile.all.defaults.capture]\nembed_source = true\n";
    let of = |plan: &Plan, path: &str| plan.resolve(path).embed_source;
    let base = plan(text);
    assert!(of(&base, "a::shop::orders::h") && of(&base, "a::shop::f"), "a level does not take it back");
    assert!(!of(&base, "a::shop::g") && !of(&base, "a::main"));
    assert!(!of(&Plan::default(), "a::main"));
    assert!(of(&profile(text, Some("all")), "a::main"));
}

#[test]
fn redaction() {
    let resolved = plan("[defaults.capture]\nredact = [\"IBAN\", \"*_token\", \"*password*\"]").resolve("a::b");
    assert_eq!(resolved.redact.len(), crate::DEFAULT_REDACT.len() + 2, "each glob once");
    for name in ["password", "user_password", "Passwd", "token", "accessToken", "api_key", "x-api-key", "AUTHORIZATION"]
    {
        assert!(resolved.redacts(name), "{name}");
    }
    for name in ["iban", "secret", "client_secret", "privateKey", "credentials", "set-cookie", "r#token", "csrf_token"]
    {
        assert!(resolved.redacts(name), "{name}");
    }
    for name in ["token_count", "tokens", "tokenizer", "pass", "key", "author", "passenger", "cookies_eaten", "id"] {
        assert!(!resolved.redacts(name), "{name}");
    }
    assert!(!plan("").resolve("a::b").redacts("next_token"));
}

#[test]
fn explanations_say_who_won() {
    let text = r#"
[defaults]
level = "detailed"
capture = { lines = true, redact = ["iban"] }
exclude = ["**::tests"]
[[module]]
path = "shop::orders"
capture = { max_depth = 3, lines = false }
[[function]]
path = "**::Order::place"
level = "full"
capture = { max_depth = 5, redact = ["pin"] }
[profile.dev.defaults]
level = "boundaries"
"#;
    let dev = profile(text, Some("dev"));
    let explained =
        ["shop::orders::Order::place", "shop::tests::one", "shop::main"].map(|path| dev.explain(path).to_string());
    insta::assert_snapshot!(explained.join("\n\n"));
    let only = plan("[defaults]\ninclude = [\"a\"]").explain("b::f").to_string();
    insta::assert_snapshot!(only, @r"
b::f: level `none`, because [defaults] (line 1) does not include it
  [defaults] (line 1)
");
    insta::assert_snapshot!(Plan::default().explain("b::f").to_string(), @r"
b::f: level `detailed`
  no rule is about it: the built-in default
");
}

proptest! {
    /// Whatever the rules: an excluded path has no probes, and what is resolved is what is explained.
    #[test]
    fn excluded_is_excluded(
        rules in prop::collection::vec(("module|function", "[ab*]", "[ab]|\\*\\*", "none|custom|boundaries|detailed|full"), 0..6),
        path in "[ab]::[ab]::[ab]",
        exclude in any::<bool>(),
    ) {
        let mut text = String::new();
        for (table, first, second, level) in &rules {
            text.push_str(&format!("[[{table}]]\npath = \"{first}::{second}\"\nlevel = \"{level}\"\n"));
        }
        let head = format!("[defaults]\nexclude = [{}]\n", if exclude { format!("\"{path}\"") } else { String::new() });
        let plan = plan(&format!("{head}{text}"));
        let resolved = plan.resolve(&path);
        let explanation = plan.explain(&path);
        prop_assert_eq!(&resolved, &explanation.resolved);
        if exclude {
            prop_assert!(resolved.is_empty() && explanation.left_out.is_some());
        } else {
            let winner = explanation.steps.iter().find_map(|step| {
                step.keys.iter().find(|key| key.key == "level" && key.overridden_by.is_none())
            });
            let expected = winner.map_or("detailed", |key| key.value.trim_matches('"'));
            prop_assert_eq!(resolved.level.name(), expected);
        }
    }
}

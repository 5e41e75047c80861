//! Warnings: all lints of rustc that are about code, and clippy's.

use crate::compiler::{Compiler, Job, OTHERWISE, Said, differences, for_all, sources};

/// Beside what is on by default.
pub const LINTS: [&str; 65] = [
    "clippy::all",
    "clippy::cognitive_complexity",
    "clippy::nursery",
    "clippy::pedantic",
    "clippy::undocumented_unsafe_blocks",
    "clippy::unnecessary_safety_comment",
    "absolute_paths_not_starting_with_crate",
    "ambiguous_negative_literals",
    "closure_returning_async_block",
    "deprecated_in_future",
    "deprecated_safe_2024",
    "edition_2024_expr_fragment_specifier",
    "elided_lifetimes_in_paths",
    "explicit_outlives_requirements",
    "ffi_unwind_calls",
    "future_incompatible",
    "if_let_rescope",
    "impl_trait_overcaptures",
    "impl_trait_redundant_captures",
    "keyword_idents_2018",
    "keyword_idents_2024",
    "let_underscore",
    "let_underscore_drop",
    "macro_use_extern_crate",
    "meta_variable_misuse",
    "missing_abi",
    "missing_copy_implementations",
    "missing_debug_implementations",
    "missing_docs",
    "missing_unsafe_on_extern",
    "non_ascii_idents",
    "nonstandard_style",
    "redundant_imports",
    "redundant_lifetimes",
    "refining_impl_trait",
    "rust_2018_compatibility",
    "rust_2018_idioms",
    "rust_2021_compatibility",
    "rust_2021_incompatible_closure_captures",
    "rust_2021_incompatible_or_patterns",
    "rust_2021_prefixes_incompatible_syntax",
    "rust_2021_prelude_collisions",
    "rust_2024_compatibility",
    "rust_2024_guarded_string_incompatible_syntax",
    "rust_2024_incompatible_pat",
    "rust_2024_prelude_collisions",
    "single_use_lifetimes",
    "tail_expr_drop_order",
    "trivial_casts",
    "trivial_numeric_casts",
    "unit_bindings",
    "unnameable_types",
    "unreachable_pub",
    "unsafe_attr_outside_unsafe",
    "unsafe_code",
    "unsafe_op_in_unsafe_fn",
    "unstable_features",
    "unused",
    "unused_crate_dependencies",
    "unused_extern_crates",
    "unused_import_braces",
    "unused_lifetimes",
    "unused_macro_rules",
    "unused_qualifications",
    "unused_results",
];

/// Lints of clippy that look at the shape of code. Woven code has another one: the probes stand between what they look for. An expectation of
/// one is no longer fulfilled, and so it becomes an `allow` (`scope-macros/src/lints.rs`).
const LOST: [&str; 43] = [
    "clippy::async_yields_async",
    "clippy::box_default",
    "clippy::branches_sharing_code",
    "clippy::collapsible_else_if",
    "clippy::collapsible_if",
    "clippy::expect_fun_call",
    "clippy::explicit_counter_loop",
    "clippy::field_reassign_with_default",
    "clippy::if_same_then_else",
    "clippy::items_after_statements",
    "clippy::let_and_return",
    "clippy::let_unit_value",
    "clippy::manual_assert",
    "clippy::manual_let_else",
    "clippy::manual_map",
    "clippy::manual_unwrap_or_default",
    "clippy::map_entry",
    "clippy::match_same_arms",
    "clippy::missing_const_for_fn",
    "clippy::mut_range_bound",
    "clippy::needless_bool",
    "clippy::needless_continue",
    "clippy::needless_for_each",
    "clippy::needless_question_mark",
    "clippy::needless_return",
    "clippy::option_if_let_else",
    "clippy::or_fun_call",
    "clippy::println_empty_string",
    "clippy::ptr_arg",
    "clippy::question_mark",
    "clippy::self_only_used_in_recursion",
    "clippy::readonly_write_lock",
    "clippy::semicolon_if_nothing_returned",
    "clippy::significant_drop_tightening",
    "clippy::single_element_loop",
    "clippy::single_match",
    "clippy::single_match_else",
    "clippy::unnecessary_semicolon",
    "clippy::unused_async",
    "clippy::unused_self",
    "clippy::useless_format",
    "clippy::while_let_loop",
    "clippy::write_with_newline",
];

pub const EDITIONS: [&str; 3] = ["2018", "2021", "2024"];

/// rustc's own lints say the same at the same place. Those of clippy often say which code would be better, and that is about the code
/// that they see: they are about the same line.
fn key(said: &Said) -> String {
    let Said { places, code, text, line, shown: _ } = said;
    if code.starts_with("clippy::") { format!("{line} {code}") } else { format!("{places} {code} {text}") }
}

#[test]
fn warnings_are_the_same() {
    if !Compiler::get().has_clippy() {
        return;
    }
    let sources = sources("warnings");
    let jobs: Vec<_> = sources.iter().flat_map(|source| EDITIONS.map(|edition| (source, edition))).collect();
    let wrong = for_all(&jobs, |((name, source), edition)| {
        let wrong = differences(
            Job {
                name,
                source,
                edition,
                lints: Some(&LINTS),
                forbidden: &[],
                level: None,
                renamed: None,
                alone: false,
            },
            &[OTHERWISE],
            key,
        );
        wrong
            .into_iter()
            .filter(|wrong| !wrong.contains(" lost: ") || !LOST.iter().any(|lint| wrong.contains(lint)))
            .collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

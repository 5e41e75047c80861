//! Any text is a plan, or has errors that can be shown.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scope_plan::Plan;
use std::path::Path;

fuzz_target!(|text: &str| {
    for profile in [None, Some("deep")] {
        match Plan::parse(text, Path::new("scope.toml"), profile) {
            Ok(plan) => drop(format!("{plan:?}")),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
});

//! Any text is a condition, or an error that points at a place in it; a condition shows as text that reads as the same, and can be asked
//! of anything.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scope_store::query::{Path, Query, Subject};

fuzz_target!(|text: &str| {
    match text.parse::<Query>() {
        Ok(query) => {
            let shown = query.to_string();
            assert_eq!(shown.parse::<Query>().as_ref(), Ok(&query), "{shown}");
            for (event, site) in scope_fuzz::events() {
                query.matches(&Subject::event(event, Some(site), None));
            }
        }
        Err(error) => {
            assert!((1..=text.chars().count() + 1).contains(&error.column()));
            assert!(error.to_string().ends_with('^'));
        }
    }
    if let Ok(path) = text.parse::<Path>() {
        assert_eq!(path.to_string().parse::<Path>().as_ref(), Ok(&path));
    }
});

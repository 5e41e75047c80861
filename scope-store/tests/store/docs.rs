//! What `docs/query.md` says.

use scope_store::query::Query;

const DOCS: &str = include_str!("../../../docs/query.md");

/// The lines of the blocks that are conditions.
fn examples() -> Vec<&'static str> {
    let blocks = DOCS.split("```query\n").skip(1).filter_map(|rest| rest.split_once("```"));
    blocks.flat_map(|(block, _)| block.lines()).collect()
}

#[test]
fn every_example_is_a_condition() {
    let examples = examples();
    assert!(examples.len() > 10);
    for example in examples {
        let query: Query = example.parse().unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(query.to_string(), example);
    }
}

#[test]
fn every_word_has_a_meaning() {
    for word in [
        "args", "vars", "fields", "ret", "error", "outcome", "panicked", "duration", "depth", "file", "line",
        "function", "kind", "thread",
    ] {
        assert!(DOCS.contains(&format!("`{word}`")), "{word}");
        let query: Query = word.parse().unwrap();
        assert!(query.names().is_empty(), "{word} is read as a name");
    }
    for name in ["old", "qty"] {
        assert_eq!(name.parse::<Query>().unwrap().names().len(), 1);
    }
}

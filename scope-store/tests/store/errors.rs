//! From where errors are born to where they are handled.

use crate::support::*;

use scope_store::Store;
use scope_store::query::Filter;
use scope_store::store::{ErrorEnd, Left};

/// Each error as text: its steps, and its end.
fn told(store: &Store, filter: &Filter) -> Vec<String> {
    let name = |log: usize, site: Option<_>| {
        site.and_then(|site| store.logs()[log].site(site)).map_or("?", |site| &site.name[..]).to_owned()
    };
    let path = |path: scope_store::store::ErrorPath| {
        let steps = path.steps.iter().map(|step| {
            let left = match step.left {
                Left::Question => "?",
                Left::Returned => "Err",
                _ => "panic",
            };
            let value = step.value.as_ref().map(|value| format!(" {value}")).unwrap_or_default();
            format!("{} {left}{value} ({})", name(step.log, step.site), step.line.unwrap_or(0))
        });
        let end = match path.end {
            ErrorEnd::Handled { log, site, next, .. } => {
                format!("handled in {} ({})", name(log, site), next.map_or(0, |(line, _)| line))
            }
            ErrorEnd::Panicked { log, site, .. } => format!("panicked in {}", name(log, site)),
            ErrorEnd::Left => "left".to_owned(),
            other => format!("{other:?}"),
        };
        format!("{} -> {end}", steps.collect::<Vec<_>>().join(" -> "))
    };
    store.errors(filter).map(|error| path(error.unwrap())).collect()
}

fn errors(script: Script) -> Vec<String> {
    told(&store(&[script]), &Filter::default())
}

#[test]
fn through_every_question_mark_to_where_it_is_handled() {
    let mut t = Script::default();
    let main = t.entry(MAIN, 100, &|_| {});
    let load = t.entry(LOAD, 110, &|w| w.str("a"));
    let parse = t.entry(PARSE, 120, &|w| w.str("x"));
    t.gives(PARSE, parse, 130, &|w| w.err_with(|w| w.str("no digit")));
    t.fails(LOAD, load, 140, &|w| w.str("no digit"));
    t.line(MAIN).gives(MAIN, main, 150, &|w| w.uint(0));
    let expected = "parse Err \"no digit\" (54) -> load ? \"no digit\" (33) -> handled in main (11)";
    assert_eq!(errors(t), [expected]);
}

#[test]
fn what_is_born_where_no_call_failed() {
    let mut t = Script::default();
    let main = t.entry(MAIN, 100, &|_| {});
    let load = t.entry(LOAD, 110, &|_| {});
    let parse = t.entry(PARSE, 120, &|_| {});
    t.gives(PARSE, parse, 130, &|w| w.ok_with(|w| w.uint(1)));
    t.fails(LOAD, load, 140, &|w| w.str("of its own"));
    t.fails(MAIN, main, 150, &|w| w.str("of its own"));
    assert_eq!(errors(t), ["load ? \"of its own\" (33) -> main ? \"of its own\" (13) -> left"]);
}

#[test]
fn converted_errors_are_the_same_ones() {
    let mut t = Script::default();
    let main = t.entry(MAIN, 100, &|_| {});
    let load = t.entry(LOAD, 110, &|_| {});
    let parse = t.entry(PARSE, 120, &|_| {});
    t.gives(PARSE, parse, 130, &|w| w.err_with(|w| w.str("digit")));
    t.fails(LOAD, load, 135, &|w| w.str("digit"));
    // `From` runs in the call that the `?` leaves, or in a closure of the one above.
    let from = t.entry(FROM, 136, &|_| {});
    t.exit(FROM, from, 137);
    t.fails(MAIN, main, 150, &|w| w.tuple_variant("Bad", |w| w.item(&7u8).finish()));
    let expected = "parse Err \"digit\" (54) -> load ? \"digit\" (33) -> main ? Bad(7) (13) -> left";
    assert_eq!(errors(t), [expected]);
}

#[test]
fn values_tell_which_of_several_it_is() {
    let mut t = Script::default();
    let main = t.entry(MAIN, 100, &|_| {});
    for (at, error) in [(110, "first"), (120, "second"), (130, "third")] {
        let load = t.entry(LOAD, at, &|_| {});
        t.gives(LOAD, load, at + 5, &|w| w.err_with(|w| w.str(error)));
    }
    let ok = t.entry(PARSE, 140, &|_| {});
    t.exit(PARSE, ok, 145);
    t.fails(MAIN, main, 150, &|w| w.tuple_variant("Wrapped", |w| w.item("second").finish()));
    assert_eq!(
        errors(t),
        [
            "load Err \"first\" (34) -> handled in main (0)",
            "load Err \"third\" (34) -> handled in main (0)",
            "load Err \"second\" (34) -> main ? Wrapped(\"second\") (13) -> left",
        ]
    );
}

#[test]
fn a_later_success_ends_what_was_another_error() {
    let mut t = Script::default();
    let main = t.entry(MAIN, 100, &|_| {});
    let load = t.entry(LOAD, 110, &|_| {});
    t.gives(LOAD, load, 115, &|w| w.err_with(|w| w.str("cache is cold")));
    let again = t.entry(LOAD, 120, &|_| {});
    t.gives(LOAD, again, 125, &|w| w.ok_with(|w| w.uint(1)));
    t.fails(MAIN, main, 150, &|w| w.str("other"));
    assert_eq!(errors(t), ["load Err \"cache is cold\" (34) -> handled in main (0)", "main ? \"other\" (13) -> left"]);
}

#[test]
fn panics_unwind_and_are_caught() {
    let mut t = Script::default();
    let main = t.entry(MAIN, 100, &|_| {});
    let load = t.entry(LOAD, 110, &|_| {});
    let parse = t.entry(PARSE, 120, &|_| {});
    t.gives(PARSE, parse, 130, &|w| w.err_with(|w| w.str("unwrapped")));
    t.line(LOAD).panics(LOAD, load, 140);
    t.line(MAIN).exit(MAIN, main, 150);
    assert_eq!(
        errors(t),
        ["parse Err \"unwrapped\" (54) -> panicked in load", "load panic (31) -> handled in main (11)"]
    );
}

#[test]
fn what_the_log_does_not_tell_is_not_known() {
    let mut t = Script::default();
    t.entry(MAIN, 100, &|_| {});
    let load = t.entry(LOAD, 110, &|_| {});
    t.fails(LOAD, load, 140, &|w| w.none());
    assert_eq!(errors(t), ["load ? None (33) -> Unknown"]);

    let mut t = Script::default();
    t.entry(MAIN, 100, &|_| {});
    t.lost(105, 5, 3);
    t.fails(LOAD, 3, 140, &|w| w.str("?"));
    assert_eq!(errors(t), ["load ? \"?\" (33) -> Unknown"]);
}

#[test]
fn a_filter_asks_for_one_of_the_calls() {
    let mut t = Script::default();
    for (at, arg) in [(100, "a"), (200, "b")] {
        let main = t.entry(MAIN, at, &|_| {});
        let load = t.entry(LOAD, at + 10, &|w| w.str(arg));
        t.fails(LOAD, load, at + 20, &|w| w.str(arg)).fails(MAIN, main, at + 30, &|w| w.str(arg));
    }
    let store = store(&[t]);
    let mut filter = Filter::default();
    filter.condition = Some("path = \"b\"".parse().unwrap());
    assert_eq!(told(&store, &filter), ["load ? \"b\" (33) -> main ? \"b\" (13) -> left"]);
    filter.condition = None;
    filter.functions = vec!["app::main".into()];
    assert_eq!(told(&store, &filter).len(), 2);
    filter.functions = vec!["parse".into()];
    assert_eq!(told(&store, &filter).len(), 0);
}

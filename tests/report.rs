//! The report API: what woven code calls, called by hand.

mod common;

use common::record;
use scope::report::{self, Sites};
use scope_store::event::{EventKind, PlaceKind};
use scope_store::info::SiteKind;

static PLACE: Sites = scope::sites!(place(qty, item); line, variables(price, total), expression("price * qty"), return);

fn place(qty: u32, item: &str) -> u32 {
    let call = report::function_entry_with(&PLACE, &[&qty, &item]);
    report::line(&PLACE, 0);
    let (price, total) = (7, 7 * qty);
    report::variables(&PLACE, 1, &[&price, &total]);
    report::expression(&PLACE, 2, &(price * qty));
    report::function_exit_with(call, 3, &total);
    total
}

#[test]
fn what_is_reported_by_hand_is_in_the_log() {
    let recorded = record(|| assert_eq!(place(3, "nut"), 21));
    assert_eq!(
        recorded.lines(),
        [
            r#"enter place(qty = 3, item = "nut")"#,
            "line place",
            "values place price = 7, total = 21",
            "values place price * qty = 21",
            "exit place Returned 21",
        ]
    );
    let kinds: Vec<_> =
        recorded.events.iter().filter_map(|e| recorded.reader.site(e.site?)).map(|s| s.kind.clone()).collect();
    assert!(kinds.contains(&SiteKind::Place(PlaceKind::Expression)), "{kinds:?}");
    assert!(recorded.events.iter().all(|event| event.call == recorded.events[0].call), "all inside one call");
}

#[test]
fn a_call_that_nobody_ends_is_ended_by_its_drop() {
    static SITES: Sites = scope::sites!(open());
    let recorded = record(|| {
        report::function_exit(report::function_entry(&SITES));
        let _call = report::function_entry(&SITES);
    });
    let kinds: Vec<_> = recorded.events.iter().map(|event| std::mem::discriminant(&event.kind)).collect();
    assert_eq!(kinds.len(), 4);
    assert!(matches!(recorded.events[3].kind, EventKind::Exit { .. }));
}

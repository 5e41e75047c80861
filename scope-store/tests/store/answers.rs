//! Calls, trees, paths, states, histories.

use crate::support::*;

use scope_core::record::TaskEnd;
use scope_core::value::Value;
use scope_store::Store;
use scope_store::event::{CallId, Kind, ThreadId};
use scope_store::query::Filter;
use scope_store::store::{Call, CallKey};

/// `main` loads three times, once without success; a worker fetches on two threads.
fn scripts() -> Vec<Script> {
    let (mut main, mut worker) = (Script::default(), Script::default());
    let outer = main.entry(MAIN, 1000, &|_| {});
    main.line(MAIN).values(MAIN + VARIABLE, &|w| w.uint(0));
    for (index, qty) in [5u64, 20, 30].into_iter().enumerate() {
        let at = 1100 + 100 * index as u64;
        let load = main.entry(LOAD, at, &|w| {
            w.str("a.txt");
            w.uint(qty);
        });
        main.line(LOAD).values(LOAD + VARIABLE, &|w| w.uint(qty + 1));
        let parse = main.entry(PARSE, at + 10, &|w| w.str("x"));
        main.exit(PARSE, parse, at + 20);
        match qty {
            20 => main.fails(LOAD, load, at + 50, &|w| w.str("empty")),
            _ => main.gives(LOAD, load, at + 30 + qty, &|w| w.ok_with(|w| w.uint(qty))),
        };
        main.values(MAIN + VARIABLE, &|w| w.uint(qty));
    }
    main.values(MAIN + STATE, &|w| {
        w.uint(9);
        w.uint(8);
    });
    main.values(MAIN + EXPRESSION, &|w| w.int(-1));
    let task = main.task(1, FETCH, 1500, &|w| w.str("http://a"));
    main.suspend(FETCH, task, 1510).gives(MAIN, outer, 1600, &|w| w.unit());
    main.entry(PARSE, 2100, &|w| w.str("endless"));
    worker.resume(FETCH, task, 2000);
    worker.values(FETCH + VARIABLE, &|w| w.uint(1));
    let parse = worker.entry(PARSE, 2010, &|w| w.str("inner"));
    worker.exit(PARSE, parse, 2020);
    worker.task_gives(FETCH, task, &|w| w.uint(3)).task_exit(FETCH, task, 2050, 1500, TaskEnd::Completed);
    vec![main, worker]
}

fn filter(condition: &str) -> Filter {
    let mut filter = Filter::default();
    filter.condition = Some(condition.parse().unwrap());
    filter
}

fn told(store: &Store, call: &Call) -> (String, Option<u64>, Option<u64>) {
    (store.function(call).trim_start_matches("app::").to_owned(), call.began(), call.ended())
}

#[test]
fn calls_are_wholes_in_the_order_of_their_ends() {
    let store = store(&scripts());
    let all = Filter::default();
    let calls: Vec<_> = store.calls(&all).map(|call| told(&store, &call.unwrap())).collect();
    let call = |name: &str, began, ended: u64| (name.to_owned(), Some(began), (ended > 0).then_some(ended));
    let expected = [
        call("parse", 1110, 1120),
        call("load", 1100, 1135),
        call("parse", 1210, 1220),
        call("load", 1200, 1250),
        call("parse", 1310, 1320),
        call("load", 1300, 1360),
        call("main", 1000, 1600),
        call("parse", 2010, 2020),
        call("fetch", 1500, 2050),
        call("parse", 2100, 0),
    ];
    assert_eq!(calls, expected);
}

#[test]
fn a_condition_is_asked_of_a_whole_call() {
    let store = store(&scripts());
    let count = |condition: &str| store.calls(&filter(condition)).count();
    assert_eq!(count("args.qty > 10"), 2);
    assert_eq!(count("args.qty > 10 and ret is Err"), 1);
    assert_eq!(count("args.qty > 10 and ret is Ok and duration > 50ns and duration <= 60ns"), 1);
    assert_eq!(count("error = \"empty\" and path ~ \"*.txt\""), 1);
    assert_eq!(count("text = \"inner\" and thread = \"worker-2\""), 1);
    // Of an event there is only one of the two.
    assert_eq!(store.events(&filter("args.qty > 10 and ret is Err")).count(), 0);
    assert_eq!(store.events(&filter("args.qty > 10")).count(), 2);
}

#[test]
fn all_that_a_filter_says_has_to_hold() {
    let store = store(&scripts());
    let with = |change: &dyn Fn(&mut Filter)| {
        let mut filter = Filter::default();
        change(&mut filter);
        (store.events(&filter).count(), store.calls(&filter).count())
    };
    let all = with(&|_| {});
    assert_eq!(all.1, 10);
    assert_eq!(with(&|f| f.functions = vec!["load".into()]), (12, 3));
    assert_eq!(with(&|f| f.functions = vec!["*::fetch".into()]), (5, 1));
    assert_eq!(with(&|f| f.threads = vec!["worker-*".into()]), (5, 2));
    assert_eq!(with(&|f| f.threads = vec!["1".into()]), (all.0 - 5, 8));
    assert_eq!(with(&|f| f.kinds = vec![Kind::Exit]), (9, 9));
    assert_eq!(with(&|f| f.kinds = vec![Kind::Error]), (1, 1));
    assert_eq!(with(&|f| f.calls = vec![CallId::new(ThreadId(1), 2)]), (4, 1));
    assert_eq!(with(&|f| f.sites = vec![scope_store::event::SiteId(LOAD + LINE)]), (3, 0));
    // A call is in a span of time where a part of it is.
    assert_eq!(with(&|f| (f.since, f.until) = (Some(2000), Some(2050))).1, 2);
    assert_eq!(with(&|f| f.until = Some(1000)), (1, 1));
    assert_eq!(with(&|f| f.since = Some(2051)), (1, 1));
}

#[test]
fn the_slowest_calls() {
    let store = store(&scripts());
    let slow = |count, filter: &Filter| -> Vec<_> {
        store.slowest(count, filter, &mut no_error).iter().map(|call| (told(&store, call).0, call.duration())).collect()
    };
    let call = |name: &str, duration| (name.to_owned(), Some(duration));
    assert_eq!(slow(3, &Filter::default()), [call("main", 600), call("fetch", 550), call("load", 60)]);
    assert_eq!(slow(2, &filter("function ~ \"*parse\"")), [call("parse", 10), call("parse", 10)]);
    assert_eq!(slow(0, &Filter::default()), []);
    assert_eq!(slow(100, &Filter::default()).len(), 9);
}

#[test]
fn the_tree_of_a_call_and_the_way_to_it() {
    let store = store(&scripts());
    let key = |thread, number| CallKey { process: 0, call: CallId::new(ThreadId(thread), number) };
    let tree = |key| -> Vec<_> {
        let events = store.tree(key).map(|event| event.unwrap());
        events.map(|located| located.event.named(store.site(&located).and_then(|site| site.place())).name()).collect()
    };
    assert_eq!(tree(key(1, 2)), ["entry", "line", "variables", "entry", "exit", "exit"]);
    // Over two threads.
    assert_eq!(tree(key(1, 8)), ["entry", "suspended", "resumed", "variables", "entry", "exit", "exit"]);
    assert_eq!(tree(key(1, 9)), ["entry"]);
    assert_eq!(tree(key(3, 1)).len(), 0);
    assert_eq!(tree(key(1, 1)).iter().filter(|kind| **kind == "entry").count(), 8);

    let path = |key| {
        let path = store.path_to(key, &mut no_error)?;
        Some((path.calls.iter().map(|call| told(&store, call)).collect::<Vec<_>>(), path.is_complete))
    };
    let call = |name: &str, began, ended: u64| (name.to_owned(), Some(began), (ended > 0).then_some(ended));
    assert_eq!(
        path(key(1, 3)),
        Some((vec![call("main", 1000, 0), call("load", 1100, 0), call("parse", 1110, 1120)], true))
    );
    // The call that began it has ended.
    let way = vec![call("main", 1000, 0), call("fetch", 1500, 0), call("parse", 2010, 2020)];
    assert_eq!(path(key(2, 1)), Some((way, true)));
    assert_eq!(path(key(1, 9)), Some((vec![call("parse", 2100, 0)], true)));
    assert_eq!(path(key(9, 9)), None);
}

#[test]
fn the_state_at_an_event() {
    let store = store(&scripts());
    let state = |thread, number| {
        let state = store.state_at(0, ThreadId(thread), number, &mut no_error)?;
        let frames = state.frames.iter().map(|frame| {
            let variables = frame.variables.iter().map(|v| format!("{}={}@{}", v.name, v.value, v.line.unwrap_or(0)));
            let name = store.site(&frame.entry).map_or("", |site| &site.name[..]);
            format!("{name} {:?} {}", frame.line, variables.collect::<Vec<_>>().join(" "))
        });
        Some((frames.collect::<Vec<_>>(), state.is_complete))
    };
    assert_eq!(state(1, 0), Some((vec!["main None ".into()], true)));
    // The second load's variable, then the exit of its call of `parse`.
    let main = "main Some(12) total=5@12";
    let load = "load Some(32) path=\"a.txt\"@30 qty=21@32";
    assert_eq!(state(1, 12), Some((vec![main.into(), load.into()], true)));
    assert_eq!(state(1, 14), Some((vec![main.into(), load.into(), "parse None text=\"x\"@50".into()], true)));
    // At its own end a call is there for the last time.
    assert_eq!(state(1, 15), Some((vec![main.into(), load.replace("(32)", "(33)")], true)));
    assert_eq!(state(1, 16), Some((vec![main.replace("=5", "=20")], true)));
    let (frames, _) = state(2, 2).unwrap();
    assert_eq!(frames, ["fetch Some(92) url=\"http://a\"@90 got=1@92", "parse None text=\"inner\"@50"]);
    assert_eq!(state(1, 1000), None);
    assert_eq!(state(5, 0), None);
}

#[test]
fn the_values_of_a_variable() {
    let store = store(&scripts());
    let history = |variable: &str, filter: &Filter| -> Vec<_> {
        let path = variable.parse().unwrap();
        let changes = store.history(&path, filter).map(|change| change.unwrap());
        changes
            .map(|change| (change.old.as_ref().map(Value::to_string), change.new.to_string(), change.is_change()))
            .collect()
    };
    let change = |old: &str, new: &str| ((!old.is_empty()).then(|| old.to_owned()), new.to_owned(), old != new);
    let all = Filter::default();
    assert_eq!(history("total", &all), [change("", "0"), change("0", "5"), change("5", "20"), change("20", "30")]);
    assert_eq!(
        history("qty", &all),
        ["5", "20", "30"]
            .map(|qty| [change("", qty), change(qty, &(qty.parse::<u32>().unwrap() + 1).to_string())])
            .concat()
    );
    assert_eq!(history("stock", &all), [change("9", "8")]);
    assert_eq!(history("`a + b`", &all), [change("", "-1")]);
    assert_eq!(history("ret", &filter("ret is Err")), [change("", "Err(\"empty\")")]);
    assert_eq!(history("args.qty", &filter("args.qty > 10")), [change("", "20"), change("", "30")]);
    assert_eq!(history("nothing", &all), []);
}

//! Whatever is in a log, questions have an end, and no panic.

use crate::support::*;

use scope_core::record::TaskEnd;
use scope_store::event::{CallId, ThreadId};
use scope_store::query::Filter;
use scope_store::store::CallKey;
use scope_store::{LogReader, Store};

fn small() -> Vec<u8> {
    let mut t = Script::default();
    let main = t.entry(MAIN, 1000, &|_| {});
    t.line(MAIN).values(MAIN + VARIABLE, &|w| w.uint(1));
    let load = t.entry(LOAD, 1010, &|w| {
        w.str("a");
        w.uint(3);
    });
    t.lost(1015, 2, 3).fails(LOAD, load, 1020, &|w| w.str("e"));
    let task = t.task(1, FETCH, 1030, &|_| {});
    let parse = t.entry(PARSE, 1035, &|_| {});
    t.panics(PARSE, parse, 1036).suspend(FETCH, task, 1040).resume(FETCH, task, 1050);
    t.task_exit(FETCH, task, 1060, 1030, TaskEnd::Cancelled).exit(MAIN, main, 1100);
    let mut other = Script::default();
    other.resume(FETCH, task, 1045).suspend(FETCH, task, 1046);
    bytes(7, &[t, other])
}

fn ask_all(bytes: Vec<u8>) {
    let Ok(reader) = LogReader::from_bytes(bytes) else { return };
    let store = Store::new(vec![reader]);
    let mut filter = Filter::default();
    filter.condition = Some("args.qty > 1 or ret is Err or total = 1 or panicked".parse().unwrap());
    for filter in [Filter::default(), filter] {
        store.calls(&filter).for_each(drop);
        store.errors(&filter).for_each(drop);
        store.statistics(&filter, &mut |_| {});
        store.slowest(3, &filter, &mut |_| {});
        store.history(&"total".parse().unwrap(), &filter).for_each(drop);
    }
    for number in [1, 2, 4] {
        let key = CallKey { process: 0, call: CallId::new(ThreadId(1), number) };
        store.tree(key).for_each(drop);
        store.path_to(key, &mut |_| {});
    }
    store.state_at(0, ThreadId(1), 9, &mut |_| {});
}

#[test]
fn each_byte_flipped_and_each_prefix() {
    let whole = small();
    ask_all(whole.clone());
    for at in 0..whole.len() {
        ask_all(whole[..at].to_vec());
        for bit in [0, 3, 7] {
            let mut bytes = whole.clone();
            bytes[at] ^= 1 << bit;
            ask_all(bytes);
        }
    }
}

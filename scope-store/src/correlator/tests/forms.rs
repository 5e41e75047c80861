//! What a probe writes in the short form, where nothing has to be thought of, gives the same events as the long form.

use super::super::*;
use crate::format::Decoder;
use scope_core::record::WORD;
use scope_core::value::{Limits, ValueWriter};

/// The events of records, as text.
fn events(records: &[Vec<u64>]) -> Vec<String> {
    let (mut correlator, mut batch) = (Correlator::new(ThreadId(1)), Batch::new());
    correlator.feed(&mut Records::new(&records.concat()), 1, &mut batch);
    let (head, mut bytes) = batch.parts();
    let mut decoder = Decoder::default();
    decoder.context.reset(head.base_ticks, head.base_call, head.base_depth);
    (0..head.events).map(|_| format!("{:?}", decoder.next(&mut bytes).expect("an event"))).collect()
}

fn record(kind: Kind, site: u32, call: u64, body: &[u64]) -> Vec<u64> {
    [&[Header::new(kind, 1 + body.len(), site, call).0], body].concat()
}

/// Values in the tagged form, in whole words.
fn tagged(write: impl FnOnce(&mut ValueWriter<'_>)) -> Vec<u64> {
    let mut bytes = [0; 128];
    let mut writer = ValueWriter::new(&mut bytes, const { &Limits::DEFAULT });
    write(&mut writer);
    let used = writer.finish().next_multiple_of(WORD);
    let word = |word: &[u8]| word.iter().rev().fold(0, |bits, byte| bits << 8 | u64::from(*byte));
    bytes[..used].chunks(WORD).map(word).collect()
}

const UINT_INT: u64 = 0x0201;

#[test]
fn short_and_long_forms_give_the_same_events() {
    let (entry, exit) = ([10], [20]);
    let long = [
        record(Kind::Entry, 5, 1, &[&entry[..], &tagged(|w| (w.uint(300), w.int(-300)).1)].concat()),
        record(Kind::Line, 6, 0, &[]),
        record(Kind::Line, 8, 0, &[]),
        record(Kind::Line, 9, 0, &[]),
        record(Kind::Values, 7, 0, &tagged(|w| w.uint(1))),
        record(Kind::Values, 7, 0, &tagged(|w| w.int(-1))),
        record(Kind::Values, 7, 0, &tagged(|w| w.f64(0.0))),
        record(Kind::Values, 7, 0, &tagged(|w| w.str("eight by"))),
        record(Kind::Return, 8, 1, &tagged(|w| w.uint(u64::MAX))),
        record(Kind::Exit, 5, 1, &exit),
        record(Kind::Entry, 5, 2, &[&[30][..], &tagged(|w| w.bool(true))].concat()),
        record(Kind::Return, 8, 2, &tagged(|w| w.int(i64::MIN))),
        record(Kind::Exit, 5, 2, &[40]),
        record(Kind::Entry, 5, 3, &[50]),
        record(Kind::Return, 8, 3, &tagged(|w| w.f32(1.5))),
        record(Kind::Exit, 5, 3, &[60]),
    ];
    let short = [
        record(Kind::EntryPlainLine, 5, 1, &[10, UINT_INT, 300, -300_i64 as u64]),
        record(Kind::Lines, 8, 0, &[]),
        record(Kind::ValueUint, 7, 0, &[1]),
        record(Kind::ValueInt, 7, 0, &[u64::MAX]),
        record(Kind::ValuePlain, 7, 0, &[5, 0]),
        record(Kind::ValuePlain, 7, 0, &[6, 8, u64::from_le_bytes(*b"eight by")]),
        record(Kind::ExitUint, 5, 1, &[20, 3, u64::MAX]),
        record(Kind::EntryPlain, 5, 2, &[30, 3, 1]),
        record(Kind::ExitInt, 5, 2, &[40, 3, 1 << 63]),
        record(Kind::Entry, 5, 3, &[50]),
        record(Kind::ReturnPlain, 8, 3, &[4, 0x3fc0_0000]),
        record(Kind::Exit, 5, 3, &[60]),
    ];
    let lines = events(&long);
    assert_eq!(events(&short), lines);
    assert_eq!(lines.len(), 13);
}

#[test]
fn an_exit_whose_entry_was_lost_keeps_its_number() {
    let lost = record(Kind::Lost, 0, 0, &[5, 3, 9]);
    let long = [lost.clone(), record(Kind::Return, 8, 7, &tagged(|w| w.uint(77))), record(Kind::Exit, 5, 7, &[20])];
    let short = [lost, record(Kind::ExitUint, 5, 7, &[20, 3, 77])];
    assert_eq!(events(&short), events(&long));
}

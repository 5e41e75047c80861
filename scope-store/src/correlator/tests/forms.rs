//! What a probe writes in the short form, where nothing has to be thought of, gives the same events as the long form.

use super::super::*;
use proptest::prelude::*;
use scope_core::record::WORD;
use scope_core::value::{Limits, ValueWriter};

/// The events of records, as text.
fn events(records: &[Vec<u64>]) -> Vec<String> {
    events_of_pieces(records, usize::MAX)
}

/// The same of records that are fed in pieces of so many.
fn events_of_pieces(records: &[Vec<u64>], piece: usize) -> Vec<String> {
    let (mut correlator, mut batch) = (Correlator::new(ThreadId(1)), Batch::new());
    for piece in records.chunks(piece) {
        correlator.feed(&mut Records::new(&piece.concat()), 1, &mut batch);
    }
    let mut events = Vec::new();
    batch.read(|event| events.push(shown(event)));
    assert_eq!(events.len() as u64, batch.events());
    events
}

/// An event as text, whatever form its values are in.
fn shown(event: &RawEvent<'_>) -> String {
    let mut event = *event;
    let mut text = String::new();
    if let RawKind::Entry { values, .. } | RawKind::Values { values } | RawKind::Exit(RawExit { values, .. }) =
        &mut event.kind
    {
        text = format!("{:?}", std::mem::replace(values, Values::NONE).decoded());
    }
    format!("{event:?} {text}")
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    // An entry that is fed alone goes on the stack; one that comes with its exit does not.
    #[test]
    fn a_call_is_the_same_at_once_and_in_two_halves(
        steps in prop::collection::vec((0..12u8, 5..7u32, 0..3u64, prop_oneof![0..300u64, any::<u64>()]), 0..60),
    ) {
        let (mut records, mut calls, mut ticks, mut open) = (Vec::new(), 0, 1000, Vec::new());
        for (what, site, odd, number) in steps {
            ticks += number % 400;
            match what {
                0..=4 => {
                    calls += 1;
                    let args = [ticks, UINT_INT, number, number];
                    records.push(match what {
                        0 => record(Kind::Entry, site, calls, &args[..1]),
                        1 => record(Kind::Entry, site, calls, &[ticks, 0x8180]),
                        2 => record(Kind::EntryPlainLine, site, calls, &args),
                        _ => record(Kind::EntryPlain, site, calls, &args),
                    });
                    open.push((site, calls));
                }
                5..=9 => {
                    // Now and then it is not the innermost one's, or without a sense.
                    let (site, call) = open.pop().unwrap_or((site, calls + odd));
                    let offset = if odd == 2 { 0 } else { 3 };
                    records.push(match what {
                        5 => record(Kind::Exit, site, call, &[ticks]),
                        6 => record(Kind::ExitInt, site, call, &[ticks, offset, number]),
                        7 => record(Kind::Panic, site, call, &[ticks]),
                        _ => record(Kind::ExitUint, site, call, &[ticks, offset, number]),
                    });
                }
                10 if odd == 1 => records.push(record(Kind::LineAt, site + 1, 0, &[ticks])),
                10 => records.push(record(Kind::Line, site + 1, 0, &[])),
                _ if odd == 0 => {
                    calls += 2;
                    records.push(record(Kind::Lost, 0, 0, &[ticks, 3, if number % 2 == 0 { calls } else { 0 }]));
                }
                _ => {}
            }
        }
        prop_assert_eq!(events_of_pieces(&records, 60), events_of_pieces(&records, 1));
    }
}

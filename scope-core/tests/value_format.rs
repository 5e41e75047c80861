//! The tables of `docs/value-format.md` are what the code does.

use scope_core::value::{Limits, ValueWriter, decode};

struct Row {
    bytes: Vec<u8>,
    shown: String,
}

/// The rows of the tables that have an example.
fn rows() -> Vec<Row> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/value-format.md");
    let doc = std::fs::read_to_string(path).expect("the document is in the repo");
    let mut rows = Vec::new();
    for line in doc.lines() {
        let cells: Vec<_> = line.split('|').map(|cell| cell.trim().trim_matches('`')).collect();
        let [_, tag, _, _, bytes, shown, _] = cells[..] else { continue };
        let Some(first) = tag.split('–').next().and_then(|tag| tag.parse::<u8>().ok()) else { continue };
        let bytes: Vec<u8> =
            bytes.split(' ').map(|hex| u8::from_str_radix(hex, 16).unwrap_or_else(|e| panic!("{line}: {e}"))).collect();
        let last = tag.split('–').nth(1).map_or(first, |tag| tag.parse().expect("a number"));
        assert!(bytes.iter().any(|byte| (first..=last).contains(byte)), "the example does not have the tag: {line}");
        rows.push(Row { bytes, shown: shown.to_owned() });
    }
    rows
}

#[test]
fn examples_are_read_as_they_are_shown() {
    let rows = rows();
    assert_eq!(rows.len(), 36);
    for Row { bytes, shown } in rows {
        let (value, used) = decode(&bytes).unwrap_or_else(|e| panic!("{shown}: {e}"));
        assert_eq!((value.to_string(), used), (shown, bytes.len()));
    }
}

type Write = fn(&mut ValueWriter<'_>);

static SMALL: Limits = Limits { max_string: 2, max_items: 1, ..Limits::DEFAULT };

#[test]
fn values_are_written_as_the_examples() {
    let cases: [(&str, Write); 33] = [
        ("()", |w| w.unit()),
        ("false", |w| w.bool(false)),
        ("true", |w| w.bool(true)),
        ("-128", |w| w.int(-128)),
        ("300", |w| w.uint(300)),
        ("1.5", |w| w.f32(1.5)),
        ("'ä'", |w| w.char('ä')),
        ("\"hi\"", |w| w.str("hi")),
        ("b\"h\\x00\"", |w| w.bytes(b"h\0")),
        ("Ab", |w| w.debug(&format_args!("Ab"))),
        ("None", |w| w.none()),
        ("Some(1)", |w| w.some_with(|w| w.uint(1))),
        ("Ok(())", |w| w.ok_with(|w| w.unit())),
        ("Err(\"x\")", |w| w.err_with(|w| w.str("x"))),
        ("A(1)", |w| w.tuple_variant("A", |items| items.item(&1u8).finish())),
        ("[1, 2]", |w| w.seq(None).item(&1u8).item(&2u8).finish()),
        ("{1, 2}", |w| w.set(Some(2)).items([1u8, 2]).finish()),
        ("(1, true)", |w| w.tuple(2).item(&1u8).item(&true).finish()),
        ("{1: true}", |w| {
            let mut map = w.map(None);
            map.entry_with(|w| w.uint(1), |w| w.bool(true));
            map.finish();
        }),
        ("P { x: 1 }", |w| w.structure("P").field("x", &1u8).finish()),
        ("P(1)", |w| w.tuple_struct("P").item(&1u8).finish()),
        ("<Opaque: P, 8 bytes>", |w| w.opaque_named("P", 8)),
        ("<redacted>", |w| w.redacted()),
        ("<panicked: oh>", |w| _ = w.guarded(|_| panic!("oh"))),
        ("<failed: no>", |w| w.failed("no")),
        ("…", |w| w.slot(|_| ())),
        ("-3", |w| w.int(-3)),
        ("127", |w| w.uint(127)),
        ("[]", |w| w.seq(None).finish()),
        ("{ a: (), b: false }", |w| w.structure("").field("a", &()).field("b", &false).finish()),
        ("\"hi\"…", |w| cut(w, |w| w.str("hidingit."))),
        ("Ab…", |w| cut(w, |w| w.debug(&format_args!("Abc")))),
        ("[1, …3 more]", |w| cut(w, |w| w.seq(Some(4)).items([1u8, 2]).finish())),
    ];
    let rows = rows();
    for (shown, write) in cases {
        let row = rows.iter().find(|row| row.shown == shown).unwrap_or_else(|| panic!("no example shows {shown}"));
        let mut written = Vec::new();
        for limits in [&Limits::DEFAULT, &SMALL] {
            let mut buf = [0; 64];
            let mut w = ValueWriter::new(&mut buf, limits);
            write(&mut w);
            let used = w.finish();
            written.push(buf[..used].to_vec());
        }
        assert!(written.contains(&row.bytes), "{shown}: {written:x?} and not {:x?}", row.bytes);
    }
}

/// Only under the small limits.
fn cut(w: &mut ValueWriter<'_>, write: Write) {
    if w.limits() == &SMALL {
        write(w);
    }
}

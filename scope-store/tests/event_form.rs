//! One event as bytes: what is stored is read, in later versions too; and whatever bytes there are, reading them does no harm.

use proptest::prelude::*;
use scope_core::value::{Items, Omitted, Text, Value};
use scope_store::event::{
    CallId, CorrelationId, Event, EventError, EventId, EventKind, Mark, Outcome, SiteId, StopReason, ThreadId,
    deserialize, serialize,
};

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Unit),
        any::<i128>().prop_map(Value::Int),
        any::<u128>().prop_map(Value::Uint),
        any::<i32>().prop_map(|float| Value::F64(float.into())),
        (".{0,9}", any::<bool>()).prop_map(|(text, cut)| Value::Str(Text { text, cut })),
        Just(Value::Redacted),
        Just(Value::Cut),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let name = prop_oneof![Just("Err".to_owned()), ".{0,5}"];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4)
                .prop_map(|items| Value::Seq(Items { items, omitted: Omitted::Unknown })),
            (name, inner).prop_map(|(name, value)| Value::Variant { name, value: Box::new(value) }),
        ]
    })
}

fn values() -> impl Strategy<Value = Vec<Value>> {
    prop::collection::vec(value(), 0..4)
}

fn outcome() -> impl Strategy<Value = Outcome> {
    use Outcome::*;
    prop::sample::select(vec![Returned, Early, Left, Panicked, Cancelled, Unknown])
}

fn mark() -> impl Strategy<Value = Mark> {
    prop_oneof![
        Just(Mark::Start),
        Just(Mark::Stop),
        ".{0,9}".prop_map(Mark::Snapshot),
        Just(Mark::Limit(StopReason::MaxSize)),
        (1..=u8::MAX).prop_map(|reason| Mark::Limit(StopReason::Other(reason))),
        (4..=u8::MAX).prop_map(Mark::Other),
    ]
}

fn correlation() -> impl Strategy<Value = Option<CorrelationId>> {
    any::<Option<u128>>().prop_map(|id| id.map(CorrelationId::from_u128))
}

fn kind() -> impl Strategy<Value = EventKind> {
    let message = || (value(), values());
    prop_oneof![
        (values(), any::<bool>()).prop_map(|(args, is_async)| EventKind::Entry { args, is_async }),
        (outcome(), prop::option::of(value()), any::<Option<u64>>(), any::<Option<u32>>())
            .prop_map(|(outcome, value, duration, line)| EventKind::Exit { outcome, value, duration, line }),
        prop::sample::select(vec![
            EventKind::Line,
            EventKind::Suspended,
            EventKind::Resumed,
            EventKind::ThreadStarted,
            EventKind::ThreadEnded,
        ]),
        values().prop_map(|values| EventKind::Values { values }),
        (value(), value()).prop_map(|(old, new)| EventKind::State { old, new }),
        value().prop_map(|value| EventKind::Metric { value }),
        message().prop_map(|(message, fields)| EventKind::Sent { message, fields }),
        message().prop_map(|(message, fields)| EventKind::Received { message, fields }),
        values().prop_map(|fields| EventKind::Custom { fields }),
        correlation().prop_map(|id| EventKind::Correlated { id }),
        any::<u64>().prop_map(|count| EventKind::Lost { count }),
        mark().prop_map(|mark| EventKind::Mark { mark }),
        // What newer versions have.
        (16..=u32::MAX, prop::collection::vec(any::<u8>(), 0..9))
            .prop_map(|(code, bytes)| EventKind::Unknown { code, bytes }),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    let head = (any::<u128>(), any::<u64>(), any::<u64>(), any::<u32>(), any::<u32>());
    let belongs = (any::<Option<u64>>(), any::<Option<u64>>(), correlation(), any::<Option<u32>>());
    (head, belongs, kind()).prop_map(|((id, time, ticks, thread, depth), (call, parent, correlation, site), kind)| {
        Event {
            id: EventId(id),
            time,
            ticks,
            thread: ThreadId(thread),
            depth,
            call: call.map(CallId),
            parent: parent.map(CallId),
            correlation,
            site: site.map(SiteId),
            kind,
        }
    })
}

proptest! {
    #[test]
    fn what_is_stored_is_read(event in event()) {
        prop_assert_eq!(deserialize(&serialize(&event)), Ok(event));
    }

    #[test]
    fn a_part_of_an_event_is_none_and_two_are_no_one(event in event(), cut in any::<prop::sample::Index>()) {
        let mut bytes = serialize(&event);
        let cut = cut.index(bytes.len());
        let error = deserialize(&bytes[..cut]).expect_err("a part");
        let expected = match error {
            EventError::Empty => cut == 0,
            EventError::Malformed { offset, .. } => offset <= cut,
            _ => false,
        };
        prop_assert!(expected, "{error:?}");
        let end = bytes.len();
        bytes.push(0);
        prop_assert_eq!(deserialize(&bytes), Err(EventError::Trailing { offset: end }));
    }

    #[test]
    fn damage_is_no_danger(event in event(), at in any::<prop::sample::Index>(), bit in 0..8u32) {
        let mut bytes = serialize(&event);
        let at = at.index(bytes.len());
        bytes[at] ^= 1_u8 << bit;
        if let Err(EventError::Malformed { offset, .. }) = deserialize(&bytes) {
            prop_assert!(offset <= bytes.len());
        }
    }

    #[test]
    fn whatever_bytes_there_are_nothing_panics(mut bytes in prop::collection::vec(any::<u8>(), 0..99), is_ours in any::<bool>()) {
        if let (true, Some(version)) = (is_ours, bytes.first_mut()) {
            *version = 1;
        }
        if let Ok(event) = deserialize(&bytes) {
            prop_assert_eq!(format!("{:?}", deserialize(&serialize(&event)).expect("stored")), format!("{event:?}"));
        }
    }
}

/// An event of a kind with this number and these bytes.
fn of_kind(code: u32, bytes: &[u8]) -> Result<Event, EventError> {
    deserialize(&serialize(&plain(EventKind::Unknown { code, bytes: bytes.to_vec() })))
}

fn plain(kind: EventKind) -> Event {
    Event {
        id: EventId::new(1000, ThreadId(3), 17),
        time: 1000,
        ticks: 300,
        thread: ThreadId(3),
        depth: 2,
        call: Some(CallId::new(ThreadId(3), 9)),
        parent: None,
        correlation: None,
        site: Some(SiteId(7)),
        kind,
    }
}

#[test]
fn what_newer_versions_add_is_passed_over() {
    let kind = |code, bytes: &[u8]| of_kind(code, bytes).map(|event| event.kind);
    // A field more of a kind that is known.
    assert_eq!(kind(14, &[5, 99]), Ok(EventKind::Lost { count: 5 }));
    assert_eq!(kind(2, &[99]), Ok(EventKind::Line));
    // A kind, an outcome, a mark, a reason that are not.
    assert_eq!(kind(16, &[1, 2]), Ok(EventKind::Unknown { code: 16, bytes: vec![1, 2] }));
    assert_eq!(kind(1, &[6, 0, 0, 0]), Ok(EventKind::Unknown { code: 1, bytes: vec![6, 0, 0, 0] }));
    assert_eq!(kind(15, &[4, 1]), Ok(EventKind::Mark { mark: Mark::Other(4) }));
    assert_eq!(kind(15, &[3, 8]), Ok(EventKind::Mark { mark: Mark::Limit(StopReason::Other(8)) }));
    let mut newer = serialize(&plain(EventKind::Line));
    newer[0] = 2;
    let error = deserialize(&newer).expect_err("a newer version");
    assert_eq!(error, EventError::Version { found: 2, supported: 1 });
    assert!(error.to_string().contains("version 2, of which 1 is known"), "{error}");
}

#[test]
fn what_is_missing_is_said() {
    let error = |code, bytes: &[u8]| of_kind(code, bytes).expect_err("not whole").to_string();
    assert!(error(4, &[1, 0x81]).contains("a state can't be read at byte"), "one value of two");
    assert!(error(5, &[0]).contains("a metric"));
    assert!(error(6, &[0]).contains("a message"));
    assert!(error(8, &[2, 0x81, 0x22]).contains("the fields of a custom event"), "no value has this tag");
    assert!(error(15, &[2, 1, 0xff]).contains("the reason of a snapshot"), "no UTF-8");
    // Lengths beyond all bytes, in the fields and in a value.
    assert!(error(8, &[0xfd, 0, 0, 0, 0, 0, 0, 0, 0x10]).contains("the fields of a custom event"));
    assert!(error(8, &[4, 9, 0xff, 0xff, 0x7f]).contains("the fields of a custom event"));
    assert_eq!(deserialize(&[]), Err(EventError::Empty));
    assert_eq!(deserialize(&[1, 2]), Err(EventError::Malformed { offset: 1, part: "the fields of every event" }));
}

/// The bytes of version 1, one event of each kind: they never change.
#[test]
fn version_1_is_what_it_was() {
    let (one, text) = (Value::Uint(1), Value::Str(Text { text: "x".to_owned(), cut: false }));
    let id = CorrelationId::from_u128(0x0102);
    let kinds = [
        (EventKind::Entry { args: vec![one.clone(), text.clone()], is_async: true }, "00 06 01 04 81 09 01 78"),
        (
            EventKind::Exit { outcome: Outcome::Early, value: Some(text.clone()), duration: Some(300), line: None },
            "01 0a 01 01 fb 2c 01 00 03 09 01 78",
        ),
        (EventKind::Line, "02 00"),
        (EventKind::Values { values: vec![one.clone()] }, "03 02 01 81"),
        (EventKind::State { old: one.clone(), new: text.clone() }, "04 05 04 81 09 01 78"),
        (EventKind::Metric { value: one.clone() }, "05 02 01 81"),
        (EventKind::Sent { message: one.clone(), fields: vec![text.clone()] }, "06 05 04 81 09 01 78"),
        (EventKind::Received { message: one.clone(), fields: vec![] }, "07 02 01 81"),
        (EventKind::Custom { fields: vec![] }, "08 01 00"),
        (EventKind::Correlated { id: Some(id) }, "09 04 01 fb 02 01"),
        (EventKind::Suspended, "0a 00"),
        (EventKind::Resumed, "0b 00"),
        (EventKind::ThreadStarted, "0c 00"),
        (EventKind::ThreadEnded, "0d 00"),
        (EventKind::Lost { count: 5 }, "0e 01 05"),
        (EventKind::Mark { mark: Mark::Snapshot("x".to_owned()) }, "0f 03 02 01 78"),
        (EventKind::Mark { mark: Mark::Limit(StopReason::MaxSize) }, "0f 02 03 00"),
    ];
    // Version, id, time, ticks, thread, depth; call, no parent, no operation, site.
    let head = "01 fe 11 00 00 00 00 03 00 00 e8 03 00 00 00 00 00 00 fb e8 03 fb 2c 01 03 02 \
                01 fd 09 00 00 00 00 03 00 00 00 00 01 07";
    for (kind, payload) in kinds {
        let event = plain(kind);
        let golden: Vec<u8> = head
            .split_whitespace()
            .chain(payload.split_whitespace())
            .map(|byte| u8::from_str_radix(byte, 16).expect("hex"))
            .collect();
        let hex: Vec<_> = serialize(&event).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex.join(" "), format!("{head} {payload}").split_whitespace().collect::<Vec<_>>().join(" "));
        assert_eq!(deserialize(&golden), Ok(event));
    }
}

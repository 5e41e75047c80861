//! What is written to columns is read back.

use super::*;
use proptest::prelude::*;
use scope_core::config::Compression;
use scope_core::plains::Plains;

/// An event that owns its values.
#[derive(Clone, Debug)]
struct Owned {
    step: u64,
    depth: u32,
    call: u64,
    site: u32,
    what: u8,
    number: u64,
    outcome: u8,
    flags: (bool, bool),
    duration: Option<u64>,
    values: OwnedValues,
}

#[derive(Clone, Debug)]
enum OwnedValues {
    Tagged(Vec<u8>),
    Plain(u64, Vec<u64>),
}

impl OwnedValues {
    fn values(&self) -> Values<'_> {
        match self {
            Self::Tagged(bytes) => Values::Tagged(bytes),
            Self::Plain(types, words) => Values::Plain(Plains::new(*types, words)),
        }
    }
}

impl Owned {
    /// As it is, or made to follow from what came before, as most events do.
    fn event(&self, ticks: u64, encoder: &Encoder) -> RawEvent<'_> {
        let context = &encoder.context;
        let tidy = self.flags.0;
        let depth = if tidy { context.depth } else { self.depth };
        let call = if tidy { context.call.wrapping_add(1) } else { self.call };
        let known = depth.checked_sub(1).and_then(|d| context.at(d));
        let (outer, inner) = (known.map_or(0, |k| k.call), known.map_or(0, |k| k.site));
        let values = self.values.values();
        let inside = if tidy { outer } else { self.call };
        let (depth, call, site, kind) = match self.what {
            0 => {
                let parent = if tidy { outer } else { self.number };
                (depth, call, self.site, RawKind::Entry { parent, is_async: self.flags.1, values })
            }
            1 => {
                let implied = known.and_then(|known| known.began).map(|began| ticks.wrapping_sub(began));
                let exit = RawExit {
                    outcome: self.outcome,
                    is_async: self.flags.1 && self.outcome > 0,
                    lossy: self.flags.0 && self.site.is_multiple_of(2),
                    duration: if self.number.is_multiple_of(2) { implied } else { self.duration },
                    place: self.site % 3,
                    values,
                };
                let (depth, call, site) =
                    if tidy { (depth.saturating_sub(1), outer, inner) } else { (self.depth, self.call, self.site) };
                (depth, call, site, RawKind::Exit(exit))
            }
            2 => (depth, inside, self.site, RawKind::Line),
            3 => (depth, inside, self.site, RawKind::Values { values }),
            4 => (self.depth, self.call, self.site, RawKind::Suspended),
            5 => (self.depth, self.call, self.site, RawKind::Resumed),
            6 => (
                context.depth,
                context.around(context.depth).unwrap_or(0),
                0,
                RawKind::Unknown { code: self.site, bytes: b"what is new" },
            ),
            _ => (self.depth, 0, 0, RawKind::Lost { count: self.number }),
        };
        RawEvent { ticks, depth, call, site, kind }
    }
}

fn values() -> impl Strategy<Value = OwnedValues> {
    let word = || prop_oneof![Just(0), Just(7 << 32), 0..300u64, any::<u64>()];
    let tagged = prop::collection::vec(word(), 0..3)
        .prop_map(|words| OwnedValues::Tagged(words.into_iter().flat_map(u64::to_le_bytes).collect()));
    // Types 1 to 6 are those of plain values; 6 is a text, which needs as many words as it says.
    let plain = prop::collection::vec((1..8u64, word(), ".{0,20}"), 1..9).prop_map(|all| {
        let (mut types, mut words) = (0, Vec::new());
        for (kind, word, text) in all.iter().rev() {
            types = types << 8 | kind;
            let mut these = vec![*word];
            if *kind == 6 && text.len() <= 64 {
                these = vec![text.len() as u64];
                these.extend(text.as_bytes().chunks(8).map(|chunk| {
                    let mut bytes = [0; 8];
                    bytes[..chunk.len()].copy_from_slice(chunk);
                    u64::from_le(u64::from_le_bytes(bytes))
                }));
            }
            words.splice(0..0, these);
        }
        OwnedValues::Plain(types, words)
    });
    prop_oneof![tagged, plain]
}

fn owned() -> impl Strategy<Value = Owned> {
    let depth = prop_oneof![9 => 0..5u32, 1 => any::<u32>()];
    let number = prop_oneof![0..300u64, any::<u64>()];
    let site = prop_oneof![9 => 1..9u32, 1 => 250..600u32, 1 => any::<u32>()];
    let step = prop_oneof![9 => 0..70_000u64, 1 => any::<u64>()];
    let basics = (step, depth, number.clone(), site, 0..8u8, number);
    (basics, 0..6u8, any::<(bool, bool)>(), any::<Option<u64>>(), values()).prop_map(
        |((step, depth, call, site, what, number), outcome, flags, duration, values)| Owned {
            step,
            depth,
            call,
            site,
            what,
            number,
            outcome,
            flags,
            duration,
            values,
        },
    )
}

/// The event as text, its values as people see them or, where they are no values, as bytes.
fn shown(event: &RawEvent<'_>) -> String {
    let mut event = *event;
    let mut text = String::new();
    if let RawKind::Entry { values, .. } | RawKind::Values { values } | RawKind::Exit(RawExit { values, .. }) =
        &mut event.kind
    {
        text = match std::mem::replace(values, Values::NONE) {
            Values::Plain(plains) => {
                let mut bytes = Vec::new();
                plains.tagged(&mut bytes);
                format!("{bytes:?}")
            }
            Values::Tagged(bytes) => {
                let mut bytes = bytes.to_vec();
                bytes.resize(bytes.len().next_multiple_of(8), 0);
                format!("{bytes:?}")
            }
        };
    }
    format!("{event:?} {text}")
}

/// The columns of a batch, as they are stored.
fn stored(encoder: &Encoder, compression: Compression) -> Vec<u8> {
    let mut packed = Packed::default();
    packed.pack(&BatchHead::default(), &BatchReach::default(), &encoder.columns, compression);
    packed.payload
}

fn unpacked(payload: &[u8]) -> (Cursors, Vec<u8>) {
    let mut payload = payload;
    let _: BatchHead = take(&mut payload).unwrap();
    let _: BatchReach = take(&mut payload).unwrap();
    let mut bytes = Vec::new();
    let lengths = unpack(payload, &mut bytes).unwrap();
    (Cursors::new(&lengths, bytes.len()).unwrap(), bytes)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn events_are_read_back(
        batches in prop::collection::vec(prop::collection::vec(owned(), 0..40), 1..3),
        ticks: u64, call: u64, depth in 0..3u32, packed: bool,
    ) {
        let (mut encoder, mut decoder) = (Encoder::default(), Decoder::default());
        let compression = if packed { Compression::Lz4 } else { Compression::None };
        for all in &batches {
            encoder.reset(ticks, call, depth);
            let (mut now, mut written) = (ticks, Vec::new());
            for one in all {
                if !matches!(one.what, 2 | 3) {
                    now = now.wrapping_add(one.step);
                }
                let event = one.event(now, &encoder);
                encoder.push(&event);
                written.push(shown(&event));
            }
            let (cursors, bytes) = unpacked(&stored(&encoder, compression));
            decoder.reset(ticks, call, depth, cursors);
            for event in &written {
                prop_assert_eq!(&decoder.next(&bytes, |event: RawEvent<'_>| shown(&event)).unwrap(), event);
            }
            prop_assert!(decoder.is_at_end());
        }
    }

    #[test]
    fn changed_columns_are_no_panic(
        all in prop::collection::vec(owned(), 1..40),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut encoder = Encoder::default();
        encoder.reset(0, 0, 0);
        for one in &all {
            let event = one.event(one.step, &encoder);
            encoder.push(&event);
        }
        let (cursors, mut bytes) = unpacked(&stored(&encoder, Compression::None));
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let mut decoder = Decoder::default();
        decoder.reset(0, 0, 0, cursors);
        for _ in 0..200 {
            if decoder.next(&bytes, |_: RawEvent<'_>| ()).is_err() {
                break;
            }
        }
        let _ = (cursors.has_undated(&bytes), cursors.told_dates(&bytes, 0));
    }

    #[test]
    fn any_columns_are_no_panic(bytes: Vec<u8>, lengths in prop::collection::vec(0..40u32, 0..10)) {
        if let Ok(cursors) = Cursors::new(&lengths, bytes.len()) {
            let mut decoder = Decoder::default();
            decoder.reset(0, 0, 0, cursors);
            for _ in 0..200 {
                if decoder.next(&bytes, |_: RawEvent<'_>| ()).is_err() {
                    break;
                }
            }
        }
    }
}

#[test]
fn a_call_in_which_nothing_was_is_four_bytes() {
    let mut encoder = Encoder::default();
    encoder.reset(1000, 1 << 40, 0);
    let entry = RawKind::Entry { parent: 0, is_async: false, values: Values::NONE };
    encoder.push(&RawEvent { ticks: 1100, depth: 0, call: (1 << 40) + 1, site: 3, kind: entry });
    assert_eq!(encoder.columns.len(), 3, "a tag, a site, the time");
    let exit =
        RawExit { outcome: 0, is_async: false, lossy: false, duration: Some(100), place: 0, values: Values::NONE };
    encoder.push(&RawEvent { ticks: 1200, depth: 0, call: (1 << 40) + 1, site: 3, kind: RawKind::Exit(exit) });
    let before = encoder.columns.len();
    let leaf = Leaf {
        began: 1210,
        ended: 1300,
        depth: 0,
        call: (1 << 40) + 2,
        parent: 0,
        site: 3,
        args: Values::NONE,
        result: None,
    };
    assert!(encoder.push_leaf(&leaf));
    assert_eq!(encoder.columns.len() - before, 4, "a tag, a site, the time before and the time it took");
}

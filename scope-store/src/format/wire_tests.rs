use super::*;
use crate::format::out::trimmed;
use crate::format::{Out, encode, put};
use proptest::prelude::*;

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
    values: Vec<u8>,
}

impl Owned {
    /// As it is, or made to follow from what came before, as most events do.
    fn event(&self, ticks: u64, context: &Context) -> RawEvent<'_> {
        let tidy = self.flags.0;
        let depth = if tidy { context.depth } else { self.depth };
        let call = if tidy { context.call.wrapping_add(1) } else { self.call };
        let known = depth.checked_sub(1).and_then(|d| context.at(d));
        let (outer, inner) = (known.map_or(0, |k| k.call), known.map_or(0, |k| k.site));
        let values = Values::Tagged(&self.values);
        let inside = if tidy { outer } else { self.call };
        let (depth, call, site, kind) = match self.what {
            0 => (
                depth,
                call,
                self.site,
                RawKind::Entry { parent: if tidy { outer } else { self.number }, is_async: self.flags.1, values },
            ),
            1 => {
                let exit = RawExit {
                    outcome: self.outcome,
                    is_async: self.flags.1,
                    lossy: self.flags.0 && self.site.is_multiple_of(2),
                    duration: self.duration,
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
            _ => (self.depth, 0, 0, RawKind::Lost { count: self.number }),
        };
        RawEvent { ticks, depth, call, site, kind }
    }
}

fn owned() -> impl Strategy<Value = Owned> {
    let depth = prop_oneof![9 => 0..5u32, 1 => any::<u32>()];
    let number = prop_oneof![0..300u64, any::<u64>()];
    let site = prop_oneof![1..9u32, any::<u32>()];
    let words = prop::collection::vec(prop_oneof![Just(0), Just(7 << 32), any::<u64>()], 0..3);
    let step = prop_oneof![9 => 0..70_000u64, 1 => any::<u64>()];
    let basics = (step, depth, number.clone(), site, 0..7u8, number);
    (basics, 0..6u8, any::<(bool, bool)>(), any::<Option<u64>>(), words).prop_map(
        |((step, depth, call, site, what, number), outcome, flags, duration, words)| Owned {
            step,
            depth,
            call,
            site,
            what,
            number,
            outcome,
            flags,
            duration,
            values: words.into_iter().flat_map(u64::to_le_bytes).collect(),
        },
    )
}

/// Of any width.
fn number() -> impl Strategy<Value = u64> {
    (any::<u64>(), 0..64u32).prop_map(|(number, shift)| number >> shift)
}

/// With the zeros that were not stored.
fn padded(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes.resize(bytes.len().next_multiple_of(8), 0);
    bytes
}

fn values_of<'a>(event: &RawEvent<'a>) -> &'a [u8] {
    match event.kind {
        RawKind::Entry { values, .. } | RawKind::Values { values } => values.tagged(),
        RawKind::Exit(exit) => exit.values.tagged(),
        _ => &[],
    }
}

/// The event without its values, as text.
fn bare(event: &RawEvent<'_>) -> String {
    let mut event = *event;
    match &mut event.kind {
        RawKind::Entry { values, .. } | RawKind::Values { values } => *values = Values::NONE,
        RawKind::Exit(exit) => exit.values = Values::NONE,
        _ => {}
    }
    format!("{event:?}")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn events_are_read_back(all in prop::collection::vec(owned(), 0..40), ticks: u64, call: u64, depth in 0..3u32) {
        let (mut context, mut out, mut ticks_now) = (Context::default(), Out::default(), ticks);
        context.reset(ticks, call, depth);
        let mut written = Vec::new();
        for one in &all {
            if !matches!(one.what, 2 | 3) {
                ticks_now = ticks_now.wrapping_add(one.step);
            }
            let event = one.event(ticks_now, &context);
            encode(&event, &mut context, &mut out);
            written.push(event);
        }
        let mut decoder = Decoder::default();
        decoder.context.reset(ticks, call, depth);
        let mut rest = out.bytes();
        for event in &written {
            let read = decoder.next(&mut rest).unwrap();
            prop_assert_eq!(bare(&read), bare(event));
            prop_assert_eq!(padded(values_of(&read)), values_of(event));
        }
        prop_assert!(rest.is_empty());
    }

    #[test]
    fn the_short_way_is_bincodes(dt in number(), other in number(), site: u32, values: Vec<u8>) {
        let values = &values[..];
        let (shown, stored) = (Values::Tagged(values), trimmed(values));
        let (mut short, mut long) = (Out::default(), Vec::new());
        short.entry(dt, site, shown);
        put(Wire::Entry { dt, site, values: stored }, &mut long);
        short.returned(dt, other);
        put(Wire::Returned { dt, duration: other }, &mut long);
        short.exit(dt, other, (1, 2), site, shown);
        put(Wire::Exit { dt, duration: other, outcome: 1, flags: 2, place: site, values: stored }, &mut long);
        short.line(site);
        put(Wire::Line { site }, &mut long);
        short.values(site, shown);
        put(Wire::Values { site, values: stored }, &mut long);
        prop_assert_eq!(short.bytes(), &long[..]);
        short.clear();
        long.clear();
        short.leaf((dt, other), site, shown, Some((site, shown)));
        short.leaf((dt, other), site, shown, None);
        for result in [true, false] {
            put(Wire::Entry { dt, site, values: stored }, &mut long);
            put(
                match result {
                    true => Wire::Exit { dt: other, duration: other, outcome: 0, flags: 0, place: site, values: stored },
                    false => Wire::Returned { dt: other, duration: other },
                },
                &mut long,
            );
        }
        prop_assert_eq!(short.bytes(), &long[..]);
    }

    #[test]
    fn any_bytes_decode_or_fail(bytes: Vec<u8>) {
        let (mut decoder, mut rest) = (Decoder::default(), &bytes[..]);
        while decoder.next(&mut rest).is_ok() {}
        prop_assert!(rest.len() <= bytes.len());
    }
}

#[test]
fn common_events_are_short() {
    let (mut context, mut out) = (Context::default(), Out::default());
    context.reset(1000, 1 << 40, 0);
    let entry = RawKind::Entry { parent: 0, is_async: false, values: Values::NONE };
    encode(&RawEvent { ticks: 1200, depth: 0, call: (1 << 40) + 1, site: 3, kind: entry }, &mut context, &mut out);
    assert_eq!(out.bytes(), [0, 200, 3, 0]);
    out.clear();
    let exit =
        RawExit { outcome: 0, is_async: false, lossy: false, duration: Some(100), place: 0, values: Values::NONE };
    let event = RawEvent { ticks: 1300, depth: 0, call: (1 << 40) + 1, site: 3, kind: RawKind::Exit(exit) };
    encode(&event, &mut context, &mut out);
    assert_eq!(out.bytes(), [2, 100, 100]);
}

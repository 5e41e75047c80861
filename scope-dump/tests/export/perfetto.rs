//! What a Perfetto trace holds, as far as a reader of protocol buffers of twenty lines sees: the fields are those of
//! Perfetto's `trace_packet.proto` and `track_event.proto`. `tests/consumers/perfetto.py` asks Perfetto itself.

use std::collections::HashMap;

use super::{bytes, common, export, golden_log, made, made_log};

#[derive(Clone, Debug)]
enum Field<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

/// The fields of a message.
fn fields(mut rest: &[u8]) -> Vec<(u64, Field<'_>)> {
    fn varint(rest: &mut &[u8]) -> u64 {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let (byte, tail) = rest.split_first().expect("a whole number");
            *rest = tail;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        value
    }
    let mut fields = Vec::new();
    while !rest.is_empty() {
        let key = varint(&mut rest);
        let length = match key & 7 {
            0 => {
                fields.push((key >> 3, Field::Number(varint(&mut rest))));
                continue;
            }
            1 => 8,
            2 => varint(&mut rest) as usize,
            wire => panic!("wire type {wire}"),
        };
        let (bytes, tail) = rest.split_at(length);
        rest = tail;
        let field = match key & 7 {
            1 => Field::Number(u64::from_le_bytes(bytes.try_into().expect("8 bytes"))),
            _ => Field::Bytes(bytes),
        };
        fields.push((key >> 3, field));
    }
    fields
}

fn number(message: &[(u64, Field<'_>)], field: u64) -> Option<u64> {
    message.iter().find_map(|(id, value)| match value {
        Field::Number(number) if *id == field => Some(*number),
        _ => None,
    })
}

fn inner<'a>(message: &[(u64, Field<'a>)], field: u64) -> Vec<&'a [u8]> {
    let of = |(id, value): &(u64, Field<'a>)| match value {
        Field::Bytes(bytes) if *id == field => Some(*bytes),
        _ => None,
    };
    message.iter().filter_map(of).collect()
}

fn string(message: &[(u64, Field<'_>)], field: u64) -> Option<String> {
    inner(message, field).first().map(|bytes| String::from_utf8(bytes.to_vec()).expect("text"))
}

/// One event a line: time, track, type, name, how many annotations, flows.
pub fn listing(trace: &[u8]) -> Vec<String> {
    let (mut names, mut tracks) = (HashMap::new(), HashMap::new());
    let mut stacks: HashMap<u64, Vec<String>> = HashMap::new();
    let mut lines = Vec::new();
    for packet in inner(&fields(trace), 1) {
        let packet = fields(packet);
        assert_eq!(number(&packet, 10), Some(1), "all is one sequence");
        for track in inner(&packet, 60) {
            let track = fields(track);
            let thread = inner(&track, 4).first().and_then(|thread| string(&fields(thread), 5));
            let name = thread.or_else(|| string(&track, 2)).unwrap_or_else(|| "process".to_owned());
            assert!(number(&track, 5).is_none_or(|parent| tracks.contains_key(&parent)), "{name} has a parent");
            tracks.insert(number(&track, 1).expect("an id"), name);
        }
        for interned in inner(&packet, 12) {
            for name in inner(&fields(interned), 2) {
                let name = fields(name);
                names.insert(number(&name, 1).expect("an id"), string(&name, 2).expect("a name"));
            }
        }
        for event in inner(&packet, 11) {
            let event = fields(event);
            let track = number(&event, 11).expect("a track");
            let name =
                number(&event, 10).map(|iid| names[&iid].clone()).or_else(|| string(&event, 23)).unwrap_or_default();
            let stack = stacks.entry(track).or_default();
            let kind = match number(&event, 9) {
                Some(1) => {
                    stack.push(name.clone());
                    "begin"
                }
                Some(2) => {
                    assert!(stack.pop().is_some(), "nothing is open on {}", tracks[&track]);
                    "end"
                }
                Some(3) => "instant",
                Some(4) => "counter",
                kind => panic!("{kind:?}"),
            };
            let flows: Vec<String> = event
                .iter()
                .filter(|(id, _)| *id == 47)
                .filter_map(|(_, f)| if let Field::Number(n) = f { Some(format!("{n:#x}")) } else { None })
                .collect();
            let line = format!(
                "{} {} {kind} {name} +{} {}",
                number(&packet, 8).expect("a time"),
                tracks[&track],
                inner(&event, 4).len(),
                flows.join(" ")
            );
            lines.push(line.trim_end().replace('\n', "\\n"));
        }
    }
    assert!(stacks.values().all(Vec::is_empty), "{stacks:?}");
    lines
}

#[test]
fn every_slice_ends_on_its_track() {
    for log in [made_log(), common::log()] {
        for more in [&[][..], &["--details"], &["--max-events", "12"], &["--since", "1.2us", "--until", "1.45us"]] {
            listing(bytes(&export(log, "perfetto", more)));
        }
    }
}

#[test]
fn flows_lead_over_waits_and_messages() {
    let output = export(made_log(), "perfetto", &[]);
    let lines = listing(bytes(&output));
    let of = |part: &str| lines.iter().filter(|line| line.contains(part)).collect::<Vec<_>>();
    let flow = |line: &str| line.rsplit_once(' ').map(|(_, flow)| flow.to_owned());
    let serve = of("begin shop::serve");
    // Two calls as a whole, and three slices of them.
    assert_eq!(serve.iter().filter(|line| line.contains("async calls")).count(), 2);
    let slices: Vec<_> = serve.iter().filter(|line| !line.contains("async calls")).collect();
    assert_eq!(slices.len(), 3);
    assert!(slices[0].contains("main") && slices[2].contains("worker") && flow(slices[0]) == flow(slices[2]));
    assert!(flow(slices[0]) != flow(slices[1]));
    assert_eq!(flow(of("sent: orders")[0]), flow(of("received: orders")[0]));
    assert_eq!(of("counter").len(), 2);
    assert_eq!(of("begin shop::work").len(), 2 + made::REPEATED as usize + 1);
}

#[test]
fn the_golden_log_is_a_trace_as_ever() {
    insta::assert_snapshot!(
        "golden_perfetto",
        listing(bytes(&export(&golden_log(), "perfetto", &["--details"]))).join("\n")
    );
}

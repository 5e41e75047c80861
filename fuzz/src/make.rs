//! Logs with the right checksums, of whatever the fuzzer thinks of: who writes a bad log may write those, too.
//!
//! The input: the major version (a byte: even 2, odd 1), then steps, each an operation, the length of its bytes (2 bytes, little endian),
//! and those. An operation is the kind of a frame whose payload they are, or one of these:
//!
//! - 128: a batch of columns with a sound head: what it says and the columns are of the bytes. 129: the same, its columns compressed by LZ4; 131: by zstd.
//! - 130: an index of all so far, and an end frame with its trailer. The bytes are added to what the index says of the batches.

/// How columns are compressed: see `docs/log-format.md`.
#[derive(Clone, Copy)]
enum Codec {
    None,
    Lz4,
    Zstd,
}

/// What an index says of a frame.
struct Known {
    kind: u8,
    offset: u64,
    /// Of a batch: thread, events before, events, first and last ticks.
    batch: Option<[u64; 5]>,
}

/// The log that `input` tells of.
pub fn log(input: &[u8]) -> Vec<u8> {
    let Some((version, mut rest)) = input.split_first() else { return Vec::new() };
    let mut making = Making { log: header(if version % 2 == 0 { 2 } else { 1 }), known: Vec::new(), events: [0; 4] };
    while let [operation, low, high, behind @ ..] = rest {
        let (bytes, next) = behind.split_at(behind.len().min(usize::from(u16::from_le_bytes([*low, *high]))));
        match operation {
            128 => making.columns(bytes, Codec::None),
            129 => making.columns(bytes, Codec::Lz4),
            131 => making.columns(bytes, Codec::Zstd),
            130 => making.seal(bytes),
            kind => making.frame(*kind, bytes, None),
        }
        rest = next;
    }
    making.log
}

struct Making {
    log: Vec<u8>,
    known: Vec<Known>,
    /// Of each thread so far.
    events: [u64; 4],
}

impl Making {
    fn frame(&mut self, kind: u8, payload: &[u8], batch: Option<[u64; 5]>) {
        self.known.push(Known { kind, offset: self.log.len() as u64, batch });
        frame(kind, payload, &mut self.log);
    }

    fn columns(&mut self, bytes: &[u8], codec: Codec) {
        let (head, columns) = bytes.split_at(bytes.len().min(16));
        let head: Vec<u64> = (0..16).map(|at| head.get(at).map_or(0, |byte| u64::from(*byte))).collect();
        let thread = head[0] % 4;
        let before = self.events[thread as usize] + head[1] / 128;
        let (events, first, depth) = (head[2], head[3] * 8, head[4] % 8);
        let (last, base_call) = (first + head[5], (thread << 40) + head[6]);
        // Seven lengths; what is left is the last one's.
        let (mut left, mut lengths) = (columns.len() as u64, Vec::new());
        for length in &head[8..15] {
            lengths.push(left.min(*length));
            left -= left.min(*length);
        }
        lengths.push(left);
        let mut payload = Vec::new();
        for number in [thread, 0, before, events, 0, first, last, base_call, depth, first, base_call + head[7]] {
            put(number, &mut payload);
        }
        payload.push(codec as u8);
        put(columns.len() as u64, &mut payload);
        put(8, &mut payload);
        lengths.iter().for_each(|length| put(*length, &mut payload));
        match codec {
            Codec::None => payload.extend_from_slice(columns),
            Codec::Lz4 => payload.extend_from_slice(&lz4_flex::block::compress(columns)),
            Codec::Zstd => payload.extend(zstd::bulk::compress(columns, 1).expect("memory can be compressed")),
        }
        self.events[thread as usize] = before + events;
        self.frame(14, &payload, Some([thread, before, events, first, last]));
    }

    fn seal(&mut self, noise: &[u8]) {
        let mut noise = noise.iter().map(|byte| u64::from(*byte)).chain(std::iter::repeat(0));
        let mut changed = |number: u64| number + noise.next().unwrap_or_default();
        let (batches, frames): (Vec<&Known>, Vec<&Known>) = self.known.iter().partition(|known| known.kind == 14);
        let mut payload = vec![0];
        let frames: Vec<_> = frames.into_iter().filter(|known| !matches!(known.kind, 9 | 11)).collect();
        put(frames.len() as u64, &mut payload);
        for known in frames {
            payload.push(known.kind);
            put(known.offset, &mut payload);
        }
        put(batches.len() as u64, &mut payload);
        for known in batches {
            let [thread, before, events, first, last] = known.batch.unwrap_or_default().map(&mut changed);
            let base_call = thread << 40;
            for number in [known.offset, thread, before, events, 0, first, last, base_call, base_call + events] {
                put(number, &mut payload);
            }
        }
        let index = self.log.len() as u64;
        frame(9, &payload, &mut self.log);
        let end = self.log.len() as u64;
        let mut payload = Vec::new();
        put(self.events.iter().sum(), &mut payload);
        payload.resize(payload.len() + 10 + 2 + 1, 0);
        put(index, &mut payload);
        payload.extend_from_slice(&end.to_le_bytes());
        frame(8, &payload, &mut self.log);
    }
}

/// Appends a number as payloads have it.
fn put(number: u64, to: &mut Vec<u8>) {
    match number {
        0..=250 => to.push(number as u8),
        251..=0xFFFF => {
            to.push(0xFB);
            to.extend_from_slice(&(number as u16).to_le_bytes());
        }
        0x1_0000..=0xFFFF_FFFF => {
            to.push(0xFC);
            to.extend_from_slice(&(number as u32).to_le_bytes());
        }
        _ => {
            to.push(0xFD);
            to.extend_from_slice(&number.to_le_bytes());
        }
    }
}

/// A header: see `docs/log-format.md`.
fn header(major: u8) -> Vec<u8> {
    let mut header = b"\x89SCOPE\r\n\x1a\n\0\0".to_vec();
    header.extend_from_slice(&[major, 0, 0, 0, 0x20, 0, 0, 0]);
    header.resize(28, 0);
    header.extend_from_slice(&crc32c::crc32c(&header).to_le_bytes());
    header
}

/// Appends a frame.
fn frame(kind: u8, payload: &[u8], log: &mut Vec<u8>) {
    let mut head = vec![0xF5, 0x66, 0x72, 0xAE];
    head.extend_from_slice(&(payload.len() as u32).to_le_bytes());
    head.extend_from_slice(&[kind, 0]);
    let check = crc32c::crc32c(&head) as u16;
    head.extend_from_slice(&check.to_le_bytes());
    let crc = crc32c::crc32c_append(crc32c::crc32c(&head), payload);
    head.extend_from_slice(&crc.to_le_bytes());
    log.extend_from_slice(&head);
    log.extend_from_slice(payload);
}

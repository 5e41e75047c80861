//! Whoever writes a bad log may also write the right checksums: any payloads in sound frames behind a sound header.
//!
//! The input: of each frame its kind, the length of its payload (2 bytes, little endian), and that.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let mut log = scope_fuzz::header();
    let mut rest = input;
    while let [kind, low, high, behind @ ..] = rest {
        let (payload, next) = behind.split_at(behind.len().min(usize::from(u16::from_le_bytes([*low, *high]))));
        scope_fuzz::frame(*kind, payload, &mut log);
        rest = next;
    }
    scope_fuzz::read_all(log);
});

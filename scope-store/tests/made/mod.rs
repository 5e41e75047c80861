//! Records, for logs that tests make; scope-dump's tests have them, too.

use scope_core::record::{Header, Kind};
use scope_core::value::{Limits, ValueWriter};

/// A record: its words, and the values that `write` writes.
pub fn record(kind: Kind, site: u32, call: u64, words: &[u64], write: impl FnOnce(&mut ValueWriter<'_>)) -> Vec<u64> {
    let mut buffer = [0; 2048];
    let mut writer = ValueWriter::new(&mut buffer, const { &Limits::DEFAULT });
    write(&mut writer);
    let used = writer.finish().next_multiple_of(8);
    let values =
        buffer[..used].chunks_exact(8).map(|c| u64::from_le_bytes([c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7]]));
    let body: Vec<u64> = words.iter().copied().chain(values).collect();
    plain(kind, site, call, &body)
}

/// A record without values.
pub fn plain(kind: Kind, site: u32, call: u64, words: &[u64]) -> Vec<u64> {
    [&[Header::new(kind, 1 + words.len(), site, call).0], words].concat()
}

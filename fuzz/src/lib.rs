//! What the targets share.

use scope_store::LogReader;

/// Reads all there is to read of what may be a log.
pub fn read_all(bytes: Vec<u8>) {
    let Ok(reader) = LogReader::from_bytes(bytes) else { return };
    for event in reader.events() {
        match event {
            Ok(event) => drop(format!("{event:?} {:?}", event.site.and_then(|id| reader.site(id)))),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
    for thread in reader.threads() {
        reader.thread_events(thread.id).for_each(drop);
    }
    reader.damage().iter().for_each(|damage| drop(damage.to_string()));
    drop(format!("{:?} {:?} {:?} {}", reader.header(), reader.state(), reader.totals(), reader.lost()));
}

/// A header of format 1.0: see `docs/log-format.md`.
pub fn header() -> Vec<u8> {
    let mut header = b"\x89SCOPE\r\n\x1a\n\0\0\x01\0\0\0\x20\0\0\0".to_vec();
    header.resize(28, 0);
    header.extend_from_slice(&crc32c::crc32c(&header).to_le_bytes());
    header
}

/// Appends a frame.
pub fn frame(kind: u8, payload: &[u8], log: &mut Vec<u8>) {
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

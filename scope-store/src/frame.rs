//! Frames: a length, a kind, checksums, a payload. See `docs/log-format.md`.

/// The length of a frame's head.
pub(crate) const HEAD: usize = 16;
/// The longest payload.
pub(crate) const MAX_PAYLOAD: usize = 64 << 20;
/// What a frame's head begins with.
pub(crate) const MARK: [u8; 4] = [0xF5, 0x66, 0x72, 0xAE];

/// The kinds of frames that this version writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum FrameKind {
    Process = 1,
    Calibration = 2,
    Sites = 3,
    Thread = 4,
    Batch = 5,
    Lost = 6,
    Stop = 7,
    End = 8,
    Index = 9,
    Plan = 10,
    Drained = 11,
    Clocks = 12,
    Dates = 13,
    Columns = 14,
    ThreadEnd = 15,
    Mark = 16,
    Carried = 17,
    Source = 18,
}

impl FrameKind {
    pub fn from_byte(byte: u8) -> Option<Self> {
        use FrameKind::*;
        const ALL: [FrameKind; 18] = [
            Process,
            Calibration,
            Sites,
            Thread,
            Batch,
            Lost,
            Stop,
            End,
            Index,
            Plan,
            Drained,
            Clocks,
            Dates,
            Columns,
            ThreadEnd,
            Mark,
            Carried,
            Source,
        ];
        ALL.into_iter().find(|kind| *kind as u8 == byte)
    }
}

/// A frame's head, its own check passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FrameHead {
    /// `None`: a kind or a flag that a newer minor version writes.
    pub kind: Option<FrameKind>,
    /// The length of the payload.
    pub length: usize,
    sealed: [u8; 12],
    crc: u32,
}

/// Why bytes are no head of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BadHead {
    /// The mark or the check is wrong.
    Head,
    /// The check fits, and the length is over [`MAX_PAYLOAD`].
    Length,
}

/// Begins a frame in `out`: leaves room for its head. Returns where.
pub(crate) fn begin(out: &mut Vec<u8>) -> usize {
    let start = out.len();
    out.extend_from_slice(&[0; HEAD]);
    start
}

/// Ends the frame that began at `start`. An error: the payload's length, which is too long.
pub(crate) fn end(out: &mut [u8], start: usize, kind: FrameKind) -> Result<(), u64> {
    seal(&mut out[start..], kind as u8)
}

fn seal(frame: &mut [u8], kind: u8) -> Result<(), u64> {
    let length = frame.len() - HEAD;
    if length > MAX_PAYLOAD {
        return Err(length as u64);
    }
    frame[..4].copy_from_slice(&MARK);
    frame[4..8].copy_from_slice(&(length as u32).to_le_bytes());
    frame[8..10].copy_from_slice(&[kind, 0]);
    let check = check_of(&frame[..10]);
    frame[10..12].copy_from_slice(&check);
    let crc = crc32c::crc32c_append(crc32c::crc32c(&frame[..12]), &frame[HEAD..]);
    frame[12..16].copy_from_slice(&crc.to_le_bytes());
    Ok(())
}

fn check_of(head: &[u8]) -> [u8; 2] {
    (crc32c::crc32c(head) as u16).to_le_bytes()
}

/// Reads a head; its length is believed only when its own check fits.
pub(crate) fn parse_head(bytes: &[u8; HEAD]) -> Result<FrameHead, BadHead> {
    if bytes[..4] != MARK || bytes[10..12] != check_of(&bytes[..10]) {
        return Err(BadHead::Head);
    }
    let length = u32::from_le_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]) as usize;
    if length > MAX_PAYLOAD {
        return Err(BadHead::Length);
    }
    let kind = if bytes[9] == 0 { FrameKind::from_byte(bytes[8]) } else { None };
    let mut sealed = [0; 12];
    sealed.copy_from_slice(&bytes[..12]);
    Ok(FrameHead { kind, length, sealed, crc: u32::from_le_bytes([bytes[12], bytes[13], bytes[14], bytes[15]]) })
}

impl FrameHead {
    /// Whether `payload` is what was written.
    pub fn fits(&self, payload: &[u8]) -> bool {
        payload.len() == self.length && crc32c::crc32c_append(crc32c::crc32c(&self.sealed), payload) == self.crc
    }
}

/// A frame of a kind of its own, for tests of what newer versions may write.
#[cfg(test)]
pub(crate) fn of_kind(kind: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![0; HEAD];
    frame.extend_from_slice(payload);
    assert_eq!(seal(&mut frame, kind), Ok(()));
    frame
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn head_of(frame: &[u8]) -> [u8; HEAD] {
        let mut head = [0; HEAD];
        head.copy_from_slice(&frame[..HEAD]);
        head
    }

    proptest! {
        #[test]
        fn a_frame_is_read_back(payload: Vec<u8>, before: Vec<u8>) {
            let mut out = before.clone();
            let start = begin(&mut out);
            out.extend_from_slice(&payload);
            prop_assert_eq!(end(&mut out, start, FrameKind::Batch), Ok(()));
            let head = parse_head(&head_of(&out[start..])).unwrap();
            prop_assert_eq!((head.kind, head.length), (Some(FrameKind::Batch), payload.len()));
            prop_assert!(head.fits(&out[start + HEAD..]));
            prop_assert_eq!(&out[..start], &before[..]);
        }

        #[test]
        fn a_changed_byte_is_seen(payload: Vec<u8>, at: prop::sample::Index, change in 1..=255u8) {
            let mut frame = of_kind(5, &payload);
            let at = at.index(frame.len());
            frame[at] ^= change;
            let whole = parse_head(&head_of(&frame)).is_ok_and(|head| head.fits(&frame[HEAD..]));
            prop_assert!(!whole);
        }
    }

    #[test]
    fn limits_and_newer_kinds() {
        let mut head = head_of(&of_kind(200, b"abc"));
        assert_eq!(parse_head(&head).map(|h| (h.kind, h.length)), Ok((None, 3)));
        head[4..8].copy_from_slice(&(MAX_PAYLOAD as u32 + 1).to_le_bytes());
        assert_eq!(parse_head(&head), Err(BadHead::Head));
        let check = check_of(&head[..10]);
        head[10..12].copy_from_slice(&check);
        assert_eq!(parse_head(&head), Err(BadHead::Length));
        assert_eq!(parse_head(&[0; HEAD]), Err(BadHead::Head));
        assert_eq!(FrameKind::from_byte(0), None);
    }
}

//! Whose log a file is, from its first bytes: for who has no reader.

use crate::format::{self, StoredHome, StoredProcess};
use crate::frame::{self, FrameKind, HEAD};
use crate::header;
use crate::info::Process;
use std::fs::File;
use std::io::Read;

/// So much of a file is looked at: a command line may be long.
const MOST: u64 = 256 << 10;

/// The process that a log says it is of. `None`: the file is no log, or none that this version can read.
pub(crate) fn process(file: &File) -> Option<Process> {
    let mut bytes = Vec::new();
    file.take(MOST).read_to_end(&mut bytes).ok()?;
    let header = header::parse(&bytes).ok().filter(|header| (1..=header::VERSION.0).contains(&header.version.0))?;
    let (head, rest) = bytes.get(header.length..)?.split_first_chunk::<HEAD>()?;
    let head = frame::parse_head(head).ok().filter(|head| head.kind == Some(FrameKind::Process))?;
    let mut payload = rest.get(..head.length).filter(|payload| head.fits(payload))?;
    Some(format::take::<StoredProcess>(&mut payload).ok()?.at(StoredHome::default()))
}

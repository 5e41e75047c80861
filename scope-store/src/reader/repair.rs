//! A copy of a log without what is damaged.

use super::frames::{Found, Frames};
use super::index::Index;
use super::{LogEnd, LogReader};
use crate::error::ReadError;
use crate::frame::HEAD;
use std::io::{self, Write};

/// Why a log was not copied.
#[derive(Debug)]
#[non_exhaustive]
pub enum RepairError {
    /// The log can't be read.
    Read(ReadError),
    /// The copy can't be written.
    Write(io::Error),
}

impl LogReader {
    /// Writes a copy of the log to `to`: its header and all frames that can be read, and those that were found in the rings. What
    /// is damaged is left out, also what follows the end. Gives the number of bytes that were left out.
    ///
    /// # Errors
    ///
    /// The log can't be read, or the copy not be written.
    pub fn repair(&self, to: &mut dyn Write) -> Result<u64, RepairError> {
        let mut header = vec![0; self.index.header as usize];
        self.source.read(0, &mut header).map_err(RepairError::Read)?;
        to.write_all(&header).map_err(RepairError::Write)?;
        let (mut at, mut written) = (self.index.header, self.index.header);
        let (mut frames, mut head) = (Frames::new(&self.source), [0; HEAD]);
        // Whether a frame makes sense depends on those before it.
        let mut copied = Index::unread(&self.source).map_err(RepairError::Read)?;
        while at < self.source.length() && copied.end != LogEnd::Sealed {
            match frames.at(at).map_err(RepairError::Read)? {
                Found::Frame(found) => {
                    let length = (HEAD + found.length) as u64;
                    if copied.frame(at, found.kind, &frames.payload).is_ok() {
                        self.source.read(at, &mut head).map_err(RepairError::Read)?;
                        to.write_all(&head).and_then(|()| to.write_all(&frames.payload)).map_err(RepairError::Write)?;
                        written += length;
                    }
                    at += length;
                }
                Found::Damage { resume, .. } => {
                    let Some(next) = frames.next_whole(resume).map_err(RepairError::Read)? else { break };
                    at = next;
                }
                Found::Cut => break,
            }
        }
        to.flush().map_err(RepairError::Write)?;
        Ok(self.source.length() - written + self.cut_off)
    }
}

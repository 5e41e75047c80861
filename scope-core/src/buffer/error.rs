//! Why there is no buffer, or no record in it.

use super::MAX_BYTES;
use crate::record::Kind;
use crate::ring::MIN_BYTES;
use std::fmt;

/// Why a buffer can't be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OptionsError {
    /// The capacity is not a power of two.
    NoPowerOfTwo {
        /// It, in bytes.
        bytes: usize,
    },
    /// The capacity is too small or too large.
    OutOfBounds {
        /// It, in bytes.
        bytes: usize,
    },
    /// The system has no memory for it.
    NoMemory {
        /// The capacity, in bytes.
        bytes: usize,
    },
}

impl fmt::Display for OptionsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPowerOfTwo { bytes } => write!(f, "a capacity of {bytes} bytes: a power of two is wanted"),
            Self::OutOfBounds { bytes } => {
                write!(f, "a capacity of {bytes} bytes: {MIN_BYTES} to {MAX_BYTES} are possible")
            }
            Self::NoMemory { bytes } => write!(f, "there is no memory for {bytes} bytes"),
        }
    }
}

impl std::error::Error for OptionsError {}

/// Why a record was not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WriteError {
    /// There was no room. The record is lost, and counted.
    Lost,
    /// It has more words than a record of this buffer may have: see [`Buffer::longest`](super::Buffer::longest).
    TooLong {
        /// How many it has.
        words: usize,
        /// How many it may have.
        most: usize,
    },
    /// Its site's id is larger than [`MAX_SITE`](crate::record::MAX_SITE).
    NoSite {
        /// The id.
        site: u32,
    },
    /// The ring writes records of this kind itself.
    Reserved {
        /// The kind.
        kind: Kind,
    },
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lost => f.write_str("there is no room: the record is lost"),
            Self::TooLong { words, most } => write!(f, "a record of {words} words, where {most} are possible"),
            Self::NoSite { site } => write!(f, "no site can have the id {site}"),
            Self::Reserved { kind } => write!(f, "records of kind {kind:?} are the ring's own"),
        }
    }
}

impl std::error::Error for WriteError {}

//! Events as batches have them: before ticks become a time and bytes become values.

use super::values::Values;

/// An event. Calls and sites are 0 where there is none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RawEvent<'a> {
    pub ticks: u64,
    pub depth: u32,
    pub call: u64,
    pub site: u32,
    pub kind: RawKind<'a>,
}

/// What happened.
#[derive(Clone, Copy, Debug)]
pub(crate) enum RawKind<'a> {
    Entry {
        parent: u64,
        is_async: bool,
        values: Values<'a>,
    },
    Exit(RawExit<'a>),
    Line,
    Values {
        values: Values<'a>,
    },
    Suspended,
    Resumed,
    Lost {
        count: u64,
    },
    /// Of a newer version. No writer of this one makes any.
    Unknown {
        code: u32,
        bytes: &'a [u8],
    },
}

/// How a call ended.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RawExit<'a> {
    pub outcome: u8,
    pub is_async: bool,
    /// Records of the thread were lost while the call was open.
    pub lossy: bool,
    pub duration: Option<u64>,
    /// The site whose line is that of the exit.
    pub place: u32,
    pub values: Values<'a>,
}

impl RawExit<'_> {
    pub const RETURNED: u8 = 0;
    pub const EARLY: u8 = 1;
    pub const PANICKED: u8 = 2;
    pub const CANCELLED: u8 = 3;
    pub const UNKNOWN: u8 = 4;

    /// Of a call that returned, and of which no more is told.
    #[inline(always)]
    pub fn returned(duration: u64) -> Self {
        let values = Values::NONE;
        Self { outcome: Self::RETURNED, is_async: false, lossy: false, duration: Some(duration), place: 0, values }
    }
}

pub(super) const ASYNC: u8 = 1;
pub(super) const LOSSY: u8 = 2;

#[inline]
pub(super) fn flags(is_async: bool, lossy: bool) -> u8 {
    u8::from(is_async) * ASYNC + u8::from(lossy) * LOSSY
}

/// A call in which there was nothing: entry and exit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Leaf<'a> {
    /// Ticks of the entry and of the exit.
    pub began: u64,
    pub ended: u64,
    pub depth: u32,
    pub call: u64,
    pub parent: u64,
    pub site: u32,
    pub args: Values<'a>,
    /// What it gave back, and at which place.
    pub result: Option<(u32, Values<'a>)>,
}

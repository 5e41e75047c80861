//! The calls that are open on a thread, as far as the records show.

use crate::format::{RawExit, Values};
use scope_core::record::CALL_MASK;

/// The distance of two calls of a thread that a record's header can't tell apart.
const LAP: u64 = CALL_MASK + 1;
const NUMBER: u64 = (1 << 40) - 1;

/// What a call is about to leave with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Leaving {
    /// Nothing was seen.
    #[default]
    Silent,
    Return,
    Early,
}

impl Leaving {
    pub fn outcome(self) -> u8 {
        if self == Self::Early { RawExit::EARLY } else { RawExit::RETURNED }
    }
}

/// Whether a call is that of an async function, which is polled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Polled {
    #[default]
    Not,
    /// It has not been suspended: what is below called it.
    First,
    /// What is below polls it.
    Again,
}

/// An open call.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Frame {
    pub call: u64,
    /// The number of the thread's latest call when this was pushed: its own, if it is a call of this thread. Never less than that
    /// of the frame below, and never more than the truth.
    pub stamp: u64,
    /// Ticks of the entry.
    pub began: u64,
    pub site: u32,
    pub depth: u32,
    /// The site of the last line inside.
    pub line: u32,
    pub polled: Polled,
    /// A call whose entry was lost may have a number that looks the same.
    pub ambiguous: bool,
    /// The frame below is known to be the call that this one was made in.
    pub parent_known: bool,
    /// How many losses the thread had when this was pushed.
    pub losses: u32,
    leaving: Leaving,
    /// The site of the `return` or `?`.
    place: u32,
    /// Where its values begin in the stash: they end where the stash does, or where the next one's begin.
    stash: usize,
    value: (usize, usize),
}

/// Frames, oldest first, and the values that their calls are about to leave with.
#[derive(Debug, Default)]
pub(super) struct Stack {
    frames: Vec<Frame>,
    stash: Vec<u8>,
    /// Frames that are about to leave with something.
    leaving: usize,
}

impl Stack {
    pub fn len(&self) -> usize {
        self.frames.len()
    }

    /// All frames, oldest first.
    pub fn frames(&self) -> &[Frame] {
        &self.frames
    }

    #[inline]
    pub fn top(&self) -> Option<&Frame> {
        self.frames.last()
    }

    #[inline]
    pub fn top_mut(&mut self) -> Option<&mut Frame> {
        self.frames.last_mut()
    }

    #[inline]
    pub fn push(&mut self, frame: Frame) {
        self.frames.push(Frame { stash: self.stash.len(), ..frame });
    }

    /// Takes the top off. Its values stay until [`Self::forget`].
    #[inline]
    pub fn pop(&mut self) -> Option<Frame> {
        let frame = self.frames.pop()?;
        self.leaving -= usize::from(frame.leaving != Leaving::Silent);
        Some(frame)
    }

    /// What calls are about to leave with, oldest first.
    pub fn leaving(&self) -> impl Iterator<Item = (u64, Leaving, u32, &[u8])> {
        // Mostly there are none, and the stack may be deep.
        let frames = if self.leaving == 0 { &[][..] } else { &self.frames[..] };
        frames.iter().filter(|frame| frame.leaving != Leaving::Silent).map(|frame| {
            let value = self.stash.get(frame.value.0..frame.value.1).unwrap_or(&[]);
            (frame.call, frame.leaving, frame.place, value)
        })
    }

    /// Gives the room of the values of a popped frame back.
    #[inline]
    pub fn forget(&mut self, frame: &Frame) {
        self.stash.truncate(frame.stash);
    }

    /// Notes what the top is about to leave with.
    pub fn leave(&mut self, leaving: Leaving, place: u32, value: &[u8]) {
        if let Some(frame) = self.frames.last_mut() {
            self.leaving += usize::from(frame.leaving == Leaving::Silent);
            self.stash.truncate(frame.stash);
            self.stash.extend_from_slice(value);
            (frame.leaving, frame.place, frame.value) = (leaving, place, (frame.stash, self.stash.len()));
        }
    }

    /// The exit of a popped frame, whose `outcome` is that of what it was leaving with, if none is given. Without a duration.
    #[inline]
    pub fn exit(&self, frame: &Frame, outcome: Option<u8>, losses: u32) -> RawExit<'_> {
        let unwound = matches!(outcome, Some(RawExit::PANICKED | RawExit::CANCELLED));
        let shown = frame.leaving != Leaving::Silent && !unwound;
        RawExit {
            outcome: outcome.unwrap_or(frame.leaving.outcome()),
            is_async: frame.is_task(),
            lossy: frame.losses != losses,
            duration: None,
            place: if shown { frame.place } else { frame.line },
            values: if shown {
                Values::Tagged(self.stash.get(frame.value.0..frame.value.1).unwrap_or(&[]))
            } else {
                Values::NONE
            },
        }
    }

    /// Where the call of this thread is whose number ends in `low`: of the function `site`, or of one that place `site` may
    /// be in. `None` also where that is not certain.
    #[inline]
    pub fn find(&self, low: u64, site: u32, is_place: bool, floor: u64, losses: u32) -> Option<usize> {
        if self.is_top(low, site, is_place, losses) {
            return Some(self.frames.len() - 1);
        }
        self.search(low, site, is_place, floor)
    }

    /// Whether it is the top, and that is certain: nothing was lost since that was pushed, and no other call can be meant.
    #[inline]
    pub fn is_top(&self, low: u64, site: u32, is_place: bool, losses: u32) -> bool {
        self.frames.last().is_some_and(|top| top.losses == losses && fits(top, low, site, is_place))
    }

    /// Looks at each number that a call could have; there are few, and frames are sorted by number.
    #[cold]
    fn search(&self, low: u64, site: u32, is_place: bool, floor: u64) -> Option<usize> {
        let bottom = self.frames.first()?.stamp;
        let mut found = None;
        let mut number = latest(low, floor);
        while let Some(n) = number.filter(|&n| n >= bottom) {
            let at = self.frames.partition_point(|frame| frame.stamp < n);
            if let Some(frame) = self.frames.get(at)
                && frame.stamp == n
                && fits(frame, low, site, is_place)
            {
                if found.is_some() || frame.ambiguous {
                    return None;
                }
                found = Some(at);
            }
            number = n.checked_sub(LAP);
        }
        found
    }

    /// Where the call `call` is.
    pub fn find_call(&self, call: u64) -> Option<usize> {
        self.frames.iter().rposition(|frame| frame.call == call)
    }

    /// Notes what the call `call`, which is open, is about to leave with. The oldest calls first: each has its value behind those before.
    pub fn set_leaving(&mut self, call: u64, leaving: Leaving, place: u32, value: &[u8]) {
        let Some(at) = self.find_call(call) else { return };
        let begin = self.stash.len();
        self.stash.extend_from_slice(value);
        self.leaving += 1;
        let end = self.stash.len();
        let frame = &mut self.frames[at];
        (frame.leaving, frame.place, frame.value) = (leaving, place, (begin, end));
        // Values of calls further in come behind.
        self.frames[at + 1..].iter_mut().for_each(|frame| frame.stash = end);
    }

    /// Where the async call `call` is.
    #[inline]
    pub fn find_task(&self, call: u64) -> Option<usize> {
        self.frames.iter().rposition(|frame| frame.is_task() && frame.call == call)
    }

    /// The frame at `at`.
    pub fn at(&self, at: usize) -> Option<&Frame> {
        self.frames.get(at)
    }

    /// Removes the frame at `at` and those above it that were pushed before anything was lost: these are inside it. Their values
    /// stay in the stash until frames below are forgotten.
    pub fn remove_with_inner(&mut self, at: usize) -> Vec<Frame> {
        let losses = self.frames.get(at).map(|frame| frame.losses);
        let inner = self.frames.iter().skip(at).take_while(|frame| Some(frame.losses) == losses).count();
        let removed: Vec<Frame> = self.frames.drain(at..at + inner).collect();
        self.leaving -= removed.iter().filter(|frame| frame.leaving != Leaving::Silent).count();
        removed
    }

    /// Marks the frames that a call with a number above `after` and up to `until` could be mistaken for.
    pub fn doubt(&mut self, after: u64, until: u64) {
        if self.frames.first().is_some_and(|bottom| until.saturating_sub(bottom.stamp) >= LAP) {
            for frame in self.frames.iter_mut().filter(|frame| !frame.is_task()) {
                frame.ambiguous |= latest(frame.call & CALL_MASK, until).is_some_and(|n| n > after);
            }
        }
    }
}

#[inline]
fn fits(frame: &Frame, low: u64, site: u32, is_place: bool) -> bool {
    let in_site = if is_place { frame.site < site } else { frame.site == site };
    !frame.is_task() && frame.call & CALL_MASK == low && in_site
}

impl Frame {
    /// It is an async call.
    #[inline]
    pub fn is_task(&self) -> bool {
        self.polled != Polled::Not
    }

    pub fn number(&self) -> u64 {
        self.call & NUMBER
    }
}

/// The greatest number up to `until` that ends in `low`.
pub(super) fn latest(low: u64, until: u64) -> Option<u64> {
    let n = (until & !CALL_MASK) | low;
    if n > until { n.checked_sub(LAP) } else { Some(n) }
}

/// The smallest number above `floor` that ends in `low`.
#[inline]
pub(super) fn next(low: u64, floor: u64) -> u64 {
    let n = (floor & !CALL_MASK) | low;
    if n > floor { n } else { n + LAP }
}

//! What every recorder that is measured looks like from outside.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What one call records.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Nothing,
    Ints,
    Text,
}

pub const KINDS: [Kind; 3] = [Kind::Nothing, Kind::Ints, Kind::Text];

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Ints => "two u64 and the result",
            Self::Text => "and a &str of 24 bytes",
        }
    }
}

pub type Plain = fn(u64, u64) -> u64;
pub type Text = fn(u64, u64, &str) -> u64;

/// The functions of one recorder, by what they record. `None`: it can't record that.
pub struct Calls {
    pub nothing: Plain,
    pub ints: Option<Plain>,
    pub text: Option<Text>,
}

impl Calls {
    pub fn get(&self, kind: Kind) -> Option<Call> {
        match kind {
            Kind::Nothing => Some(Call::Plain(self.nothing)),
            Kind::Ints => self.ints.map(Call::Plain),
            Kind::Text => self.text.map(Call::Text),
        }
    }
}

/// A function that is measured.
#[derive(Clone, Copy)]
pub enum Call {
    Plain(Plain),
    Text(Text),
}

/// A recorder.
pub struct Subject {
    pub name: &'static str,
    /// What the reader of a table has to know of it.
    pub note: &'static str,
    pub calls: Calls,
    pub start: fn(&Path, Kind) -> Box<dyn Recording>,
    /// Counts the entries and exits of calls that its file holds.
    pub landed: fn(&Path, Kind) -> u64,
}

/// For those that write no file.
pub fn nowhere(_: &Path, _: Kind) -> u64 {
    0
}

/// A recorder that runs.
pub trait Recording {
    /// Calls `body`, a thousand calls, in what the recorder wants around a unit of work.
    fn unit(&self, body: &mut dyn FnMut()) {
        body();
    }

    /// What the program has to do between two units when it records for long.
    fn between(&mut self) {}

    /// Waits until what was recorded is out of the way, so that buffers are empty when the next loop starts.
    fn settle(&mut self) {}

    /// Completes the file, if there is one.
    fn finish(self: Box<Self>) -> Option<PathBuf> {
        None
    }
}

/// Records nothing, or needs no care.
pub struct Bare;

impl Recording for Bare {
    /// Settling others means to wait, and meanwhile the core is somebody else's: for a fair comparison it is here as well.
    fn settle(&mut self) {
        std::thread::sleep(Duration::from_micros(500));
    }
}

const TEXT: &str = "a text of 24 bytes, here";

/// Calls in one unit of work.
pub const UNIT: u64 = 1000;

/// Makes `calls` calls, from `first` on.
#[inline(always)]
fn repeat(call: Call, first: u64, calls: u64) {
    let range = first..first + calls;
    match call {
        Call::Plain(call) => range.for_each(|i| _ = black_box(call(black_box(i), black_box(12_345_678_901)))),
        Call::Text(call) => {
            range.for_each(|i| _ = black_box(call(black_box(i), black_box(12_345_678_901), black_box(TEXT))))
        }
    }
}

/// Makes `units` units of calls.
pub fn units(call: Call, recording: &dyn Recording, units: u64) {
    for unit in 0..units {
        recording.unit(&mut || repeat(call, unit * UNIT, UNIT));
    }
}

/// As `units`, for as long as a program runs.
pub fn long(call: Call, recording: &mut dyn Recording, units: u64) {
    for unit in 0..units {
        recording.unit(&mut || repeat(call, unit * UNIT, UNIT));
        recording.between();
    }
}

/// One call.
#[inline(always)]
pub fn once(call: Call, i: u64) {
    repeat(call, i, 1);
}

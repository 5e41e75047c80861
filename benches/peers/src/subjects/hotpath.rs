//! `hotpath`: durations by function, summed up by a thread of its own.

use crate::subject::{Calls, Kind, Recording, Subject, nowhere};
use crate::work;
use hotpath::{Format, HotpathGuard, HotpathGuardBuilder, Section};
use std::path::Path;
use std::time::Duration;

pub const HOTPATH: Subject = Subject {
    name: "hotpath",
    note: "keeps statistics, no events; can't record arguments",
    calls: Calls { nothing, ints: None, text: None },
    start,
    landed: nowhere,
};

fn start(_: &Path, _: Kind) -> Box<dyn Recording> {
    let builder = HotpathGuardBuilder::new("peers").format(Format::None).sections(vec![Section::FunctionsTiming]);
    Box::new(Running { _guard: builder.build() })
}

struct Running {
    _guard: HotpathGuard,
}

impl Recording for Running {
    fn settle(&mut self) {
        // It takes what the threads measured every 50 ms.
        std::thread::sleep(Duration::from_millis(60));
    }
}

#[hotpath::measure]
#[inline(never)]
fn nothing(a: u64, b: u64) -> u64 {
    work(a, b)
}

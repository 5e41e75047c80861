//! A recorder's thread that dies, which would be our own fault.

use super::Processor;
use crate::LogWriter;
use crate::backend::Backend;
use crate::info::Process;
use crate::pipeline::{Live, Pipeline};
use crate::recorder::{Control, FinishError};
use scope_core::config::Config;
use scope_core::report::{self, FunctionInfo, Origin, Sites};
use scope_core::ring::Overflow;
use scope_core::session::{RingSettings, Session};
use scope_core::value::Limits;
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Takes so many frames, then panics.
struct Mine(u32);

impl Backend for Mine {
    fn append(&mut self, _: &[u8]) -> io::Result<()> {
        self.0 = self.0.checked_sub(1).expect("a fault of ours");
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }
}

static INFO: FunctionInfo = FunctionInfo {
    module: "tests",
    name: "f",
    file: "tests.rs",
    line: 1,
    args: &[],
    places: &[],
    limits: Limits::DEFAULT,
    origin: Origin { start: |_| {}, runtime: "" },
};
static SITES: Sites = Sites::new(&INFO);

#[test]
fn nobody_waits_for_a_recorder_that_died() {
    let rings = RingSettings { bytes: 4096, sizes: Default::default(), overflow: Overflow::Block };
    let session = Session::begin(rings, None).expect("the only one");
    let config = Config { ring_size: 4096, overflow: Overflow::Block, ..Config::default() };
    let control = Arc::new(Control::new());
    let writer =
        LogWriter::with_backend(Box::new(Mine(8)) as _, u64::MAX, &Process::default()).expect("the first frame");
    let processor = Processor::new(
        Arc::clone(&session),
        Arc::clone(&control),
        (writer, None),
        Live::new(Pipeline::default()),
        config,
        None,
        None,
    );
    let recorder = std::thread::spawn(move || {
        std::mem::forget(scope_core::mute());
        processor.run();
    });
    let start = Instant::now();
    for _ in 0..100_000 {
        drop(report::function_entry(&SITES));
    }
    recorder.join().expect("it says so, and ends");
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    assert!(!report::is_running());
    match control.finish(Duration::from_secs(1)) {
        Err(FinishError::Write { message, lost }) => {
            assert!(message.starts_with("the recorder's thread panicked"), "{message}");
            assert!(lost > 0, "what the ring held is counted");
        }
        other => panic!("{other:?}"),
    }
}

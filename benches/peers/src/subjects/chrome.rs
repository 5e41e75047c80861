//! `tracing` with `tracing-chrome`: a thread of its own writes JSON.

use crate::subject::{Kind, Recording, Subject};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tracing_chrome::{ChromeLayerBuilder, FlushGuard};
use tracing_subscriber::layer::SubscriberExt;

pub const CHROME: Subject = Subject {
    name: "tracing-chrome",
    note: "`include_args` where values are recorded; `ret` is an event of its own; its queue to the writer has no bound",
    calls: super::tracing::CALLS,
    start: |folder, kind| {
        let path = folder.join("chrome.json");
        let flushes = Arc::new(AtomicU64::new(0));
        let file = Counted { file: File::create(&path).expect("the file"), flushes: flushes.clone() };
        let builder = ChromeLayerBuilder::new().writer(file).include_args(kind != Kind::Nothing);
        let (layer, guard) = builder.build();
        let subscriber = tracing_subscriber::registry().with(layer);
        tracing::subscriber::set_global_default(subscriber).expect("the first subscriber");
        Box::new(Running { guard, flushes, path })
    },
    landed,
};

struct Running {
    guard: FlushGuard,
    flushes: Arc<AtomicU64>,
    path: PathBuf,
}

impl Recording for Running {
    fn settle(&mut self) {
        let before = self.flushes.load(Ordering::Acquire);
        self.guard.flush();
        while self.flushes.load(Ordering::Acquire) == before {
            std::thread::sleep(Duration::from_micros(200));
        }
    }

    fn finish(self: Box<Self>) -> Option<PathBuf> {
        drop(self.guard);
        Some(self.path)
    }
}

/// Counts flushes: the layer's `flush` doesn't wait for them.
struct Counted {
    file: File,
    flushes: Arc<AtomicU64>,
}

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.flushes.fetch_add(1, Ordering::Release);
        self.file.flush()
    }
}

/// The lines that begin and end a span.
fn landed(path: &Path, _: Kind) -> u64 {
    let mut file = BufReader::with_capacity(1 << 20, File::open(path).expect("the file"));
    let (mut line, mut count) = (vec![], 0);
    while file.read_until(b'\n', &mut line).expect("the file is read") > 0 {
        let begins = |phase: &[u8]| line.windows(phase.len()).any(|bytes| bytes == phase);
        count += u64::from(begins(br#""ph":"B""#) || begins(br#""ph":"E""#));
        line.clear();
    }
    count
}

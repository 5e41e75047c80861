//! The hand-written limit: what a recorder at least has to do. It reads the clock, writes plain words into a ring of its thread and
//! publishes them with one `Release` store. No two records look different.
//!
//! With `READ` a reader copies the ring's words to a file, and the producer waits where the ring is full. Without, nobody reads the
//! ring, and nothing keeps it from being written over.

#![allow(unsafe_code, reason = "the limit has no checks, and does what woven code may not")]

use std::cell::Cell;
use std::fs::File;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

/// As much as the rings of `scope` that it is compared with: 2 MiB where probes are timed, 1 MiB, the default, with a reader.
const fn words(read: bool) -> u64 {
    if read { 1 << 17 } else { 1 << 18 }
}

/// What the producer and the reader share: each writes one of them.
#[derive(Default)]
struct Ends {
    head: Padded,
    tail: Padded,
}

/// Alone in its cache lines.
#[derive(Default)]
#[repr(align(128))]
struct Padded(AtomicU64);

struct Ring {
    position: Cell<u64>,
    base: Cell<*mut u64>,
    /// Up to here there is room, and no record wraps around.
    limit: Cell<u64>,
    head: AtomicU64,
    /// What a reader sees: `ends`, and the head in it.
    ends: Cell<Option<&'static Ends>>,
    shared: Cell<*const AtomicU64>,
}

thread_local! {
    static RING: Ring = const {
        Ring {
            position: Cell::new(0),
            base: Cell::new(std::ptr::null_mut()),
            limit: Cell::new(0),
            head: AtomicU64::new(0),
            ends: Cell::new(None),
            shared: Cell::new(std::ptr::null()),
        }
    };
}

/// Gives this thread its ring. The first call of each thread that records.
pub fn start() {
    RING.with(|ring| {
        if ring.base.get().is_null() {
            // Room behind the end for the longest record, and for good: the ring lives as long as the process.
            ring.base.set(Vec::leak(vec![1_u64; words(false) as usize + 64]).as_mut_ptr());
            let ends: &'static Ends = Box::leak(Box::default());
            ring.shared.set(&raw const ends.head.0);
            ring.ends.set(Some(ends));
        }
    });
}

/// The processor's counter.
#[inline(always)]
pub fn ticks() -> u64 {
    // SAFETY: every x86-64 processor has the instruction.
    unsafe { std::arch::x86_64::_rdtsc() }
}

/// Writes `words`, then `text`.
#[inline(always)]
fn write<const READ: bool, const N: usize>(record: [u64; N], text: &str) {
    RING.with(|ring| {
        let mut position = ring.position.get();
        let size = N as u64 + text.len().div_ceil(8) as u64;
        if READ && position + size > ring.limit.get() {
            position = room(ring, position, size);
        }
        let at = (position & (words(READ) - 1)) as usize;
        // SAFETY: `start` came first; up to 64 words find room behind `at`, and no text here is longer than 24 bytes. Where there is
        // a reader, it is done with the words up to `limit`.
        unsafe {
            let to = ring.base.get().add(at);
            for (index, word) in record.into_iter().enumerate() {
                to.add(index).write(word);
            }
            std::ptr::copy_nonoverlapping(text.as_ptr(), to.add(N).cast(), text.len());
        }
        let position = position + size;
        ring.position.set(position);
        let head = if READ {
            // SAFETY: `start` came first, and what it points to lives for ever.
            unsafe { &*ring.shared.get() }
        } else {
            &ring.head
        };
        head.store(position, Ordering::Release);
    });
}

/// Waits for room for `size` words, and says where. A record that would go over the end of the ring starts at its beginning.
#[cold]
#[inline(never)]
fn room(ring: &Ring, position: u64, size: u64) -> u64 {
    let words = words(true);
    let ends = ring.ends.get().expect("started");
    let mut start = position;
    let mut lap = (position / words + 1) * words;
    if start + size > lap {
        for skipped in start..lap {
            wait(ends, skipped + 1);
            // SAFETY: in the ring, and the reader is done with it.
            unsafe { ring.base.get().add((skipped & (words - 1)) as usize).write(0) };
        }
        start = lap;
        lap += words;
    }
    let free = wait(ends, start + size);
    ring.limit.set(free.min(lap));
    start
}

/// Waits until there is room up to `end`, and says up to where there is.
fn wait(ends: &Ends, end: u64) -> u64 {
    loop {
        let free = ends.tail.0.load(Ordering::Acquire) + words(true);
        if free >= end {
            return free;
        }
        std::thread::sleep(Duration::from_micros(50));
    }
}

/// Copies the words of the ring to a file.
pub struct Reader {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<()>,
    ends: &'static Ends,
    path: PathBuf,
}

/// The ring of the thread that starts the reader.
struct Base(*const u64);

// SAFETY: the ring lives for ever, and head and tail say who may touch which words.
unsafe impl Send for Base {}

impl Reader {
    pub fn start(path: PathBuf) -> Self {
        start();
        let (base, ends) = RING.with(|ring| (Base(ring.base.get()), ring.ends.get().expect("started")));
        let stop = Arc::new(AtomicBool::new(false));
        let (stopped, file) = (stop.clone(), File::create(&path).expect("the file"));
        let thread = std::thread::spawn(move || copy(&base, ends, &stopped, file));
        Self { stop, thread, ends, path }
    }

    /// Waits until it has copied all.
    pub fn settle(&self) {
        let head = self.ends.head.0.load(Ordering::Acquire);
        while self.ends.tail.0.load(Ordering::Acquire) < head {
            std::thread::sleep(Duration::from_micros(50));
        }
    }

    pub fn finish(self) -> PathBuf {
        self.stop.store(true, Ordering::Release);
        self.thread.join().expect("the reader");
        self.path
    }
}

fn copy(base: &Base, ends: &Ends, stop: &AtomicBool, mut file: File) {
    let words = words(true);
    let mut tail = 0;
    loop {
        let last = stop.load(Ordering::Acquire);
        let head = ends.head.0.load(Ordering::Acquire);
        // A quarter of the ring at a time, so that the producer goes on meanwhile; and not over the ring's end.
        let end = head.min(tail + words / 4).min((tail / words + 1) * words);
        if end == tail {
            if last {
                break;
            }
            std::thread::sleep(Duration::from_micros(200));
            continue;
        }
        // SAFETY: in the ring; the producer has published these words and leaves them alone until `tail` is behind them.
        let bytes = unsafe {
            let from = base.0.add((tail & (words - 1)) as usize);
            std::slice::from_raw_parts(from.cast::<u8>(), (end - tail) as usize * 8)
        };
        file.write_all(bytes).expect("the file is written");
        tail = end;
        ends.tail.0.store(tail, Ordering::Release);
    }
}

#[inline(never)]
pub fn nothing<const READ: bool>(a: u64, b: u64) -> u64 {
    write::<READ, _>([1, ticks()], "");
    let result = super::work(a, b);
    write::<READ, _>([2, ticks()], "");
    result
}

#[inline(never)]
pub fn ints<const READ: bool>(a: u64, b: u64) -> u64 {
    write::<READ, _>([1, ticks(), a, b], "");
    let result = super::work(a, b);
    write::<READ, _>([2, ticks(), result], "");
    result
}

#[inline(never)]
pub fn text<const READ: bool>(a: u64, b: u64, text: &str) -> u64 {
    write::<READ, _>([1, ticks(), a, b, text.len() as u64], text);
    let result = super::work(a, b);
    write::<READ, _>([2, ticks(), result], "");
    result
}

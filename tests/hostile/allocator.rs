//! A global allocator that is itself instrumented, from the very first allocation of the process on.

use crate::Scenario;
use crate::child::{Child, Log};
use crate::ends::step;
use crate::system::is_set;
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

pub const ALL: &[Scenario] = &[
    Scenario { name: "allocator_drop_newest", child: allocate, check: |child| check(child, "drop_newest") },
    Scenario { name: "allocator_drop_oldest", child: allocate, check: |child| check(child, "drop_oldest") },
    Scenario { name: "allocator_block", child: allocate, check: |child| check(child, "block") },
    Scenario { name: "allocator_on_a_foreign_thread", child: allocate_foreign, check: check_foreign },
    Scenario { name: "allocator_with_a_lock", child: allocate_locked, check: check_locked },
];

struct Hostile;

#[global_allocator]
static ALLOCATOR: Hostile = Hostile;

#[scope::instrument(level = "detailed")]
fn note(size: usize, align: usize) -> Option<usize> {
    size.checked_next_multiple_of(align)
}

#[scope::instrument(level = "boundaries")]
fn note_free(_size: usize) {}

/// Whether this process is a child whose allocator is hostile. It can't be told to be before `main`, so it looks.
fn is_hostile() -> bool {
    static KNOWN: AtomicU8 = AtomicU8::new(0);
    match KNOWN.load(Ordering::Relaxed) {
        0 => {
            let hostile = is_set(c"HOSTILE_ALLOCATOR");
            KNOWN.store(1 + u8::from(hostile), Ordering::Relaxed);
            hostile
        }
        known => known == 2,
    }
}

/// Whether the allocator holds a lock of its own while it calls instrumented code.
static LOCKS: AtomicBool = AtomicBool::new(false);
static LOCK: AtomicBool = AtomicBool::new(false);

/// A lock as simple as allocators have them.
fn locked<R>(run: impl FnOnce() -> R) -> R {
    let locks = LOCKS.load(Ordering::Relaxed);
    while locks && LOCK.swap(true, Ordering::Acquire) {
        std::thread::yield_now();
    }
    let result = run();
    if locks {
        LOCK.store(false, Ordering::Release);
    }
    result
}

// SAFETY: the system's allocator, with detours.
unsafe impl GlobalAlloc for Hostile {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if is_hostile() {
            locked(|| _ = note(layout.size(), layout.align()));
        }
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        if is_hostile() {
            locked(|| note_free(layout.size()));
        }
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(at, layout) }
    }
}

fn allocate() {
    let threads: Vec<_> = (0..4)
        .map(|thread| {
            std::thread::spawn(move || {
                let mut kept = Vec::new();
                for n in 0..2000_u64 {
                    kept.push(vec![n as u8; 1 + (n as usize * 37 + thread) % 500]);
                    if n % 3 == 0 {
                        kept.swap_remove(n as usize % 7 % kept.len());
                    }
                    if n % 100 == 0 {
                        step(n);
                    }
                }
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().expect("the thread ends well"));
}

fn check(child: Child, overflow: &str) {
    let child = child.env("HOSTILE_ALLOCATOR", "1").env("SCOPE_OVERFLOW", overflow).env("SCOPE_RING_SIZE", "16 KiB");
    let log: Log = child.run().code(0).quiet().log().sealed();
    let told = log.entries("note") as u64 + log.reader.lost();
    assert!(told > 8000, "{told} of 8000 allocations");
    if overflow == "block" {
        let log = log.whole().nested();
        assert_eq!(log.entries("step"), 80);
        assert!(log.entries("note_free") >= 8000);
    }
}

fn allocate_locked() {
    // Each thread has its ring before the allocator gets nasty.
    let ready = std::sync::Barrier::new(4);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                step(0);
                ready.wait();
                LOCKS.store(true, Ordering::Relaxed);
                (0..5000_usize).for_each(|n| drop(vec![0_u8; n % 300 + 1]));
                ready.wait();
                LOCKS.store(false, Ordering::Relaxed);
            });
        }
    });
}

fn check_locked(child: Child) {
    let child = child.env("HOSTILE_ALLOCATOR", "1").env("SCOPE_OVERFLOW", "block").env("SCOPE_RING_SIZE", "16 KiB");
    let log = child.run().code(0).log().sealed();
    assert!(log.entries("note") as u64 + log.reader.lost() > 20_000);
}

/// Where std makes a handle for its thread, which allocates, which is instrumented.
extern "C" fn foreign(_: *mut u8) -> *mut u8 {
    assert_eq!(std::thread::current().name(), None);
    step(7);
    std::ptr::null_mut()
}

fn allocate_foreign() {
    (0..3).for_each(|_| crate::system::on_foreign_thread(foreign));
}

fn check_foreign(child: Child) {
    let child = child.env("HOSTILE_ALLOCATOR", "1").env("SCOPE_OVERFLOW", "block");
    let log = child.run().code(0).quiet().log().whole().nested();
    assert_eq!(log.entries("step"), 3);
}

//! The hand-written limit: what a recorder at least has to do. It reads the clock, writes plain words into a ring of its thread and
//! publishes them with one `Release` store. Nobody reads the ring, nothing keeps it from being written over, and no two records look different.

#![allow(unsafe_code, reason = "the limit has no checks, and does what woven code may not")]

use std::cell::Cell;
use std::sync::atomic::{AtomicU64, Ordering};

const WORDS: usize = 1 << 18;

struct Ring {
    position: Cell<u64>,
    base: Cell<*mut u64>,
    head: AtomicU64,
}

thread_local! {
    static RING: Ring =
        const { Ring { position: Cell::new(0), base: Cell::new(std::ptr::null_mut()), head: AtomicU64::new(0) } };
}

/// Gives this thread its ring. The first call of each thread that records.
pub fn start() {
    RING.with(|ring| {
        if ring.base.get().is_null() {
            // Room behind the end for the longest record, and for good: the ring lives as long as the process.
            ring.base.set(Vec::leak(vec![1_u64; WORDS + 64]).as_mut_ptr());
        }
    });
}

#[inline(always)]
fn ticks() -> u64 {
    // SAFETY: every x86-64 processor has the instruction.
    unsafe { std::arch::x86_64::_rdtsc() }
}

/// Writes `words`, then `text`.
#[inline(always)]
fn write<const N: usize>(words: [u64; N], text: &str) {
    RING.with(|ring| {
        let position = ring.position.get();
        let at = (position as usize) & (WORDS - 1);
        // SAFETY: `start` came first; up to 64 words find room behind `at`, and no text here is longer than 24 bytes.
        unsafe {
            let to = ring.base.get().add(at);
            for (index, word) in words.into_iter().enumerate() {
                to.add(index).write(word);
            }
            std::ptr::copy_nonoverlapping(text.as_ptr(), to.add(N).cast(), text.len());
        }
        let position = position + N as u64 + text.len().div_ceil(8) as u64;
        ring.position.set(position);
        ring.head.store(position, Ordering::Release);
    });
}

#[inline(never)]
pub fn nothing(a: u64, b: u64) -> u64 {
    write([1, ticks()], "");
    let result = super::work(a, b);
    write([2, ticks()], "");
    result
}

#[inline(never)]
pub fn ints(a: u64, b: u64) -> u64 {
    write([1, ticks(), a, b], "");
    let result = super::work(a, b);
    write([2, ticks(), result], "");
    result
}

#[inline(never)]
pub fn text(a: u64, b: u64, text: &str) -> u64 {
    write([1, ticks(), a, b, text.len() as u64], text);
    let result = super::work(a, b);
    write([2, ticks(), result], "");
    result
}

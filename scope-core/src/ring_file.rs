//! Rings in a file beside the log: what they hold survives the death of the process.
//!
//! `docs/ring-file.md` says what lies where. The file's blocks are reserved before they are mapped: a full disk is an error then, and no
//! SIGBUS later.

use crate::lock::patiently;
use crate::pages::{self, PAGE};
use crate::session::ready_rings;
use crate::site::Sites;
use std::fs::File;
use std::io;
use std::ptr::NonNull;
use std::sync::Mutex;
use std::sync::atomic::{AtomicPtr, AtomicU64, Ordering};

/// What the file begins with.
pub const MAGIC: [u8; 8] = *b"\x89SCOPER\n";
/// The version of the file's layout, which is that of the rings in memory.
pub const VERSION: u32 = 1;
/// What a ring's slot begins with, once it is one.
pub const SLOT_MARK: u64 = 0x676e_6972_5f73_6373;
/// Where definitions begin: the number of bytes that are used, then the definitions.
pub const DEFINITIONS: usize = PAGE;
/// So many bytes are kept for definitions that are not in the log yet.
pub const DEFINITIONS_BYTES: usize = 1 << 20;
/// Where the first ring's slot begins.
pub const SLOTS: usize = DEFINITIONS + DEFINITIONS_BYTES;
/// A slot begins with what is known of its ring and its thread; the ring's words come behind.
pub const SLOT_HEAD: usize = PAGE;

/// The file that the rings of a session live in.
#[derive(Debug)]
pub struct RingFile {
    file: Mutex<Slots>,
    identity: Option<(u64, u64)>,
    slot: usize,
    head: pages::Mapped,
}

#[derive(Debug)]
struct Slots {
    file: Option<File>,
    next: u64,
    free: Vec<u64>,
}

/// Slots that wait for a ring again.
const FREE: usize = 256;

/// How long the slot of a ring of so many words has to be.
fn slot_bytes(words: usize) -> usize {
    SLOT_HEAD + (words * size_of::<u64>()).next_multiple_of(PAGE)
}

impl RingFile {
    /// Makes a new, empty file the home of rings of `words` words, and others of `most` at most. `start`: when the log was begun, by which the two know each other.
    ///
    /// # Errors
    ///
    /// There is no room for it, or files can't be mapped there.
    pub fn new(file: File, words: usize, most: usize, start: u64) -> io::Result<Self> {
        let slot = slot_bytes(most);
        pages::reserve(&file, 0, SLOTS)?;
        // The first rings, too: what a program needs at least it gets, or is told now.
        for index in 0..ready_rings(words * size_of::<u64>()) {
            pages::reserve(&file, SLOTS + index * slot, slot_bytes(words))?;
        }
        let head = pages::Mapped::new(&file, 0, SLOTS)?;
        let fields = [
            u64::from_le_bytes(MAGIC).to_le(),
            u64::from(VERSION) | (SLOT_HEAD as u64) << 32,
            slot as u64,
            std::process::id().into(),
            start,
        ];
        for (index, field) in fields.into_iter().enumerate() {
            // SAFETY: the first page of the file, just mapped, which nobody else has.
            unsafe { *head.at().cast::<u64>().as_ptr().wrapping_add(index) = field };
        }
        let identity = pages::identity(&file);
        let slots = Slots { file: Some(file), next: 0, free: Vec::with_capacity(FREE) };
        Ok(Self { file: Mutex::new(slots), identity, slot, head })
    }

    /// Room for a ring of `words` words: where it is, its index, and its bytes. `None`: the disk is full, or the program has closed the file.
    pub(crate) fn slot(&self, words: usize) -> Option<(NonNull<u8>, u64, usize)> {
        let bytes = slot_bytes(words);
        if bytes > self.slot {
            return None;
        }
        let mut slots = patiently(&self.file)?;
        // A program may close files that are not its own, and the number then stands for one of its own.
        if slots.file.as_ref().is_some_and(|file| pages::identity(file) != self.identity) {
            std::mem::forget(slots.file.take());
        }
        let index = slots.free.pop().unwrap_or(slots.next);
        let file = slots.file.as_ref()?;
        let offset = SLOTS + usize::try_from(index).ok()? * self.slot;
        // Again, where the ring before was a smaller one.
        pages::reserve(file, offset, bytes).ok()?;
        // A file has whole slots, for its readers. What is behind the ring takes no blocks.
        pages::lengthen(file, offset + self.slot).ok()?;
        let at = pages::map(file, offset, bytes).ok()?;
        if index == slots.next {
            slots.next += 1;
        }
        Some((at, index, bytes))
    }

    /// Gives a slot back.
    ///
    /// # Safety
    /// `slot` gave it, and nobody uses it any more.
    pub(crate) unsafe fn put_back(&self, at: NonNull<u8>, index: u64, bytes: usize) {
        // SAFETY: this function's contract.
        unsafe { pages::unmap(at, bytes) };
        if let Some(mut slots) = patiently(&self.file)
            && slots.free.len() < slots.free.capacity()
        {
            slots.free.push(index);
        }
    }

    fn used(&self) -> &AtomicU64 {
        // SAFETY: inside of the mapping, aligned to a page, and only ever used as this.
        unsafe { self.head.at().byte_add(DEFINITIONS).cast::<AtomicU64>().as_ref() }
    }

    /// Writes the definition of sites, whose ids are known, down. Nothing where there is no room: then their records are read without.
    fn define(&self, sites: &'static Sites) {
        let Some(first) = sites.first() else { return };
        let used = self.used().load(Ordering::Relaxed) as usize;
        let (start, end) = (DEFINITIONS + size_of::<u64>() + used, SLOTS);
        let head = 2 * size_of::<u32>();
        let mut at = start + head;
        let mut fits = at <= end;
        sites.write_text(&mut |bytes| {
            fits = fits && bytes.len() <= end - at;
            if fits {
                // SAFETY: inside of the mapping; only who has the registry's lock writes there, and readers keep below `used`.
                unsafe { self.head.at().byte_add(at).as_ptr().copy_from_nonoverlapping(bytes.as_ptr(), bytes.len()) };
                at += bytes.len();
            }
        });
        let next = at.next_multiple_of(size_of::<u64>());
        if fits && next <= end {
            let head = u64::from(first.0) | ((at - start - head) as u64) << 32;
            // SAFETY: as above; aligned, as all before it took whole words.
            unsafe { self.head.at().byte_add(start).cast::<u64>().write(head) };
            // Release: whoever reads the file sees what is below.
            self.used().store((next - DEFINITIONS - size_of::<u64>()) as u64, Ordering::Release);
        }
    }
}

/// The file of the session that runs, for those who register sites. It is never freed while it may be used: see [`set_current`].
static CURRENT: AtomicPtr<RingFile> = AtomicPtr::new(std::ptr::null_mut());

/// New definitions go into `file` from now on. Called under the registry's lock, under which alone the file is used (or in a child that has one
/// thread).
pub(crate) fn set_current(file: Option<&RingFile>) {
    CURRENT.store(file.map_or(std::ptr::null_mut(), |file| std::ptr::from_ref(file).cast_mut()), Ordering::Relaxed);
}

/// In a child that `fork` made: the file is its parent's.
#[cfg(unix)]
pub(crate) fn forked() {
    set_current(None);
}

/// Stops using `file`: its owner goes. Called under the registry's lock.
pub(crate) fn clear_current(file: &RingFile) {
    if std::ptr::eq(CURRENT.load(Ordering::Relaxed), file) {
        set_current(None);
    }
}

/// Writes a definition down, where rings live in a file. Called under the registry's lock.
pub(crate) fn define(sites: &'static Sites) {
    // SAFETY: null, or a file whose owner calls `clear_current` under the same lock before it goes.
    if let Some(file) = unsafe { CURRENT.load(Ordering::Relaxed).as_ref() } {
        file.define(sites);
    }
}

/// All that was defined is in the log. Called under the registry's lock.
pub(crate) fn forget_definitions() {
    // SAFETY: as in `define`.
    if let Some(file) = unsafe { CURRENT.load(Ordering::Relaxed).as_ref() } {
        file.used().store(0, Ordering::Release);
    }
}

//! The thread that a ring belongs to.

use crate::hooks;
use std::sync::atomic::{AtomicU32, Ordering};

/// The thread that a ring belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct ThreadInfo {
    /// Its number in this process, from 1: also the upper part of the ids of its calls.
    pub id: u32,
    /// The operating system's number for it; 0 where that is not known.
    pub os_id: u64,
    name: Name,
}

/// A name without memory of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
#[repr(C)]
struct Name {
    bytes: [u8; 123],
    len: u8,
}

impl ThreadInfo {
    pub(crate) const ID: usize = std::mem::offset_of!(ThreadInfo, id);
    pub(crate) const OS_ID: usize = std::mem::offset_of!(ThreadInfo, os_id);
    pub(crate) const NAME: usize = std::mem::offset_of!(ThreadInfo, name);

    pub(crate) const NOBODY: Self = Self { id: 0, os_id: 0, name: Name { bytes: [0; 123], len: 0 } };

    /// The thread that calls, with its next number.
    pub(crate) fn of_this_thread() -> Self {
        let mut info =
            Self { id: NEXT_THREAD.fetch_add(1, Ordering::Relaxed), os_id: hooks::thread_id(), ..Self::NOBODY };
        let thread = std::thread::current();
        if let Some(name) = thread.name() {
            let most = name.len().min(info.name.bytes.len());
            let end = (0..=most).rev().find(|end| name.is_char_boundary(*end)).unwrap_or(0);
            let name = &name[..end];
            info.name.bytes[..name.len()].copy_from_slice(name.as_bytes());
            info.name.len = name.len() as u8;
        }
        info
    }

    /// Its name when its ring was made; cut where it is longer than 123 bytes.
    pub fn name(&self) -> Option<&str> {
        let name = self.name.bytes.get(..usize::from(self.name.len))?;
        std::str::from_utf8(name).ok().filter(|name| !name.is_empty())
    }
}

static NEXT_THREAD: AtomicU32 = AtomicU32::new(1);

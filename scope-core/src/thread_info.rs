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
        // A handler may have come before std knew the thread. Asked then, std makes one up, and finds itself wrong when the thread begins: it ends the program.
        if hooks::may_be_in_handler() {
            let name = hooks::thread_name();
            let is_main = info.os_id == u64::from(std::process::id());
            let name = name.split(|byte| *byte == 0).next().and_then(|name| std::str::from_utf8(name).ok());
            info.name.set(if is_main { Some("main") } else { name });
        } else {
            info.name.set(std::thread::current().name());
        }
        info
    }

    /// Its name when its ring was made; cut where it is longer than 123 bytes.
    pub fn name(&self) -> Option<&str> {
        let name = self.name.bytes.get(..usize::from(self.name.len))?;
        std::str::from_utf8(name).ok().filter(|name| !name.is_empty())
    }
}

impl Name {
    fn set(&mut self, name: Option<&str>) {
        let name = name.unwrap_or_default();
        let most = name.len().min(self.bytes.len());
        let end = (0..=most).rev().find(|end| name.is_char_boundary(*end)).unwrap_or(0);
        self.bytes[..end].copy_from_slice(&name.as_bytes()[..end]);
        self.len = end as u8;
    }
}

static NEXT_THREAD: AtomicU32 = AtomicU32::new(1);

#[cfg(test)]
mod tests {
    use super::*;

    fn name_on_a_thread(name: &str, ask: fn() -> ThreadInfo) -> Option<String> {
        let thread = std::thread::Builder::new().name(name.to_owned()).spawn(ask).expect("a thread");
        thread.join().expect("an answer").name().map(str::to_owned)
    }

    #[test]
    fn names() {
        let long = "größer".repeat(30);
        assert_eq!(name_on_a_thread(&long, ThreadInfo::of_this_thread).as_deref(), Some(&long[..122]));
        assert_eq!(name_on_a_thread("short", ThreadInfo::of_this_thread).as_deref(), Some("short"));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn names_where_signals_are_blocked() {
        let ask = || hooks::without_signals(ThreadInfo::of_this_thread);
        assert_eq!(name_on_a_thread("a longer name than 15", ask).as_deref(), Some("a longer name t"));
    }
}

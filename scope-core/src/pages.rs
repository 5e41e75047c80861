//! Memory for rings: zeroed, from the system and not from the program's allocator, which may count, or have little, or be
//! instrumented itself.
//!
//! Pages of its own where that is known how: they take memory only when they are first written, all of it goes back when a ring goes,
//! and none of the allocator's locks is needed, which whoever a signal has interrupted may hold.

use std::ptr::NonNull;

pub(crate) use system::{get, put_back};

/// What all memory is aligned to, at least.
pub(crate) const ALIGN: usize = 128;

#[cfg(all(
    target_pointer_width = "64",
    any(target_os = "linux", target_vendor = "apple"),
    not(target_arch = "mips64")
))]
mod system {
    use super::NonNull;

    const READ_AND_WRITE: i32 = 3;
    #[cfg(target_os = "linux")]
    const PRIVATE_ANONYMOUS: i32 = 0x22;
    #[cfg(not(target_os = "linux"))]
    const PRIVATE_ANONYMOUS: i32 = 0x1002;

    unsafe extern "C" {
        fn mmap(at: *mut u8, bytes: usize, protection: i32, flags: i32, file: i32, offset: i64) -> *mut u8;
        fn munmap(at: *mut u8, bytes: usize) -> i32;
    }

    /// `bytes` zeroed bytes. `None` where there is no memory. `bytes` is not 0.
    pub(crate) fn get(bytes: usize) -> Option<NonNull<u8>> {
        // SAFETY: POSIX's function of that name, asked for new pages at a place of its own choice.
        let at = unsafe { mmap(std::ptr::null_mut(), bytes, READ_AND_WRITE, PRIVATE_ANONYMOUS, -1, 0) };
        // MAP_FAILED is -1.
        if at.addr() == usize::MAX { None } else { NonNull::new(at) }
    }

    /// Gives memory back.
    ///
    /// # Safety
    /// `get` gave it for as many bytes, and nobody uses it any more.
    pub(crate) unsafe fn put_back(at: NonNull<u8>, bytes: usize) {
        // SAFETY: pages of ours, by this function's contract. It can't fail for such.
        unsafe { munmap(at.as_ptr(), bytes) };
    }
}

#[cfg(not(all(
    target_pointer_width = "64",
    any(target_os = "linux", target_vendor = "apple"),
    not(target_arch = "mips64")
)))]
mod system {
    use super::{ALIGN, NonNull};
    use std::alloc::{GlobalAlloc, Layout, System};

    /// `bytes` zeroed bytes. `None` where there is no memory. `bytes` is not 0.
    pub(crate) fn get(bytes: usize) -> Option<NonNull<u8>> {
        let layout = Layout::from_size_align(bytes, ALIGN).ok()?;
        // SAFETY: the layout is not of size 0.
        NonNull::new(unsafe { System.alloc_zeroed(layout) })
    }

    /// Gives memory back.
    ///
    /// # Safety
    /// `get` gave it for as many bytes, and nobody uses it any more.
    pub(crate) unsafe fn put_back(at: NonNull<u8>, bytes: usize) {
        if let Ok(layout) = Layout::from_size_align(bytes, ALIGN) {
            // SAFETY: `get` got it from `System` with this layout, by this function's contract.
            unsafe { System.dealloc(at.as_ptr(), layout) };
        }
    }
}

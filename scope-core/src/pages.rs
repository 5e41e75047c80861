//! Memory for rings: zeroed, from the system and not from the program's allocator, which may count, or have little, or be
//! instrumented itself.
//!
//! Pages of its own where that is known how: they take memory only when they are first written, all of it goes back when a ring goes,
//! and none of the allocator's locks is needed, which whoever a signal has interrupted may hold.

use std::ptr::NonNull;

pub(crate) use mapped::{Mapped, identity, lengthen, map, reserve, unmap};
pub(crate) use system::{get, put_back};

/// The size of a page, or a multiple of it, on every system where files are mapped.
pub(crate) const PAGE: usize = 1 << 16;

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

/// Files in memory.
#[cfg(all(target_os = "linux", target_pointer_width = "64", not(target_arch = "mips64")))]
mod mapped {
    use super::NonNull;
    use std::fs::File;
    use std::io;
    use std::os::fd::AsRawFd;
    use std::os::unix::fs::MetadataExt;

    const READ_AND_WRITE: i32 = 3;
    const SHARED: i32 = 1;

    unsafe extern "C" {
        fn mmap(at: *mut u8, bytes: usize, protection: i32, flags: i32, file: i32, offset: i64) -> *mut u8;
        fn munmap(at: *mut u8, bytes: usize) -> i32;
        fn posix_fallocate(file: i32, offset: i64, bytes: i64) -> i32;
        fn getrlimit(what: i32, limit: *mut [u64; 2]) -> i32;
    }
    const FILE_SIZE: i32 = 1;

    /// Whether files may be so long. Beyond that the system would send a signal that ends the program.
    fn may_have(bytes: usize) -> io::Result<()> {
        let mut limit = [u64::MAX; 2];
        // SAFETY: POSIX's function of that name, with room for its two numbers.
        let known = unsafe { getrlimit(FILE_SIZE, &raw mut limit) } == 0;
        if known && limit[0] < bytes as u64 { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(()) }
    }

    /// Makes the file so long, if it is shorter: with a hole, which takes no blocks.
    pub(crate) fn lengthen(file: &File, bytes: usize) -> io::Result<()> {
        if file.metadata()?.len() >= bytes as u64 {
            return Ok(());
        }
        may_have(bytes)?;
        file.set_len(bytes as u64)
    }

    /// Makes sure that the file has blocks of the disk for these bytes.
    pub(crate) fn reserve(file: &File, offset: usize, bytes: usize) -> io::Result<()> {
        may_have(offset + bytes)?;
        // SAFETY: POSIX's function of that name.
        match unsafe { posix_fallocate(file.as_raw_fd(), offset as i64, bytes as i64) } {
            0 => Ok(()),
            error => Err(io::Error::from_raw_os_error(error)),
        }
    }

    /// Maps these bytes of the file, which are there.
    pub(crate) fn map(file: &File, offset: usize, bytes: usize) -> io::Result<NonNull<u8>> {
        // SAFETY: POSIX's function of that name, asked for new pages at a place of its own choice.
        let at = unsafe { mmap(std::ptr::null_mut(), bytes, READ_AND_WRITE, SHARED, file.as_raw_fd(), offset as i64) };
        // MAP_FAILED is -1.
        if at.addr() == usize::MAX {
            return Err(io::Error::last_os_error());
        }
        NonNull::new(at).ok_or_else(|| io::ErrorKind::OutOfMemory.into())
    }

    /// Ends a mapping.
    ///
    /// # Safety
    /// `map` gave it for as many bytes, and nobody uses it any more.
    pub(crate) unsafe fn unmap(at: NonNull<u8>, bytes: usize) {
        // SAFETY: pages of ours, by this function's contract. It can't fail for such.
        unsafe { munmap(at.as_ptr(), bytes) };
    }

    /// What tells a file from all others: device and number.
    pub(crate) fn identity(file: &File) -> Option<(u64, u64)> {
        let metadata = file.metadata().ok()?;
        Some((metadata.dev(), metadata.ino()))
    }

    /// A part of a file in memory, for as long as this lives.
    #[derive(Debug)]
    pub(crate) struct Mapped {
        at: NonNull<u8>,
        bytes: usize,
    }

    // SAFETY: plain memory; whoever uses it says how.
    unsafe impl Send for Mapped {}
    // SAFETY: as for `Send`.
    unsafe impl Sync for Mapped {}

    impl Mapped {
        pub(crate) fn new(file: &File, offset: usize, bytes: usize) -> io::Result<Self> {
            Ok(Self { at: map(file, offset, bytes)?, bytes })
        }

        pub(crate) fn at(&self) -> NonNull<u8> {
            self.at
        }
    }

    impl Drop for Mapped {
        fn drop(&mut self) {
            // SAFETY: `new` mapped it, and its owner goes.
            unsafe { unmap(self.at, self.bytes) };
        }
    }
}

/// Not known how, on this system.
#[cfg(not(all(target_os = "linux", target_pointer_width = "64", not(target_arch = "mips64"))))]
mod mapped {
    use super::NonNull;
    use std::fs::File;
    use std::io;

    pub(crate) fn reserve(_: &File, _: usize, _: usize) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub(crate) fn lengthen(_: &File, _: usize) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub(crate) fn map(_: &File, _: usize, _: usize) -> io::Result<NonNull<u8>> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// # Safety
    /// There is nothing to unmap.
    pub(crate) unsafe fn unmap(_: NonNull<u8>, _: usize) {}

    pub(crate) fn identity(_: &File) -> Option<(u64, u64)> {
        None
    }

    #[derive(Debug)]
    pub(crate) struct Mapped(std::convert::Infallible);

    impl Mapped {
        pub(crate) fn new(_: &File, _: usize, _: usize) -> io::Result<Self> {
            Err(io::ErrorKind::Unsupported.into())
        }

        pub(crate) fn at(&self) -> NonNull<u8> {
            match self.0 {}
        }
    }
}

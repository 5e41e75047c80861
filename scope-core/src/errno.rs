//! The number of the last error of the system on this thread, which the program may be about to ask for (`io::Error::last_os_error()`): a probe must
//! not change it.

/// Puts the number back when it is dropped.
#[must_use = "the number is put back when this is dropped"]
pub(crate) struct Kept(system::Number);

/// For what may call the system, or code of a user. What a probe does in place calls neither.
#[inline]
pub(crate) fn kept() -> Kept {
    Kept(system::get())
}

impl Drop for Kept {
    #[inline]
    fn drop(&mut self) {
        system::set(self.0);
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple", target_os = "freebsd"))]
mod system {
    pub(super) type Number = i32;

    unsafe extern "C" {
        #[cfg_attr(target_os = "linux", link_name = "__errno_location")]
        #[cfg_attr(target_os = "android", link_name = "__errno")]
        #[cfg_attr(any(target_vendor = "apple", target_os = "freebsd"), link_name = "__error")]
        safe fn place() -> *mut i32;
    }

    pub(super) fn get() -> Number {
        // SAFETY: the C library's place for this thread's `errno`, which is there as long as the thread.
        unsafe { place().read() }
    }

    pub(super) fn set(number: Number) {
        // SAFETY: as above.
        unsafe { place().write(number) }
    }
}

#[cfg(windows)]
mod system {
    pub(super) type Number = u32;

    #[link(name = "kernel32")]
    unsafe extern "system" {
        safe fn GetLastError() -> u32;
        safe fn SetLastError(number: u32);
    }

    pub(super) fn get() -> Number {
        GetLastError()
    }

    pub(super) fn set(number: Number) {
        SetLastError(number);
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple", target_os = "freebsd", windows)))]
mod system {
    pub(super) type Number = ();

    pub(super) fn get() -> Number {}
    pub(super) fn set((): Number) {}
}

//! What std does not offer: the process's end, `fork`, and the system's number of a thread.

/// Calls `end` when the process ends by `exit` or by the end of `main`. False where that can't be arranged.
pub fn at_exit(end: extern "C" fn()) -> bool {
    unsafe extern "C" {
        fn atexit(callback: extern "C" fn()) -> i32;
    }
    // SAFETY: the C function of that name on every system with std; the callback lives as long as the program.
    unsafe { atexit(end) == 0 }
}

/// Turns recording off in children that `fork` makes: they have our rings but not our processor.
#[cfg(unix)]
pub fn off_in_forked_children() {
    extern "C" fn in_child() {
        crate::session::forked();
    }
    unsafe extern "C" {
        fn pthread_atfork(
            prepare: Option<extern "C" fn()>,
            parent: Option<extern "C" fn()>,
            child: Option<extern "C" fn()>,
        ) -> i32;
    }
    // SAFETY: POSIX's function of that name; the callback stores two atomics, which a child may do.
    unsafe { pthread_atfork(None, None, Some(in_child)) };
}

/// Nothing to do where there is no `fork`.
#[cfg(not(unix))]
pub fn off_in_forked_children() {}

/// The operating system's number of this thread; 0 where it is not known.
#[cfg(target_os = "linux")]
pub(crate) fn thread_id() -> u64 {
    unsafe extern "C" {
        fn gettid() -> i32;
    }
    // SAFETY: glibc's (2.30) and musl's function of that name; it can't fail.
    unsafe { gettid() }.unsigned_abs().into()
}

/// The operating system's number of this thread; 0 where it is not known.
#[cfg(not(target_os = "linux"))]
pub(crate) fn thread_id() -> u64 {
    0
}

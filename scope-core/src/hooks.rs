//! What std does not offer: the process's end, `fork`, signals, the stack, and the system's number and name of a thread.

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

/// Of signals: at least as large, and as aligned, as any system's `sigset_t`.
#[cfg(any(target_vendor = "apple", target_os = "linux"))]
#[repr(C, align(16))]
struct Set([u64; 32]);

#[cfg(any(target_vendor = "apple", target_os = "linux"))]
unsafe extern "C" {
    fn pthread_sigmask(how: i32, set: *const Set, old: *mut Set) -> i32;
}

/// Runs `run` with all signals blocked on this thread, and so on the threads that it starts: the program's signals are for
/// its own threads, and one that a write to the log brings (SIGXFSZ, at the limit of a file's size) must not end it.
#[cfg(any(
    target_vendor = "apple",
    all(target_os = "linux", not(any(target_arch = "mips", target_arch = "mips64", target_arch = "sparc64")))
))]
pub fn without_signals<R>(run: impl FnOnce() -> R) -> R {
    unsafe extern "C" {
        fn sigfillset(set: *mut Set) -> i32;
    }
    // On MIPS and SPARC Linux has numbers of its own.
    #[cfg(not(target_vendor = "apple"))]
    const SIG_SETMASK: i32 = 2;
    #[cfg(target_vendor = "apple")]
    const SIG_SETMASK: i32 = 3;

    let (mut all, mut before) = (Set([0; 32]), Set([0; 32]));
    // SAFETY: POSIX's functions of these names, with room for their sets.
    let blocked =
        unsafe { sigfillset(&raw mut all) == 0 && pthread_sigmask(SIG_SETMASK, &raw const all, &raw mut before) == 0 };
    let result = run();
    if blocked {
        // SAFETY: as above; `before` was filled by the first call.
        unsafe { pthread_sigmask(SIG_SETMASK, &raw const before, std::ptr::null_mut()) };
    }
    result
}

/// Nothing to do, or not known how, on this system.
#[cfg(not(any(
    target_vendor = "apple",
    all(target_os = "linux", not(any(target_arch = "mips", target_arch = "mips64", target_arch = "sparc64")))
)))]
pub fn without_signals<R>(run: impl FnOnce() -> R) -> R {
    run()
}

/// How many bytes of this thread's stack are left: none where it runs on a stack that the system does not know (a signal's, a coroutine's), and
/// `usize::MAX` where there is nobody to ask.
#[cfg(target_os = "linux")]
pub fn stack_left() -> usize {
    /// At least as large, and as aligned, as any C library's `pthread_attr_t`.
    #[repr(C, align(16))]
    struct Attributes([u64; 32]);
    unsafe extern "C" {
        fn pthread_self() -> usize;
        fn pthread_getattr_np(thread: usize, attributes: *mut Attributes) -> i32;
        fn pthread_attr_getstack(attributes: *const Attributes, lowest: *mut usize, size: *mut usize) -> i32;
        fn pthread_attr_destroy(attributes: *mut Attributes) -> i32;
    }
    let mut attributes = Attributes([0; 32]);
    let (mut lowest, mut size) = (0, 0);
    let here = (&raw const attributes).addr();
    // SAFETY: the C library's functions of these names, with room for what they write; the attributes are read and destroyed once they are there.
    let known = unsafe {
        pthread_getattr_np(pthread_self(), &raw mut attributes) == 0 && {
            let known = pthread_attr_getstack(&raw const attributes, &raw mut lowest, &raw mut size) == 0;
            pthread_attr_destroy(&raw mut attributes);
            known
        }
    };
    match here.checked_sub(lowest) {
        _ if !known => usize::MAX,
        Some(left) if left <= size => left,
        _ => 0,
    }
}

/// Not known on this system.
#[cfg(not(target_os = "linux"))]
pub fn stack_left() -> usize {
    usize::MAX
}

/// Lets a signal ask for a snapshot, one of [`SNAPSHOT_SIGNALS`](crate::config::SNAPSHOT_SIGNALS) by name. Only one that the program does not handle: else
/// an error says why not.
#[cfg(all(unix, not(any(target_arch = "mips", target_arch = "mips64", target_arch = "sparc64"))))]
pub fn snapshot_on_signal(name: &str) -> Result<(), &'static str> {
    /// At least as large as any system's `struct sigaction`, which begins with the handler.
    #[repr(C, align(16))]
    struct Action([usize; 64]);
    const SIG_DFL: usize = 0;
    const SIG_IGN: usize = 1;
    const BSD: bool = cfg!(not(any(target_os = "linux", target_os = "android")));
    unsafe extern "C" {
        fn sigaction(number: i32, new: *const Action, old: *mut Action) -> i32;
        fn signal(number: i32, handler: extern "C" fn(i32)) -> usize;
    }
    let number = match name {
        "SIGHUP" => 1,
        "SIGQUIT" => 3,
        "SIGUSR1" if BSD => 30,
        "SIGUSR2" if BSD => 31,
        "SIGUSR1" => 10,
        "SIGUSR2" => 12,
        _ => return Err("this system has no such signal"),
    };
    let mut old = Action([0; 64]);
    // SAFETY: POSIX's functions of these names, with room for what is there; the handler stores atomics and rings a bell, as probes do,
    // which may be in handlers.
    unsafe {
        if sigaction(number, std::ptr::null(), &raw mut old) != 0 {
            return Err("the system refuses");
        }
        if !matches!(old.0[0], SIG_DFL | SIG_IGN) && old.0[0] != crate::snapshot::on_signal as *const () as usize {
            return Err("the program has a handler of its own for it");
        }
        signal(number, crate::snapshot::on_signal);
    }
    Ok(())
}

/// Not known on this system.
#[cfg(not(all(unix, not(any(target_arch = "mips", target_arch = "mips64", target_arch = "sparc64")))))]
pub fn snapshot_on_signal(_name: &str) -> Result<(), &'static str> {
    Err("this system has no such signal")
}

/// Marks an open file as being written by this process, for as long as it has it open. Nothing happens where the system or the medium has no
/// such locks.
pub fn lock(file: &std::fs::File) {
    flock::ask(file, flock::EXCLUSIVE);
}

/// Whether a process, on this machine or in a container of it, has marked the file and lives. Where that is not known it may be so.
pub fn is_locked(file: &std::fs::File) -> bool {
    !flock::ask(file, flock::SHARED)
}

#[cfg(any(
    target_vendor = "apple",
    target_os = "android",
    target_os = "dragonfly",
    target_os = "freebsd",
    target_os = "linux",
    target_os = "netbsd",
    target_os = "openbsd"
))]
mod flock {
    use std::os::fd::AsRawFd;

    const DO_NOT_WAIT: i32 = 4;
    pub const SHARED: i32 = 1 | DO_NOT_WAIT;
    pub const EXCLUSIVE: i32 = 2 | DO_NOT_WAIT;

    unsafe extern "C" {
        fn flock(file: i32, operation: i32) -> i32;
    }

    pub fn ask(file: &std::fs::File, operation: i32) -> bool {
        // SAFETY: the C library's function of that name; the file is open.
        unsafe { flock(file.as_raw_fd(), operation) == 0 }
    }
}

#[cfg(not(any(
    target_vendor = "apple",
    target_os = "android",
    target_os = "dragonfly",
    target_os = "freebsd",
    target_os = "linux",
    target_os = "netbsd",
    target_os = "openbsd"
)))]
mod flock {
    pub const SHARED: i32 = 1;
    pub const EXCLUSIVE: i32 = 2;

    pub fn ask(_: &std::fs::File, _: i32) -> bool {
        false
    }
}

/// Says something on standard error, in one piece; where that fails nothing happens. Not through std, whose lock the thread may hold
/// that waits for the allocator that a probe is called in, and whose `eprintln` panics where standard error is closed.
#[cfg(unix)]
pub fn tell(text: &str) {
    unsafe extern "C" {
        fn write(file: i32, bytes: *const u8, count: usize) -> isize;
    }
    // SAFETY: POSIX's function of that name; the bytes are those of `text`.
    unsafe { write(2, text.as_ptr(), text.len()) };
}

/// Says something on standard error; where that fails nothing happens.
#[cfg(not(unix))]
pub fn tell(text: &str) {
    use std::io::Write;
    _ = std::io::stderr().write_all(text.as_bytes());
}

/// What no other thread has that lives; 0 where that can't be had without a thread local.
#[cfg(unix)]
#[inline(always)]
pub(crate) fn this_thread() -> usize {
    unsafe extern "C" {
        // A number or a pointer, of the same width.
        fn pthread_self() -> usize;
    }
    // SAFETY: POSIX's function of that name; it can't fail.
    unsafe { pthread_self() }
}

/// Not known on this system.
#[cfg(not(unix))]
pub(crate) fn this_thread() -> usize {
    0
}

/// The operating system's number of this thread; 0 where it is not known.
#[cfg(target_os = "linux")]
pub(crate) fn thread_id() -> u64 {
    unsafe extern "C" {
        fn gettid() -> i32;
    }
    // SAFETY: glibc's (2.30) and musl's function of that name; it can't fail.
    unsafe { gettid() }.unsigned_abs().into()
}

/// Whether this may be a signal's handler: the signal is blocked meanwhile. Else the program has blocked one for all of the thread.
#[cfg(target_os = "linux")]
pub(crate) fn may_be_in_handler() -> bool {
    let mut blocked = Set([0; 32]);
    // SAFETY: POSIX's function of that name, which without a set only tells of the old one, with room for it.
    unsafe { pthread_sigmask(0, std::ptr::null(), &raw mut blocked) };
    blocked.0.iter().any(|signals| *signals != 0)
}

/// The system's name of this thread, which ends with a zero: the first 15 bytes of the one it was given, or that of the thread that started it.
#[cfg(target_os = "linux")]
pub(crate) fn thread_name() -> [u8; 16] {
    unsafe extern "C" {
        fn prctl(what: i32, ...) -> i32;
    }
    const GET_NAME: i32 = 16;
    let mut name = [0; 16];
    // SAFETY: Linux's function of that name, with the room that it asks for.
    unsafe { prctl(GET_NAME, name.as_mut_ptr()) };
    name
}

/// Not known how.
#[cfg(not(target_os = "linux"))]
pub(crate) fn may_be_in_handler() -> bool {
    false
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn thread_name() -> [u8; 16] {
    [0; 16]
}

/// The operating system's number of this thread; 0 where it is not known.
#[cfg(not(target_os = "linux"))]
pub(crate) fn thread_id() -> u64 {
    0
}

//! The C library, as far as these programs go to it.

use std::ffi::c_int;

pub const SIGKILL: i32 = 9;
pub const SIGABRT: i32 = 6;
pub const SIGSEGV: i32 = 11;
pub const SIGALRM: c_int = 14;
pub const SIGUSR1: c_int = 10;
pub const SIGUSR2: c_int = 12;
pub const SIGXFSZ: c_int = 25;
const RLIMIT_FSIZE: c_int = 1;
const RLIMIT_AS: c_int = 9;

#[repr(C)]
struct Limit {
    soft: u64,
    hard: u64,
}

#[repr(C)]
struct Interval {
    every: [i64; 2],
    first: [i64; 2],
}

unsafe extern "C" {
    fn fork() -> c_int;
    fn _exit(code: c_int) -> !;
    fn exit(code: c_int) -> !;
    fn waitpid(pid: c_int, status: *mut c_int, options: c_int) -> c_int;
    fn signal(signal: c_int, handler: usize) -> usize;
    fn raise(signal: c_int) -> c_int;
    fn setitimer(which: c_int, new: *const Interval, old: *mut Interval) -> c_int;
    fn setrlimit(what: c_int, limit: *const Limit) -> c_int;
    fn close(file: c_int) -> c_int;
    fn pthread_create(
        id: *mut usize,
        attributes: *const u8,
        run: extern "C" fn(*mut u8) -> *mut u8,
        with: *mut u8,
    ) -> c_int;
    fn pthread_join(id: usize, result: *mut *mut u8) -> c_int;
    fn posix_openpt(flags: c_int) -> c_int;
    fn grantpt(file: c_int) -> c_int;
    fn unlockpt(file: c_int) -> c_int;
    fn ptsname(file: c_int) -> *const std::ffi::c_char;
    fn unshare(what: c_int) -> c_int;
    fn mount(
        source: *const std::ffi::c_char,
        target: *const std::ffi::c_char,
        kind: *const std::ffi::c_char,
        flags: u64,
        data: *const std::ffi::c_char,
    ) -> c_int;
    fn getenv(name: *const std::ffi::c_char) -> *const std::ffi::c_char;
}

/// Whether a variable is set, without any allocation.
pub fn is_set(name: &std::ffi::CStr) -> bool {
    // SAFETY: a C string; nobody changes the environment of these programs.
    !unsafe { getenv(name.as_ptr()) }.is_null()
}

/// Runs `child` in a child that ends by `_exit`, with its result; gives that, or -1 where it was killed.
pub fn in_fork(child: impl FnOnce() -> u8) -> i32 {
    // SAFETY: what the child does is the test.
    let pid = unsafe { fork() };
    assert!(pid >= 0, "fork fails");
    if pid == 0 {
        let code = child();
        // SAFETY: ends the child, here and now.
        unsafe { _exit(code.into()) }
    }
    wait(pid)
}

/// Ends the process by its exit handlers, without what std does first: that waits for a lock that each new thread takes, and for
/// ever in a child that was forked meanwhile.
pub fn exit_by_handlers(code: u8) -> ! {
    // SAFETY: the handlers are the C library's and the recorder's.
    unsafe { exit(code.into()) }
}

fn wait(pid: c_int) -> i32 {
    let mut status = 0;
    // SAFETY: a child of ours, and a place for its status.
    assert_eq!(unsafe { waitpid(pid, &raw mut status, 0) }, pid);
    if status & 0x7f == 0 { status >> 8 & 0xff } else { -1 }
}

/// Lets `handler` handle `what`.
pub fn on(what: c_int, handler: extern "C" fn(c_int)) {
    // SAFETY: a handler with the right signature; what it does is the test.
    unsafe { signal(what, handler as usize) };
}

/// Ignores `what`.
pub fn ignore(what: c_int) {
    // SAFETY: 1 is SIG_IGN.
    unsafe { signal(what, 1) };
}

pub fn send_to_self(what: c_int) {
    // SAFETY: has a handler.
    unsafe { raise(what) };
}

/// SIGALRM every `micros`; 0 ends it.
pub fn alarm_every(micros: i64) {
    let interval = Interval { every: [0, micros], first: [0, micros] };
    // SAFETY: ITIMER_REAL, and a structure of the right layout on 64-bit systems.
    assert_eq!(unsafe { setitimer(0, &raw const interval, std::ptr::null_mut()) }, 0);
}

fn limit(what: c_int, bytes: u64) {
    let limit = Limit { soft: bytes, hard: bytes };
    // SAFETY: a structure of the right layout on 64-bit systems.
    assert_eq!(unsafe { setrlimit(what, &raw const limit) }, 0);
}

pub fn limit_files(bytes: u64) {
    limit(RLIMIT_FSIZE, bytes);
}

pub fn limit_memory(bytes: u64) {
    limit(RLIMIT_AS, bytes);
}

/// Mounts a disk of so many KiB at `folder`, for this process alone. False where it may not.
pub fn small_disk(folder: &std::ffi::CStr, kib: u32) -> bool {
    disk(folder, kib, 0)
}

/// Mounts a disk at `folder` that can't be written, for this process alone. False where it may not.
pub fn read_only_disk(folder: &std::ffi::CStr) -> bool {
    const MS_RDONLY: u64 = 1;
    disk(folder, 64, MS_RDONLY)
}

fn disk(folder: &std::ffi::CStr, kib: u32, flags: u64) -> bool {
    const CLONE_NEWNS: c_int = 0x20000;
    const MS_REC_PRIVATE: u64 = 0x4000 | 0x40000;
    let size = std::ffi::CString::new(format!("size={kib}k")).expect("no zero");
    // SAFETY: C strings, which the system copies.
    unsafe {
        unshare(CLONE_NEWNS) == 0
            && mount(c"none".as_ptr(), c"/".as_ptr(), std::ptr::null(), MS_REC_PRIVATE, std::ptr::null()) == 0
            && mount(c"none".as_ptr(), folder.as_ptr(), c"tmpfs".as_ptr(), flags, size.as_ptr()) == 0
    }
}

/// Closes every file from 3 on, as daemons do.
pub fn close_all() {
    for file in 3..64 {
        // SAFETY: whose they are is the test: the recorder's are among them.
        unsafe { close(file) };
    }
}

pub fn close_file(number: c_int) {
    // SAFETY: as above.
    unsafe { close(number) };
}

/// Ends the process without any handler.
pub fn end_now(code: c_int) -> ! {
    use std::io::Write;
    std::io::stdout().flush().expect("a pipe");
    // SAFETY: it may be called at any time.
    unsafe { _exit(code) }
}

/// The path of a terminal that nobody reads: writing to it works for some KiB, and then waits for ever.
pub fn deaf_terminal() -> String {
    const O_RDWR_NOCTTY: c_int = 0o402;
    // SAFETY: POSIX's way to a pseudo-terminal, in its order; its name is copied before anybody else asks for one.
    unsafe {
        let master = posix_openpt(O_RDWR_NOCTTY);
        assert!(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0, "no terminal");
        std::ffi::CStr::from_ptr(ptsname(master)).to_str().expect("a path").to_owned()
    }
}

/// Runs `run` on a thread that std knows nothing of, to its end.
pub fn on_foreign_thread(run: extern "C" fn(*mut u8) -> *mut u8) {
    let mut id = 0;
    // SAFETY: a thread with the usual attributes, which is joined.
    unsafe {
        assert_eq!(pthread_create(&raw mut id, std::ptr::null(), run, std::ptr::null_mut()), 0);
        assert_eq!(pthread_join(id, std::ptr::null_mut()), 0);
    }
}

//! A session: one run of the recorder, from its start to its end, with the rings of its threads.
//!
//! This is what the processor (in `scope-store`) holds on to; the probes reach it through
//! `local` when they have to think.

use crate::clock;
use crate::record::WORD;
use crate::ring::{MIN_BYTES, Overflow, Ring};
use crate::signal;
use crate::site::FunctionInfo;
use crate::words::Words;
use parking_lot::Mutex;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU32, AtomicU64, Ordering};

/// The thread that a ring belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreadInfo {
    /// Its number in this process, from 1: also the upper part of the ids of its calls.
    pub id: u32,
    /// Its name when its ring was made.
    pub name: Option<String>,
    /// The operating system's number for it; 0 where that is not known.
    pub os_id: u64,
}

/// The ring of one thread, and whose it is.
#[derive(Debug)]
pub struct ThreadRing {
    /// The ring.
    pub ring: Ring,
    /// Whose it is.
    pub thread: ThreadInfo,
}

/// What rings are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RingSettings {
    /// The size of each ring in bytes: rounded up to a power of two, and to [`MIN_BYTES`].
    pub bytes: usize,
    /// What a probe does when it is full.
    pub overflow: Overflow,
}

/// See the module's text.
#[derive(Debug)]
pub struct Session {
    settings: RingSettings,
    rings: Mutex<Rings>,
    /// Records lost for want of a ring or of a site's id.
    homeless: AtomicU64,
}

#[derive(Debug, Default)]
struct Rings {
    live: Vec<Arc<ThreadRing>>,
    spare: Vec<Words>,
    ended: bool,
}

/// Spare rings kept for threads to come.
const SPARE: usize = 16;

static PHASE: AtomicU8 = AtomicU8::new(IDLE);
const IDLE: u8 = 0;
const RUNNING: u8 = 1;
const STOPPED: u8 = 2;
static CURRENT: Mutex<Option<Arc<Session>>> = Mutex::new(None);
static NEXT_THREAD: AtomicU32 = AtomicU32::new(1);

/// Whether probes record now.
pub fn is_running() -> bool {
    PHASE.load(Ordering::Relaxed) == RUNNING
}

/// Keeps the first probe from starting the recorder; [`Session::begin`] still does.
pub fn turn_off() {
    PHASE.store(STOPPED, Ordering::Relaxed);
}

/// Lets the next probe start the recorder, as the first one of a program does.
pub fn arm() {
    PHASE.store(IDLE, Ordering::Relaxed);
}

/// The session that probes record into.
pub fn current() -> Option<Arc<Session>> {
    CURRENT.lock().clone()
}

/// For a probe that found no ring: the session to record into, started if it is the program's first probe.
pub(crate) fn for_probe(info: &'static FunctionInfo) -> Option<Arc<Session>> {
    match PHASE.load(Ordering::Relaxed) {
        STOPPED => None,
        RUNNING => current(),
        _ => {
            (info.origin.start)(info);
            current()
        }
    }
}

impl Session {
    /// Begins a session: probes record into its rings from now on. `None` while another one runs.
    pub fn begin(settings: RingSettings) -> Option<Arc<Self>> {
        let mut slot = CURRENT.lock();
        if slot.is_some() {
            return None;
        }
        clock::origin();
        let session = Arc::new(Self { settings, rings: Mutex::default(), homeless: AtomicU64::new(0) });
        *slot = Some(Arc::clone(&session));
        PHASE.store(RUNNING, Ordering::Relaxed);
        Some(session)
    }

    /// Ends the session: no probe records any more. What the rings hold can still be drained.
    pub fn end(&self) {
        let mut slot = CURRENT.lock();
        if slot.as_ref().is_some_and(|s| std::ptr::eq(Arc::as_ptr(s), self)) {
            PHASE.store(STOPPED, Ordering::Relaxed);
            *slot = None;
        }
        drop(slot);
        let mut rings = self.rings.lock();
        rings.ended = true;
        for ring in &rings.live {
            ring.ring.stop();
        }
        drop(rings);
        signal::give_room();
        signal::wake();
    }

    /// The rings that are not retired, oldest first.
    pub fn rings(&self) -> Vec<Arc<ThreadRing>> {
        self.rings.lock().live.clone()
    }

    /// Takes a ring out whose thread is gone and which was drained after that was seen. Its memory serves the next thread.
    pub fn retire(&self, ring: Arc<ThreadRing>) {
        let mut rings = self.rings.lock();
        rings.live.retain(|other| !Arc::ptr_eq(other, &ring));
        if rings.spare.len() < SPARE
            && let Some(ring) = Arc::into_inner(ring)
        {
            rings.spare.push(ring.ring.into_words());
        }
    }

    /// Records that were lost outside any ring.
    pub fn homeless(&self) -> u64 {
        self.homeless.load(Ordering::Relaxed)
    }

    pub(crate) fn lose(&self) {
        self.homeless.fetch_add(1, Ordering::Relaxed);
    }

    /// A ring for the thread that calls; `None` once the session has ended.
    pub(crate) fn ring_for_this_thread(&self) -> Option<Arc<ThreadRing>> {
        let thread = ThreadInfo {
            id: NEXT_THREAD.fetch_add(1, Ordering::Relaxed),
            name: std::thread::current().name().map(str::to_owned),
            os_id: crate::hooks::thread_id(),
        };
        let len = (self.settings.bytes.max(MIN_BYTES) / WORD).next_power_of_two();
        let spare = self.rings.lock().spare.pop();
        let words = spare.unwrap_or_else(|| Words::new(len));
        let ring = Ring::new(words, Ring::chunk_for(len), self.settings.overflow);
        let ring = Arc::new(ThreadRing { ring, thread });
        let mut rings = self.rings.lock();
        if rings.ended {
            return None;
        }
        rings.live.push(Arc::clone(&ring));
        Some(ring)
    }
}

/// In a child that `fork` made: off, without a lock, which a thread that is not here may hold.
#[cfg(unix)]
pub(crate) fn forked() {
    PHASE.store(STOPPED, Ordering::Relaxed);
    crate::local::stop_here();
}

//! A session: one run of the recorder, from its start to its end, with the rings of its threads.
//!
//! This is what the processor (in `scope-store`) holds on to; the probes reach it through
//! `local` when they have to think.

use crate::clock;
use crate::lock::patiently;
use crate::record::WORD;
use crate::registry;
use crate::ring::Ring;
use crate::ring_file::RingFile;
use crate::shared::SharedRing;
use crate::signal;
use crate::site::Sites;
pub use crate::thread_info::ThreadInfo;
use crate::watchdog::Watch;
use lists::has_room;
pub use settings::RingSettings;
use std::sync::atomic::{AtomicU8, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// The ring of one thread, and whose it is.
#[derive(Debug)]
#[repr(C)]
pub struct ThreadRing {
    /// The ring.
    pub ring: Ring,
    /// Whose it is.
    pub thread: ThreadInfo,
    /// What that thread is looking at.
    pub watch: Watch,
    /// The how manieth thread it is that has ended, once its ring is closed.
    pub ended: AtomicU64,
}

/// See the module's text.
#[derive(Debug)]
pub struct Session {
    settings: RingSettings,
    /// Where its rings live, if not in memory of the system's.
    file: Option<Arc<RingFile>>,
    /// Of the process that it was begun in: `fork` makes children without a processor.
    pid: u32,
    /// Nothing is allocated or freed while this or `CURRENT` is locked: see [`crate::lock`].
    rings: Mutex<Rings>,
    /// Records lost for want of a ring or of a site's id.
    homeless: AtomicU64,
    /// Rings that could not be had, one after the other.
    refused: AtomicU32,
}

#[derive(Debug)]
struct Rings {
    live: Vec<SharedRing>,
    /// Those of `live` that the processor does not know yet.
    fresh: Vec<SharedRing>,
    /// Nobody's yet.
    spare: Vec<SharedRing>,
    ended: bool,
}

impl Rings {
    /// How many of so many words are nobody's.
    fn spares(&self, words: usize) -> usize {
        self.spare.iter().filter(|ring| ring.ring.words() == words).count()
    }
}

/// Used rings kept for threads to come, and of each size that only threads of some names have.
const SPARE: usize = 16;
/// Where there was no memory for a ring, each so manieth record asks again.
const TRIES: u32 = 64;
const ODD: usize = 4;
/// Rings made before a thread asks for one. Only one of larger rings.
const READY: usize = 4;
const LARGE: usize = 16 << 20;
/// So many threads may get a ring, between two cycles of the processor, before a list has to grow: which allocates, and the
/// program's allocator may be what asks.
const ROOM: usize = 256;
/// So many threads may end before the processor is woken to let go of their rings.
const GONE: u32 = 16;

static PHASE: AtomicU8 = AtomicU8::new(IDLE);
const IDLE: u8 = 0;
const RUNNING: u8 = 1;
const STOPPED: u8 = 2;
/// As `STOPPED`, but some thread writes into a buffer of its own: probes have to look.
const AWAKE: u8 = 3;
/// Threads that do so.
static BUFFERS: AtomicU32 = AtomicU32::new(0);
/// Threads that start or end a recorder, and hold locks meanwhile.
static STARTING: AtomicU32 = AtomicU32::new(0);
static CURRENT: Mutex<Option<Arc<Session>>> = Mutex::new(None);
/// Rings whose threads have ended since the processor was last woken for that.
static ENDED: AtomicU32 = AtomicU32::new(0);

/// How many rings of so many bytes are made before a thread asks for one.
pub(crate) fn ready_rings(bytes: usize) -> usize {
    if bytes > LARGE { 1 } else { READY }
}

/// Whether probes record now.
pub fn is_running() -> bool {
    PHASE.load(Ordering::Relaxed) == RUNNING
}

/// Whether probes do nothing and start nothing, as after the log's end.
#[inline(always)]
pub(crate) fn is_off() -> bool {
    PHASE.load(Ordering::Relaxed) == STOPPED
}

/// Keeps the first probe from starting the recorder; [`Session::begin`] still does.
pub fn turn_off() {
    stop();
}

/// Probes do nothing and start nothing from now on, but for those that write into a buffer of their thread's own.
fn stop() {
    PHASE.store(STOPPED, Ordering::SeqCst);
    look_awake();
}

/// SeqCst, all here: of who stops and who sets a buffer at least the later one sees both.
fn look_awake() {
    if BUFFERS.load(Ordering::SeqCst) > 0 {
        _ = PHASE.compare_exchange(STOPPED, AWAKE, Ordering::SeqCst, Ordering::Relaxed);
    }
}

/// This thread writes into a buffer of its own from now on.
pub(crate) fn buffer_set() {
    BUFFERS.fetch_add(1, Ordering::SeqCst);
    look_awake();
}

/// It does no more.
pub(crate) fn buffer_unset() {
    if BUFFERS.fetch_sub(1, Ordering::SeqCst) == 1 {
        _ = PHASE.compare_exchange(AWAKE, STOPPED, Ordering::SeqCst, Ordering::Relaxed);
        // Another one may have come meanwhile.
        look_awake();
    }
}

/// Lets the next probe start the recorder, as the first one of a program does.
pub fn arm() {
    PHASE.store(IDLE, Ordering::Relaxed);
}

/// Gives up waiting for another thread that starts the recorder: probes do nothing until it has.
pub fn give_up() {
    // An error: it has.
    _ = PHASE.compare_exchange(IDLE, STOPPED, Ordering::SeqCst, Ordering::Relaxed);
    look_awake();
}

/// This thread starts or ends a recorder while the result lives: a child that is forked meanwhile does not record.
pub fn starting() -> Starting {
    STARTING.fetch_add(1, Ordering::Relaxed);
    Starting(())
}

/// See [`starting`].
#[derive(Debug)]
pub struct Starting(());

impl Drop for Starting {
    fn drop(&mut self) {
        STARTING.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The session that probes record into.
pub fn current() -> Option<Arc<Session>> {
    patiently(&CURRENT)?.clone()
}

/// For a probe that found no ring: the session to record into, started if it is the program's first probe.
pub(crate) fn for_probe(sites: &'static Sites) -> Option<Arc<Session>> {
    match PHASE.load(Ordering::Relaxed) {
        STOPPED | AWAKE => None,
        RUNNING => current(),
        _ => {
            (sites.origin().start)(sites);
            current()
        }
    }
}

/// A thread that had a ring has ended.
pub(crate) fn thread_ended() {
    if ENDED.fetch_add(1, Ordering::Relaxed) + 1 >= GONE {
        ENDED.store(0, Ordering::Relaxed);
        signal::wake();
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if let Some(file) = &self.file
            && !registry::undefine_in(file)
        {
            // Somebody may still write definitions there.
            std::mem::forget(Arc::clone(file));
        }
    }
}

impl Session {
    /// Begins a session: probes record into its rings from now on. `None` while another one runs.
    pub fn begin(settings: RingSettings, file: Option<RingFile>) -> Option<Arc<Self>> {
        clock::origin();
        let file = file.map(Arc::new);
        let rings = Rings { live: Vec::new(), fresh: Vec::new(), spare: Vec::with_capacity(2 * SPARE), ended: false };
        let pid = std::process::id();
        let session = Arc::new(Self {
            settings,
            file,
            pid,
            rings: Mutex::new(rings),
            homeless: AtomicU64::new(0),
            refused: AtomicU32::new(0),
        });
        session.prepare();
        let mut next = Some(Arc::clone(&session));
        let mut slot = patiently(&CURRENT)?;
        if slot.as_ref().is_some_and(|running| running.pid == pid) {
            return None;
        }
        std::mem::swap(&mut *slot, &mut next);
        if let Some(file) = &session.file {
            registry::define_in(file);
        }
        PHASE.store(RUNNING, Ordering::Relaxed);
        drop(slot);
        // The parent's, whose rings this process shares with nobody: some belong to threads that are not in it.
        std::mem::forget(next);
        Some(session)
    }

    /// Ends the session: no probe records any more. What the rings hold can still be drained.
    pub fn end(&self) {
        let mut ended = None;
        if let Some(mut slot) = patiently(&CURRENT)
            && slot.as_ref().is_some_and(|s| std::ptr::eq(Arc::as_ptr(s), self))
        {
            stop();
            ended = slot.take();
        }
        drop(ended);
        if let Some(mut rings) = patiently(&self.rings) {
            rings.ended = true;
            rings.live.iter().for_each(|ring| ring.ring.stop());
        }
        signal::give_room(true);
        signal::wake();
    }

    /// Puts the rings that are new since the last call into `new`, which is empty, oldest first.
    pub fn take_new(&self, new: &mut Vec<SharedRing>) {
        if let Some(mut rings) = patiently(&self.rings) {
            std::mem::swap(&mut rings.fresh, new);
        }
    }

    /// Takes a ring out whose thread is gone and which was drained after that was seen. Its memory serves the next thread.
    pub fn retire(&self, mut ring: SharedRing) {
        let Some(mut rings) = patiently(&self.rings) else { return };
        // `ring` is another owner: nothing is freed here.
        rings.live.retain(|other| !other.is(&ring));
        drop(rings);
        // Not where its thread, which ends, still has it.
        if let Some(old) = ring.get_mut() {
            old.ring.renew();
            // Room is left for those that are made ready.
            let usual = ring.ring.words() == self.settings.words();
            self.keep(ring, if usual { SPARE } else { ODD });
        }
    }

    /// Makes ready what new threads will need, so that they need not allocate: as long as they do not come all at once.
    pub fn prepare(&self) {
        let words = self.settings.words();
        let ready = ready_rings(words * WORD);
        while patiently(&self.rings).is_some_and(|rings| rings.spares(words) < ready) {
            let Some(ring) = self.new_ring(words) else { break };
            if !self.keep(ring, ready) {
                break;
            }
        }
        self.make_room(ROOM);
    }

    /// False: there are enough.
    fn keep(&self, ring: SharedRing, most: usize) -> bool {
        let (words, usual) = (ring.ring.words(), self.settings.words());
        let Some(mut rings) = patiently(&self.rings) else { return false };
        // Odd ones never take the room of the usual ones.
        let others = if words == usual { 0 } else { SPARE - rings.spares(usual).min(SPARE) };
        let keeps = rings.spares(words) < most && rings.spare.len() + others < rings.spare.capacity();
        if keeps {
            rings.spare.push(ring);
        }
        keeps
    }

    /// A ring of so many words that is nobody's yet. `None` where there is no memory.
    fn new_ring(&self, words: usize) -> Option<SharedRing> {
        let overflow = self.settings.overflow;
        SharedRing::new(words, self.file.as_ref(), |memory| ThreadRing {
            ring: Ring::new(memory, Ring::chunk_for(words), overflow),
            thread: ThreadInfo::NOBODY,
            watch: Watch::new(),
            ended: AtomicU64::new(0),
        })
    }

    /// The same, but where there was no memory the last time only some try again: that takes as long as many probes.
    fn new_ring_at_times(&self, words: usize) -> Option<SharedRing> {
        let refused = self.refused.load(Ordering::Relaxed);
        let ring = if refused.is_multiple_of(TRIES) { self.new_ring(words) } else { None };
        self.refused.store(if ring.is_some() { 0 } else { refused.wrapping_add(1) }, Ordering::Relaxed);
        ring
    }

    /// Records that were lost outside any ring.
    pub fn homeless(&self) -> u64 {
        self.homeless.load(Ordering::Relaxed)
    }

    pub(crate) fn lose(&self) {
        self.homeless.fetch_add(1, Ordering::Relaxed);
    }

    /// A ring for the thread that calls. `None` once the session has ended; or where there is no memory: then the record is counted.
    pub(crate) fn ring_for_this_thread(&self) -> Option<SharedRing> {
        let words = self.settings.words_here();
        let mut rings = patiently(&self.rings)?;
        let spare = rings.spare.iter().rposition(|ring| ring.ring.words() == words);
        let spare = spare.map(|index| rings.spare.swap_remove(index));
        let last = rings.spares(self.settings.words()) == 0;
        drop(rings);
        if last {
            signal::wake();
        }
        let Some(mut ring) = spare.or_else(|| self.new_ring_at_times(words)) else {
            self.lose();
            return None;
        };
        // Nobody else has it yet.
        ring.get_mut()?.thread = ThreadInfo::of_this_thread();
        loop {
            self.make_room(1);
            let mut rings = patiently(&self.rings)?;
            if rings.ended {
                return None;
            }
            let rings = &mut *rings;
            if has_room(&rings.live, 1) && has_room(&rings.fresh, 1) {
                rings.live.push(ring.clone());
                rings.fresh.push(ring.clone());
                return Some(ring);
            }
        }
    }
}

/// In a child that `fork` made: off, without a lock, which a thread that is not here may hold. Where no recorder has been started
/// the child may start one of its own.
#[cfg(unix)]
pub(crate) fn forked() {
    // Buffers of its threads stay behind with them.
    BUFFERS.store(0, Ordering::Relaxed);
    let phase = PHASE.load(Ordering::Relaxed);
    if phase == RUNNING || phase == AWAKE || STARTING.swap(0, Ordering::Relaxed) > 0 {
        PHASE.store(STOPPED, Ordering::Relaxed);
    }
    crate::quiet::forked();
    crate::snapshot::listen(false);
    crate::ring_file::forked();
    clock::coarse::forked();
    crate::local::forked();
}

mod lists;
mod settings;
#[cfg(all(test, not(loom)))]
mod tests;

//! The sites of functions without a `static`, found by the text that describes the function.
//!
//! To evaluate and check a `static` is up to a quarter of what a function of which entry and exit are recorded costs the compiler; a text costs it nothing. So
//! unoptimised code hands over its text with each call, and its sites are looked up here: with what leads there, 200 of an entry's then 1,160 instructions.
//! Optimised code has a `static`: there no probe looks anything up.
//!
//! A text is in one of a few slots from where its hash points to, or in those of a further table. There is no lock, and nothing is allocated: a probe may be in
//! an allocator or a signal handler. The same text may be at several addresses, as generic functions have theirs in each crate that uses them.
//!
//! What the `unsafe` blocks rest on:
//! 1. A slot's `text` goes from null to that of `TAKEN`, by the exchange of one thread, which alone writes `sites` then; from there to the text's address, with
//!    `Release`; and no further. Who finds an address there, with `Acquire`, may read `sites`, as anybody may from then on.
//! 2. A table is the first one, or zeroed pages that no one gives back; `next` is null, or such a table.

use crate::call::{Call, is_idle};
use crate::function::FunctionInfo;
use crate::pages;
use crate::site::{Origin, Sites, State};
use std::cell::UnsafeCell;
use std::mem::MaybeUninit;
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

/// Of a table; a power of two.
const SLOTS: usize = 1 << 12;
/// How many of them a text may be in.
const STEPS: usize = 8;
/// Its address is in the place of the text's while the slot is being written: no text has it, not even an empty one.
static TAKEN: u8 = 0;
/// How often that is waited for: for longer than a writer that was interrupted needs, unless it was by the signal whose handler asks.
const PATIENCE: usize = 10_000;

/// Lets the writer go on; now and then on this core, from which it may have been taken.
fn wait(turn: usize) {
    if turn % 64 == 63 { std::thread::yield_now() } else { std::hint::spin_loop() }
}

struct Slot {
    text: AtomicPtr<u8>,
    sites: UnsafeCell<MaybeUninit<Sites>>,
}

struct Table {
    slots: [Slot; SLOTS],
    next: AtomicPtr<Table>,
}

// SAFETY: by 1 `sites` is written before it is shared, and `Sites` are `Sync`.
unsafe impl Sync for Table {}

static FIRST: Table = Table {
    slots: [const { Slot { text: AtomicPtr::new(ptr::null_mut()), sites: UnsafeCell::new(MaybeUninit::uninit()) } };
        SLOTS],
    next: AtomicPtr::new(ptr::null_mut()),
};

/// Of those for which there is no memory.
static OTHERS: Sites = Sites::new(&FunctionInfo {
    module: "scope",
    name: "{functions beyond the memory}",
    file: "",
    line: 0,
    args: &[],
    places: &[],
    limits: crate::value::Limits::DEFAULT,
    origin: Origin { start: |_| {}, runtime: "" },
});

/// The sites of the function with this text. `hash`: of what the text is about, so that few texts have the same. `start`: see [`Origin::start`]. No text may
/// be the beginning of another: there are marks round those of woven functions.
pub fn sites(text: &'static str, hash: u32, start: fn(&'static Sites)) -> &'static Sites {
    let slot = &FIRST.slots[hash as usize % SLOTS];
    // Nearly always it is here, and this is the way of each call.
    if slot.text.load(Ordering::Acquire).cast_const() == text.as_ptr() {
        // SAFETY: an address was found (1).
        return unsafe { &*slot.sites.get().cast() };
    }
    search(text, hash, start)
}

/// The same, of all slots that it may be in.
#[cold]
fn search(text: &'static str, hash: u32, start: fn(&'static Sites)) -> &'static Sites {
    let mut table = &FIRST;
    loop {
        let slots = (0..STEPS as u32).map(|step| &table.slots[hash.wrapping_add(step) as usize % SLOTS]);
        if let Some(sites) = slots.filter_map(|slot| slot.get(text, start)).next() {
            return sites;
        }
        match table.further() {
            Some(further) => table = further,
            None => return &OTHERS,
        }
    }
}

/// Records that a call of the function begins, see [`function_entry`](crate::call::function_entry).
pub fn entry(text: &'static str, hash: u32, start: fn(&'static Sites)) -> Call {
    if is_idle() {
        return Call::unrecorded(&OTHERS);
    }
    sites(text, hash, start).__scope_entry()
}

/// The same, with the line that is the function's first place.
pub fn entry_line(text: &'static str, hash: u32, start: fn(&'static Sites)) -> Call {
    if is_idle() {
        return Call::unrecorded(&OTHERS);
    }
    sites(text, hash, start).__scope_entry_line()
}

impl Slot {
    /// The sites of the function with this text, if it is here, or is put here now.
    fn get(&'static self, text: &'static str, start: fn(&'static Sites)) -> Option<&'static Sites> {
        let taken = (&raw const TAKEN).cast_mut();
        match self.text.compare_exchange(ptr::null_mut(), taken, Ordering::Acquire, Ordering::Acquire) {
            Ok(_) => {
                // SAFETY: this thread took the slot (1).
                unsafe { (*self.sites.get()).write(Sites { text, state: State::new(start) }) };
                // With the loads of those who find it.
                self.text.store(text.as_ptr().cast_mut(), Ordering::Release);
            }
            Err(found) if found == taken => {
                (0..PATIENCE).find(|turn| {
                    wait(*turn);
                    self.text.load(Ordering::Acquire) != taken
                })?;
            }
            Err(_) => {}
        }
        // SAFETY: an address was found or stored (1).
        let sites = unsafe { (*self.sites.get()).assume_init_ref() };
        (sites.text == text).then_some(sites)
    }
}

impl Table {
    /// The next table, which may have to be made. `None`: there is no memory.
    #[cold]
    fn further(&self) -> Option<&'static Table> {
        let mut next = self.next.load(Ordering::Acquire);
        if next.is_null() {
            let new = pages::get(size_of::<Table>())?.cast::<Table>();
            match self.next.compare_exchange(ptr::null_mut(), new.as_ptr(), Ordering::AcqRel, Ordering::Acquire) {
                Ok(_) => next = new.as_ptr(),
                Err(other) => {
                    next = other;
                    // SAFETY: nobody saw these pages.
                    unsafe { pages::put_back(new.cast(), size_of::<Table>()) };
                }
            }
        }
        // SAFETY: a table, for which zeros are as good as `FIRST`, and which stays (2).
        unsafe { next.as_ref() }
    }
}

const _: () = assert!(align_of::<Table>() <= pages::ALIGN && SLOTS.is_power_of_two());

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;
    use std::thread;

    fn leaked(text: String) -> &'static str {
        Box::leak(text.into_boxed_str())
    }

    fn of(text: &'static str, hash: u32) -> &'static Sites {
        sites(text, hash, |_| {})
    }

    #[test]
    fn a_text_has_its_sites_wherever_it_is() {
        let text = leaked("by_text\tone".to_owned());
        let one = of(text, 7);
        assert!(ptr::eq(one, of(text, 7)), "the same again");
        assert!(ptr::eq(one, of(leaked(text.to_owned()), 7)), "a copy");
        assert!(!ptr::eq(one, of(leaked(text.to_uppercase()), 7)), "another");
        assert_eq!(one.text, text);
    }

    #[test]
    fn more_than_a_table_holds_and_many_with_one_hash() {
        let texts: Vec<&'static str> = (0..2 * SLOTS).map(|n| leaked(format!("by_text\tmany {n}"))).collect();
        let hash = |n: usize| if n.is_multiple_of(64) { 9 } else { n as u32 };
        let find = || -> Vec<*const Sites> {
            texts.iter().enumerate().map(|(n, text)| ptr::from_ref(of(text, hash(n)))).collect()
        };
        let first = find();
        assert_eq!(first.iter().collect::<HashSet<_>>().len(), texts.len());
        assert_eq!(first, find());
        assert!(texts.iter().enumerate().all(|(n, text)| of(text, hash(n)).text == *text));
    }

    #[test]
    fn threads_that_ask_at_once_find_the_same() {
        let texts: Vec<&'static str> = (0..500).map(|n| leaked(format!("by_text\tat once {n}"))).collect();
        let find = || texts.iter().map(|text| ptr::from_ref(of(text, 100)).addr()).collect::<Vec<_>>();
        let found: Vec<_> = thread::scope(|scope| {
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(find)).collect();
            threads.into_iter().map(|thread| thread.join().expect("found")).collect()
        });
        // (One that had to wait too long may have taken a slot of its own: what is found from then on is one.)
        let later = find();
        assert!(found.iter().all(|one| one.iter().zip(&later).filter(|(one, later)| one != later).count() < 50));
        assert_eq!(later, find());
    }
}

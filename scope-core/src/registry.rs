//! Which sites have been hit: their ids and definitions, for as long as the process lives.
//!
//! Nothing is allocated here, and nothing else is called while the lock is held: whoever waits for it may be an instrumented
//! allocator that holds a lock of its own.

use crate::filter;
use crate::lock::patiently;
use crate::record::MAX_SITE;
use crate::ring_file::{self, RingFile};
use crate::site::{SiteId, Sites};
use std::sync::{Mutex, OnceLock};

struct Registry {
    next: u32,
    last: Option<&'static Sites>,
}

static REGISTRY: Mutex<Registry> = Mutex::new(Registry { next: 1, last: None });
static FIRST: OnceLock<&'static Sites> = OnceLock::new();

/// Gives `sites` its ids, once. `None` where the four million ids of a process are used up.
pub(crate) fn register(sites: &'static Sites) -> Option<SiteId> {
    let count = sites.count();
    let mut registry = patiently(&REGISTRY)?;
    if let Some(first) = sites.first() {
        return Some(first);
    }
    let first = registry.next;
    let next = first.checked_add(count).filter(|next| *next <= MAX_SITE + 1)?;
    registry.next = next;
    // Before they are in the list, which is walked without the lock: sites without an id would be passed over for good.
    sites.set_first(SiteId(first), filter::ask(sites));
    match registry.last.replace(sites) {
        Some(last) => last.set_next(sites),
        None => _ = FIRST.set(sites),
    }
    ring_file::define(sites);
    Some(SiteId(first))
}

/// Definitions go into `file` from now on, too, beginning with those that there are.
pub(crate) fn define_in(file: &RingFile) {
    let Some(_registry) = patiently(&REGISTRY) else { return };
    ring_file::set_current(Some(file));
    std::iter::successors(FIRST.get().copied(), |sites| sites.next()).for_each(ring_file::define);
}

/// `file` is going. False: it must stay.
pub(crate) fn undefine_in(file: &RingFile) -> bool {
    let Some(_registry) = patiently(&REGISTRY) else { return false };
    ring_file::clear_current(file);
    true
}

/// All definitions up to that of `last` are in the log.
pub fn defined(last: &'static Sites) {
    if let Some(registry) = patiently(&REGISTRY)
        && registry.last.is_some_and(|newest| std::ptr::eq(newest, last))
    {
        ring_file::forget_definitions();
    }
}

/// The sites that were registered after `last` (`None`: all), in the order of their ids.
///
/// Whoever has drained a record finds its site here: it was registered before the record was published.
pub fn registered_after(last: Option<&'static Sites>) -> impl Iterator<Item = &'static Sites> {
    // The id may have been seen by the record's thread before the lock was given back: then it is waited for.
    drop(patiently(&REGISTRY));
    let start = match last {
        Some(last) => last.next(),
        None => FIRST.get().copied(),
    };
    std::iter::successors(start, |sites| sites.next())
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;
    use crate::site::FunctionInfo;

    #[test]
    fn who_walks_the_list_finds_an_id_at_each() {
        static INFO: FunctionInfo = FunctionInfo::in_module("registry");
        const COUNT: usize = 2_000;
        let _alone = filter::ALONE.lock();
        // It admits all, and takes its time.
        let slow = "!nobody::**::here, ".repeat(50);
        filter::set(Some(filter::Filter::new(&slow).expect("a filter")));
        std::thread::scope(|scope| {
            scope.spawn(|| {
                for _ in 0..COUNT {
                    register(Box::leak(Box::new(Sites::new(&INFO)))).expect("an id");
                }
            });
            let (mut last, mut seen) = (None, 0);
            while seen < COUNT {
                for sites in registered_after(last) {
                    assert!(sites.first().is_some(), "as the recorder's thread sees it, which comes by once");
                    last = Some(sites);
                    seen += 1;
                }
            }
        });
        filter::set(None);
    }
}

//! Which sites have been hit: their ids and definitions, for as long as the process lives.

use crate::record::MAX_SITE;
use crate::site::{SiteId, Sites};
use parking_lot::Mutex;

struct Registry {
    next: u32,
    sites: Vec<&'static Sites>,
}

static REGISTRY: Mutex<Registry> = Mutex::new(Registry { next: 1, sites: Vec::new() });

/// Gives `sites` its ids, once. `None` where the four million ids of a process are used up.
pub(crate) fn register(sites: &'static Sites) -> Option<SiteId> {
    let mut registry = REGISTRY.lock();
    if let Some(first) = sites.first() {
        return Some(first);
    }
    let first = registry.next;
    let next = first.checked_add(sites.count()).filter(|next| *next <= MAX_SITE + 1)?;
    registry.next = next;
    registry.sites.push(sites);
    sites.set_first(SiteId(first));
    Some(SiteId(first))
}

/// The sites that were registered after the first `known` ones, in the order of their ids.
///
/// Whoever has drained a record finds its site here: it was registered before the record was published.
pub fn registered_since(known: usize) -> Vec<&'static Sites> {
    REGISTRY.lock().sites.get(known..).unwrap_or_default().to_vec()
}

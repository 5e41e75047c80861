//! What is known of the sites that a running program has hit.

use crate::event::SiteId;
use crate::format::StoredFunction;
use crate::info::SiteDef;
use crate::reader::sites::Sites as Defined;
use parking_lot::{RwLock, RwLockReadGuard};
use scope_core::clock::Clock;
use scope_core::site::Sites as Registered;
use std::collections::HashMap;
use std::sync::Arc;

/// A site, and what its events need besides.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub def: Arc<SiteDef>,
    /// A function that shows the values it gives back.
    pub shows_return: bool,
    /// A function whose calls are dated.
    pub is_dated: bool,
}

/// All of them, by id.
pub(crate) type Sites = HashMap<u32, Place>;

/// The sites that were hit so far: the recorder adds, others look.
#[derive(Debug, Default)]
pub(crate) struct Places {
    known: RwLock<Sites>,
}

impl Places {
    /// Adds what was registered after `last`, and moves that on.
    pub fn update(&self, last: &mut Option<&'static Registered>) {
        let mut fresh = scope_core::registered_after(*last).peekable();
        if fresh.peek().is_none() {
            return;
        }
        let mut known = self.known.write();
        for sites in fresh {
            *last = Some(sites);
            let Some(first) = sites.first() else { continue };
            let mut one = Defined::default();
            // It fails where ids or texts are beyond all bounds; its events then have no names.
            _ = one.add(vec![StoredFunction::new(first.0, sites.describe())]);
            let (shows_return, is_dated) = (one.shows_return(first.0), sites.clock() != Clock::None);
            let places = one.iter().map(|def| (def.id.0, Place { def: Arc::new(def.clone()), shows_return, is_dated }));
            known.extend(places);
        }
    }

    pub fn look(&self) -> RwLockReadGuard<'_, Sites> {
        self.known.read()
    }

    pub fn get(&self, id: SiteId) -> Option<Arc<SiteDef>> {
        self.look().get(&id.0).map(|place| Arc::clone(&place.def))
    }
}

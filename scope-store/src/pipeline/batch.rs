//! Events of one thread, as sinks and subscriptions get them.

use super::places::Places;
use crate::event::{Event, SiteId};
use crate::info::{SiteDef, ThreadDef};
use std::sync::Arc;

/// Consecutive events of one thread. Batches of different threads come in any order.
#[derive(Clone, Debug)]
pub struct EventBatch {
    pub(super) thread: Arc<ThreadDef>,
    pub(super) events: Vec<Event>,
    pub(super) places: Arc<Places>,
}

impl EventBatch {
    /// The thread. The one with the number 0 is none: it tells of what was lost outside of all rings.
    pub fn thread(&self) -> &ThreadDef {
        &self.thread
    }

    /// The events, in their order.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// What is known of a site.
    pub fn site(&self, id: SiteId) -> Option<Arc<SiteDef>> {
        self.places.get(id)
    }

    /// The place in the code of an event.
    pub fn place(&self, event: &Event) -> Option<Arc<SiteDef>> {
        self.site(event.site?)
    }
}

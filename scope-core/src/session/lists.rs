//! Lists that grow outside the lock that guards them.

use super::Session;
use crate::lock::patiently;

impl Session {
    /// Makes room for `more` rings in the lists: they grow outside the lock.
    pub(super) fn make_room(&self, more: usize) {
        let (mut live, mut fresh) = (Vec::new(), Vec::new());
        loop {
            let Some(mut rings) = patiently(&self.rings) else { return };
            let done = grow(&mut rings.live, &mut live, more) & grow(&mut rings.fresh, &mut fresh, more);
            let wanted = more + 2 * rings.live.len().max(rings.fresh.len());
            drop(rings);
            if done {
                return;
            }
            (live, fresh) = (Vec::with_capacity(wanted), Vec::with_capacity(wanted));
        }
    }
}

pub(super) fn has_room<T>(list: &Vec<T>, more: usize) -> bool {
    list.capacity() - list.len() >= more
}

/// Whether there is room for `more` in `list`, which moves into `larger` if need be.
fn grow<T>(list: &mut Vec<T>, larger: &mut Vec<T>, more: usize) -> bool {
    if !has_room(list, more) && larger.capacity() >= list.len() + more {
        larger.append(list);
        std::mem::swap(list, larger);
    }
    has_room(list, more)
}

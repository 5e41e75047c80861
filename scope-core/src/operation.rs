//! Which operation goes on on a thread.

use crate::own;
use crate::site::Sites;
use crate::utils::CorrelationId;
use crate::value::{Shown, ValueWriter};
use std::cell::Cell;
use std::marker::PhantomData;

/// The number of no operation.
const NONE: u128 = 0;

thread_local! {
    /// Without a destructor, so that it is there as long as the thread is.
    static CURRENT: Cell<u128> = const { Cell::new(NONE) };
}

/// The operation in force on this thread.
pub fn correlation() -> Option<CorrelationId> {
    Some(CURRENT.get()).filter(|id| *id != NONE).map(CorrelationId::from_u128)
}

/// What this thread does from now on is a part of the operation `id`. `sites` has a
/// [`PlaceKind::Correlation`](crate::site::PlaceKind::Correlation).
pub fn correlate(sites: &'static Sites, id: CorrelationId) -> Correlated {
    let before = begin(sites, id.to_u128());
    Correlated { sites, before, _here: PhantomData }
}

/// An operation goes on, until this is dropped: then the one before goes on again.
#[derive(Debug)]
#[must_use = "the operation ends where this is dropped"]
pub struct Correlated {
    sites: &'static Sites,
    before: u128,
    /// What it changes is this thread's.
    _here: PhantomData<*const ()>,
}

impl Drop for Correlated {
    fn drop(&mut self) {
        begin(self.sites, self.before);
    }
}

/// Gives back the operation before.
fn begin(sites: &'static Sites, id: u128) -> u128 {
    let before = CURRENT.replace(id);
    own::tell(sites, &[&Number(id)]);
    before
}

struct Number(u128);

impl Shown for Number {
    fn write(&self, w: &mut ValueWriter<'_>) {
        w.uint128(self.0);
    }
}

//! Types whose `Debug` or `Serialize` panics again and again: they are left alone. The program's panic hook hears of each panic, and a lock that
//! it goes through is poisoned; more of that would be worse than a value less.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU8, Ordering};

/// Behind the name of such a type.
pub(super) const PANICKED: &str = " (showing it panics)";

/// So often it may.
const MOST: u8 = 3;

struct Panicking {
    name: OnceLock<&'static str>,
    count: AtomicU8,
}

/// Of more types than these nobody remembers.
static TYPES: [Panicking; 32] = [const { Panicking { name: OnceLock::new(), count: AtomicU8::new(0) } }; 32];

/// Whether values of this type are left alone.
pub(super) fn is_known(name: &str) -> bool {
    let mut known = TYPES.iter().take_while(|known| known.name.get().is_some());
    known.any(|known| known.name.get() == Some(&name) && known.count.load(Ordering::Relaxed) >= MOST)
}

/// Code of the user's panicked for a value of this type.
pub(super) fn remember(name: &'static str) {
    let place = TYPES.iter().find(|place| *place.name.get_or_init(|| name) == name);
    if let Some(place) = place {
        // Two threads at once count one too few or too many: no matter.
        place.count.store(place.count.load(Ordering::Relaxed).saturating_add(1), Ordering::Relaxed);
    }
}

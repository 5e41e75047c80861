//! Watches for values whose code never comes back.

use scope_core::hooks;
use scope_core::session::ThreadRing;
use std::time::{Duration, Instant};

/// No value takes this long to be shown, unless it waits for something.
const PATIENCE: Duration = Duration::from_secs(2);

/// What was seen of a thread.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// The number of what it looks at, since when, and when that was last seen.
    looking: Option<(u64, Instant, Instant)>,
    /// The number of what was told.
    told: Option<u64>,
}

impl Seen {
    /// Looks again, and says on standard error, once, where a thread does not come back.
    pub(crate) fn look(&mut self, thread: &ThreadRing) {
        let Some(turn) = thread.watch.turn() else {
            self.looking = None;
            return;
        };
        let now = Instant::now();
        let since = match self.looking {
            // If there was no look for long, the process itself may have been stopped.
            Some((known, since, last)) if known == turn && now - last < PATIENCE => since,
            _ => now,
        };
        self.looking = Some((turn, since, now));
        if now - since < PATIENCE || self.told == Some(turn) {
            return;
        }
        let Some(value) = thread.watch.looking() else { return };
        self.told = Some(turn);
        let (name, id) = (thread.thread.name().unwrap_or("?"), thread.thread.id);
        hooks::tell(&format!(
            "scope: thread `{name}` ({id}) has been in the {} for {} s; if that waits for a lock which the program holds, it waits for \
             ever; to leave such values alone, write `opaque = [\"{}\"]` under `[defaults.capture]` in the plan, `scope.toml`\n",
            value.describe(),
            PATIENCE.as_secs(),
            value.glob(),
        ));
    }
}

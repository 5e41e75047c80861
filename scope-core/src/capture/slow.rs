//! Types whose `Debug` or `Serialize` takes long, again and again: they are left alone. What is written is short, but what a `Debug` does before
//! it writes nobody can cut: std's looks through a whole text for what to escape, a large number is made decimal. At each call that
//! makes minutes of milliseconds.

use std::cell::Cell;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;

use crate::clock::ticks;

/// Behind the name of such a type.
pub(super) const SLOW: &str = " (showing it takes long)";

/// A run of so many ticks is looked at: some 40 µs where the counter is that of the processor.
const SUSPICIOUS: u64 = 100_000;
/// What a run may take, in nanoseconds: what one takes less makes up for what another one took more.
const ALLOWED: u64 = 50_000;
/// The most that one run counts for, in nanoseconds: the thread may have slept meanwhile.
const MOST: u64 = 5_000_000;
/// What all runs may take more than that, in nanoseconds.
const BUDGET: u64 = 50_000_000;

pub(super) struct Suspect {
    name: OnceLock<&'static str>,
    /// What its runs took more than they may, in nanoseconds.
    excess: AtomicU64,
}

/// Of more types than these nobody keeps count.
static SUSPECTS: [Suspect; 32] = [const { Suspect { name: OnceLock::new(), excess: AtomicU64::new(0) } }; 32];
/// Whether there is any.
static ANY: AtomicBool = AtomicBool::new(false);

thread_local! {
    /// While a run is timed: nanoseconds that were counted for other types inside of it.
    static COUNTED: Cell<Option<u64>> = const { Cell::new(None) };
    /// What decides which runs are looked at.
    static DICE: Cell<u32> = const { Cell::new(1) };
}

/// A run of a type's code.
pub(super) enum Run {
    /// Nobody looks at it: reading the clock costs up to a tenth of what a small value does.
    Unseen,
    /// Of a type that was always quick, from these ticks on.
    Quick(u64),
    /// Of one that was not, with what was counted outside.
    Timed(&'static Suspect, Instant, Option<u64>),
}

/// The code of this type is about to be run. `None`: it has taken too long.
#[inline]
pub(super) fn begin(name: &str) -> Option<Run> {
    // Relaxed: all of this is a guess, and no other memory hangs on it.
    if ANY.load(Ordering::Relaxed) || is_looked_at() { look(name) } else { Some(Run::Unseen) }
}

/// It came back.
#[inline]
pub(super) fn end(name: &'static str, run: Run) {
    if !matches!(run, Run::Unseen) {
        count(name, run);
    }
}

/// One run of sixteen, at random: types that take turns are all looked at. (A linear congruential generator, by its highest bits.)
fn is_looked_at() -> bool {
    let next = DICE.get().wrapping_mul(0x915f_77f5).wrapping_add(1);
    DICE.set(next);
    next >> 28 == 0
}

#[cold]
fn look(name: &str) -> Option<Run> {
    match find(name) {
        Some(suspect) if suspect.excess.load(Ordering::Relaxed) >= BUDGET => None,
        Some(suspect) => Some(Run::Timed(suspect, Instant::now(), COUNTED.replace(Some(0)))),
        // All inside of a run that is timed is looked at, so that it does not pay for them.
        None if COUNTED.get().is_some() || is_looked_at() => Some(Run::Quick(ticks())),
        None => Some(Run::Unseen),
    }
}

#[cold]
fn count(name: &'static str, run: Run) {
    match run {
        Run::Unseen => {}
        Run::Quick(begun) if ticks().saturating_sub(begun) < SUSPICIOUS => {}
        Run::Quick(_) => suspect(name),
        Run::Timed(suspect, begun, outside) => {
            let took = u64::try_from(begun.elapsed().as_nanos()).unwrap_or(u64::MAX);
            let inside = COUNTED.replace(outside.map(|counted| counted.saturating_add(took)));
            let own = took.saturating_sub(inside.unwrap_or(0));
            let excess = suspect.excess.load(Ordering::Relaxed);
            suspect.excess.store((excess + own.min(MOST)).saturating_sub(ALLOWED), Ordering::Relaxed);
        }
    }
}

fn find(name: &str) -> Option<&'static Suspect> {
    let mut suspects = SUSPECTS.iter().take_while(|suspect| suspect.name.get().is_some());
    suspects.find(|suspect| suspect.name.get() == Some(&name))
}

#[cold]
fn suspect(name: &'static str) {
    _ = SUSPECTS.iter().find(|suspect| *suspect.name.get_or_init(|| name) == name);
    ANY.store(true, Ordering::Relaxed);
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn run(name: &'static str, takes: Duration) -> bool {
        let Some(run) = begin(name) else { return false };
        let begun = Instant::now();
        while begun.elapsed() < takes {}
        end(name, run);
        true
    }

    #[test]
    fn who_takes_long_again_and_again_is_left_alone() {
        let long = Duration::from_millis(5);
        let runs = (0..2000).take_while(|_| run("slow", long)).count();
        assert!((10..1000).contains(&runs), "{runs}");
        assert!(run("another", long));
    }

    #[test]
    fn who_takes_long_now_and_then_is_not() {
        while find("sometimes").is_none() {
            assert!(run("sometimes", Duration::from_millis(5)));
        }
        for _ in 0..15 {
            assert!(run("sometimes", Duration::from_millis(5)));
            (0..200).for_each(|_| assert!(run("sometimes", Duration::ZERO)));
        }
    }

    #[test]
    fn what_is_inside_does_not_count() {
        for _ in 0..300 {
            let outer = begin("outer").expect("it takes no time");
            _ = run("inner", Duration::from_millis(5));
            end("outer", outer);
        }
        assert!(!run("inner", Duration::ZERO) && run("outer", Duration::ZERO));
    }
}

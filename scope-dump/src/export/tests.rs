//! Whatever a log holds, what begins on a thread ends on it.

use std::collections::HashMap;
use std::io;

use proptest::prelude::*;
use scope_core::record::{Kind, TaskEnd};

use super::Weight;
use super::player::{Played, Player, Window};
use super::stacks::{ROOT, Stacks};
use super::timeline::{End, ThreadKey, Timeline, Told};
use crate::cli::SelectArgs;
use crate::filter::{Filter, of_store};
use crate::log::{LogReader, Store};

#[path = "../../tests/common/made.rs"]
mod made;

/// Checks as it is told.
#[derive(Debug, Default)]
struct Checked {
    stacks: HashMap<ThreadKey, Vec<Option<u64>>>,
    times: HashMap<ThreadKey, u64>,
    tasks: Vec<u64>,
    begins: u64,
    /// Of calls, wherever their slices are.
    exits: Vec<u64>,
}

impl Timeline for Checked {
    fn tell(&mut self, thread: ThreadKey, time: u64, told: Told<'_>) -> io::Result<()> {
        let last = self.times.entry(thread).or_default();
        assert!(time >= *last, "{thread:?} goes back from {last} to {time}");
        *last = time;
        let stack = self.stacks.entry(thread).or_default();
        match told {
            Told::Begin(slice) => {
                self.begins += 1;
                stack.push(slice.call.map(|call| call.0));
            }
            Told::End(slice, end) => {
                assert_eq!(stack.pop(), Some(slice.call.map(|call| call.0)));
                if let (End::Exit { .. }, Some(call)) = (end, slice.call) {
                    self.exits.push(call.0);
                }
            }
            Told::TaskBegin(slice) => {
                let call = slice.call.expect("a task is a call").0;
                assert!(!self.tasks.contains(&call));
                self.tasks.push(call);
            }
            Told::TaskEnd(slice, _) => {
                let call = slice.call.expect("a task is a call").0;
                let at = self.tasks.iter().position(|open| *open == call).expect("it has begun");
                self.tasks.swap_remove(at);
            }
            Told::Event(..) => {}
        }
        Ok(())
    }
}

const ALL: Window = Window { since: 0, until: u64::MAX, max_events: None, details: true };

fn play(log: Vec<u8>, window: Window, timeline: &mut dyn Timeline) -> Played {
    let store = Store::new(vec![LogReader::from_bytes(log).expect("a log")]);
    let filter = Filter::of(&of_store(&SelectArgs::default(), &store));
    let mut player = Player::new(&store, &filter, window, timeline);
    for event in store.all_events() {
        if !player.event(event.expect("whole")).expect("taken") {
            break;
        }
    }
    player.finish().expect("taken")
}

fn balanced(log: Vec<u8>, window: Window) -> (Checked, Played) {
    let mut checked = Checked::default();
    let played = play(log, window, &mut checked);
    assert!(checked.stacks.values().all(Vec::is_empty), "{checked:?}");
    assert!(checked.tasks.is_empty(), "{checked:?}");
    (checked, played)
}

/// Its id, and when it began.
type Task = (u64, u64);

/// What three threads record, from choices: calls, tasks that wander, losses, ends that are missing.
fn threads(choices: &[(u8, u8)]) -> Vec<(Option<&'static str>, Vec<u64>)> {
    let mut words = vec![Vec::new(), Vec::new(), Vec::new()];
    let mut open = vec![Vec::<(u64, Option<Task>)>::new(); 3];
    let mut calls = [0u64; 3];
    let mut waiting: Vec<(u64, u64, u64)> = Vec::new();
    for (step, &(action, choice)) in choices.iter().enumerate() {
        let (thread, ticks) = (usize::from(choice % 3), 2000 + 10 * step as u64);
        let record = match (action % 9, open[thread].last().copied()) {
            (0..=2, _) => {
                calls[thread] += 1;
                open[thread].push((calls[thread], None));
                made::record(Kind::Entry, 6, calls[thread], &[ticks], |w| w.uint(step as u64))
            }
            (3, _) => {
                calls[thread] += 1;
                let task = (thread as u64 + 1) << 40 | calls[thread];
                open[thread].push((calls[thread], Some((task, ticks))));
                made::record(Kind::TaskEntry, 1, calls[thread], &[ticks, task], |w| w.unit())
            }
            (4, Some((call, Some((task, began))))) => {
                open[thread].pop();
                waiting.push((call, task, began));
                made::plain(Kind::Suspend, 1, call, &[ticks, task])
            }
            (5, _) if !waiting.is_empty() => {
                let (call, task, began) = waiting.remove(usize::from(choice) % waiting.len());
                if choice.is_multiple_of(5) {
                    made::plain(Kind::TaskExit, 1, call, &[ticks, task, began, TaskEnd::Cancelled as u64])
                } else {
                    open[thread].push((call, Some((task, began))));
                    made::plain(Kind::Resume, 1, call, &[ticks, task])
                }
            }
            (6, _) if choice.is_multiple_of(4) => {
                // What ended meanwhile is not told.
                let keep = usize::from(choice / 4) % (open[thread].len() + 1);
                open[thread].truncate(keep);
                made::plain(Kind::Lost, 0, 0, &[ticks, 3, calls[thread]])
            }
            (7, _) => made::plain(Kind::Line, 9, 0, &[]),
            (_, Some((call, Some((task, began))))) => {
                open[thread].pop();
                made::plain(Kind::TaskExit, 1, call, &[ticks, task, began, TaskEnd::Completed as u64])
            }
            (_, Some((call, None))) => {
                open[thread].pop();
                let kind = if choice.is_multiple_of(7) { Kind::Panic } else { Kind::Exit };
                made::plain(kind, 6, call, &[ticks])
            }
            (_, None) => made::plain(Kind::Line, 9, 0, &[]),
        };
        words[thread].extend(record);
    }
    words.into_iter().map(|words| (None, words)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_begins_ends(choices in prop::collection::vec(any::<(u8, u8)>(), 0..120)) {
        balanced(made::write(&threads(&choices)), ALL);
    }

    #[test]
    fn any_window_is_whole(
        choices in prop::collection::vec(any::<(u8, u8)>(), 0..80),
        from in 1900u64..2900,
        length in 0u64..900,
        max in prop::option::of(1u64..60),
    ) {
        let window = Window { since: from, until: from + length, max_events: max, details: false };
        let (checked, played) = balanced(made::write(&threads(&choices)), window);
        prop_assert!(checked.times.values().all(|time| (window.since..=window.until).contains(time)));
        if let Some(max) = max {
            prop_assert!(checked.begins <= max);
            prop_assert!(played.cut.is_none() || played.events >= max);
        }
    }

    #[test]
    fn stacks_hold_the_time_that_slices_took(choices in prop::collection::vec(any::<(u8, u8)>(), 0..80), limit in 2usize..20) {
        let log = made::write(&threads(&choices));
        let mut all = Stacks::new(Weight::Time, None, usize::MAX);
        play(log.clone(), ALL, &mut all);
        let mut few = Stacks::new(Weight::Time, None, limit);
        play(log.clone(), ALL, &mut few);
        // However few are kept apart, nothing is left out.
        prop_assert_eq!(all.totals()[ROOT as usize], few.totals()[ROOT as usize]);
        let mut outermost = Outermost::default();
        play(log, ALL, &mut outermost);
        prop_assert_eq!(all.totals()[ROOT as usize], outermost.sum);
    }
}

/// The time in which a thread was in any call.
#[derive(Debug, Default)]
struct Outermost {
    open: HashMap<ThreadKey, (u64, u64)>,
    sum: u64,
}

impl Timeline for Outermost {
    fn tell(&mut self, thread: ThreadKey, time: u64, told: Told<'_>) -> io::Result<()> {
        let (depth, since) = self.open.entry(thread).or_default();
        match told {
            Told::Begin(_) => {
                if *depth == 0 {
                    *since = time;
                }
                *depth += 1;
            }
            Told::End(..) => {
                *depth -= 1;
                if *depth == 0 {
                    self.sum += time - *since;
                }
            }
            _ => {}
        }
        Ok(())
    }
}

#[test]
fn calls_that_are_open_at_a_window_s_edges_are_in_it() {
    // Inside of `odd`, which `work` called; `serve` waits.
    let window = Window { since: 2250, until: 2280, max_events: None, details: false };
    let (checked, _) = balanced(made::log(), window);
    assert_eq!(checked.begins, 2, "nothing happens in between, but these are open");
    let spans: Vec<_> = checked.times.values().collect();
    assert_eq!(
        (checked.exits.len(), spans),
        (0, vec![&2280, &2280]),
        "they end where the window does, and so does the task"
    );
    let window = Window { since: 2250, until: 2460, max_events: None, details: false };
    let (checked, _) = balanced(made::log(), window);
    assert_eq!(checked.begins, 3, "`work` and `odd`, which were open, and `work`, which began");
    assert_eq!(checked.exits, [2 << 40 | 2, 2 << 40 | 1]);
}

#[test]
fn the_first_events_are_played_and_no_more() {
    let (_, all) = balanced(made::log(), ALL);
    assert_eq!(all.cut, None);
    let (_, exactly) = balanced(made::log(), Window { max_events: Some(all.events), ..ALL });
    assert_eq!(exactly, all);
    let (checked, some) = balanced(made::log(), Window { max_events: Some(5), ..ALL });
    assert!(checked.begins <= 5 && some.events >= 5 && some.cut.is_some());
}

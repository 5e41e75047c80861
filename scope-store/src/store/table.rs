//! What is counted for each function.

use super::Histogram;
use crate::event::{EventKind, Outcome, SiteId};
use crate::reader::LogReader;
use std::collections::HashMap;

/// What the calls of one function came to.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct FunctionStatistics {
    /// The function's path; empty where its definition is damaged.
    pub function: String,
    /// Calls that ended.
    pub calls: u64,
    /// Those whose duration is not known: of functions that are not dated, or because records were lost.
    pub untimed: u64,
    /// Calls that began, and whose end is not in the log. They are not in `calls`.
    pub unfinished: u64,
    /// Calls that left by a `?`, or gave back an `Err`.
    pub errors: u64,
    /// Calls that a panic ended.
    pub panics: u64,
    /// Async calls whose future was dropped before its end.
    pub cancelled: u64,
    /// Nanoseconds in it and what it called, waits included. A call inside another one of the same function is not counted again.
    pub total: u64,
    /// Nanoseconds in it itself: what the calls took that it made is taken off. Of an async call its waits are a part, but not those of what
    /// it awaits, as far as that is recorded.
    pub own: u64,
    /// Some of its calls are async: their durations have waits in them.
    pub is_async: bool,
    /// The durations of its calls.
    pub durations: Histogram,
}

impl FunctionStatistics {
    /// Adds what was counted elsewhere.
    pub(super) fn merge(&mut self, other: &Self) {
        self.calls += other.calls;
        self.untimed += other.untimed;
        self.unfinished += other.unfinished;
        self.errors += other.errors;
        self.panics += other.panics;
        self.cancelled += other.cancelled;
        self.total = self.total.saturating_add(other.total);
        self.own = self.own.saturating_add(other.own);
        self.is_async |= other.is_async;
        self.durations.merge(&other.durations);
    }

    /// Counts a call that ended as `exit` says. `inner`: nanoseconds in the calls that it made. `outermost`: it is in no call of the same function.
    pub(super) fn ended(&mut self, exit: &EventKind, inner: u64, outermost: bool) {
        let EventKind::Exit { outcome, value, duration, .. } = exit else { return };
        self.calls += 1;
        match outcome {
            Outcome::Panicked => self.panics += 1,
            Outcome::Cancelled => self.cancelled += 1,
            Outcome::Early => self.errors += 1,
            _ if value.as_ref().is_some_and(|value| value.is_err()) => self.errors += 1,
            _ => {}
        }
        let Some(duration) = *duration else {
            self.untimed += 1;
            return;
        };
        self.durations.add(duration);
        self.own = self.own.saturating_add(duration.saturating_sub(inner));
        if outermost {
            self.total = self.total.saturating_add(duration);
        }
    }
}

/// Functions, by number.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub rows: Vec<FunctionStatistics>,
    numbers: HashMap<String, u32>,
}

impl Table {
    /// The number of the function with this path.
    pub fn number(&mut self, function: &str) -> u32 {
        if let Some(number) = self.numbers.get(function) {
            return *number;
        }
        let number = self.rows.len() as u32;
        self.rows.push(FunctionStatistics { function: function.to_owned(), ..FunctionStatistics::default() });
        self.numbers.insert(function.to_owned(), number);
        number
    }

    pub fn row(&mut self, number: u32) -> Option<&mut FunctionStatistics> {
        self.rows.get_mut(number as usize)
    }

    /// Adds what was counted elsewhere.
    pub fn merge(&mut self, other: &Self) {
        for row in &other.rows {
            let number = self.number(&row.function);
            if let Some(mine) = self.row(number) {
                mine.merge(row);
            }
        }
    }
}

/// The functions of a log's sites, by their numbers in a table.
#[derive(Debug)]
pub(super) struct Functions {
    /// By site; who damages a log may give a site any number, so that those are few which have a place here.
    small: Vec<u32>,
    large: HashMap<u32, u32>,
    unknown: u32,
}

/// Sites up to here are found without a search.
const SMALL: u32 = 1 << 16;

impl Functions {
    pub fn new(log: &LogReader, table: &mut Table) -> Self {
        let unknown = table.number("");
        let mut this = Self { small: Vec::new(), large: HashMap::new(), unknown };
        for site in log.sites() {
            let number = table.number(&site.function);
            match site.id.0 {
                id @ 0..SMALL => {
                    let at = id as usize;
                    if at >= this.small.len() {
                        this.small.resize(at + 1, unknown);
                    }
                    this.small[at] = number;
                }
                id => _ = this.large.insert(id, number),
            }
        }
        this
    }

    pub fn of(&self, site: Option<SiteId>) -> u32 {
        let Some(site) = site else { return self.unknown };
        let large = || self.large.get(&site.0).copied().unwrap_or(self.unknown);
        self.small.get(site.0 as usize).copied().unwrap_or_else(large)
    }
}

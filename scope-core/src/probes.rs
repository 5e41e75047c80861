//! The probes that woven code has most of, as methods: for the compiler that is less than the path of a function, each time. No trait
//! of a user's has methods of these names. (Woven code borrows the static itself: without that clippy would take it for a mutated one.)

use crate::call::{Call, complete, is_idle, write};
use crate::clock;
use crate::entry::Entry;
use crate::local;
use crate::record::Kind;
use crate::site::Sites;
use crate::task::Task;

#[doc(hidden)]
impl Sites {
    /// See [`function_entry`](crate::call::function_entry).
    pub extern "C" fn __scope_entry(&'static self) -> Call {
        self.entry(Kind::Entry)
    }

    /// The same, with the line that is the function's first place.
    pub extern "C" fn __scope_entry_line(&'static self) -> Call {
        self.entry(Kind::EntryLine)
    }

    #[inline(always)]
    fn entry(&'static self, kind: Kind) -> Call {
        if is_idle() {
            return Call::unrecorded(self);
        }
        local::with(|local| {
            if local.is_busy() {
                return Call::unrecorded(self);
            }
            local.begin();
            let number = local.next_call();
            match complete(local, self, kind, 0, number, || [clock::ticks()]) {
                true => Call::begun(self, number),
                false => Call::unrecorded(self),
            }
        })
    }

    /// Begins the record of a call with `count` arguments.
    pub extern "C" fn __scope_begin_entry(&'static self, count: usize) -> Entry {
        Entry::begin(self, 1, count)
    }

    /// See [`task_entry`](crate::task::task_entry).
    pub extern "C" fn __scope_task(&'static self) -> Task {
        let began = clock::ticks();
        local::with(|local| {
            if local.is_busy() {
                return Task::begun(self, 0, began);
            }
            local.begin();
            let number = local.next_call();
            // The id is asked for after the record's room was found: the thread may get its number only then.
            let live = complete(local, self, Kind::TaskEntry, 0, number, || [began, local.call_id(number)]);
            Task::begun(self, if live { local.call_id(number) } else { 0 }, began)
        })
    }

    /// Begins the record of an async call with `count` arguments.
    pub extern "C" fn __scope_begin_task(&'static self, count: usize) -> Entry {
        Entry::begin(self, 2, count)
    }

    /// See [`line`](crate::call::line).
    pub extern "C" fn __scope_line(&'static self, place: usize) {
        self.line(Kind::Line, place);
    }

    /// Records a line, and that of the next place with it: nothing happens between them.
    pub extern "C" fn __scope_lines(&'static self, place: usize) {
        self.line(Kind::Lines, place);
    }

    #[inline(always)]
    fn line(&'static self, kind: Kind, place: usize) {
        if is_idle() {
            return;
        }
        local::with(|local| write(local, self, kind, 1 + place as u32, 0, || []));
    }
}

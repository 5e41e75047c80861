//! Which calls are open on a thread, what each was called by, and which operation it is a part of.

use crate::event::{CallId, CorrelationId, Event, EventKind};
use crate::format::{StoredGoing, StoredOpen, StoredWaiting};
use std::collections::HashMap;

/// Depths at which calls are remembered.
const DEPTHS: usize = 1 << 16;
/// Calls that can be suspended which are remembered.
const TASKS: usize = 1 << 16;

#[derive(Clone, Copy, Debug, Default)]
struct Open {
    call: Option<CallId>,
    parent: Option<CallId>,
    correlation: Option<CorrelationId>,
}

/// See the module's text.
#[derive(Debug, Default)]
pub(crate) struct Lineage {
    /// By depth.
    open: Vec<Open>,
    /// Outside of all calls.
    outside: Option<CorrelationId>,
    /// An operation was told.
    operations: bool,
    /// Calls that can be suspended, and go on at another depth.
    tasks: HashMap<CallId, Open>,
}

impl Lineage {
    /// Tells the next event of the thread what it belongs to. An entry knows its parent.
    #[inline(always)]
    pub fn tell(&mut self, event: &mut Event) {
        if !self.tell_plain(event) {
            self.tell_all(event);
        }
    }

    /// The same of entries and exits where no operation was ever told, and no call was suspended. False: it takes more.
    #[inline(always)]
    fn tell_plain(&mut self, event: &mut Event) -> bool {
        if self.operations {
            return false;
        }
        match (&event.kind, self.open.get_mut(event.depth as usize)) {
            (EventKind::Entry { is_async: false, .. }, Some(open)) => {
                (open.call, open.parent) = (event.call, event.parent);
                true
            }
            (EventKind::Exit { .. }, Some(open)) if open.call == event.call && self.tasks.is_empty() => {
                event.parent = open.parent;
                true
            }
            _ => false,
        }
    }

    #[inline(never)]
    fn tell_all(&mut self, event: &mut Event) {
        let depth = event.depth as usize;
        match &event.kind {
            EventKind::Entry { is_async, .. } => {
                let open = Open { call: event.call, parent: event.parent, correlation: self.around(event.depth) };
                if let (true, Some(call)) = (*is_async, event.call) {
                    // Those that end on other threads are never taken out here.
                    if self.tasks.len() >= TASKS {
                        self.tasks.clear();
                    }
                    self.tasks.insert(call, open);
                }
                event.correlation = open.correlation;
                self.set(depth, open);
            }
            EventKind::Resumed => {
                let known = event.call.and_then(|call| self.tasks.get(&call).copied());
                let open = known.unwrap_or(Open { call: event.call, ..Open::default() });
                // Who polls it says again which operation that is for. What it was told on another thread is not known here.
                let open = Open { correlation: self.around(event.depth).or(open.correlation), ..open };
                (event.parent, event.correlation) = (open.parent, open.correlation);
                self.set(depth, open);
            }
            EventKind::Exit { .. } | EventKind::Suspended => {
                let open = self.open.get(depth).copied().unwrap_or_default();
                let open = if open.call == event.call { open } else { self.task(event.call) };
                (event.parent, event.correlation) = (open.parent, open.correlation);
                let task = event.call.filter(|_| !self.tasks.is_empty());
                if let Some(task) = task.and_then(|call| self.tasks.get_mut(&call)) {
                    *task = open;
                }
                if let (EventKind::Exit { .. }, Some(call)) = (&event.kind, task) {
                    self.tasks.remove(&call);
                }
            }
            EventKind::Correlated { id } => {
                self.operations = true;
                event.correlation = *id;
                match depth.checked_sub(1).and_then(|at| self.open.get_mut(at)) {
                    Some(open) => (open.correlation, event.parent) = (*id, open.parent),
                    None => self.outside = *id,
                }
            }
            _ => {
                let open = depth.checked_sub(1).and_then(|at| self.open.get(at)).filter(|open| open.call == event.call);
                match open {
                    Some(open) => (event.parent, event.correlation) = (open.parent, open.correlation),
                    None => event.correlation = self.outside,
                }
            }
        }
    }

    /// These calls were open where the log begins, from the outside in, and this went on.
    pub fn carry(&mut self, open: &[StoredOpen], going: &StoredGoing) {
        let id = |id| if id == 0 { None } else { Some(CallId(id)) };
        let operation = |id: u128| if id == 0 { None } else { Some(CorrelationId::from_u128(id)) };
        self.outside = operation(going.outside);
        self.operations = going.has_operations();
        for waiting in going.waiting.iter().take(TASKS) {
            let StoredWaiting { call, parent, operation: of } = *waiting;
            let open = Open { call: id(call), parent: id(parent), correlation: operation(of) };
            self.tasks.insert(CallId(call), open);
        }
        let (mut operations, mut current) = (going.operations.iter().peekable(), self.outside);
        for (at, stored) in open.iter().enumerate() {
            while let Some((_, id)) = operations.next_if(|(from, _)| *from as usize <= at) {
                current = operation(*id);
            }
            let open = Open { call: id(stored.call), parent: id(stored.parent), correlation: current };
            if stored.is_async() && self.tasks.len() < TASKS {
                self.tasks.insert(CallId(stored.call), open);
            }
            self.set(stored.depth as usize, open);
        }
    }

    fn task(&self, call: Option<CallId>) -> Open {
        call.and_then(|call| self.tasks.get(&call).copied()).unwrap_or_default()
    }

    fn around(&self, depth: u32) -> Option<CorrelationId> {
        match depth.checked_sub(1) {
            Some(above) => self.open.get(above as usize).and_then(|open| open.correlation),
            None => self.outside,
        }
    }

    #[inline(always)]
    fn set(&mut self, depth: usize, open: Open) {
        match self.open.get_mut(depth) {
            Some(known) => *known = open,
            None => self.set_deeper(depth, open),
        }
    }

    #[cold]
    fn set_deeper(&mut self, depth: usize, open: Open) {
        if depth < DEPTHS {
            if depth >= self.open.len() {
                let outside = Open { correlation: self.outside, ..Open::default() };
                self.open.resize(depth + 1, outside);
            }
            self.open[depth] = open;
        }
    }
}

//! Plays logs to a [`Timeline`]: keeps the stack of each thread, and makes whole what is not.

use std::collections::{BTreeMap, HashMap};
use std::io;

use scope_store::store::CallKey;

use super::open::{Lane, Open, Task};
use super::timeline::{End, Slice, ThreadKey, Timeline, Told};
use crate::filter::{Filter, kind_of};
use crate::log::{CallId, EventKind, Kind, Located, Store};

/// What is played, of logs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    /// Nanoseconds since the Unix epoch, both included.
    pub since: u64,
    pub until: u64,
    /// The most events.
    pub max_events: Option<u64>,
    /// Lines and values, too.
    pub details: bool,
}

/// What was played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Played {
    /// How many events.
    pub events: u64,
    /// There was more than may be played: when the last one was.
    pub cut: Option<u64>,
}

/// See the module's text.
pub(crate) struct Player<'a> {
    store: &'a Store,
    filter: &'a Filter,
    window: Window,
    timeline: &'a mut dyn Timeline,
    /// Are calls among the kinds that are asked for?
    calls: bool,
    lanes: BTreeMap<ThreadKey, Lane>,
    tasks: HashMap<CallKey, Task>,
    /// The window has begun.
    live: bool,
    played: u64,
    /// There was more than may be played.
    full: bool,
    last: u64,
}

impl<'a> Player<'a> {
    pub fn new(store: &'a Store, filter: &'a Filter, window: Window, timeline: &'a mut dyn Timeline) -> Self {
        let calls = filter.kind(Kind::Entry) || filter.kind(Kind::Exit);
        let (lanes, tasks) = (BTreeMap::new(), HashMap::new());
        Self { store, filter, window, timeline, calls, lanes, tasks, live: false, played: 0, full: false, last: 0 }
    }

    /// Takes the next event. `false`: nothing that follows is wanted.
    pub fn event(&mut self, located: Located) -> io::Result<bool> {
        let (time, at) = (located.event.time, self.thread(&located));
        if !self.live && time >= self.window.since && self.window.since <= self.window.until {
            self.live = true;
            self.begin_window(self.window.since)?;
        }
        if time > self.window.until {
            self.last = self.window.until;
            return Ok(false);
        }
        match &located.event.kind {
            EventKind::Entry { .. } => self.entry(at, located)?,
            EventKind::Exit { .. } => self.exit(at, &located)?,
            EventKind::Suspended => self.suspended(at, &located)?,
            EventKind::Resumed => self.resumed(at, &located)?,
            EventKind::ThreadEnded => {
                self.unwind(at, 0, time)?;
                self.other(at, &located)?;
            }
            _ => self.other(at, &located)?,
        }
        if self.live && !self.full {
            self.last = self.last.max(time);
        }
        Ok(!self.full)
    }

    /// Ends all that is open. The time at which that was, if there was more.
    pub fn finish(mut self) -> io::Result<Played> {
        let threads: Vec<ThreadKey> = self.lanes.keys().copied().collect();
        for at in threads {
            while let Some(open) = self.lanes.get_mut(&at).and_then(|lane| lane.stack.pop()) {
                self.end(at, self.last, &open, End::Open)?;
            }
        }
        let mut tasks: Vec<(CallKey, Task)> = self.tasks.drain().filter(|(_, task)| task.open.told).collect();
        tasks.sort_by_key(|(call, _)| *call);
        for (_, task) in tasks {
            self.task_end(task.at, self.last, &task.open, End::Open)?;
        }
        Ok(Played { events: self.played, cut: self.full.then_some(self.last) })
    }

    fn entry(&mut self, at: ThreadKey, located: Located) -> io::Result<()> {
        let event = &located.event;
        let time = event.time;
        // What the log lacks may have been the ends of calls: those above the parent are over, for sure.
        let stack = self.lanes.entry(at).or_default().stack.as_slice();
        let around = match event.parent {
            Some(parent) => stack.iter().rposition(|open| open.call == Some(parent)).map(|at| at + 1),
            None => (event.depth == 0).then_some(0),
        };
        if let Some(around) = around {
            self.unwind(at, around, time)?;
        }
        let inside = self.is_inside(at, &located);
        let is_async = matches!(event.kind, EventKind::Entry { is_async: true, .. });
        let mut open = Open::of(&located, is_async, inside);
        let EventKind::Entry { args, .. } = located.event.kind else { return Ok(()) };
        open.args = args;
        if self.wants(&open, at) && self.room() {
            if is_async {
                self.tell(at, time, Told::TaskBegin, &open)?;
            }
            self.begin(at, time, &mut open)?;
        }
        if let (true, Some(call)) = (is_async, call(at, open.call)) {
            self.tasks.insert(call, Task { open: open.clone(), at, running: true });
        }
        self.push(at, open);
        Ok(())
    }

    fn exit(&mut self, here: ThreadKey, located: &Located) -> io::Result<()> {
        let event = &located.event;
        let EventKind::Exit { outcome, value, line, .. } = &event.kind else { return Ok(()) };
        let end = End::Exit { outcome: *outcome, value: value.as_ref(), line: *line };
        let task = call(here, event.call).and_then(|call| self.tasks.remove(&call));
        let at = match &task {
            Some(task) if task.running => task.at,
            _ => here,
        };
        let open = self.take(at, event.call, event.time)?;
        let mut told = false;
        if let Some(open) = open {
            told |= open.told;
            self.end(at, event.time, &open, end)?;
        }
        if let Some(task) = task
            && task.open.told
        {
            told = true;
            self.task_end(here, event.time, &task.open, end)?;
        }
        // Its entry was lost, or it is not asked for as a call; but ends like this one may be.
        if told { Ok(()) } else { self.other(here, located) }
    }

    fn suspended(&mut self, at: ThreadKey, located: &Located) -> io::Result<()> {
        let event = &located.event;
        if let Some(task) = call(at, event.call).and_then(|call| self.tasks.get_mut(&call)) {
            task.running = false;
            task.open.waits = task.open.waits.saturating_add(1);
        }
        if let Some(open) = self.take(at, event.call, event.time)? {
            self.end(at, event.time, &open, End::Suspended)?;
        }
        if self.calls { Ok(()) } else { self.other(at, located) }
    }

    fn resumed(&mut self, at: ThreadKey, located: &Located) -> io::Result<()> {
        let time = located.event.time;
        let Some(call) = call(at, located.event.call) else { return self.other(at, located) };
        let inside = self.is_inside(at, located);
        let task = self.tasks.remove(&call).unwrap_or_else(|| {
            let open = Open { waits: 1, is_clipped: true, ..Open::of(located, true, inside) };
            Task { open, at, running: false }
        });
        if task.running {
            // That it waited is lost.
            if let Some(open) = self.take(task.at, Some(call.call), time)? {
                self.end(task.at, time, &open, End::Lost)?;
            }
        }
        let mut task = Task { at, running: true, ..task };
        task.open.inside |= self.is_inside(at, located);
        let mut open = Open { told: false, ..task.open.clone() };
        if self.wants(&open, at) && self.room() {
            if !task.open.told {
                task.open.is_clipped = true;
                self.tell(at, time, Told::TaskBegin, &task.open)?;
                task.open.told = true;
            }
            // The arguments were told, if ever, where it was called.
            open.args = Vec::new();
            self.begin(at, time, &mut open)?;
        }
        self.tasks.insert(call, task);
        self.push(at, open);
        if self.calls { Ok(()) } else { self.other(at, located) }
    }

    /// All that is no begin and no end of a call.
    fn other(&mut self, at: ThreadKey, located: &Located) -> io::Result<()> {
        let (event, site) = (&located.event, self.store.site(located));
        let kind = kind_of(event, site);
        let is_detail = matches!(
            event.kind,
            EventKind::Line
                | EventKind::Values { .. }
                | EventKind::ThreadStarted
                | EventKind::ThreadEnded
                | EventKind::Correlated { .. }
        );
        let shown = self.live
            && (!is_detail || self.window.details || self.filter.chooses_kinds())
            && self.filter.kind(kind)
            && self.filter.thread(at.thread, self.store.thread(located))
            // What was lost may be of any function.
            && (matches!(kind, Kind::Lost | Kind::Mark) || self.is_inside(at, located));
        if shown && self.room() {
            let time = self.time(at, event.time);
            self.timeline.tell(at, time, Told::Event(located, site))?;
        }
        Ok(())
    }

    /// Tells what is open when the window begins.
    fn begin_window(&mut self, time: u64) -> io::Result<()> {
        let mut tasks: Vec<CallKey> = self.tasks.keys().copied().collect();
        tasks.sort();
        for call in tasks {
            let Some(mut task) = self.tasks.remove(&call) else { continue };
            task.open.is_clipped = true;
            if self.wants(&task.open, task.at) && self.room() {
                self.tell(task.at, time, Told::TaskBegin, &task.open)?;
                task.open.told = true;
            }
            self.tasks.insert(call, task);
        }
        let threads: Vec<ThreadKey> = self.lanes.keys().copied().collect();
        for at in threads {
            let mut stack = self.lanes.get_mut(&at).map(|lane| std::mem::take(&mut lane.stack)).unwrap_or_default();
            for open in &mut stack {
                open.is_clipped = true;
                if self.wants(open, at) && self.room() {
                    self.begin(at, time, open)?;
                }
            }
            self.lanes.entry(at).or_default().stack = stack;
        }
        Ok(())
    }

    /// Takes this call off the stack of the thread; what is above it has ended, too.
    fn take(&mut self, at: ThreadKey, call: Option<CallId>, time: u64) -> io::Result<Option<Open>> {
        let (Some(call), Some(lane)) = (call, self.lanes.get(&at)) else { return Ok(None) };
        let Some(index) = lane.stack.iter().rposition(|open| open.call == Some(call)) else { return Ok(None) };
        self.unwind(at, index + 1, time)?;
        Ok(self.lanes.get_mut(&at).and_then(|lane| lane.stack.pop()))
    }

    /// Ends what is open on the thread, but for the outermost `keep` calls: their ends are not known.
    fn unwind(&mut self, at: ThreadKey, keep: usize, time: u64) -> io::Result<()> {
        while let Some(open) = self.lanes.get_mut(&at).and_then(|lane| lane.pop_above(keep)) {
            self.end(at, time, &open, End::Lost)?;
            if let Some(task) = call(at, open.call).and_then(|call| self.tasks.get_mut(&call)) {
                task.running = false;
            }
        }
        Ok(())
    }

    fn push(&mut self, at: ThreadKey, open: Open) {
        self.lanes.entry(at).or_default().stack.push(open);
    }

    /// Is this asked for, or a call that is open around it?
    fn is_inside(&self, at: ThreadKey, located: &Located) -> bool {
        let around = self.lanes.get(&at).and_then(|lane| lane.stack.last());
        let (site, thread) = (self.store.site(located), self.store.thread(located));
        around.is_some_and(|open| open.inside) || self.filter.chosen(&located.event, site, thread)
    }

    fn wants(&self, open: &Open, at: ThreadKey) -> bool {
        self.live && self.calls && open.inside && (!self.filter.chooses_threads() || self.is_chosen(at))
    }

    /// Is this thread asked for? Which of the process's logs knows it does not matter.
    fn is_chosen(&self, at: ThreadKey) -> bool {
        let logs = self.store.logs().iter().enumerate();
        let mut logs = logs.filter(|(log, _)| self.store.process(*log) == at.process);
        self.filter.thread(at.thread, logs.find_map(|(_, log)| log.thread(at.thread)))
    }

    /// The thread of an event.
    fn thread(&self, located: &Located) -> ThreadKey {
        ThreadKey { process: self.store.process(located.log), thread: located.event.thread }
    }

    /// May one more event be played? What has begun always may end.
    fn room(&mut self) -> bool {
        self.full |= self.window.max_events.is_some_and(|max| self.played >= max);
        self.played += u64::from(!self.full);
        !self.full
    }

    /// The time of something on a thread, which never goes back.
    fn time(&mut self, at: ThreadKey, time: u64) -> u64 {
        let lane = self.lanes.entry(at).or_default();
        lane.time = lane.time.max(time);
        self.last = self.last.max(lane.time);
        lane.time
    }

    fn begin(&mut self, at: ThreadKey, time: u64, open: &mut Open) -> io::Result<()> {
        open.told = true;
        self.tell(at, time, Told::Begin, open)?;
        open.args = Vec::new();
        Ok(())
    }

    fn end(&mut self, at: ThreadKey, time: u64, open: &Open, end: End<'_>) -> io::Result<()> {
        if !open.told {
            return Ok(());
        }
        self.played += 1;
        self.tell(at, time, |slice| Told::End(slice, end), open)
    }

    fn task_end(&mut self, at: ThreadKey, time: u64, open: &Open, end: End<'_>) -> io::Result<()> {
        self.tell(at, time, |slice| Told::TaskEnd(slice, end), open)
    }

    fn tell<'s>(
        &mut self,
        at: ThreadKey,
        time: u64,
        told: impl FnOnce(Slice<'s>) -> Told<'s>,
        open: &'s Open,
    ) -> io::Result<()>
    where
        'a: 's,
    {
        let time = self.time(at, time);
        let slice = Slice {
            call: open.call,
            log: open.log,
            site: open.site.and_then(|site| self.store.logs().get(open.log)?.site(site)),
            correlation: open.correlation.as_deref(),
            args: &open.args,
            is_async: open.is_async,
            waits: open.waits,
            is_clipped: open.is_clipped,
        };
        self.timeline.tell(at, time, told(slice))
    }
}

/// A call of the process of this thread.
fn call(at: ThreadKey, call: Option<CallId>) -> Option<CallKey> {
    call.map(|call| CallKey { process: at.process, call })
}

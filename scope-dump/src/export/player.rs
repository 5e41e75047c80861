//! Plays a log to a [`Timeline`]: keeps the stack of each thread, and makes whole what is not.

use std::collections::{BTreeMap, HashMap};
use std::io;

use super::timeline::{End, Slice, Timeline, Told};
use crate::filter::{Filter, kind_of};
use crate::log::{CallId, Event, EventKind, Kind, LogReader, SiteId, ThreadId, Value};

/// What is played, of a log.
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

/// A call that has begun and not ended.
#[derive(Clone, Debug)]
struct Open {
    call: Option<CallId>,
    site: Option<SiteId>,
    correlation: Option<String>,
    /// Until they were told.
    args: Vec<Value>,
    is_async: bool,
    waits: u32,
    is_clipped: bool,
    /// It, or a call around it, is asked for.
    inside: bool,
    /// The timeline knows it.
    told: bool,
}

/// An async call, wherever it is.
#[derive(Debug)]
struct Task {
    open: Open,
    /// Where it was last, and whether it still is.
    thread: ThreadId,
    running: bool,
}

#[derive(Debug, Default)]
struct Lane {
    stack: Vec<Open>,
    /// The time of what was told last.
    time: u64,
}

impl Lane {
    fn pop_above(&mut self, keep: usize) -> Option<Open> {
        if self.stack.len() > keep { self.stack.pop() } else { None }
    }
}

/// See the module's text.
pub(crate) struct Player<'a> {
    reader: &'a LogReader,
    filter: &'a Filter,
    window: Window,
    timeline: &'a mut dyn Timeline,
    /// Are calls among the kinds that are asked for?
    calls: bool,
    lanes: BTreeMap<ThreadId, Lane>,
    tasks: HashMap<CallId, Task>,
    /// The window has begun.
    live: bool,
    played: u64,
    /// There was more than may be played.
    full: bool,
    last: u64,
}

impl<'a> Player<'a> {
    pub fn new(reader: &'a LogReader, filter: &'a Filter, window: Window, timeline: &'a mut dyn Timeline) -> Self {
        let calls = filter.kind(Kind::Entry) || filter.kind(Kind::Exit);
        let (lanes, tasks) = (BTreeMap::new(), HashMap::new());
        Self { reader, filter, window, timeline, calls, lanes, tasks, live: false, played: 0, full: false, last: 0 }
    }

    /// Takes the next event. `false`: nothing that follows is wanted.
    pub fn event(&mut self, event: Event) -> io::Result<bool> {
        if !self.live && event.time >= self.window.since && self.window.since <= self.window.until {
            self.live = true;
            self.begin_window(self.window.since)?;
        }
        if event.time > self.window.until {
            self.last = self.window.until;
            return Ok(false);
        }
        let time = event.time;
        match &event.kind {
            EventKind::Entry { .. } => self.entry(event)?,
            EventKind::Exit { .. } => self.exit(&event)?,
            EventKind::Suspended => self.suspended(&event)?,
            EventKind::Resumed => self.resumed(&event)?,
            EventKind::ThreadEnded => {
                self.unwind(event.thread, 0, event.time)?;
                self.other(&event)?;
            }
            _ => self.other(&event)?,
        }
        if self.live && !self.full {
            self.last = self.last.max(time);
        }
        Ok(!self.full)
    }

    /// Ends all that is open. The time at which that was, if there was more.
    pub fn finish(mut self) -> io::Result<Played> {
        let threads: Vec<ThreadId> = self.lanes.keys().copied().collect();
        for thread in threads {
            while let Some(open) = self.lanes.get_mut(&thread).and_then(|lane| lane.stack.pop()) {
                self.end(thread, self.last, &open, End::Open)?;
            }
        }
        let mut tasks: Vec<(CallId, Task)> = self.tasks.drain().filter(|(_, task)| task.open.told).collect();
        tasks.sort_by_key(|(call, _)| *call);
        for (_, task) in tasks {
            self.task_end(task.thread, self.last, &task.open, End::Open)?;
        }
        Ok(Played { events: self.played, cut: self.full.then_some(self.last) })
    }

    fn entry(&mut self, event: Event) -> io::Result<()> {
        let (thread, time) = (event.thread, event.time);
        // What the log lacks may have been the ends of calls: those above the parent are over, for sure.
        let stack = self.lanes.entry(thread).or_default().stack.as_slice();
        let around = match event.parent {
            Some(parent) => stack.iter().rposition(|open| open.call == Some(parent)).map(|at| at + 1),
            None => (event.depth == 0).then_some(0),
        };
        if let Some(around) = around {
            self.unwind(thread, around, time)?;
        }
        let inside = self.is_inside(&event);
        let Event { call, site, correlation, kind, .. } = event;
        let EventKind::Entry { args, is_async } = kind else { return Ok(()) };
        let mut open = Open {
            call,
            site,
            correlation: correlation.map(|id| id.to_string()),
            args,
            is_async,
            waits: 0,
            is_clipped: false,
            inside,
            told: false,
        };
        if self.wants(&open, thread) && self.room() {
            if is_async {
                self.tell(thread, time, Told::TaskBegin, &open)?;
            }
            self.begin(thread, time, &mut open)?;
        }
        if let (true, Some(call)) = (is_async, call) {
            self.tasks.insert(call, Task { open: open.clone(), thread, running: true });
        }
        self.push(thread, open);
        Ok(())
    }

    fn exit(&mut self, event: &Event) -> io::Result<()> {
        let EventKind::Exit { outcome, value, line, .. } = &event.kind else { return Ok(()) };
        let end = End::Exit { outcome: *outcome, value: value.as_ref(), line: *line };
        let task = event.call.and_then(|call| self.tasks.remove(&call));
        let thread = match &task {
            Some(task) if task.running => task.thread,
            _ => event.thread,
        };
        let open = self.take(thread, event.call, event.time)?;
        let mut told = false;
        if let Some(open) = open {
            told |= open.told;
            self.end(thread, event.time, &open, end)?;
        }
        if let Some(task) = task
            && task.open.told
        {
            told = true;
            self.task_end(event.thread, event.time, &task.open, end)?;
        }
        // Its entry was lost, or it is not asked for as a call; but ends like this one may be.
        if told { Ok(()) } else { self.other(event) }
    }

    fn suspended(&mut self, event: &Event) -> io::Result<()> {
        if let Some(task) = event.call.and_then(|call| self.tasks.get_mut(&call)) {
            task.running = false;
            task.open.waits = task.open.waits.saturating_add(1);
        }
        if let Some(open) = self.take(event.thread, event.call, event.time)? {
            self.end(event.thread, event.time, &open, End::Suspended)?;
        }
        if self.calls { Ok(()) } else { self.other(event) }
    }

    fn resumed(&mut self, event: &Event) -> io::Result<()> {
        let (thread, time) = (event.thread, event.time);
        let Some(call) = event.call else { return self.other(event) };
        let task = self.tasks.remove(&call).unwrap_or_else(|| {
            let site = event.site;
            let correlation = event.correlation.map(|id| id.to_string());
            let inside = self.is_inside(event);
            let args = Vec::new();
            let open = Open {
                call: Some(call),
                site,
                correlation,
                args,
                is_async: true,
                waits: 1,
                is_clipped: true,
                inside,
                told: false,
            };
            Task { open, thread, running: false }
        });
        if task.running {
            // That it waited is lost.
            if let Some(open) = self.take(task.thread, Some(call), time)? {
                self.end(task.thread, time, &open, End::Lost)?;
            }
        }
        let mut task = Task { thread, running: true, ..task };
        task.open.inside |= self.is_inside(event);
        let mut open = Open { told: false, ..task.open.clone() };
        if self.wants(&open, thread) && self.room() {
            if !task.open.told {
                task.open.is_clipped = true;
                self.tell(thread, time, Told::TaskBegin, &task.open)?;
                task.open.told = true;
            }
            // The arguments were told, if ever, where it was called.
            open.args = Vec::new();
            self.begin(thread, time, &mut open)?;
        }
        self.tasks.insert(call, task);
        self.push(thread, open);
        if self.calls { Ok(()) } else { self.other(event) }
    }

    /// All that is no begin and no end of a call.
    fn other(&mut self, event: &Event) -> io::Result<()> {
        let site = event.site.and_then(|site| self.reader.site(site));
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
            && self.filter.thread(event.thread, self.reader.thread(event.thread))
            // What was lost may be of any function.
            && (matches!(kind, Kind::Lost | Kind::Mark) || self.is_inside(event));
        if shown && self.room() {
            let time = self.at(event.thread, event.time);
            self.timeline.tell(event.thread, time, Told::Event(event, site))?;
        }
        Ok(())
    }

    /// Tells what is open when the window begins.
    fn begin_window(&mut self, time: u64) -> io::Result<()> {
        let mut tasks: Vec<CallId> = self.tasks.keys().copied().collect();
        tasks.sort();
        for call in tasks {
            let Some(mut task) = self.tasks.remove(&call) else { continue };
            task.open.is_clipped = true;
            if self.wants(&task.open, task.thread) && self.room() {
                self.tell(task.thread, time, Told::TaskBegin, &task.open)?;
                task.open.told = true;
            }
            self.tasks.insert(call, task);
        }
        let threads: Vec<ThreadId> = self.lanes.keys().copied().collect();
        for thread in threads {
            let mut stack = self.lanes.get_mut(&thread).map(|lane| std::mem::take(&mut lane.stack)).unwrap_or_default();
            for open in &mut stack {
                open.is_clipped = true;
                if self.wants(open, thread) && self.room() {
                    self.begin(thread, time, open)?;
                }
            }
            self.lanes.entry(thread).or_default().stack = stack;
        }
        Ok(())
    }

    /// Takes this call off the stack of the thread; what is above it has ended, too.
    fn take(&mut self, thread: ThreadId, call: Option<CallId>, time: u64) -> io::Result<Option<Open>> {
        let (Some(call), Some(lane)) = (call, self.lanes.get(&thread)) else { return Ok(None) };
        let Some(at) = lane.stack.iter().rposition(|open| open.call == Some(call)) else { return Ok(None) };
        self.unwind(thread, at + 1, time)?;
        Ok(self.lanes.get_mut(&thread).and_then(|lane| lane.stack.pop()))
    }

    /// Ends what is open on the thread, but for the outermost `keep` calls: their ends are not known.
    fn unwind(&mut self, thread: ThreadId, keep: usize, time: u64) -> io::Result<()> {
        while let Some(open) = self.lanes.get_mut(&thread).and_then(|lane| lane.pop_above(keep)) {
            self.end(thread, time, &open, End::Lost)?;
            if let Some(task) = open.call.and_then(|call| self.tasks.get_mut(&call)) {
                task.running = false;
            }
        }
        Ok(())
    }

    fn push(&mut self, thread: ThreadId, open: Open) {
        self.lanes.entry(thread).or_default().stack.push(open);
    }

    /// Is this asked for, or a call that is open around it?
    fn is_inside(&self, event: &Event) -> bool {
        let around = self.lanes.get(&event.thread).and_then(|lane| lane.stack.last());
        let site = event.site.and_then(|site| self.reader.site(site));
        let thread = self.reader.thread(event.thread);
        around.is_some_and(|open| open.inside) || self.filter.chosen(event, site, thread)
    }

    fn wants(&self, open: &Open, thread: ThreadId) -> bool {
        self.live && self.calls && open.inside && self.filter.thread(thread, self.reader.thread(thread))
    }

    /// May one more event be played? What has begun always may end.
    fn room(&mut self) -> bool {
        self.full |= self.window.max_events.is_some_and(|max| self.played >= max);
        self.played += u64::from(!self.full);
        !self.full
    }

    /// The time of something on a thread, which never goes back.
    fn at(&mut self, thread: ThreadId, time: u64) -> u64 {
        let lane = self.lanes.entry(thread).or_default();
        lane.time = lane.time.max(time);
        self.last = self.last.max(lane.time);
        lane.time
    }

    fn begin(&mut self, thread: ThreadId, time: u64, open: &mut Open) -> io::Result<()> {
        open.told = true;
        self.tell(thread, time, Told::Begin, open)?;
        open.args = Vec::new();
        Ok(())
    }

    fn end(&mut self, thread: ThreadId, time: u64, open: &Open, end: End<'_>) -> io::Result<()> {
        if !open.told {
            return Ok(());
        }
        self.played += 1;
        self.tell(thread, time, |slice| Told::End(slice, end), open)
    }

    fn task_end(&mut self, thread: ThreadId, time: u64, open: &Open, end: End<'_>) -> io::Result<()> {
        self.tell(thread, time, |slice| Told::TaskEnd(slice, end), open)
    }

    fn tell<'s>(
        &mut self,
        thread: ThreadId,
        time: u64,
        told: impl FnOnce(Slice<'s>) -> Told<'s>,
        open: &'s Open,
    ) -> io::Result<()>
    where
        'a: 's,
    {
        let time = self.at(thread, time);
        let slice = Slice {
            call: open.call,
            site: open.site.and_then(|site| self.reader.site(site)),
            correlation: open.correlation.as_deref(),
            args: &open.args,
            is_async: open.is_async,
            waits: open.waits,
            is_clipped: open.is_clipped,
        };
        self.timeline.tell(thread, time, told(slice))
    }
}

/// What was played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Played {
    /// How many events.
    pub events: u64,
    /// There was more than may be played: when the last one was.
    pub cut: Option<u64>,
}

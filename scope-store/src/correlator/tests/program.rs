//! A program that is played: what its threads record, and the truth about it.

use scope_core::record::{CALL_MASK, Header, Kind, TaskEnd};
use std::collections::{BTreeMap, HashMap};

/// One record of a thread.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub words: Vec<u64>,
    pub ticks: u64,
    /// It carries its time.
    pub dated: bool,
    /// The thread's call counter when it was written.
    pub calls: u64,
    /// If not 0, it was lost for sure, and so many more with it.
    pub forced: u64,
}

/// What is true of a dated record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Truth {
    pub call: u64,
    pub parent: u64,
    pub depth: u32,
    pub site: u32,
    pub began: u64,
    pub value: u64,
    pub outcome: u8,
    pub is_task: bool,
}

/// Where a line is.
#[derive(Clone, Copy, Debug)]
pub(super) struct LineTruth {
    pub call: u64,
    pub depth: u32,
}

/// What one thread did.
#[derive(Debug, Default)]
pub(super) struct Run {
    pub records: Vec<Record>,
    pub truth: HashMap<u64, Truth>,
    pub lines: HashMap<u32, LineTruth>,
    /// When calls that began on this thread, and are not async, ended.
    pub exits: HashMap<u64, u64>,
    open: Vec<Open>,
    calls: u64,
}

#[derive(Clone, Copy, Debug)]
struct Open {
    call: u64,
    site: u32,
    began: u64,
    is_task: bool,
    leaves: (u64, u8),
}

#[derive(Debug, Default)]
pub(super) struct Program {
    runs: BTreeMap<u32, Run>,
    waiting: Vec<Open>,
    ticks: u64,
    place: u32,
}

pub(super) fn lost(ticks: u64, count: u64, calls: u64, told: bool) -> Vec<u64> {
    let (ticks, calls) = if told { (ticks, calls) } else { (0, 0) };
    vec![Header::new(Kind::Lost, 4, 0, 0).0, ticks, count, calls]
}

impl Program {
    /// Each step is an action on one of two threads. `alias`: calls may be lost whose numbers look like those of open ones.
    /// `start`: how many calls each thread has begun before; if any, the last of them is lost.
    pub fn play(steps: &[(u8, u8)], alias: bool, start: u64) -> BTreeMap<u32, Run> {
        let mut program = Self { ticks: 100, place: 1000, ..Self::default() };
        for &(action, choice) in steps {
            let thread = u32::from(choice & 1) + 1;
            if !program.runs.contains_key(&thread) {
                program.run(thread).calls = start;
                if start > 0 {
                    program.record(thread, Header::new(Kind::Line, 1, 1, 0), &[], false, 1);
                }
            }
            program.step(thread, action % if alias { 17 } else { 16 }, choice >> 1);
        }
        program.runs
    }

    fn step(&mut self, thread: u32, action: u8, choice: u8) {
        self.ticks += 1 + u64::from(choice % 3);
        let site = 1 + u32::from(choice % 3);
        let top = self.runs[&thread].open.last().copied();
        match (action, top) {
            (0 | 2 | 3 | 4, _) => self.enter(thread, site, false, 0),
            (5, _) => self.enter(thread, site, true, 0),
            (6 | 7, _) if !self.waiting.is_empty() => {
                let open = self.waiting.remove(usize::from(choice) % self.waiting.len());
                if action == 7 && choice.is_multiple_of(3) {
                    return self.end(thread, open, TaskEnd::Cancelled);
                }
                self.poll(thread, Kind::Resume, open);
                self.run(thread).open.push(open);
            }
            (8 | 9, Some(open)) if open.is_task => {
                self.run(thread).open.pop();
                if action == 8 {
                    self.poll(thread, Kind::Suspend, open);
                    self.waiting.push(open);
                } else {
                    let how = if choice.is_multiple_of(3) { TaskEnd::Panicked } else { TaskEnd::Completed };
                    self.end(thread, open, how);
                }
            }
            (1 | 8..=11, Some(open)) if !open.is_task => {
                self.run(thread).open.pop();
                let kind = if choice % 7 == 6 { Kind::Panic } else { Kind::Exit };
                self.exit(thread, open, kind);
            }
            // A call leaves once.
            (12, Some(open)) if open.leaves.0 == 0 => self.leave(thread, open, choice.is_multiple_of(2)),
            (13 | 14, _) => self.line(thread),
            // The counter may run while nothing is recorded.
            (15, _) => self.run(thread).calls += u64::from(choice),
            (16, Some(open)) if !open.is_task => {
                let run = self.run(thread);
                let number = open.call & ((1 << 40) - 1);
                let twin = number + (CALL_MASK + 1) * (1 + (run.calls - number) / (CALL_MASK + 1));
                let skipped = twin - 1 - run.calls;
                run.calls = twin - 1;
                self.enter(thread, open.site, false, 1 + 2 * skipped);
            }
            _ => {}
        }
    }

    fn run(&mut self, thread: u32) -> &mut Run {
        self.runs.entry(thread).or_default()
    }

    fn record(&mut self, thread: u32, header: Header, body: &[u64], dated: bool, forced: u64) {
        let ticks = self.ticks;
        let run = self.run(thread);
        let words = [&[header.0], body].concat();
        run.records.push(Record { words, ticks, dated, calls: run.calls, forced });
    }

    fn truth(&mut self, thread: u32, open: Open, parent: u64, value: u64, outcome: u8) {
        let ticks = self.ticks;
        let run = self.run(thread);
        let depth = run.open.len() as u32;
        let Open { call, site, began, is_task, .. } = open;
        run.truth.insert(ticks, Truth { call, parent, depth, site, began, value, outcome, is_task });
    }

    fn enter(&mut self, thread: u32, site: u32, is_task: bool, forced: u64) {
        let began = self.ticks;
        let run = self.run(thread);
        run.calls += 1;
        let (number, parent) = (run.calls, run.open.last().map_or(0, |open| open.call));
        let call = u64::from(thread) << 40 | number;
        let value = began << 8 | 1;
        let open = Open { call, site, began, is_task, leaves: (0, 0) };
        match is_task {
            true => {
                self.record(thread, Header::new(Kind::TaskEntry, 4, site, number), &[began, call, value], true, forced)
            }
            false => self.record(thread, Header::new(Kind::Entry, 3, site, number), &[began, value], true, forced),
        }
        self.truth(thread, open, parent, value, 0);
        self.run(thread).open.push(open);
    }

    fn exit(&mut self, thread: u32, open: Open, kind: Kind) {
        let (value, outcome) = if kind == Kind::Panic { (0, 2) } else { open.leaves };
        let ticks = self.ticks;
        self.record(thread, Header::new(kind, 2, open.site, open.call), &[ticks], true, 0);
        self.truth(thread, open, 0, value, outcome);
        self.run(thread).exits.insert(open.call, ticks);
    }

    fn end(&mut self, thread: u32, open: Open, how: TaskEnd) {
        let (value, outcome) = match how {
            TaskEnd::Completed => open.leaves,
            TaskEnd::Panicked => (0, 2),
            TaskEnd::Cancelled => (0, 3),
        };
        let body = [self.ticks, open.call, open.began, how as u64];
        self.record(thread, Header::new(Kind::TaskExit, 5, open.site, open.call), &body, true, 0);
        self.truth(thread, open, 0, value, outcome);
    }

    fn poll(&mut self, thread: u32, kind: Kind, open: Open) {
        let body = [self.ticks, open.call];
        self.record(thread, Header::new(kind, 3, open.site, open.call), &body, true, 0);
        self.truth(thread, open, 0, 0, 0);
    }

    /// The innermost call tells what it is about to leave with. A call that is suspended after that would be none.
    fn leave(&mut self, thread: u32, open: Open, early: bool) {
        self.place += 1;
        let (value, place) = (self.ticks << 8 | 2, self.place);
        if open.is_task {
            let kind = if early { Kind::TaskEarly } else { Kind::TaskReturn };
            self.record(thread, Header::new(kind, 3, place, open.call), &[open.call, value], false, 0);
        } else {
            let kind = if early { Kind::Early } else { Kind::Return };
            self.record(thread, Header::new(kind, 2, place, open.call), &[value], false, 0);
        }
        if let Some(top) = self.run(thread).open.last_mut() {
            top.leaves = (value, u8::from(early));
        }
        if open.is_task {
            let leaving = self.run(thread).open.pop();
            self.ticks += 1;
            self.end(thread, leaving.unwrap_or(open), TaskEnd::Completed);
        }
    }

    fn line(&mut self, thread: u32) {
        self.place += 1;
        let place = self.place;
        self.record(thread, Header::new(Kind::Line, 1, place, 0), &[], false, 0);
        let run = self.run(thread);
        let truth = LineTruth { call: run.open.last().map_or(0, |open| open.call), depth: run.open.len() as u32 };
        run.lines.insert(place, truth);
    }
}

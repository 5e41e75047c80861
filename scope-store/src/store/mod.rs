//! Logs that are asked: one or more, of one process or of many, as if they were one.
//!
//! All answers are made while the logs are read, in memory that does not grow with their length: what is kept is a batch of each
//! thread, the calls that are open, and the answer. What is asked for is said by a [`Filter`].
//!
//! ```no_run
//! use scope_store::{Store, query::Filter};
//! let store = Store::open(["run.scope"])?;
//! let mut filter = Filter::default();
//! filter.condition = Some("args.qty > 10 and ret is Err".parse()?);
//! for call in store.calls(&filter) {
//!     let call = call?;
//!     println!("{} {:?}", store.function(&call), call.duration());
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A condition is asked of an event ([`Store::events`]), or of a call as a whole ([`Store::calls`], [`Store::statistics`],
//! [`Store::slowest`], [`Store::errors`]): only there are arguments and result known together.

mod by_call;
mod calls;
mod errors;
mod histogram;
mod history;
mod merge;
mod open_calls;
mod path;
mod processes;
mod segments;
mod slowest;
mod state;
mod statistics;
mod table;
mod tree;

pub use calls::{Call, Calls};
pub use errors::{ErrorEnd, ErrorPath, ErrorStep, Errors, Left};
pub use histogram::Histogram;
pub use history::{Change, History};
pub use merge::StoreEvents;
pub use path::CallPath;
pub use state::{Frame, State, Variable};
pub use statistics::Statistics;
pub use table::FunctionStatistics;
pub use tree::CallTree;

use crate::error::ReadError;
use crate::event::{CallId, Event, EventId, ThreadId};
use crate::info::{SiteDef, ThreadDef};
use crate::query::{Filter, Subject};
use crate::reader::LogReader;
use std::collections::BTreeSet;
use std::path::Path;

/// Logs that are asked: see the module's text.
#[derive(Debug)]
pub struct Store {
    logs: Vec<LogReader>,
    /// The process of each log, by number. Segments of one process have the same, and follow each other.
    processes: Vec<usize>,
    watch: Watch,
}

/// Who wants to know how many events were read.
#[derive(Default)]
struct Watch(Option<Box<dyn Fn(u64) + Send + Sync>>);

impl std::fmt::Debug for Watch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.0.is_some() { "Watch" } else { "no Watch" })
    }
}

/// An event, with the log that it is from.
#[derive(Clone, Debug, PartialEq)]
pub struct Located {
    /// The log's place in [`Store::logs`].
    pub log: usize,
    /// The event.
    pub event: Event,
}

/// A call, with the process that made it. Calls go on over the segments of a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CallKey {
    /// The process's number in this store: see [`Store::process`].
    pub process: usize,
    /// The call.
    pub call: CallId,
}

/// What is told of what can't be read, while an answer is made of the rest.
pub type OnError<'a> = &'a mut dyn FnMut(&ReadError);

impl Store {
    /// Opens the logs at `paths`. Beside `NAME.scope` its further segments are looked for, `NAME.<number>.scope`, as far as they are of
    /// the same process. A log that is named twice is read once.
    ///
    /// # Errors
    ///
    /// One of them can't be opened: see [`LogReader::open`]. Damage behind the header is no error.
    pub fn open<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Result<Self, ReadError> {
        segments::open(paths.into_iter().map(|path| path.as_ref().to_owned()).collect()).map(Self::new)
    }

    /// Asks logs that are open.
    pub fn new(mut logs: Vec<LogReader>) -> Self {
        // Segments of one process one after the other, and processes as they were named.
        let processes = processes::sort(&mut logs);
        Self { logs, processes, watch: Watch::default() }
    }

    /// While an answer is made `watch` is told of each so many events more that were read.
    pub fn watch(&mut self, watch: impl Fn(u64) + Send + Sync + 'static) {
        self.watch = Watch(Some(Box::new(watch)));
    }

    /// The logs.
    pub fn logs(&self) -> &[LogReader] {
        &self.logs
    }

    /// The number of the process that the log at `log` is of; equal for segments of one.
    pub fn process(&self, log: usize) -> usize {
        self.processes.get(log).copied().unwrap_or(usize::MAX)
    }

    /// When the first of the logs begins, in nanoseconds since the Unix epoch.
    pub fn start(&self) -> u64 {
        self.logs.iter().map(|log| log.header().start).filter(|start| *start != 0).min().unwrap_or(0)
    }

    /// Whether several logs are asked.
    pub fn is_many(&self) -> bool {
        self.logs.len() > 1
    }

    /// What is known of the place of an event.
    pub fn site(&self, located: &Located) -> Option<&SiteDef> {
        located.event.site.and_then(|site| self.logs.get(located.log)?.site(site))
    }

    /// What is known of the thread of an event.
    pub fn thread(&self, located: &Located) -> Option<&ThreadDef> {
        self.logs.get(located.log)?.thread(located.event.thread)
    }

    /// The path of the function that a call is of; empty where it is not known.
    pub fn function(&self, call: &Call) -> &str {
        self.site(call.told()).map_or("", |site| &site.function)
    }

    /// The event as something to ask a condition of.
    pub fn subject<'a>(&'a self, located: &'a Located) -> Subject<'a> {
        Subject::event(&located.event, self.site(located), self.thread(located))
    }

    /// All events that the filter lets through, by time. Where it asks for a time they are looked for there: of calls that began long before
    /// that no parent is known then, and no operation, unless one is asked for.
    pub fn events<'a>(&'a self, filter: &'a Filter) -> impl Iterator<Item = Result<Located, ReadError>> + use<'a> {
        let everything = filter.is_everything();
        let all = match filter.since {
            Some(since) if filter.correlations.is_empty() => StoreEvents::from_time(self, None, since),
            _ => self.all_events(),
        };
        all.filter(move |event| match event {
            Ok(located) => everything || filter.event(&self.subject(located)),
            Err(_) => true,
        })
    }

    /// All events by time; those of one time by log, then as in their log. An error does not end the iteration.
    pub fn all_events(&self) -> StoreEvents<'_> {
        StoreEvents::new(self, None)
    }

    /// Those of one process.
    pub fn process_events(&self, process: usize) -> StoreEvents<'_> {
        StoreEvents::new(self, Some(process))
    }

    /// The processes, by number.
    pub fn processes(&self) -> impl Iterator<Item = usize> + use<> {
        self.processes.iter().copied().collect::<BTreeSet<_>>().into_iter()
    }

    /// The threads of a process, by number, in all of its logs.
    pub fn threads_of(&self, process: usize) -> impl Iterator<Item = ThreadId> + use<> {
        let logs = self.logs.iter().enumerate().filter(|(log, _)| self.process(*log) == process);
        logs.flat_map(|(_, log)| log.threads().map(|thread| thread.id)).collect::<BTreeSet<_>>().into_iter()
    }

    /// The events of one thread of a process, in their order, over all of its logs. An error does not end the iteration.
    pub fn thread_events(
        &self,
        process: usize,
        thread: ThreadId,
    ) -> impl Iterator<Item = Result<Located, ReadError>> + use<'_> {
        let logs = self.logs.iter().enumerate().filter(move |(log, _)| self.process(*log) == process);
        let mut read = 0;
        logs.flat_map(move |(log, reader)| reader.thread_events(thread).map(move |event| (log, event))).map(
            move |(log, event)| {
                self.told(&mut read);
                event.map(|event| Located { log, event })
            },
        )
    }

    /// All calls that the filter lets through, as wholes, in the order of their ends. Those that have no end come last, as they began.
    pub fn calls<'a>(&'a self, filter: &'a Filter) -> Calls<'a> {
        Calls::new(self, filter)
    }

    /// The events of one call and of all that it called, by time.
    pub fn tree(&self, call: CallKey) -> CallTree<'_> {
        CallTree::new(self, call)
    }

    /// The calls from the outermost one to `call`. `None`: there is no such call, or its entry is lost.
    pub fn path_to(&self, call: CallKey, on_error: OnError<'_>) -> Option<CallPath> {
        path::path_to(self, call, on_error)
    }

    /// The call that the event `number` of `thread` in the log at `log` belongs to. `None`: there is no such event, or it belongs to none.
    pub fn call_of(&self, log: usize, thread: ThreadId, number: u64, on_error: OnError<'_>) -> Option<CallId> {
        let mut events = self.logs.get(log)?.thread_events_from_number(thread, number);
        while let Some(read) = events.read() {
            match read {
                Ok(event) if event.id.number() == number => return event.call,
                Ok(_) => {}
                Err(error) => on_error(&error),
            }
        }
        None
    }

    /// What is known at the event `number` of `thread` in the log at `log`: the open calls, and the variables in them. What happens
    /// by that event has happened, but a call that it ends is still there. `None`: there is no such event.
    pub fn state_at(&self, log: usize, thread: ThreadId, number: u64, on_error: OnError<'_>) -> Option<State> {
        state::state_at(self, log, (thread, number), on_error)
    }

    /// Each value that a variable, an argument, a field or a state had, in the events that the filter lets through.
    pub fn history<'a>(&'a self, variable: &'a crate::query::Path, filter: &'a Filter) -> History<'a> {
        History::new(self, variable, filter)
    }

    /// Statistics of each function, over the calls that the filter lets through.
    pub fn statistics(&self, filter: &Filter, on_error: OnError<'_>) -> Statistics {
        statistics::statistics(self, filter, on_error)
    }

    /// The `count` calls that took longest, the longest first, of those that the filter lets through.
    pub fn slowest(&self, count: usize, filter: &Filter, on_error: OnError<'_>) -> Vec<Call> {
        slowest::slowest(self, count, filter, on_error)
    }

    /// Each error, and each panic, from where it was born to where it was handled. The filter lets through those of which it lets
    /// through one of the calls that failed with it.
    pub fn errors<'a>(&'a self, filter: &'a Filter) -> Errors<'a> {
        Errors::new(self, filter)
    }

    /// Tells who watches, now and then, of `count` events that were read since.
    #[inline]
    fn told(&self, count: &mut u64) {
        *count += 1;
        if *count == 1024 {
            *count = 0;
            if let Some(watch) = &self.watch.0 {
                watch(1024);
            }
        }
    }

    /// The call that an event belongs to.
    fn key(&self, log: usize, call: CallId) -> CallKey {
        CallKey { process: self.process(log), call }
    }
}

impl Located {
    /// The number of the event in its log.
    pub fn id(&self) -> EventId {
        self.event.id
    }
}

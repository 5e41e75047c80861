//! `--to perfetto`: a trace of track events, packet by packet. `docs/export.md` says what is in it.
//!
//! Field numbers are those of Perfetto's `protos/perfetto/trace/`; the test with Perfetto's own descriptors reads every one of them.

use std::collections::{BTreeSet, HashMap};
use std::io::{self, Write};

use super::annotation::{annotation, dict, number, text};
use super::describe::{outcome_name, title};
use super::interned::Names;
use super::messages::Messages;
use super::proto::Message;
use super::timeline::{End, Slice, Timeline, Told};
use crate::log::{CallId, Event, EventKind, LogReader, RECORDER, SiteDef, ThreadId, Value};
use crate::render::phrase;

/// Fields of `TracePacket`.
mod packet {
    pub const CLOCK_SNAPSHOT: u32 = 6;
    pub const TIMESTAMP: u32 = 8;
    pub const SEQUENCE: u32 = 10;
    pub const TRACK_EVENT: u32 = 11;
    pub const INTERNED: u32 = 12;
    pub const FLAGS: u32 = 13;
    pub const CLOCK: u32 = 58;
    pub const DEFAULTS: u32 = 59;
    pub const TRACK: u32 = 60;
}

/// Fields of `TrackEvent`.
mod event {
    pub const ANNOTATIONS: u32 = 4;
    pub const TYPE: u32 = 9;
    pub const NAME_IID: u32 = 10;
    pub const TRACK: u32 = 11;
    pub const CATEGORIES: u32 = 22;
    pub const NAME: u32 = 23;
    pub const COUNTER: u32 = 30;
    pub const LOCATION_IID: u32 = 34;
    pub const DOUBLE_COUNTER: u32 = 44;
    pub const FLOWS: u32 = 47;
    pub const CORRELATION: u32 = 53;
}

const BEGIN: u64 = 1;
const END: u64 = 2;
const INSTANT: u64 = 3;
const COUNTER: u64 = 4;

/// Nanoseconds since the Unix epoch, among Perfetto's clocks.
const REALTIME: u64 = 1;
/// All packets are one sequence.
const SEQUENCE: u64 = 1;
/// What was said before is forgotten; what is said here needs what was said before.
const CLEARED: u64 = 1;
const NEEDS_STATE: u64 = 2;

/// Numbers of tracks: the process, its recorder, and from these on threads, lanes of async calls and metrics.
const PROCESS: u64 = 1;
const RECORDER_TRACK: u64 = 2;
const THREADS: u64 = 1 << 40;
const LANES: u64 = 2 << 40;
const METRICS: u64 = 3 << 40;
/// Flows of messages; those of async calls are the calls' numbers.
const MESSAGES: u64 = 1 << 63;

/// See the module's text.
pub(crate) struct Perfetto<'a> {
    out: &'a mut dyn Write,
    names: Names,
    messages: Messages,
    metrics: HashMap<String, u64>,
    /// The lane of each async call that is open; which of the lanes that there are are free.
    lanes: HashMap<CallId, u64>,
    free: BTreeSet<u64>,
    all_lanes: u64,
}

impl<'a> Perfetto<'a> {
    /// Begins the trace, with the process and its threads.
    pub fn new(out: &'a mut dyn Write, reader: &LogReader, start: u64) -> io::Result<Self> {
        let (names, messages) = (Names::default(), Messages::default());
        let (metrics, lanes, free) = (HashMap::new(), HashMap::new(), BTreeSet::new());
        let mut trace = Self { out, names, messages, metrics, lanes, free, all_lanes: 0 };
        let mut clock = Message::default();
        clock.number(1, REALTIME).number(2, start);
        let mut snapshot = Message::default();
        snapshot.message(1, &clock).number(2, REALTIME);
        let mut first = Message::default();
        let mut defaults = Message::default();
        defaults.number(packet::CLOCK, REALTIME);
        first.message(packet::CLOCK_SNAPSHOT, &snapshot).number(packet::FLAGS, CLEARED);
        first.message(packet::DEFAULTS, &defaults);
        trace.packet(first)?;

        let header = reader.header();
        let mut process = Message::default();
        process.number(1, u64::from(header.pid)).text(6, &header.program).number(7, header.start);
        header.command.iter().for_each(|arg| _ = process.text(2, arg));
        let mut track = Message::default();
        track.number(1, PROCESS).message(3, &process);
        trace.track(&track)?;
        trace.child(RECORDER_TRACK, "recorder")?;
        for def in reader.threads() {
            let id = u64::from(def.id.0);
            let mut thread = Message::default();
            let name = def.name.clone().unwrap_or_else(|| format!("thread {id}"));
            thread.number(1, u64::from(header.pid)).number(2, id).text(5, &name);
            let mut track = Message::default();
            track.number(1, THREADS + id).number(5, PROCESS).message(4, &thread);
            trace.track(&track)?;
        }
        Ok(trace)
    }

    fn packet(&mut self, mut packet: Message) -> io::Result<()> {
        packet.number(packet::SEQUENCE, SEQUENCE);
        let mut trace = Message::default();
        trace.message(1, &packet);
        self.out.write_all(trace.as_bytes())
    }

    fn track(&mut self, track: &Message) -> io::Result<()> {
        let mut packet = Message::default();
        packet.message(packet::TRACK, track);
        self.packet(packet)
    }

    /// A track of the process.
    fn child(&mut self, id: u64, name: &str) -> io::Result<()> {
        let mut track = Message::default();
        track.number(1, id).number(5, PROCESS).text(2, name);
        self.track(&track)
    }

    fn event(&mut self, time: u64, event: &Message) -> io::Result<()> {
        let mut packet = Message::default();
        packet.number(packet::TIMESTAMP, time).number(packet::FLAGS, NEEDS_STATE);
        let new = self.names.take_new();
        if !new.is_empty() {
            packet.message(packet::INTERNED, &new);
        }
        packet.message(packet::TRACK_EVENT, event);
        self.packet(packet)
    }

    fn begin(&mut self, time: u64, track: u64, category: &str, slice: &Slice<'_>) -> io::Result<()> {
        let mut event = Message::default();
        let name = self.names.event(slice.name());
        event.number(event::TYPE, BEGIN).number(event::TRACK, track).number(event::NAME_IID, name);
        event.text(event::CATEGORIES, category);
        if !slice.args.is_empty() {
            let args = dict(&mut self.names, "args", phrase::names(slice.site), slice.args);
            event.message(event::ANNOTATIONS, &args);
        }
        if let Some(call) = slice.call {
            event.message(event::ANNOTATIONS, &number(&mut self.names, "call", call.0));
            if slice.is_async && category != "async" {
                event.fixed(event::FLOWS, call.0);
            }
        }
        if slice.waits > 0 {
            event.message(event::ANNOTATIONS, &number(&mut self.names, "waits_before", u64::from(slice.waits)));
        }
        if slice.is_clipped {
            event.message(event::ANNOTATIONS, &text(&mut self.names, "began", "before"));
        }
        if let Some(site) = slice.site {
            event.number(event::LOCATION_IID, self.names.location(site));
        }
        if let Some(id) = slice.correlation {
            event.text(event::CORRELATION, id);
        }
        self.event(time, &event)
    }

    fn end(&mut self, time: u64, track: u64, end: &End<'_>) -> io::Result<()> {
        let mut event = Message::default();
        event.number(event::TYPE, END).number(event::TRACK, track);
        self.outcome(&mut event, end);
        self.event(time, &event)
    }

    fn outcome(&mut self, event: &mut Message, end: &End<'_>) {
        event.message(event::ANNOTATIONS, &text(&mut self.names, "outcome", outcome_name(end)));
        if let End::Exit { value, line, .. } = end {
            if let Some(value) = value {
                event.message(event::ANNOTATIONS, &annotation(&mut self.names, "value", value));
            }
            if let Some(line) = line {
                event.message(event::ANNOTATIONS, &number(&mut self.names, "exit_line", u64::from(*line)));
            }
        }
    }

    /// The lane of an async call: the first that no other one is in.
    fn lane(&mut self, call: CallId) -> io::Result<u64> {
        let lane = match self.free.pop_first() {
            Some(lane) => lane,
            None => {
                let lane = LANES + self.all_lanes;
                self.all_lanes += 1;
                self.child(lane, "async calls")?;
                lane
            }
        };
        self.lanes.insert(call, lane);
        Ok(lane)
    }

    fn metric(&mut self, time: u64, name: &str, value: &Value) -> io::Result<bool> {
        let mut event = Message::default();
        match (value, value.as_f64()) {
            (Value::Int(int), _) if i64::try_from(*int).is_ok() => _ = event.number(event::COUNTER, *int as i64 as u64),
            (Value::Uint(int), _) if i64::try_from(*int).is_ok() => _ = event.number(event::COUNTER, *int as u64),
            (_, Some(float)) if float.is_finite() => _ = event.double(event::DOUBLE_COUNTER, float),
            _ => return Ok(false),
        }
        let track = match self.metrics.get(name) {
            Some(track) => *track,
            None => {
                let id = METRICS + self.metrics.len() as u64;
                let mut track = Message::default();
                // Without a field of its own, a counter is an empty message.
                track.number(1, id).number(5, PROCESS).text(2, name).message(8, &Message::default());
                self.track(&track)?;
                self.metrics.insert(name.to_owned(), id);
                id
            }
        };
        event.number(event::TYPE, COUNTER).number(event::TRACK, track);
        self.event(time, &event)?;
        Ok(true)
    }

    fn instant(&mut self, time: u64, track: u64, told: &Event, site: Option<&SiteDef>) -> io::Result<()> {
        let names = phrase::names(site);
        let own = names.first().map_or("?", String::as_str);
        let rest = names.get(1..).unwrap_or_default();
        let mut event = Message::default();
        event.number(event::TYPE, INSTANT).number(event::TRACK, track);
        let annotations = event::ANNOTATIONS;
        match &told.kind {
            EventKind::Metric { value } => {
                if self.metric(time, own, value)? {
                    return Ok(());
                }
                event.message(annotations, &annotation(&mut self.names, "value", value));
            }
            EventKind::State { old, new } => {
                event.message(annotations, &annotation(&mut self.names, "old", old));
                event.message(annotations, &annotation(&mut self.names, "new", new));
            }
            EventKind::Sent { message, fields } | EventKind::Received { message, fields } => {
                event.message(annotations, &annotation(&mut self.names, "message", message));
                if !fields.is_empty() {
                    event.message(annotations, &dict(&mut self.names, "fields", rest, fields));
                }
                let flow = match told.kind {
                    EventKind::Sent { .. } => Some(self.messages.sent(own, message, told)),
                    _ => self.messages.received(own, message),
                };
                flow.map(|flow| event.fixed(event::FLOWS, MESSAGES | flow));
            }
            EventKind::Custom { fields } if !fields.is_empty() => {
                event.message(annotations, &dict(&mut self.names, "fields", rest, fields));
            }
            EventKind::Values { values } => {
                _ = event.message(annotations, &dict(&mut self.names, "values", names, values))
            }
            EventKind::Lost { count } => _ = event.message(annotations, &number(&mut self.names, "count", *count)),
            EventKind::Exit { outcome, value, line, .. } => {
                self.outcome(&mut event, &End::Exit { outcome: *outcome, value: value.as_ref(), line: *line });
            }
            _ => {}
        }
        let (name, category) = title(told, site);
        event.text(event::CATEGORIES, category);
        if matches!(told.kind, EventKind::Lost { .. } | EventKind::Mark { .. }) {
            // As many names as there are numbers.
            event.text(event::NAME, &name);
        } else {
            event.number(event::NAME_IID, self.names.event(&name));
        }
        if let Some(site) = site {
            event.number(event::LOCATION_IID, self.names.location(site));
        }
        self.event(time, &event)
    }
}

impl Timeline for Perfetto<'_> {
    fn tell(&mut self, thread: ThreadId, time: u64, told: Told<'_>) -> io::Result<()> {
        let track = if thread == RECORDER { RECORDER_TRACK } else { THREADS + u64::from(thread.0) };
        match told {
            Told::Begin(slice) => self.begin(time, track, "call", &slice),
            Told::End(_, end) => self.end(time, track, &end),
            Told::TaskBegin(slice) => {
                let Some(call) = slice.call else { return Ok(()) };
                let lane = self.lane(call)?;
                self.begin(time, lane, "async", &slice)
            }
            Told::TaskEnd(slice, end) => {
                let Some(lane) = slice.call.and_then(|call| self.lanes.remove(&call)) else { return Ok(()) };
                self.free.insert(lane);
                self.end(time, lane, &end)
            }
            Told::Event(event, site) => self.instant(time, track, event, site),
        }
    }
}

//! `--to perfetto`: a trace of track events, packet by packet. `docs/export.md` says what is in it.
//!
//! Field numbers are those of Perfetto's `protos/perfetto/trace/`; the test with Perfetto's own descriptors reads every one of them.

use std::io::{self, Write};

use super::annotation::{annotation, dict, number, text};
use super::describe::{outcome_name, title};
use super::interned::Names;
use super::messages::{Messages, unique};
use super::processes::Process;
use super::proto::Message;
use super::timeline::{End, Slice, ThreadKey, Timeline, Told};
use super::tracks::Tracks;
use crate::log::{EventKind, Located, RECORDER, SiteDef, Value};
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

/// Flows of messages; those of async calls are the calls' numbers.
const MESSAGES: u64 = 1 << 63;

/// See the module's text.
pub(crate) struct Perfetto<'a> {
    out: &'a mut dyn Write,
    names: Names,
    messages: Messages,
    /// By process.
    tracks: Vec<Tracks>,
}

impl<'a> Perfetto<'a> {
    /// Begins the trace, with the processes and their threads.
    pub fn new(out: &'a mut dyn Write, processes: &[Process<'_>], start: u64) -> io::Result<Self> {
        let (names, messages) = (Names::default(), Messages::default());
        let mut trace = Self { out, names, messages, tracks: Vec::new() };
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

        for (index, process) in processes.iter().enumerate() {
            trace.process(index, process, processes.len() > 1)?;
        }
        Ok(trace)
    }

    /// A process, one of several or the only one, and its threads.
    fn process(&mut self, index: usize, process: &Process<'_>, is_labelled: bool) -> io::Result<()> {
        let Process { pid, header, threads, .. } = process;
        let tracks = Tracks::new(index);
        let own = tracks.process();
        let mut about = Message::default();
        about.number(1, u64::from(*pid)).text(6, &header.program).number(7, header.start);
        header.command.iter().for_each(|arg| _ = about.text(2, arg));
        if is_labelled {
            about.text(8, &process.label());
        }
        let mut track = Message::default();
        track.number(1, own).message(3, &about);
        self.track(&track)?;
        self.child(own, tracks.thread(RECORDER), "recorder")?;
        for def in threads {
            let id = u64::from(def.id.0);
            let mut thread = Message::default();
            let name = def.name.clone().unwrap_or_else(|| format!("thread {id}"));
            thread.number(1, u64::from(*pid)).number(2, id).text(5, &name);
            let mut track = Message::default();
            track.number(1, tracks.thread(def.id)).number(5, own).message(4, &thread);
            self.track(&track)?;
        }
        self.tracks.push(tracks);
        Ok(())
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

    /// A track of a process.
    fn child(&mut self, process: u64, id: u64, name: &str) -> io::Result<()> {
        let mut track = Message::default();
        track.number(1, id).number(5, process).text(2, name);
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

    /// Begins a slice: on a thread, a call or a part of it, or, `on_lane`, a whole async call.
    fn begin(&mut self, process: usize, time: u64, track: u64, on_lane: bool, slice: &Slice<'_>) -> io::Result<()> {
        let mut event = Message::default();
        let name = self.names.event(slice.name());
        event.number(event::TYPE, BEGIN).number(event::TRACK, track).number(event::NAME_IID, name);
        event.text(event::CATEGORIES, if on_lane { "async" } else { "call" });
        if !slice.args.is_empty() {
            let args = dict(&mut self.names, "args", phrase::names(slice.site), slice.args);
            event.message(event::ANNOTATIONS, &args);
        }
        if let Some(call) = slice.call {
            event.message(event::ANNOTATIONS, &number(&mut self.names, "call", call.0));
            if slice.is_async && !on_lane {
                event.fixed(event::FLOWS, unique(process, call.0));
            }
        }
        if slice.waits > 0 {
            event.message(event::ANNOTATIONS, &number(&mut self.names, "waits_before", u64::from(slice.waits)));
        }
        if slice.is_clipped {
            event.message(event::ANNOTATIONS, &text(&mut self.names, "began", "before"));
        }
        if let Some(site) = slice.site {
            event.number(event::LOCATION_IID, self.names.location(slice.log, site));
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

    fn metric(&mut self, process: usize, time: u64, name: &str, value: &Value) -> io::Result<bool> {
        let mut event = Message::default();
        match (value, value.as_f64()) {
            (Value::Int(int), _) if i64::try_from(*int).is_ok() => _ = event.number(event::COUNTER, *int as i64 as u64),
            (Value::Uint(int), _) if i64::try_from(*int).is_ok() => _ = event.number(event::COUNTER, *int as u64),
            (_, Some(float)) if float.is_finite() => _ = event.double(event::DOUBLE_COUNTER, float),
            _ => return Ok(false),
        }
        let Some(tracks) = self.tracks.get_mut(process) else { return Ok(false) };
        let (own, (id, is_new)) = (tracks.process(), tracks.metric(name));
        if is_new {
            let mut track = Message::default();
            // Without a field of its own, a counter is an empty message.
            track.number(1, id).number(5, own).text(2, name).message(8, &Message::default());
            self.track(&track)?;
        }
        event.number(event::TYPE, COUNTER).number(event::TRACK, id);
        self.event(time, &event)?;
        Ok(true)
    }

    fn instant(
        &mut self,
        at: ThreadKey,
        time: u64,
        track: u64,
        located: &Located,
        site: Option<&SiteDef>,
    ) -> io::Result<()> {
        let told = &located.event;
        let names = phrase::names(site);
        let own = names.first().map_or("?", String::as_str);
        let rest = names.get(1..).unwrap_or_default();
        let mut event = Message::default();
        event.number(event::TYPE, INSTANT).number(event::TRACK, track);
        let annotations = event::ANNOTATIONS;
        match &told.kind {
            EventKind::Metric { value } => {
                if self.metric(at.process, time, own, value)? {
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
                    EventKind::Sent { .. } => Some(self.messages.sent(own, message, told, at.process)),
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
            event.number(event::LOCATION_IID, self.names.location(located.log, site));
        }
        self.event(time, &event)
    }
}

impl Timeline for Perfetto<'_> {
    fn tell(&mut self, at: ThreadKey, time: u64, told: Told<'_>) -> io::Result<()> {
        let Some(tracks) = self.tracks.get_mut(at.process) else { return Ok(()) };
        let (own, track) = (tracks.process(), tracks.thread(at.thread));
        match told {
            Told::Begin(slice) => self.begin(at.process, time, track, false, &slice),
            Told::End(_, end) => self.end(time, track, &end),
            Told::TaskBegin(slice) => {
                let Some(call) = slice.call else { return Ok(()) };
                let (lane, is_new) = tracks.take_lane(call);
                if is_new {
                    self.child(own, lane, "async calls")?;
                }
                self.begin(at.process, time, lane, true, &slice)
            }
            Told::TaskEnd(slice, end) => {
                let Some(lane) = slice.call.and_then(|call| tracks.leave_lane(call)) else { return Ok(()) };
                self.end(time, lane, &end)
            }
            Told::Event(located, site) => self.instant(at, time, track, located, site),
        }
    }
}

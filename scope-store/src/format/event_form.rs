//! One event by itself, as bytes: see `docs/events.md`.

use super::{put, take};
use crate::event::{
    CallId, CorrelationId, Event, EventError, EventId, EventKind, Mark, Outcome, SiteId, StopReason, ThreadId,
};
use scope_core::value::{Value, decode, encode};

/// What the first byte says. It changes with the fields that every event has; a new kind is no new version.
const VERSION: u8 = 1;

/// What every event has, in its order.
struct Stored<'a> {
    id: u128,
    time: u64,
    ticks: u64,
    thread: u32,
    depth: u32,
    call: Option<u64>,
    parent: Option<u64>,
    correlation: Option<u128>,
    site: Option<u32>,
    code: u32,
    /// What the kind has: with its length, so that a kind can be passed over.
    payload: &'a [u8],
}
fields!(Stored<'a> { id, time, ticks, thread, depth, call, parent, correlation, site, code, payload });

/// The numbers of the kinds.
mod code {
    pub const ENTRY: u32 = 0;
    pub const EXIT: u32 = 1;
    pub const LINE: u32 = 2;
    pub const VALUES: u32 = 3;
    pub const STATE: u32 = 4;
    pub const METRIC: u32 = 5;
    pub const SENT: u32 = 6;
    pub const RECEIVED: u32 = 7;
    pub const CUSTOM: u32 = 8;
    pub const CORRELATED: u32 = 9;
    pub const SUSPENDED: u32 = 10;
    pub const RESUMED: u32 = 11;
    pub const THREAD_STARTED: u32 = 12;
    pub const THREAD_ENDED: u32 = 13;
    pub const LOST: u32 = 14;
    pub const MARK: u32 = 15;
}

const OUTCOMES: [Outcome; 6] =
    [Outcome::Returned, Outcome::Early, Outcome::Left, Outcome::Panicked, Outcome::Cancelled, Outcome::Unknown];

/// The event as bytes that [`deserialize`] makes it of again, in this version and in later ones.
///
/// ```
/// use scope_store::event::{Event, EventId, EventKind, ThreadId, deserialize, serialize};
///
/// let event = Event {
///     id: EventId::new(1_700_000_000_000_000_000, ThreadId(3), 17),
///     time: 1_700_000_000_000_000_000,
///     ticks: 5,
///     thread: ThreadId(3),
///     depth: 0,
///     call: None,
///     parent: None,
///     correlation: None,
///     site: None,
///     kind: EventKind::Lost { count: 2 },
/// };
/// assert_eq!(deserialize(&serialize(&event))?, event);
/// # Ok::<(), scope_store::event::EventError>(())
/// ```
pub fn serialize(event: &Event) -> Vec<u8> {
    let mut payload = Vec::new();
    let code = put_kind(&event.kind, &mut payload);
    let mut bytes = vec![VERSION];
    let stored = Stored {
        id: event.id.0,
        time: event.time,
        ticks: event.ticks,
        thread: event.thread.0,
        depth: event.depth,
        call: event.call.map(|id| id.0),
        parent: event.parent.map(|id| id.0),
        correlation: event.correlation.map(CorrelationId::to_u128),
        site: event.site.map(|id| id.0),
        code,
        payload: &payload,
    };
    put(stored, &mut bytes);
    bytes
}

/// The event that [`serialize`] made these bytes of. One of a kind that only a newer version knows is an [`EventKind::Unknown`].
///
/// Bytes may come from anywhere: what is read is in proportion to them.
///
/// # Errors
/// The bytes are not those of one whole event, or those of a newer version that has other fields for every event.
pub fn deserialize(bytes: &[u8]) -> Result<Event, EventError> {
    let Some((&version, mut rest)) = bytes.split_first() else { return Err(EventError::Empty) };
    if version != VERSION {
        return Err(EventError::Version { found: version, supported: VERSION });
    }
    let Ok(stored) = take::<Stored<'_>>(&mut rest) else {
        return Err(EventError::Malformed { offset: 1, part: "the fields of every event" });
    };
    let end = bytes.len() - rest.len();
    if !rest.is_empty() {
        return Err(EventError::Trailing { offset: end });
    }
    let kind = take_kind(stored.code, stored.payload, end - stored.payload.len())?;
    Ok(Event {
        id: EventId(stored.id),
        time: stored.time,
        ticks: stored.ticks,
        thread: ThreadId(stored.thread),
        depth: stored.depth,
        call: stored.call.map(CallId),
        parent: stored.parent.map(CallId),
        correlation: stored.correlation.map(CorrelationId::from_u128),
        site: stored.site.map(SiteId),
        kind,
    })
}

/// Appends what the kind has; gives its number.
fn put_kind(kind: &EventKind, out: &mut Vec<u8>) -> u32 {
    match kind {
        EventKind::Entry { args, is_async } => {
            put(*is_async, out);
            put_values(args, out);
            code::ENTRY
        }
        EventKind::Exit { outcome, value, duration, line } => {
            let number = OUTCOMES.iter().position(|known| known == outcome).unwrap_or(OUTCOMES.len() - 1);
            put((number as u8, *duration, *line), out);
            put_values(value, out);
            code::EXIT
        }
        EventKind::Line => code::LINE,
        EventKind::Values { values } => {
            put_values(values, out);
            code::VALUES
        }
        EventKind::State { old, new } => {
            put_values([old, new], out);
            code::STATE
        }
        EventKind::Metric { value } => {
            put_values([value], out);
            code::METRIC
        }
        EventKind::Sent { message, fields } => {
            put_values(std::iter::once(message).chain(fields), out);
            code::SENT
        }
        EventKind::Received { message, fields } => {
            put_values(std::iter::once(message).chain(fields), out);
            code::RECEIVED
        }
        EventKind::Custom { fields } => {
            put_values(fields, out);
            code::CUSTOM
        }
        EventKind::Correlated { id } => {
            put(id.map(CorrelationId::to_u128), out);
            code::CORRELATED
        }
        EventKind::Suspended => code::SUSPENDED,
        EventKind::Resumed => code::RESUMED,
        EventKind::ThreadStarted => code::THREAD_STARTED,
        EventKind::ThreadEnded => code::THREAD_ENDED,
        EventKind::Lost { count } => {
            put(*count, out);
            code::LOST
        }
        EventKind::Mark { mark } => {
            put_mark(mark, out);
            code::MARK
        }
        EventKind::Unknown { code, bytes } => {
            out.extend_from_slice(bytes);
            *code
        }
    }
}

fn put_mark(mark: &Mark, out: &mut Vec<u8>) {
    match mark {
        Mark::Start => put(0_u8, out),
        Mark::Stop => put(1_u8, out),
        Mark::Snapshot(reason) => put((2_u8, reason.as_str()), out),
        Mark::Limit(StopReason::MaxSize) => put((3_u8, 0_u8), out),
        Mark::Limit(StopReason::Other(reason)) => put((3_u8, *reason), out),
        Mark::Other(code) => put(*code, out),
    }
}

fn put_values<'v>(values: impl IntoIterator<Item = &'v Value>, out: &mut Vec<u8>) {
    let mut bytes = Vec::new();
    values.into_iter().for_each(|value| encode(value, &mut bytes));
    put(bytes.as_slice(), out);
}

/// The kind with this number. What follows on what this version knows of it is a newer one's.
fn take_kind(code: u32, payload: &[u8], offset: usize) -> Result<EventKind, EventError> {
    let mut part = Part { bytes: payload, rest: payload, offset };
    Ok(match code {
        code::ENTRY => {
            let is_async = part.field("an entry")?;
            EventKind::Entry { args: part.values("the arguments of an entry")?, is_async }
        }
        code::EXIT => {
            let (outcome, duration, line): (u8, _, _) = part.field("an exit")?;
            let value = part.values("the value of an exit")?.into_iter().next();
            match OUTCOMES.get(usize::from(outcome)) {
                Some(&outcome) => EventKind::Exit { outcome, value, duration, line },
                None => EventKind::Unknown { code, bytes: payload.to_vec() },
            }
        }
        code::LINE => EventKind::Line,
        code::VALUES => EventKind::Values { values: part.values("values")? },
        code::STATE => {
            let mut values = part.values("a state")?.into_iter();
            let mut next = || values.next().ok_or_else(|| part.malformed("a state"));
            EventKind::State { old: next()?, new: next()? }
        }
        code::METRIC => {
            let value = part.values("a metric")?.into_iter().next();
            EventKind::Metric { value: value.ok_or_else(|| part.malformed("a metric"))? }
        }
        code::SENT => {
            let (message, fields) = part.message()?;
            EventKind::Sent { message, fields }
        }
        code::RECEIVED => {
            let (message, fields) = part.message()?;
            EventKind::Received { message, fields }
        }
        code::CUSTOM => EventKind::Custom { fields: part.values("the fields of a custom event")? },
        code::CORRELATED => {
            let id: Option<u128> = part.field("the id of an operation")?;
            EventKind::Correlated { id: id.map(CorrelationId::from_u128) }
        }
        code::SUSPENDED => EventKind::Suspended,
        code::RESUMED => EventKind::Resumed,
        code::THREAD_STARTED => EventKind::ThreadStarted,
        code::THREAD_ENDED => EventKind::ThreadEnded,
        code::LOST => EventKind::Lost { count: part.field("how much was lost")? },
        code::MARK => EventKind::Mark { mark: part.mark()? },
        _ => EventKind::Unknown { code, bytes: payload.to_vec() },
    })
}

/// What a kind has, while it is read.
struct Part<'a> {
    bytes: &'a [u8],
    rest: &'a [u8],
    /// Where it begins.
    offset: usize,
}

impl<'a> Part<'a> {
    fn malformed(&self, part: &'static str) -> EventError {
        EventError::Malformed { offset: self.offset + self.bytes.len() - self.rest.len(), part }
    }

    fn field<T: bincode::BorrowDecode<'a, ()>>(&mut self, part: &'static str) -> Result<T, EventError> {
        take(&mut self.rest).map_err(|_| self.malformed(part))
    }

    fn values(&mut self, part: &'static str) -> Result<Vec<Value>, EventError> {
        let mut bytes: &[u8] = self.field(part)?;
        let mut values = Vec::new();
        while !bytes.is_empty() {
            let read = decode(bytes).ok().and_then(|(value, used)| Some((value, bytes.get(used..)?)));
            let Some((value, rest)) = read else {
                // The values are the last field that was read.
                let offset = self.offset + self.bytes.len() - self.rest.len() - bytes.len();
                return Err(EventError::Malformed { offset, part });
            };
            values.push(value);
            bytes = rest;
        }
        Ok(values)
    }

    fn message(&mut self) -> Result<(Value, Vec<Value>), EventError> {
        let mut values = self.values("a message")?.into_iter();
        let message = values.next().ok_or_else(|| self.malformed("a message"))?;
        Ok((message, values.collect()))
    }

    fn mark(&mut self) -> Result<Mark, EventError> {
        Ok(match self.field::<u8>("a mark")? {
            0 => Mark::Start,
            1 => Mark::Stop,
            2 => Mark::Snapshot(self.field::<&str>("the reason of a snapshot")?.to_owned()),
            3 => Mark::Limit(match self.field::<u8>("the reason of a limit")? {
                0 => StopReason::MaxSize,
                reason => StopReason::Other(reason),
            }),
            code => Mark::Other(code),
        })
    }
}

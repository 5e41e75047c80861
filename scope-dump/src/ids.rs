//! Numbers of calls and events as people type them.

use crate::log::{CallId, ThreadId};

/// A call: its number in JSON, or its thread and its number there, `1.17`.
pub(crate) fn call(text: &str) -> Result<CallId, String> {
    let number = |text: &str| text.parse::<u64>().ok();
    let id = match text.split_once('.') {
        Some((thread, call)) => {
            thread.parse().ok().zip(number(call)).map(|(thread, call)| CallId::new(ThreadId(thread), call))
        }
        None => number(text).map(CallId),
    };
    id.ok_or_else(|| "no call: expected its number in JSON, or its thread and its number there (`1.17`)".to_owned())
}

/// A call, as people are shown it.
pub(crate) fn shown(call: CallId) -> String {
    format!("{}.{}", call.thread().0, call.number())
}

/// An event: its thread and its number there, `1:1024`.
pub(crate) fn event(text: &str) -> Result<(ThreadId, u64), String> {
    let parts = text.split_once(':').and_then(|(thread, number)| Some((thread.parse().ok()?, number.parse().ok()?)));
    parts.map(|(thread, number)| (ThreadId(thread), number)).ok_or_else(|| {
        "no event: expected its thread and its number there, as `events` shows them (`1:1024`)".to_owned()
    })
}

/// A call, or the call that an event belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    Call(CallId),
    Event(ThreadId, u64),
}

/// Either of the two.
pub(crate) fn which(text: &str) -> Result<Which, String> {
    if text.contains(':') {
        event(text).map(|(thread, number)| Which::Event(thread, number))
    } else {
        call(text).map(Which::Call)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_and_events() {
        let id = CallId::new(ThreadId(1), 17);
        assert_eq!(call("1.17"), Ok(id));
        assert_eq!(call(&id.0.to_string()), Ok(id));
        assert_eq!(shown(id), "1.17");
        assert_eq!(which("3:1024"), Ok(Which::Event(ThreadId(3), 1024)));
        for text in ["", ".", "1.", "x", "1.2.3", "-1", "1:x", ":", "1:2:3"] {
            assert!(which(text).is_err(), "{text}");
        }
    }
}

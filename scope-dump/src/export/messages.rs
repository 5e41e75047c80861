//! Messages on their way: which sending a receiving belongs to.

use std::collections::{HashMap, VecDeque};

use crate::log::{Event, Value};

/// How many are remembered: the oldest is forgotten, and the arrow to who receives it later is missing.
const REMEMBERED: usize = 1 << 16;

/// By channel and message, the flow that was begun last.
#[derive(Debug, Default)]
pub(crate) struct Messages {
    flows: HashMap<(String, String), u64>,
    /// The same, in their order.
    order: VecDeque<((String, String), u64)>,
}

impl Messages {
    /// The number of the flow that begins here: no other one has it, also where a message is sent again.
    pub fn sent(&mut self, channel: &str, message: &Value, event: &Event, process: usize) -> u64 {
        // The thread's number, and the event's on it.
        let flow = unique(process, u64::from(event.id.thread().0) << 40 | event.id.number());
        let key = (channel.to_owned(), message.to_string());
        self.flows.insert(key.clone(), flow);
        self.order.push_back((key, flow));
        if self.order.len() > REMEMBERED
            && let Some((oldest, flow)) = self.order.pop_front()
            && self.flows.get(&oldest) == Some(&flow)
        {
            self.flows.remove(&oldest);
        }
        flow
    }

    /// The flow that leads to who receives this. It goes on: there may be further receivers.
    pub fn received(&self, channel: &str, message: &Value) -> Option<u64> {
        self.flows.get(&(channel.to_owned(), message.to_string())).copied()
    }
}

/// The number of a call or an event, for the whole export: unique as long as there are no more than 127 further processes, with 65,535
/// threads each.
pub(crate) const fn unique(process: usize, number: u64) -> u64 {
    number ^ (process as u64 & 0x7f) << 56
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::{EventKind, ThreadId};
    use scope_store::event::EventId;

    fn event(number: u64) -> Event {
        let (thread, kind) = (ThreadId(1), EventKind::Line);
        let id = EventId::new(1000, thread, number);
        let (call, parent, correlation, site) = (None, None, None, None);
        Event { id, time: 1000, ticks: 1000, thread, depth: 0, call, parent, correlation, site, kind }
    }

    #[test]
    fn what_is_received_belongs_to_what_was_sent_last() {
        let mut messages = Messages::default();
        let message = Value::Uint(7);
        assert_eq!(messages.received("a", &message), None);
        let first = messages.sent("a", &message, &event(1), 0);
        assert_eq!((messages.received("a", &message), messages.received("b", &message)), (Some(first), None));
        // By all who receive it; and what is sent again is another one.
        assert_eq!(messages.received("a", &message), Some(first));
        let second = messages.sent("a", &message, &event(2), 0);
        assert!(first != second);
        assert_eq!(messages.received("a", &message), Some(second));
    }

    #[test]
    fn the_oldest_is_forgotten() {
        let mut messages = Messages::default();
        for number in 0..=REMEMBERED as u64 {
            messages.sent("a", &Value::Uint(number.into()), &event(number), 0);
        }
        assert_eq!(messages.received("a", &Value::Uint(0)), None);
        assert!(messages.received("a", &Value::Uint(1)).is_some());
        // What was sent again is remembered, though it was once forgotten.
        messages.sent("a", &Value::Uint(1), &event(1 << 30), 0);
        messages.sent("a", &Value::Uint(2), &event(1 << 31), 0);
        assert!(messages.received("a", &Value::Uint(1)).is_some());
        assert!(messages.flows.len() <= REMEMBERED && messages.order.len() <= REMEMBERED);
    }
}

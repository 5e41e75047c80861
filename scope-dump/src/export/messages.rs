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
    pub fn sent(&mut self, channel: &str, message: &Value, event: &Event) -> u64 {
        // The thread's number, and the event's on it: unique in the log, as long as the numbers are of a usual size.
        let flow = u64::from(event.id.thread().0) << 40 | event.id.number();
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

//! `tracy-client`: zones that wait in memory for a profiler to connect, which none does here.

use crate::subject::{Calls, Kind, Recording, Subject, nowhere};
use crate::work;
use std::path::Path;
use tracy_client::{Client, span};

pub const TRACY: Subject = Subject {
    name: "tracy-client",
    note: "enabled, no profiler connected: zones wait in memory; no sampling of the system",
    calls: Calls { nothing, ints: Some(ints), text: Some(text) },
    start,
    landed: nowhere,
};

fn start(_: &Path, _: Kind) -> Box<dyn Recording> {
    Box::new(Running { _client: Client::start() })
}

struct Running {
    _client: Client,
}

impl Recording for Running {}

#[inline(never)]
fn nothing(a: u64, b: u64) -> u64 {
    let _span = span!("nothing");
    work(a, b)
}

#[inline(never)]
fn ints(a: u64, b: u64) -> u64 {
    let span = span!("ints");
    span.emit_value(a);
    span.emit_value(b);
    let result = work(a, b);
    span.emit_value(result);
    result
}

#[inline(never)]
fn text(a: u64, b: u64, text: &str) -> u64 {
    let span = span!("text");
    span.emit_value(a);
    span.emit_value(b);
    span.emit_text(text);
    let result = work(a, b);
    span.emit_value(result);
    result
}

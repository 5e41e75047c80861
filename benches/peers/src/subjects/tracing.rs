//! `tracing` with a registry and a layer that does nothing: what spans and events cost before anybody writes them down.

use crate::subject::{Bare, Calls, Subject, nowhere};
use crate::work;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::{Layer, Registry};

pub const TRACING: Subject = Subject {
    name: "tracing, no-op layer",
    note: "`registry()` and a layer that takes nothing: fields are made and looked at by nobody; `ret` is an event",
    calls: CALLS,
    start: |_, _| {
        let subscriber = tracing_subscriber::registry().with(Nothing);
        tracing::subscriber::set_global_default(subscriber).expect("the first subscriber");
        Box::new(Bare)
    },
    landed: nowhere,
};

struct Nothing;

impl Layer<Registry> for Nothing {}

/// For every subscriber of `tracing`.
pub const CALLS: Calls = Calls { nothing, ints: Some(ints), text: Some(text) };

#[tracing::instrument(skip_all)]
#[inline(never)]
fn nothing(a: u64, b: u64) -> u64 {
    work(a, b)
}

#[tracing::instrument(ret)]
#[inline(never)]
fn ints(a: u64, b: u64) -> u64 {
    work(a, b)
}

#[tracing::instrument(ret)]
#[inline(never)]
fn text(a: u64, b: u64, text: &str) -> u64 {
    work(a, b)
}

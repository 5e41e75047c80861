//! Events while the program runs: a stage before the log, a sink beside it, and a subscription.
//!
//!     cargo run --release --features live --example live
//!
//! The stage takes a secret away before anything has it, the sink counts, and another thread watches for errors. None of them
//! changes what the program does; the figures at the end say what they cost.

use scope::event::{EventKind, Outcome};
use scope::pipeline::{filter, map, sink};
use scope::value::Value;
use scope::{Overflow, Recorder};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

#[scope::instrument]
mod bank {
    pub fn transfer(account: &str, amount: u64) -> Result<u64, String> {
        tick();
        let balance = balance(account)?;
        balance.checked_sub(amount).ok_or_else(|| format!("{amount} is more than there is"))
    }

    fn balance(account: &str) -> Result<u64, String> {
        if account.is_empty() { Err("no such account".to_owned()) } else { Ok(account.len() as u64 * 100) }
    }

    fn tick() {}
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let calls = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&calls);
    let guard = Recorder::builder()
        .overflow(Overflow::Block)
        .stage("no ticks", filter(|event| !event.function().ends_with("::tick")))
        .stage("no accounts", map(|event| event.value_mut("account").into_iter().for_each(|v| *v = Value::Redacted)))
        .sink(
            "calls",
            sink(move |batch| {
                let entries = batch.events().iter().filter(|event| matches!(event.kind, EventKind::Entry { .. }));
                counted.fetch_add(entries.count() as u64, Ordering::Relaxed);
                Ok(())
            }),
        )
        .start()?;

    // Somebody else's thread, for which nobody waits.
    let subscription = guard.subscribe(1024).ok_or("the recorder is off")?;
    let watcher = std::thread::spawn(move || {
        let mut errors = Vec::new();
        for batch in subscription {
            for event in batch.events() {
                if let EventKind::Exit { outcome: Outcome::Early, value: Some(error), .. } = &event.kind {
                    let function = batch.place(event).map_or_else(String::new, |place| place.function.clone());
                    errors.push(format!("{function} left with {error}"));
                }
            }
        }
        errors
    });

    for round in 0..1000 {
        let account = if round % 250 == 7 { "" } else { "DE02" };
        _ = bank::transfer(account, round);
    }

    let recorder = Recorder::current().ok_or("no probe was hit")?;
    recorder.finish()?;
    for error in watcher.join().map_err(|_| "the watcher panicked")? {
        println!("{error}");
    }
    let figures = recorder.figures();
    println!("\n{} calls; {} events in {} bytes", calls.load(Ordering::Relaxed), figures.events, figures.bytes);
    for stage in &figures.stages {
        println!("{:>12}: {:>5} events, {:>5} left out, {:?}", stage.name, stage.events, stage.left_out, stage.time);
    }
    for sink in &figures.sinks {
        println!("{:>12}: {:>5} events, {:?}", sink.name, sink.events, sink.time);
    }
    Ok(())
}

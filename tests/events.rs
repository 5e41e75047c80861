//! Every kind of event, from the attribute to the reader.

mod common;

use common::{record, record_with};
use scope_store::event::{EventKind, Mark, Outcome};

#[scope::instrument(level = "detailed")]
fn add(a: u32, b: u32) -> u32 {
    a + b
}

#[test]
fn a_call_has_its_arguments_and_its_result() {
    let recorded = record(|| assert_eq!(add(2, 3), 5));
    assert_eq!(recorded.lines(), ["enter add(a = 2, b = 3)", "exit add Returned 5"]);
    let EventKind::Exit { duration, .. } = recorded.events[1].kind else { panic!("no exit") };
    assert!(duration.is_some_and(|ns| ns < 1_000_000_000), "{duration:?}");
}

#[scope::instrument(level = "boundaries")]
fn bare(a: u32) -> u32 {
    a
}

#[test]
fn boundaries_have_no_values() {
    let recorded = record(|| assert_eq!(bare(2), 2));
    assert_eq!(recorded.lines(), ["enter bare()", "exit bare Returned"]);
}

#[scope::instrument(level = "detailed")]
fn parse(text: &str) -> Result<u8, Box<dyn std::error::Error>> {
    let number: u8 = text.parse()?;
    if number == 0 {
        return Err("zero".into());
    }
    Ok(number)
}

#[test]
fn an_early_exit_has_its_error_and_line() {
    let recorded = record(|| {
        assert!(parse("x").is_err());
        assert!(parse("0").is_err());
        assert!(parse("7").is_ok());
    });
    assert_eq!(
        recorded.lines(),
        [
            r#"enter parse(text = "x")"#,
            "exit parse Early ParseIntError { kind: InvalidDigit } at its line",
            r#"enter parse(text = "0")"#,
            r#"exit parse Returned Err("zero")"#,
            r#"enter parse(text = "7")"#,
            "exit parse Returned Ok(7)",
        ]
    );
    let EventKind::Exit { line: Some(line), .. } = recorded.events[1].kind else { panic!("no line") };
    let source: Vec<_> = include_str!("events.rs").lines().collect();
    assert!(source[line as usize - 1].contains("text.parse()?"), "line {line}");
}

#[scope::instrument(level = "detailed")]
mod falls {
    pub fn outer(depth: u32) {
        inner(depth)
    }
    fn inner(depth: u32) {
        assert!(depth == 0, "too deep");
    }
}

#[test]
fn a_panic_ends_every_call_on_its_way() {
    let recorded = record(|| {
        std::panic::catch_unwind(|| falls::outer(1)).expect_err("it panics");
        falls::outer(0);
    });
    assert_eq!(
        recorded.lines(),
        [
            "enter outer(depth = 1)",
            "enter inner(depth = 1)",
            "exit inner Panicked",
            "exit outer Panicked",
            "enter outer(depth = 0)",
            "enter inner(depth = 0)",
            "exit inner Returned",
            "exit outer Returned",
        ]
    );
    let depths: Vec<_> = recorded.events.iter().map(|event| event.depth).collect();
    assert_eq!(depths, [0, 1, 1, 0, 0, 1, 1, 0]);
    assert!(matches!(recorded.events[1].kind, EventKind::Entry { .. }));
    assert_eq!(recorded.events[1].parent, recorded.events[0].call);
}

#[scope::instrument(level = "full")]
fn lines_and_variables(n: u32) -> u32 {
    let mut sum = 0;
    for i in 0..n {
        sum += i;
    }
    let factor = 2;
    let twice = |x: u32| {
        let y = x * factor;
        y
    };
    twice(sum)
}

#[test]
fn full_has_lines_and_variables() {
    let recorded = record(|| assert_eq!(lines_and_variables(3), 6));
    let lines = recorded.lines();
    let values: Vec<_> = lines.iter().filter(|line| line.starts_with("values")).map(String::as_str).collect();
    for value in ["sum = 0", "sum = 1", "sum = 3", "y = 6"] {
        assert!(values.iter().any(|line| line.ends_with(value)), "{value} is missing: {values:?}");
    }
    assert!(lines.iter().filter(|line| line.starts_with("line")).count() >= 7, "{lines:?}");
}

struct Unseen;

#[derive(Debug)]
#[expect(dead_code, reason = "Debug reads them")]
struct Seen {
    id: u8,
}

#[scope::instrument(level = "detailed", skip(hidden))]
fn values<T>(seen: Seen, unseen: Unseen, items: &[Option<i8>], hidden: u8, password: &str, generic: T) -> T {
    let _ = (seen, unseen, items, hidden, password);
    generic
}

#[test]
fn every_type_has_a_value() {
    let recorded = record(|| {
        values(Seen { id: 1 }, Unseen, &[Some(-1), None], 9, "hunter2", 'g');
    });
    let line = &recorded.lines()[0];
    for part in ["seen = Seen { id: 1 }", "Unseen, 0 bytes", "items = [Some(-1), None]", "generic = 'g'"] {
        assert!(line.contains(part), "{part} is missing: {line}");
    }
    assert!(!line.contains("hunter2") && line.contains("password = <redacted>"), "{line}");
    assert!(!line.contains("hidden"), "{line}");
}

#[scope::instrument(level = "detailed")]
async fn wait(n: u32) -> u32 {
    yield_now().await;
    n + 1
}

async fn yield_now() {
    let mut waited = false;
    std::future::poll_fn(|_| {
        if std::mem::replace(&mut waited, true) { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
}

fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}

#[test]
fn an_async_call_is_suspended_and_resumed() {
    let recorded = record(|| assert_eq!(block_on(wait(1)), 2));
    assert_eq!(recorded.lines(), ["enter wait(n = 1)", "wait Suspended", "wait Resumed", "exit wait Returned 2"]);
    assert!(recorded.events.iter().all(|event| event.call == recorded.events[0].call));
}

#[test]
fn an_async_call_that_is_dropped_was_cancelled() {
    let recorded = record(|| {
        let mut future = Box::pin(wait(1));
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        assert!(future.as_mut().poll(&mut context).is_pending());
        std::thread::spawn(move || drop(future)).join().expect("no panic");
    });
    let Some(EventKind::Exit { outcome, .. }) = recorded.events.last().map(|event| event.kind.clone()) else {
        panic!("no exit: {:?}", recorded.lines())
    };
    assert_eq!(outcome, Outcome::Cancelled);
}

#[test]
fn losses_are_counted_where_they_happened() {
    let recorded = record_with(
        |builder| builder.ring_size(4096).flush_interval(std::time::Duration::from_secs(60)),
        || {
            for i in 0..100_000 {
                bare(i);
            }
        },
    );
    let lost: u64 =
        recorded.events.iter().map(|e| if let EventKind::Lost { count } = e.kind { count } else { 0 }).sum();
    let kept = recorded.events.iter().filter(|e| !matches!(e.kind, EventKind::Lost { .. })).count() as u64;
    assert!(lost > 0);
    assert_eq!(lost + kept, 200_000);
}

#[test]
fn recording_stops_at_the_size_that_is_allowed() {
    let recorded = record_with(
        |builder| {
            // Compressed they may have room.
            let builder = builder.max_size(64 << 10).compression(scope::Compression::None);
            builder.flush_interval(std::time::Duration::from_millis(1))
        },
        || {
            for i in 0..200_000 {
                bare(i);
            }
        },
    );
    let last = recorded.events.last().map(|event| event.kind.clone());
    assert!(matches!(last, Some(EventKind::Mark { mark: Mark::Limit(_) })), "{last:?}");
}

/// Its `x` has the type `!`: see `scope_core::capture::captured`.
#[scope::instrument(level = "full")]
fn never(n: u8) -> u8 {
    if n == 0 {
        #[expect(unused_variables, clippy::diverging_sub_expression, reason = "nothing comes after it")]
        let x = std::process::exit(1);
    }
    n
}

struct Own(u8);

impl scope::Capture for Own {
    fn capture(&self, w: &mut scope::value::ValueWriter<'_>) {
        w.str(if self.0 == 0 { "off" } else { "on" });
    }
}

#[scope::instrument(level = "detailed")]
fn own(value: Own) -> Option<Own> {
    Some(value)
}

#[test]
fn users_types_write_themselves() {
    let recorded = record(|| {
        assert_eq!(never(3), 3);
        own(Own(1));
    });
    let lines = recorded.lines();
    assert!(lines.contains(&"exit never Returned 3".to_owned()), "{lines:?}");
    assert_eq!(lines[lines.len() - 2..], [r#"enter own(value = "on")"#, r#"exit own Returned Some("on")"#]);
}

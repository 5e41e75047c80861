//! Async code of every kind: which calls there are, when they wait and how they end.

mod common;

use common::record;
use scope_store::event::{Event, EventKind};
use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

type Error = Box<dyn std::error::Error>;
type Boxed = Pin<Box<dyn Future<Output = u8> + Send>>;

/// Pending once.
fn pause() -> impl Future<Output = ()> {
    let mut waited = false;
    std::future::poll_fn(move |_| if std::mem::replace(&mut waited, true) { Poll::Ready(()) } else { Poll::Pending })
}

fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = poll(future.as_mut()) {
            return output;
        }
    }
}

fn poll<F: Future + ?Sized>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

#[scope::instrument(level = "detailed")]
fn blocks(n: u8) -> u8 {
    let borrowed = async {
        pause().await;
        n + 1
    };
    let moved = async move { n + 2 };
    block_on(borrowed) + block_on(moved)
}

#[test]
fn a_block_is_a_call_of_its_own() {
    let recorded = record(|| assert_eq!(blocks(1), 5));
    assert_eq!(
        recorded.lines(),
        [
            "enter blocks(n = 1)",
            "enter blocks::{async block}()",
            "blocks::{async block} Suspended",
            "blocks::{async block} Resumed",
            "exit blocks::{async block} Returned 2",
            "enter blocks::{async block}()",
            "exit blocks::{async block} Returned 3",
            "exit blocks Returned 5",
        ]
    );
}

#[scope::instrument(level = "detailed")]
async fn exits(text: &str) -> Result<u8, std::num::ParseIntError> {
    let inner = async {
        let parsed: u8 = text.parse()?;
        if parsed == 7 {
            return Ok(77);
        }
        pause().await;
        Ok(parsed)
    };
    inner.await
}

#[test]
fn a_block_has_its_own_exits() {
    let recorded = record(|| {
        for text in ["x", "7", "8"] {
            let _ = block_on(exits(text));
        }
    });
    assert_eq!(
        recorded.lines(),
        [
            r#"enter exits(text = "x")"#,
            "enter exits::{async block}()",
            "exit exits::{async block} Early ParseIntError { kind: InvalidDigit } at its line",
            r#"exit exits Returned Err(ParseIntError { kind: InvalidDigit })"#,
            r#"enter exits(text = "7")"#,
            "enter exits::{async block}()",
            "exit exits::{async block} Returned Ok(77)",
            "exit exits Returned Ok(77)",
            r#"enter exits(text = "8")"#,
            "enter exits::{async block}()",
            "exits::{async block} Suspended",
            "exits Suspended",
            "exits Resumed",
            "exits::{async block} Resumed",
            "exit exits::{async block} Returned Ok(8)",
            "exit exits Returned Ok(8)",
        ]
    );
}

#[scope::instrument(level = "detailed")]
fn boxed<'a>(n: &'a u8) -> Pin<Box<dyn Future<Output = Result<u8, Error>> + Send + 'a>> {
    let copy = *n;
    Box::pin(async move {
        let zero: u8 = "0".parse()?;
        pause().await;
        if copy == 9 {
            return Err("nine".into());
        }
        Ok(copy + zero)
    })
}

#[test]
fn a_future_in_a_box_is_one_call() {
    let recorded = record(|| {
        assert_eq!(block_on(boxed(&1)).ok(), Some(1));
        assert!(block_on(boxed(&9)).is_err());
        drop(boxed(&2));
    });
    assert_eq!(
        recorded.lines(),
        [
            "enter boxed(n = 1)",
            "boxed Suspended",
            "boxed Resumed",
            "boxed Suspended",
            "boxed Resumed",
            "exit boxed Returned Ok(1)",
            "enter boxed(n = 9)",
            "boxed Suspended",
            "boxed Resumed",
            "boxed Suspended",
            "boxed Resumed",
            r#"exit boxed Returned Err("nine")"#,
            "enter boxed(n = 2)",
            "boxed Suspended",
            "boxed Resumed",
            "exit boxed Cancelled",
        ]
    );
}

#[scope::instrument(level = "detailed")]
fn opaque(n: u8) -> impl Future<Output = u8> + Send {
    async move { n }
}

#[scope::instrument(level = "detailed")]
fn either(n: u8) -> Pin<Box<dyn Future<Output = u8>>> {
    if n == 0 {
        return Box::pin(std::future::ready(0));
    }
    if n == 1 {
        return Box::pin(async { 10 });
    }
    match n {
        2 => Box::pin(async { 20 }),
        n => Box::pin(opaque(n)),
    }
}

#[test]
fn every_way_out_of_a_function_that_gives_a_future() {
    let recorded = record(|| (0..4).for_each(|n| _ = block_on(either(n))));
    let lines = recorded.lines();
    let lines: Vec<_> = lines.iter().filter(|line| line.starts_with("exit")).map(String::as_str).collect();
    assert!(lines[0].starts_with("exit either Returned <Opaque: core::pin::Pin"), "{lines:?}");
    assert_eq!(
        lines[1..],
        ["exit either Returned 10", "exit either Returned 20", "exit either Left", "exit opaque Returned 3"]
    );
}

#[scope::instrument(level = "full")]
async fn calm(n: u8) -> u8 {
    pause().await;
    let (a, mut b) = (n, n + 1);
    for i in 0..2 {
        b += i;
    }
    if let Some(c) = Some(b) {
        pause().await;
        b += c;
    }
    let mut sum = {
        let mut inner = vec![u16::from(a)];
        inner.push(b.into());
        inner.len() as u8
    };
    match sum {
        0 => {}
        more => sum += more,
    }
    sum
}

#[test]
fn variables_that_are_gone_before_the_next_wait_are_shown() {
    let recorded = record(|| assert_eq!(block_on(calm(1)), 4));
    let mut inside: Vec<_> = recorded.lines().into_iter().filter(|line| !line.starts_with("line ")).collect();
    inside.pop();
    assert_eq!(
        inside[1..],
        [
            "calm Suspended",
            "calm Resumed",
            "round calm for i in 0..2",
            "values calm i = 0",
            "round calm for i in 0..2",
            "values calm i = 1",
            "branch calm if let Some(c) = Some(b)",
            "calm Suspended",
            "calm Resumed",
            "values calm inner = [1]",
            "values calm inner = [1, 6]",
            "values calm sum = 2",
            "branch calm more",
            "values calm more = 2",
            "values calm sum = 4",
        ]
    );
}

#[scope::instrument(level = "detailed")]
async fn closures(n: u8) -> Result<u8, std::num::ParseIntError> {
    let add = async |x: &str| {
        let parsed: u8 = x.parse()?;
        pause().await;
        Ok(parsed + n)
    };
    twice(add).await
}

async fn twice<F>(f: F) -> Result<u8, std::num::ParseIntError>
where
    F: AsyncFn(&str) -> Result<u8, std::num::ParseIntError>,
{
    Ok(f("1").await? + f("x").await?)
}

#[test]
fn an_async_closure_is_a_call_of_its_own() {
    let recorded = record(|| assert!(block_on(closures(1)).is_err()));
    assert_eq!(
        recorded.lines(),
        [
            "enter closures(n = 1)",
            "enter closures::{async closure}()",
            "closures::{async closure} Suspended",
            "closures Suspended",
            "closures Resumed",
            "closures::{async closure} Resumed",
            "exit closures::{async closure} Returned Ok(2)",
            "enter closures::{async closure}()",
            "exit closures::{async closure} Early ParseIntError { kind: InvalidDigit } at its line",
            "exit closures Returned Err(ParseIntError { kind: InvalidDigit })",
        ]
    );
}

#[scope::instrument(level = "detailed")]
async fn travels(n: u8) -> u8 {
    pause().await;
    stays(n).await
}

#[scope::instrument(level = "detailed")]
async fn stays(n: u8) -> u8 {
    pause().await;
    n
}

/// Polls a future once.
fn poll_once<F: Future + ?Sized>(mut future: Pin<Box<F>>) -> Pin<Box<F>> {
    assert!(poll(future.as_mut()).is_pending());
    future
}

macro_rules! wait_twice {
    () => {
        pause().await;
        pause().await;
    };
}

/// A macro hides where it waits.
#[scope::instrument(level = "detailed")]
async fn hides(n: u8) -> u8 {
    wait_twice!();
    n
}

#[scope::instrument(level = "detailed")]
fn boxes(n: u8) -> Pin<Box<dyn Future<Output = u8> + Send>> {
    Box::pin(async move {
        wait_twice!();
        n
    })
}

#[test]
fn a_call_has_one_id_on_all_threads() {
    let makes: [fn() -> Boxed; 3] = [|| Box::pin(travels(1)), || Box::pin(hides(1)), || boxes(1)];
    for make in makes {
        let recorded = record(|| {
            let future = poll_once(make());
            let future = std::thread::spawn(|| poll_once(future)).join().expect("no panic");
            assert_eq!(std::thread::spawn(|| block_on(future)).join().expect("no panic"), 1);
        });
        let mut events = recorded.events.clone();
        events.sort_by_key(|event| event.time);
        let call = events[0].call;
        events.retain(|event| event.call == call);
        let mut threads: Vec<_> = events.iter().map(|event| event.thread).collect();
        threads.dedup();
        assert_eq!(threads.len(), 3, "{:?}", recorded.lines());
        let is_end = |event: &Event| matches!(&event.kind, EventKind::Exit { value: Some(value), .. } if value.to_string() == "1");
        assert!(events.last().is_some_and(is_end), "{:?}", recorded.lines());
    }
}

trait Service {
    type Reply;
    fn call(&self, n: u8) -> Self::Reply;
}

struct Adds(u8);

#[scope::instrument(level = "detailed", skip(self))]
impl Service for Adds {
    type Reply = Boxed;

    fn call(&self, n: u8) -> Self::Reply {
        let sum = self.0 + n;
        Box::pin(async move { sum })
    }
}

/// The block is for another thread, and the function does not give it back.
#[scope::instrument(level = "detailed")]
fn spawns() -> std::thread::JoinHandle<u8> {
    spawn(async { 1 })
}

fn spawn(future: impl Future<Output = u8> + Send + 'static) -> std::thread::JoinHandle<u8> {
    std::thread::spawn(|| block_on(future))
}

#[test]
fn what_is_given_back_decides_whose_call_a_block_is() {
    let recorded = record(|| assert_eq!(block_on(Adds(1).call(2)), 3));
    let name = "<Adds as Service>::call";
    assert_eq!(
        recorded.lines(),
        [
            format!("enter {name}(n = 2)"),
            format!("{name} Suspended"),
            format!("{name} Resumed"),
            format!("exit {name} Returned 3")
        ]
    );
    let recorded = record(|| assert_eq!(spawns().join().ok(), Some(1)));
    let mut lines = recorded.lines();
    lines.retain(|line| !line.starts_with("exit spawns Returned JoinHandle"));
    lines.sort();
    assert_eq!(lines, ["enter spawns()", "enter spawns::{async block}()", "exit spawns::{async block} Returned 1"]);
}

/// Async functions: each but the last waits for the next one.
macro_rules! nested {
    ($last:ident) => {
        #[scope::instrument(level = "full")]
        async fn $last(n: u8) -> u8 { pause().await; n }
    };
    ($first:ident $second:ident $($others:ident)*) => {
        #[scope::instrument(level = "full")]
        async fn $first(n: u8) -> u8 { $second(n).await + 1 }
        nested! { $second $($others)* }
    };
}
nested! {
    a01 a02 a03 a04 a05 a06 a07 a08 a09 a10 a11 a12 a13 a14 a15 a16
    a17 a18 a19 a20 a21 a22 a23 a24 a25 a26 a27 a28 a29 a30 a31 a32
}

/// rustc follows types in types 128 deep, which are about so many async functions. With one type more for each they are too deep.
#[test]
fn futures_in_futures_are_no_deeper() {
    let recorded = record(|| assert_eq!(block_on::<Boxed>(Box::pin(a01(1))), 32));
    let lines = recorded.lines();
    let count = |text: &str| lines.iter().filter(|line| line.ends_with(text)).count();
    assert_eq!((count("(n = 1)"), count(" Suspended"), count(" Resumed")), (32, 32, 32), "{lines:?}");
}

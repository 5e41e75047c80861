//! Async code as others write and run it: `async_trait`, tokio's attributes above and below ours, its macros and its threads.

mod common;

use common::record;
use futures::FutureExt;
use futures::future::BoxFuture;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::yield_now;

fn run<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime").block_on(future)
}

#[derive(Debug)]
struct Store(u8);

macro_rules! service {
    ($module:ident, $($attributes:tt)*) => {
        mod $module {
            use super::*;

            #[async_trait::async_trait]
            pub trait Service: Sized + Send + Sync {
                async fn get(&self, key: &str) -> Result<u8, std::num::ParseIntError>;
                async fn add(&mut self, by: u8) -> u8;
                async fn finish(self) -> u8;
                async fn shared(self: Arc<Self>, (a, _b): (u8, u8)) -> u8;
            }

            $($attributes)*
            impl Service for Store {
                async fn get(&self, key: &str) -> Result<u8, std::num::ParseIntError> {
                    yield_now().await;
                    let parsed: u8 = key.parse()?;
                    Ok(parsed + self.0)
                }

                async fn add(&mut self, by: u8) -> u8 {
                    self.0 += by;
                    self.0
                }

                async fn finish(self) -> u8 {
                    yield_now().await;
                    self.0
                }

                async fn shared(self: Arc<Self>, (a, _b): (u8, u8)) -> u8 {
                    if a == 0 {
                        return 0;
                    }
                    self.0 + a
                }
            }

            pub async fn all() {
                let mut store = Store(1);
                assert_eq!(store.get("2").await, Ok(3));
                assert!(store.get("x").await.is_err());
                assert_eq!(store.add(1).await, 2);
                assert_eq!(store.finish().await, 2);
                assert_eq!(Arc::new(Store(1)).shared((2, 3)).await, 3);
            }
        }
    };
}

service!(theirs_first, #[async_trait::async_trait] #[scope::instrument(level = "detailed")]);
service!(ours_first, #[scope::instrument(level = "detailed")] #[async_trait::async_trait]);

#[test]
fn a_method_of_async_trait_is_one_call() {
    for (first, is_theirs) in [(record(|| run(theirs_first::all())), true), (record(|| run(ours_first::all())), false)]
    {
        let lines = first.lines();
        let ends: Vec<_> = lines
            .iter()
            .filter(|line| !line.ends_with("Suspended") && !line.ends_with("Resumed"))
            .map(|line| line.replace("<Store as Service>::", ""))
            .collect();
        let pair = if is_theirs { "__arg1 = (2, 3)" } else { "(a, _b) = (2, 3)" };
        assert_eq!(
            ends,
            [
                r#"enter get(self = Store(1), key = "2")"#,
                "exit get Returned Ok(3)",
                r#"enter get(self = Store(1), key = "x")"#,
                "exit get Early ParseIntError { kind: InvalidDigit } at its line",
                r#"enter add(self = Store(1), by = 1)"#,
                "exit add Returned 2",
                r#"enter finish(self = Store(2))"#,
                "exit finish Returned 2",
                &format!(r#"enter shared(self = Store(1), {pair})"#),
                "exit shared Returned 3",
            ],
            "{lines:?}"
        );
        let waits = lines.iter().filter(|line| line.ends_with("Suspended")).count();
        assert_eq!(lines.iter().filter(|line| line.ends_with("Resumed")).count(), waits);
    }
}

#[tokio::main(flavor = "current_thread")]
#[scope::instrument(level = "detailed")]
async fn main_below() -> u8 {
    yield_now().await;
    1
}

#[scope::instrument(level = "detailed")]
#[tokio::main(flavor = "current_thread")]
async fn main_above() -> u8 {
    yield_now().await;
    2
}

#[test]
fn main_functions() {
    let recorded = record(|| assert_eq!((main_below(), main_above()), (1, 2)));
    let ends: Vec<_> = recorded.lines().into_iter().filter(|line| line.starts_with("e")).collect();
    assert_eq!(
        ends,
        [
            "enter main_below()",
            "enter main_below::{async block}()",
            "exit main_below::{async block} Returned 1",
            "exit main_below Returned 1",
            "enter main_above()",
            "exit main_above Returned 2",
        ]
    );
}

#[tokio::test]
#[ignore = "called by `test_functions`, alone"]
#[scope::instrument(level = "detailed")]
async fn test_below() {
    yield_now().await;
}

#[scope::instrument(level = "detailed")]
#[tokio::test(flavor = "multi_thread")]
#[ignore = "called by `test_functions`, alone"]
async fn test_above() -> Result<(), std::num::ParseIntError> {
    let one: u8 = "1".parse()?;
    assert_eq!(one, 1);
    Ok(())
}

#[test]
fn test_functions() {
    let recorded = record(|| {
        test_below();
        assert_eq!(test_above(), Ok(()));
    });
    let ends: Vec<_> = recorded.lines().into_iter().filter(|line| line.starts_with("e")).collect();
    assert_eq!(
        ends,
        [
            "enter test_below()",
            "enter test_below::{async block}()",
            "exit test_below::{async block} Returned",
            "exit test_below Returned ()",
            "enter test_above()",
            "exit test_above Returned Ok(())",
        ]
    );
}

#[scope::instrument(level = "detailed")]
async fn selects() -> &'static str {
    let never = async {
        tokio::time::sleep(Duration::from_secs(3600)).await;
        "never"
    };
    let soon = async {
        yield_now().await;
        "soon"
    };
    tokio::select! {
        biased;
        value = never => value,
        value = soon => value,
    }
}

#[test]
fn select_cancels_the_others() {
    let recorded = record(|| assert_eq!(run(selects()), "soon"));
    let ends: Vec<_> = recorded.lines().into_iter().filter(|line| line.starts_with("e")).collect();
    assert_eq!(
        ends,
        [
            "enter selects()",
            "enter selects::{async block}()",
            "enter selects::{async block}()",
            r#"exit selects::{async block} Returned "soon""#,
            "exit selects::{async block} Cancelled",
            r#"exit selects Returned "soon""#,
        ]
    );
    let lines = recorded.lines();
    assert_eq!(lines.iter().filter(|line| *line == "selects Suspended").count(), 1, "{lines:?}");
}

#[scope::instrument(level = "detailed")]
fn boxed(n: u32) -> BoxFuture<'static, u32> {
    async move {
        for _ in 0..n {
            yield_now().await;
        }
        n
    }
    .boxed()
}

#[scope::instrument(level = "detailed")]
async fn joins() -> u32 {
    let (a, b) = futures::join!(boxed(1), boxed(2));
    a + b
}

#[test]
fn joined_futures_take_turns() {
    let recorded = record(|| assert_eq!(run(joins()), 3));
    let lines = recorded.lines();
    assert_eq!(lines[..3], ["enter joins()", "enter boxed(n = 1)", "boxed Suspended"]);
    assert_eq!(lines[lines.len() - 3..], ["boxed Resumed", "exit boxed Returned 2", "exit joins Returned 3"]);
}

#[scope::instrument(level = "detailed")]
async fn spawns() -> u32 {
    let tasks: Vec<_> = (0..8)
        .map(|n| {
            tokio::spawn(async move {
                let value = boxed(n).await;
                yield_now().await;
                value
            })
        })
        .collect();
    let mut sum = 0;
    for task in tasks {
        sum += task.await.expect("no panic");
    }
    let late = tokio::time::timeout(Duration::from_millis(1), async { std::future::pending::<u32>().await }).await;
    sum + late.unwrap_or(100)
}

#[test]
fn tasks_move_between_threads() {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_time().build().expect("a runtime");
    let recorded = record(|| {
        assert_eq!(runtime.block_on(spawns()), 128);
        drop(runtime);
    });
    let mut events = recorded.events.clone();
    events.sort_by_key(|event| event.time);
    let calls: std::collections::HashSet<_> = events.iter().map(|event| event.call).collect();
    // The function, eight blocks with a future each, the one that was late.
    assert_eq!(calls.len(), 1 + 8 * 2 + 1);
    for call in calls {
        let of: Vec<_> = events.iter().filter(|event| event.call == call).map(|event| &event.kind).collect();
        assert!(matches!(of[0], scope_store::event::EventKind::Entry { .. }), "{of:?}");
        assert!(matches!(of[of.len() - 1], scope_store::event::EventKind::Exit { .. }), "{of:?}");
    }
}

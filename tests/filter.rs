//! The filter of the run time: which woven functions record.

use scope::{Filter, Recorder, set_filter};
use scope_store::LogReader;
use scope_store::event::{Event, EventKind};

#[scope::instrument(level = "full")]
mod shop {
    pub fn order(n: u64) -> u64 {
        let price = price(n);
        for item in 0..2 {
            _ = stock::take(item, "a text");
        }
        price
    }

    fn price(n: u64) -> u64 {
        n * 2
    }

    pub mod stock {
        pub fn take(item: u64, name: &str) -> Result<String, String> {
            let text = format!("{name} {item}");
            if item > 5 {
                Err(text.clone())?;
            }
            Ok(text)
        }

        pub async fn later() -> u64 {
            let mut is_ready = false;
            std::future::poll_fn(|_| match std::mem::replace(&mut is_ready, true) {
                true => std::task::Poll::Ready(7),
                false => std::task::Poll::Pending,
            })
            .await
        }

        pub async fn count(n: u64) -> u64 {
            let ready = std::future::ready(n).await;
            ready + super::price(n)
        }
    }

    /// Changes the filter amid its own call.
    pub fn changes(filter: &str) -> u64 {
        scope::set_filter(filter).expect("a filter");
        let n = 1;
        n + 1
    }
}

fn names(log: &LogReader, events: &[Event], kind: impl Fn(&EventKind) -> bool) -> Vec<String> {
    let name = |event: &Event| log.site(event.site.expect("a site")).expect("defined").name.clone();
    events.iter().filter(|event| kind(&event.kind)).map(name).collect()
}

/// Begins a call that may no longer record when it ends, on a thread that has recorded nothing before.
fn ends_elsewhere() {
    let mut future = Box::pin(shop::stock::later());
    let poll = |future: std::pin::Pin<&mut _>| {
        Future::poll(future, &mut std::task::Context::from_waker(std::task::Waker::noop())).is_ready()
    };
    assert!(!poll(future.as_mut()));
    set_filter("!filter::shop").expect("a filter");
    assert!(std::thread::spawn(move || poll(future.as_mut())).join().expect("it ends"));
}

fn count() -> u64 {
    let mut future = std::pin::pin!(shop::stock::count(3));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match future.as_mut().poll(&mut context) {
        std::task::Poll::Ready(n) => n,
        std::task::Poll::Pending => 0,
    }
}

#[test]
fn only_what_the_filter_admits_records() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("filter.scope");
    let filter = Filter::new("filter::shop, !filter::shop::stock").expect("a filter");
    let guard = Recorder::builder().log(&path).filter(filter).start().expect("a recorder");
    // The program's first probe is one that may not record.
    _ = shop::stock::take(1, "first");
    shop::order(1);
    count();
    // Hit before and not hit before, other than what was.
    set_filter("**::stock::count, **::changes").expect("a filter");
    shop::order(2);
    count();
    // A call that has begun ends, and shows what it gives back.
    shop::changes("!filter::shop");
    shop::order(3);
    assert!(set_filter("a::::b").is_err(), "and it stays as it was");
    shop::order(4);
    set_filter("").expect("a filter");
    shop::order(5);
    ends_elsewhere();
    guard.finish().expect("the log is whole");

    let log = LogReader::open(&path).expect("a log");
    assert_eq!(log.header().setting("filter"), Some("filter::shop, !filter::shop::stock"));
    assert_eq!(log.lost(), 0);
    let events: Vec<Event> = log
        .events()
        .filter(|event| !event.as_ref().is_ok_and(|event| event.is_bookkeeping()))
        .collect::<Result<_, _>>()
        .expect("no damage");
    let is_entry = |kind: &EventKind| matches!(kind, EventKind::Entry { .. });
    let entries = names(&log, &events, is_entry);
    assert_eq!(entries, ["order", "price", "price", "count", "changes", "order", "price", "take", "take", "later"]);
    let exits = names(&log, &events, |kind| matches!(kind, EventKind::Exit { .. }));
    assert_eq!(exits.len(), entries.len());
    // Every exit, line and value is of a call that was recorded.
    let calls: Vec<_> = events.iter().filter(|event| is_entry(&event.kind)).map(|event| event.call).collect();
    assert!(events.iter().all(|event| calls.contains(&event.call)), "{events:#?}");
    let shown = events.iter().find_map(|event| match &event.kind {
        EventKind::Exit { value: Some(value), .. }
            if names(&log, std::slice::from_ref(event), |_| true) == ["changes"] =>
        {
            Some(value.to_string())
        }
        _ => None,
    });
    assert_eq!(shown.as_deref(), Some("2"));
}

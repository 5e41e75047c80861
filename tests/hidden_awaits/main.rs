//! Async functions in which a macro may hide an `.await`: each future is watched as a whole.

#[path = "../common/mod.rs"]
mod common;

macro_rules! wait {
    ($future:expr) => {
        $future.await
    };
}

mod drops;

use common::record;
use std::cell::Cell;
use std::fmt::Debug;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// Pending once.
fn pause() -> impl Future<Output = ()> {
    let mut waited = false;
    std::future::poll_fn(move |_| if std::mem::replace(&mut waited, true) { Poll::Ready(()) } else { Poll::Pending })
}

fn poll<F: Future + ?Sized>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

fn run<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = poll(future.as_mut()) {
            return output;
        }
    }
}

fn is_send<F: Future + Send>(future: F) -> F {
    future
}

struct Large([u8; 1000]);

impl Drop for Large {
    fn drop(&mut self) {}
}

#[derive(Clone, Debug, Default)]
struct Account {
    name: String,
    cents: u64,
}

#[derive(Debug)]
struct Held<'a>(&'a str);

/// Those of one module: plain, or woven with these attributes.
macro_rules! functions {
    ($(#[$woven:meta])*) => {
        use super::*;

        $(#[$woven])*
        pub async fn copied(bytes: [u8; 1000]) -> u8 { wait!(pause()); bytes[0] }
        $(#[$woven])*
        pub async fn copied_before(bytes: [u8; 1000], more: impl Iterator<Item = &u8>) -> u8 { let n = bytes[0]; wait!(pause()); n + more.sum::<u8>() }
        $(#[$woven])*
        pub async fn dropped(large: Large) -> u8 { wait!(pause()); large.0[0] }
        $(#[$woven])*
        pub async fn moved(large: Large) { drop(large); wait!(pause()); }
        $(#[$woven])*
        pub async fn many(a: &str, b: &str, c: &str, d: &str, e: String) -> usize {
            let sum = a.len() + b.len() + c.len() + d.len() + e.len();
            wait!(pause());
            sum
        }
        $(#[$woven])*
        pub async fn patterns((a, mut b): (String, String), [c, d]: [u64; 2], _: u8, e: String) -> u64 {
            wait!(pause());
            b.push_str(&a);
            b.len() as u64 + c + d + e.len() as u64
        }

        $(#[$woven])*
        pub async fn endless(bytes: [u8; 1000]) -> ! {
            loop {
                wait!(pause());
                if bytes[1] == 7 {
                    std::panic::panic_any("seven");
                }
            }
        }

        $(#[$woven])*
        async fn named<'a>(text: &'a str, other: &str) -> &'a str { wait!(pause()); assert_ne!(other, "x"); text }
        $(#[$woven])*
        async fn held(held: Held<'_>, lent: &Held<'_>) -> usize { wait!(pause()); held.0.len() + lent.0.len() }
        $(#[$woven])*
        async fn opaque(a: impl Debug, b: &mut (impl Debug + ?Sized)) -> String { wait!(pause()); format!("{a:?}{b:?}") }
        $(#[$woven])*
        async fn given(of: &[u8]) -> impl Iterator<Item = &u8> + '_ { wait!(pause()); of.iter() }
        $(#[$woven])*
        async fn tried(text: &str) -> Result<u64, std::num::ParseIntError> {
            wait!(pause());
            let n: u64 = text.parse()?;
            if n > 100 {
                return Ok(n);
            }
            Ok(n + 1)
        }
        $(#[$woven])*
        async fn generic<T, const N: usize>(all: [T; N], one: Option<T>) -> usize where T: Debug + Clone {
            wait!(pause());
            all.len() + usize::from(one.is_some())
        }
        $(#[$woven])*
        async fn recursive(n: u64) -> u64 { if n == 0 { 0 } else { wait!(Box::pin(recursive(n - 1))) + 1 } }
        $(#[$woven])*
        async fn local(n: Rc<Cell<u8>>) -> u8 { wait!(pause()); n.replace(2) }
        $(#[$woven])*
        async unsafe fn dangerous(n: &u8) -> u8 { wait!(pause()); *n }

        trait Keeper {
            type Key: Debug;
            async fn keep(&self, n: u64) -> u64;
            $(#[$woven])*
            async fn keep_more(&self, n: u64) -> u64 { wait!(pause()); self.keep(n).await + 1 }
            async fn key(&self) -> Self::Key;
            fn send(&self, n: u64) -> impl Future<Output = u64> + Send;
        }

        $(#[$woven])*
        impl Keeper for Account {
            type Key = u8;
            async fn keep(&self, n: u64) -> u64 { wait!(pause()); self.cents + n }
            async fn key(&self) -> Self::Key { wait!(pause()); 1 }
            async fn send(&self, n: u64) -> u64 { wait!(std::future::ready(())); self.cents + n }
        }

        $(#[$woven])*
        impl<'a> Keeper for Held<'a> {
            type Key = &'a str;
            async fn keep(&self, n: u64) -> u64 { wait!(pause()); n }
            async fn key(&self) -> Self::Key { wait!(pause()); self.0 }
            async fn send(&self, n: u64) -> u64 { wait!(std::future::ready(())); n }
        }

        pub trait Kinds: Sized {
            async fn by_ref(&self, other: &str) -> &str;
            async fn by_mut(&mut self, more: u64) -> &mut Self;
            async fn by_value(self) -> Self;
            async fn pinned(self: Pin<&mut Self>, more: u64) -> u64;
            async fn shared(self: Rc<Self>) -> u64;
            async fn made(name: impl Into<String>) -> Self;
        }

        $(#[$woven])*
        impl Kinds for Account {
            async fn by_ref(&self, other: &str) -> &str { wait!(pause()); assert_ne!(other, "x"); &self.name }
            async fn by_mut(&mut self, more: u64) -> &mut Self { wait!(pause()); self.cents += more; self }
            async fn by_value(mut self) -> Self { wait!(pause()); self.cents += 1; self }
            async fn pinned(self: Pin<&mut Self>, more: u64) -> u64 { wait!(pause()); self.cents + more }
            async fn shared(self: Rc<Self>) -> u64 { wait!(pause()); self.cents }
            async fn made(name: impl Into<String>) -> Self { wait!(pause()); Self { name: name.into(), cents: 0 } }
        }

        async fn takes<F: AsyncFn(&str, &str) -> usize>(f: F) -> usize { f("ab", "c").await }
        $(#[$woven])*
        async fn taken(a: &str, b: &str) -> usize { wait!(pause()); a.len() + b.len() }

        pub fn all() -> Vec<String> {
            let account = Account { name: "Ada".to_owned(), cents: 3 };
            let mut other = account.clone();
            let text = "text".to_owned();
            vec![
                run(is_send(named(&text, "b"))).to_owned(),
                run(is_send(held(Held(&text), &Held("k")))).to_string(),
                run(opaque(1, &mut [2][..])),
                run(given(&[1, 2])).count().to_string(),
                format!("{:?}", ["1", "x", "500"].map(|text| run(is_send(tried(text))))),
                run(generic([1, 2], Some(3))).to_string(),
                run(recursive(5)).to_string(),
                run(local(Rc::default())).to_string(),
                // SAFETY: it is not.
                unsafe { run(dangerous(&7)) }.to_string(),
                format!("{} {}", run(account.keep(1)), run(account.keep_more(2))),
                format!("{:?} {}", run(account.key()), run(is_send(account.send(3)))),
                format!("{:?} {}", run(Held("h").key()), run(Held("h").keep_more(4))),
                run(is_send(account.by_ref("o"))).to_owned(),
                run(run(other.by_mut(2)).by_mut(3)).cents.to_string(),
                format!("{:?}", run(other.by_value())),
                run(Pin::new(&mut account.clone()).pinned(2)).to_string(),
                run(Rc::new(account.clone()).shared()).to_string(),
                format!("{:?}", run(Account::made("Bob"))),
                run(takes(taken)).to_string(),
                run(patterns((text.clone(), text.clone()), [1, 2], 3, text.clone())).to_string(),
                run(many("a", "b", "c", "d", text)).to_string(),
            ]
        }
    };
}

mod plain {
    functions! {}
}

mod woven {
    functions! { #[scope::instrument(level = "full")] }
}

#[test]
fn they_do_what_they_did() {
    let recorded = record(|| assert_eq!(woven::all(), plain::all()));
    let lines = recorded.lines();
    let others = record(|| assert_eq!(among_others::all(), plain::all()));
    assert_eq!(others.lines(), lines);
    for line in [
        r#"enter named(text = "text", other = "b")"#,
        r#"exit named Returned "text""#,
        "exit tried Early ParseIntError { kind: InvalidDigit } at its line",
        "exit keep_more Returned 6",
        "exit <Account as Keeper>::keep Returned 5",
        "exit <Held<'a> as Keeper>::key Returned \"h\"",
        "exit patterns Returned 15",
    ] {
        assert!(lines.iter().any(|have| have == line), "`{line}` is missing:\n{}", lines.join("\n"));
    }
    let count = |text: &str| lines.iter().filter(|line| line.ends_with(text)).count();
    assert_eq!(count(" Suspended"), count(" Resumed"));
}

/// Here a call may be too slow.
#[allow(dead_code, reason = "only their sizes are looked at")]
mod timed {
    functions! { #[scope::instrument(level = "full", snapshot_over = "10 s")] }
}

/// Another macro may look for an `async fn` here.
#[allow(unknown_diagnostic_attributes, reason = "an attribute of somebody else's, which may be a macro")]
mod among_others {
    functions! { #[scope::instrument(level = "full")] #[diagnostic::of_others] }
}

#[test]
fn they_are_no_larger() {
    macro_rules! sizes {
        ($module:ident) => {{
            use $module::*;
            let text = String::new;
            [
                size_of_val(&copied([0; 1000])),
                size_of_val(&copied_before([0; 1000], [1].iter())),
                size_of_val(&dropped(Large([0; 1000]))),
                size_of_val(&moved(Large([0; 1000]))),
                size_of_val(&many("", "", "", "", text())),
                size_of_val(&patterns((text(), text()), [0; 2], 0, text())),
                size_of_val(&endless([0; 1000])),
            ]
        }};
    }
    let plain = sizes!(plain);
    for woven in [sizes!(woven), sizes!(timed), sizes!(among_others)] {
        assert!(plain.iter().zip(&woven).all(|(plain, woven)| *woven <= plain + 64), "{woven:?} against {plain:?}");
    }
}

#[test]
fn a_call_begins_with_its_first_poll() {
    let recorded = record(|| {
        drop(woven::moved(Large([0; 1000])));
        let mut endless = Box::pin(is_send(woven::endless([7; 1000])));
        assert!(poll(endless.as_mut()).is_pending());
        assert!(catch_unwind(AssertUnwindSafe(|| poll(endless.as_mut()))).is_err());
        let mut future = Box::pin(woven::many("a", "b", "c", "d", String::new()));
        woven::all();
        assert!(poll(future.as_mut()).is_pending());
        drop(future);
        let mut inside = Box::pin(outer(1));
        assert!(poll(inside.as_mut()).is_pending());
        assert!(poll(inside.as_mut()).is_ready());
    });
    let lines = recorded.lines();
    let at = |line: &str| lines.iter().rposition(|have| have == line).unwrap_or_else(|| panic!("`{line}`: {lines:#?}"));
    assert!(!lines.iter().any(|line| line.contains("moved")), "{lines:#?}");
    assert!(at("endless Suspended") < at("endless Resumed") && at("endless Resumed") < at("exit endless Panicked"));
    assert!(at("enter many(a = \"a\", b = \"b\", c = \"c\", d = \"d\", e = \"\")") > at("exit taken Returned 3"));
    assert_eq!(lines[at("exit many Cancelled") - 2..][..2], ["many Suspended", "many Resumed"]);
    assert_eq!(
        lines[at("enter outer(n = 1)")..],
        [
            "enter outer(n = 1)",
            "enter inner(n = 2)",
            "inner Suspended",
            "outer Suspended",
            "outer Resumed",
            "inner Resumed",
            "exit inner Returned 2",
            "enter inner(n = 3)",
            "exit inner Panicked",
            "exit outer Returned 2",
        ]
    );
}

#[scope::instrument(level = "detailed")]
async fn outer(n: u8) -> u8 {
    let m = wait!(inner(n + 1));
    let mut other = Box::pin(inner(3));
    assert!(catch_unwind(AssertUnwindSafe(|| poll(other.as_mut()).is_pending())).is_err());
    m
}

#[scope::instrument(level = "detailed")]
async fn inner(n: u8) -> u8 {
    if n == 3 {
        std::panic::panic_any(());
    }
    wait!(pause());
    n
}

//! Where a lock may be held no `Debug` of the program is run: here it would wait for that very lock.

mod common;

use common::record;
use serde::{Serialize, Serializer};
use std::fmt::{self, Debug, Formatter};
use std::future::Future;
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, TryLockError};
use std::time::Duration;

/// Whoever shows it needs all its locks.
pub struct Locks {
    m: Mutex<u8>,
    l: RwLock<u8>,
}

impl Locks {
    fn new() -> Self {
        Self { m: Mutex::new(1), l: RwLock::new(2) }
    }

    /// A guard without a name that says so.
    fn inner(&self) -> MutexGuard<'_, u8> {
        self.m.lock().unwrap()
    }
}

impl Debug for Locks {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        // Poison is no matter here.
        let m = *self.m.lock().unwrap_or_else(PoisonError::into_inner);
        let l = *self.l.write().unwrap_or_else(PoisonError::into_inner);
        write!(f, "Locks({m}, {l})")
    }
}

/// What is looked at: shown, or left alone.
#[scope::instrument(level = "detailed")]
fn look(s: &Locks) {
    std::hint::black_box(s);
}

#[scope::instrument(level = "boundaries")]
fn through(s: &Locks) {
    look(s);
}

/// For each [`look`] that `run` comes to, whether it saw something: `+` or `-`.
fn seen(run: fn(&Locks)) -> String {
    // A hang must not be one of the tests.
    let (done, ended) = std::sync::mpsc::channel();
    let watch = std::thread::spawn(move || {
        if ended.recv_timeout(Duration::from_secs(20)).is_err() {
            eprintln!("a value waits for a lock");
            std::process::abort();
        }
    });
    let recorded = record(|| run(&Locks::new()));
    done.send(()).unwrap();
    watch.join().unwrap();
    let looks = recorded.lines().into_iter().filter(|line| line.starts_with("enter look("));
    looks.map(|line| sign(&line)).collect()
}

fn sign(line: &str) -> char {
    match (line.contains("Locks("), line.contains("Locks (a lock may be held), ")) {
        (true, false) => '+',
        (false, true) => '-',
        _ => panic!("{line}"),
    }
}

/// Runs a function at each level, and compares what was seen.
macro_rules! seen {
    ($(fn $name:ident($s:ident) $expected:literal $body:block)*) => {$(
        #[test]
        fn $name() {
            mod of {
                #[allow(unused_imports, reason = "for those who need it")]
                use super::*;
                #[scope::instrument(level = "boundaries")]
                pub fn boundaries($s: &Locks) $body
                #[scope::instrument(level = "detailed")]
                pub fn detailed($s: &Locks) $body
                #[scope::instrument(level = "full")]
                pub fn full($s: &Locks) $body
            }
            for (level, run) in [("boundaries", of::boundaries as fn(&Locks)), ("detailed", of::detailed), ("full", of::full)] {
                assert_eq!(seen(run), $expected, "{level}");
            }
        }
    )*};
}

seen! {
    fn guard_in_a_variable(s) "+-" {
        look(s);
        let g = s.m.lock().unwrap();
        look(s);
        assert_eq!(*g, 1);
    }
    fn the_end_of_its_block(s) "-+" {
        {
            let mut g = s.m.lock().unwrap();
            *g += 1;
            look(s);
        }
        look(s);
    }
    fn given_back_by_drop(s) "-+" {
        let g = s.m.lock().unwrap();
        look(s);
        drop(g);
        look(s);
    }
    fn given_back_somewhere_else(s) "--" {
        let g = s.m.lock().unwrap();
        if *g == 1 {
            drop(g);
            look(s);
        }
        // Nobody knows from here.
        look(s);
    }
    fn a_temporary(s) "+" {
        let n = *s.m.lock().unwrap();
        s.l.write().unwrap().clone_from(&n);
        look(s);
    }
    fn what_is_called_meanwhile(s) "--+" {
        fn with(s: &Locks, n: &u8) -> u8 {
            look(s);
            *n
        }
        let n = with(s, &s.m.lock().unwrap());
        assert_eq!(with(s, &s.l.read().unwrap()), n + 1);
        look(s);
    }
    fn scrutinee_of_a_match(s) "-+" {
        match s.m.lock().unwrap().checked_sub(1) {
            Some(_) => look(s),
            None => unreachable!(),
        }
        look(s);
    }
    fn scrutinee_of_an_if_let(s) "--+" {
        if let Ok(g) = s.m.try_lock() {
            look(s);
            assert_eq!(*g, 1);
        }
        if let Some(0) = s.m.lock().unwrap().checked_sub(1) {
            look(s);
        }
        look(s);
    }
    fn scrutinee_of_a_while_let(s) "--+" {
        while let Some(n) = s.m.lock().unwrap().checked_add(253) {
            look(s);
            if n == 254 {
                look(s);
                break;
            }
        }
        look(s);
    }
    fn head_of_a_for(s) "--+" {
        for _ in 0..=*s.m.lock().unwrap() {
            look(s);
        }
        look(s);
    }
    fn condition(s) "-++" {
        fn is(s: &Locks, n: u8) -> bool {
            look(s);
            n == 1
        }
        if is(s, { *s.m.lock().unwrap() }) && *s.m.lock().unwrap() == 1 {
            look(s);
        }
        while *s.m.lock().unwrap() == 1 {
            look(s);
            *s.m.lock().unwrap() = 2;
        }
    }
    fn either_way(s) "-" {
        let g = match s.m.lock() {
            Ok(g) => g,
            Err(poisoned) => poisoned.into_inner(),
        };
        look(s);
        assert_eq!(*g, 1);
    }
    fn let_else(s) "-" {
        let Ok(g) = s.l.try_read() else { return };
        look(s);
        assert_eq!(*g, 2);
    }
    fn readers_and_writers(s) "--" {
        {
            let _r = s.l.read().unwrap();
            look(s);
        }
        let _w = s.l.write().unwrap();
        look(s);
    }
    fn at_depth(s) "-+" {
        let g = s.m.lock().unwrap();
        through(s);
        drop(g);
        through(s);
    }
    fn tail(s) "-" {
        match s.m.lock().unwrap().checked_sub(1) {
            Some(_) => look(s),
            None => unreachable!(),
        }
    }
    fn kept_elsewhere(s) "-" {
        let mut guards = Vec::new();
        guards.push(s.m.lock().unwrap());
        look(s);
    }
    fn all_of_them(s) "-+" {
        {
            let _all: Vec<_> = [&s.m].into_iter().map(|m| m.lock().unwrap()).collect();
            look(s);
        }
        look(s);
    }
    fn typed(s) "-" {
        let _g: MutexGuard<'_, u8> = s.inner();
        look(s);
    }
    fn handed_over(s) "--+" {
        #[scope::instrument(level = "detailed")]
        fn to(g: MutexGuard<'_, u8>, s: &Locks) -> u8 {
            look(s);
            *g
        }
        to(s.inner(), s);
        #[scope::instrument(level = "detailed")]
        fn lent(_: &mut MutexGuard<'_, u8>, s: &Locks) {
            look(s);
        }
        {
            let mut g: MutexGuard<'_, u8> = s.inner();
            lent(&mut g, s);
        }
        look(s);
    }
    fn in_closures(s) "--+" {
        fn with(s: &Locks, n: &u8) -> u8 {
            look(s);
            *n
        }
        let closure = |s: &Locks| with(s, &s.m.lock().unwrap());
        let block = |s: &Locks| {
            let g = s.m.lock().unwrap();
            look(s);
            *g
        };
        assert_eq!(closure(s), block(s));
        look(s);
    }
    fn in_arms(s) "-+" {
        fn with(s: &Locks, n: &u8) {
            look(s);
            assert_eq!(*n, 1);
        }
        match 1 {
            1 => with(s, &s.m.lock().unwrap()),
            _ => {}
        }
        look(s);
    }
    fn a_loop_of_work(s) "-+-+" {
        for _ in 0..2 {
            {
                let _g = s.m.lock().unwrap();
                look(s);
            }
            look(s);
        }
    }
    fn a_panic_gives_back(s) "-+" {
        std::panic::set_hook(Box::new(|_| {}));
        let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let _g = s.m.lock().unwrap();
            look(s);
            panic!("held");
        }));
        assert!(caught.is_err());
        look(s);
    }
    fn a_return_gives_back(s) "-+" {
        fn leaves(s: &Locks) -> Option<u8> {
            let g = s.m.lock().ok()?;
            look(s);
            if *g == 1 {
                return None;
            }
            Some(*g)
        }
        assert_eq!(leaves(s), None);
        look(s);
    }
    fn it_is_about_one_thread(s) "+" {
        let _g = s.m.lock().unwrap();
        std::thread::scope(|scope| {
            scope.spawn(|| look(&Locks::new()));
        });
    }
    fn under_a_cfg(s) "-+" {
        #[cfg(all())]
        let g = s.m.lock().unwrap();
        #[cfg(any())]
        let g = s.l.lock().unwrap();
        look(s);
        #[cfg(all())]
        drop(g);
        look(s);
    }
    fn files_are_no_locks(s) "+" {
        use std::io::Read;
        let mut text = [0; 1];
        let _n = std::io::empty().read(&mut text).unwrap();
        let _out = std::io::stdout().lock();
        look(s);
    }
}

/// Locks of others, with their names.
struct Other(Mutex<u8>);

impl Other {
    fn upgradable_read(&self) -> Option<MutexGuard<'_, u8>> {
        self.0.lock().ok()
    }

    fn try_lock_for(&self, _: Duration) -> Option<MutexGuard<'_, u8>> {
        self.0.try_lock().ok()
    }

    fn write_arc(&self) -> MutexGuard<'_, u8> {
        self.0.lock().unwrap()
    }
}

impl Debug for Other {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0.try_lock() {
            Err(TryLockError::WouldBlock) => std::process::abort(),
            _ => f.write_str("Other"),
        }
    }
}

#[scope::instrument(level = "full")]
fn others(other: &Other) -> Result<&Other, &Other> {
    {
        let g = other.upgradable_read().unwrap();
        let first = other;
        assert_eq!(*g, 1);
    }
    {
        let g = other.try_lock_for(Duration::ZERO);
        let second = other;
        assert!(g.is_some());
    }
    let _g = other.write_arc();
    // What leaves is seen while the guard is there.
    Err(other)?
}

#[test]
fn values_of_every_kind() {
    let recorded = record(|| assert!(others(&Other(Mutex::new(1))).is_err()));
    let text = recorded.lines().join("\n");
    let hidden = "<Opaque: &locks::Other (a lock may be held), 8 bytes>";
    assert!(text.contains("enter others(other = Other)"), "{text}");
    for name in ["first", "second"] {
        assert!(text.contains(&format!("values others {name} = {hidden}")), "{text}");
    }
    assert!(text.contains(&format!("exit others Early {hidden}")), "{text}");
}

/// As serde's own `Serialize` of a `Mutex`.
struct Data(Mutex<u8>);

impl Serialize for Data {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.try_lock() {
            Ok(value) => serializer.serialize_u8(*value),
            Err(_) => std::process::abort(),
        }
    }
}

#[scope::instrument(level = "full")]
fn serializes(data: &Data) -> u8 {
    let before = data;
    let g = before.0.lock().unwrap();
    let during = data;
    *g + shares(during, &[7])
}

#[scope::instrument(level = "full")]
fn shares(data: &Data, plain: &[u8]) -> u8 {
    plain[0]
}

#[test]
fn serialize_may_take_a_lock_too() {
    let text = record(|| assert_eq!(serializes(&Data(Mutex::new(1))), 8)).lines().join("\n");
    let hidden = "<Opaque: &locks::Data (a lock may be held), 8 bytes>";
    assert!(text.contains("enter serializes(data = 1)") && text.contains("values serializes before = 1"), "{text}");
    assert!(text.contains(&format!("values serializes during = {hidden}")), "{text}");
    assert!(text.contains(&format!("enter shares(data = {hidden}, plain = b\"\\x07\")")), "{text}");
}

#[scope::instrument(level = "full")]
async fn waits(s: &Locks) -> u8 {
    {
        let g = s.m.lock().unwrap();
        look(s);
        drop(g);
    }
    std::future::ready(()).await;
    look(s);
    let n = *s.m.lock().unwrap();
    let g = s.m.lock().unwrap();
    look(s);
    drop(g);
    std::future::ready(n).await
}

fn is_send<T: Send>(value: T) -> T {
    value
}

#[test]
fn futures_stay_what_they_are() {
    let s = Locks::new();
    let future = is_send(waits(&s));
    drop(future);
    let run = |s: &Locks| {
        let mut future = std::pin::pin!(waits(s));
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        assert_eq!(future.as_mut().poll(&mut context), std::task::Poll::Ready(1));
    };
    assert_eq!(seen(run), "-+-");
}

//! Panics: their words, their places, what is unwound; `#[track_caller]`.

super::twins! {
[messages, arithmetic, unwinding, caught, callers, methods, cells, drops_that_panic]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};

pub fn messages() {
    let list = [1_u8, 2];
    let none: Option<u8> = None;
    let error: Result<u8, Noisy> = Err(Noisy::new(4));
    match below(9) {
        0 => panic!("plain words"),
        1 => panic!("{list:?} and {}", num()),
        2 => note(none.unwrap()),
        3 => note(none.expect("a number")),
        4 => note(error.unwrap()),
        5 => assert!(flip(), "flipped {}", list[0]),
        6 => assert_eq!(num() % 2, num() % 2),
        7 => note(list[usize::from(below(4))]),
        _ => unreachable!("none of these"),
    }
}

fn calculated(a: u8, b: u8) -> u8 {
    let sum = a + b;
    let less = sum - num();
    let part = less / below(2);
    part
}

pub fn arithmetic() {
    note(calculated(num(), num()));
}

fn falls(depth: u8) -> Noisy {
    let held = Noisy::new(depth);
    let list: Vec<Noisy> = (0..below(3)).map(Noisy::new).collect();
    if depth == 0 {
        panic!("at the bottom with {}", list.len());
    }
    let under = falls(depth - 1);
    note(under.get());
    held
}

pub fn unwinding() {
    let _top = falls(below(4));
}

pub fn caught() {
    let mut log = vec![num()];
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let _inside = Noisy::new(1);
        log.push(1);
        if flip() {
            falls(1);
        }
        log.push(2);
        log.len()
    }));
    match outcome {
        Ok(len) => note(len),
        Err(payload) if flip() => resume_unwind(payload),
        Err(payload) => note(format_args!("{:?}", payload.downcast_ref::<String>())),
    }
    seen(log);
}

#[track_caller]
fn outer(n: u8) -> &'static Location<'static> {
    here();
    if n == 0 { Location::caller() } else { inner(n) }
}

#[track_caller]
fn inner(n: u8) -> &'static Location<'static> {
    if n > 3 {
        return Location::caller();
    }
    assert!(n != 2, "two");
    let at = Location::caller();
    here();
    at
}

pub fn callers() {
    for _ in 0..2 {
        let at = outer(below(5));
        note(at);
    }
    let through: fn(u8) -> &'static Location<'static> = outer;
    note(through(0).line() > 0);
    let closure = || { here(); inner(9) };
    note(closure());
}

struct Account {
    name: String,
    balance: u8,
}

impl Account {
    #[track_caller]
    fn take(&mut self, amount: u8) -> u8 {
        self.balance = self.balance.checked_sub(amount).unwrap_or_else(|| {
            panic!("{} has not got {amount}", self.name)
        });
        here();
        self.balance
    }

    #[track_caller]
    fn all(mut self) -> u8 {
        let amount = self.balance;
        self.take(amount) + amount
    }
}

impl Drop for Account {
    fn drop(&mut self) {
        note(format_args!("{} with {}", self.name, self.balance));
    }
}

pub fn methods() {
    let mut account = Account { name: "a".to_owned(), balance: 100 };
    account
        .take(num());
    account.balance += 3; account.take(num() / 2);
    note(account.all());
}

pub fn cells() {
    let cell = RefCell::new(vec![Noisy::new(1)]);
    let reader = cell.borrow();
    if flip() {
        cell.borrow_mut().push(Noisy::new(2));
    }
    drop(reader);
    cell.borrow_mut().push(Noisy::new(3));
    let mut map = BTreeMap::from([(1_u8, cell.take())]);
    map.entry(below(3)).or_default().push(Noisy::new(4));
    note(map[&below(3)].len());
}

struct Bomb(u8);

impl Drop for Bomb {
    fn drop(&mut self) {
        note(self.0);
        if !std::thread::panicking() && flip() {
            panic!("bomb {}", self.0);
        }
    }
}

fn carries(bomb: Bomb) -> u8 {
    let _noisy = Noisy::new(1);
    let _second = Bomb(bomb.0 + 1);
    bomb.0
}

pub fn drops_that_panic() {
    let _outer = Noisy::new(0);
    seen(carries(Bomb(num() / 2)));
}
}

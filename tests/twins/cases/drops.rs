//! Temporaries, and the order in which things are dropped.

super::twins! {
[locals, scrutinee, if_lets, while_lets, tails, arguments, statements, moved, parts, updates, guards, underscore, replaced]

use std::cell::RefCell;

pub fn locals() {
    let _first = Noisy::new(1);
    let _ = Noisy::new(2);
    let (_a, _) = (Noisy::new(3), Noisy::new(4));
    Noisy::new(5);
    let _last = &Noisy::new(6);
    if flip() {
        return;
    }
    let _late = [Noisy::new(7), Noisy::new(8)];
}

pub fn scrutinee() {
    match Noisy::new(1).get() {
        1 if flip() => note("one"),
        n => note(n),
    }
    match &Noisy::new(2) {
        Noisy(2) => {
            let _inner = Noisy::new(3);
            note("inside");
        }
        _ => {}
    }
    let value = match Some(Noisy::new(below(3))).as_ref().and_then(Noisy::some) {
        Some(n) => Noisy::new(n + 10),
        None => Noisy::new(20),
    };
    note(value.get());
}

pub fn if_lets() {
    if let Some(n) = Noisy::new(below(2)).some() {
        note(n);
    } else {
        note("nothing");
    }
    let taken = if let 0..=1 = Noisy::new(below(3)).get() { Noisy::new(30).get() } else { Noisy::new(40).get() };
    if Noisy::new(taken).get() == 30 && Noisy::new(5).get() == 5 || flip() {
        note("condition");
    }
}

pub fn while_lets() {
    let mut n = below(4);
    while let Some(less) = Noisy::new(n).some() {
        let _held = Noisy::new(less + 50);
        n = less;
        if flip() {
            continue;
        }
    }
    while Noisy::new(n).get() < 2 {
        n += 1;
    }
}

fn tail() -> u8 {
    let local = Noisy::new(1);
    Noisy::new(local.get() + 1).get()
}

fn tail_of_block(cell: &RefCell<Noisy>) -> u8 {
    let _local = Noisy::new(3);
    cell.borrow().get()
}

fn tail_of_match(arg: Noisy) -> Option<u8> {
    let _local = Noisy::new(4);
    match Noisy::new(arg.get()).some() {
        Some(n) => Some(Noisy::new(n).get()),
        None => Noisy::new(5).some(),
    }
}

pub fn tails() {
    seen(tail());
    let cell = RefCell::new(Noisy::new(9));
    seen(tail_of_block(&cell));
    seen(tail_of_match(Noisy::new(below(3))));
    let from_block = { let _inner = Noisy::new(6); Noisy::new(7).get() };
    seen(from_block);
    let f = |n: u8| Noisy::new(n).get();
    seen(f(8));
}

fn takes(a: Noisy, (_b, c): (Noisy, Noisy), _: Noisy, mut d: Noisy, Noisy(..): Noisy) -> Noisy {
    note("in");
    d.0 += a.get();
    let _local = Noisy::new(60);
    if flip() {
        return c;
    }
    drop(a);
    d
}

pub fn arguments() {
    let pair = (Noisy::new(2), Noisy::new(3));
    let given = takes(Noisy::new(1), pair, Noisy::new(4), Noisy::new(5), Noisy::new(6));
    note(given.get());
}

fn may(n: u8) -> Result<Noisy, Noisy> {
    if n == 0 { Err(Noisy::new(100)) } else { Ok(Noisy::new(n)) }
}

fn with_question() -> Result<u8, Noisy> {
    let _a = Noisy::new(1);
    let sum = Noisy::new(2).get() + may(below(3))?.get() + Noisy::new(3).get();
    let b = (Noisy::new(4), may(below(2))?, Noisy::new(5));
    Ok(sum + b.1.get())
}

pub fn statements() {
    let _ = seen(with_question());
    let list = [Noisy::new(1).get(), Noisy::new(2).get()];
    let n = list[usize::from(Noisy::new(1).get())] + { Noisy::new(3).get() };
    let _x = (Noisy::new(4), Noisy::new(n)).1;
    let _y = Some(Noisy::new(6)).as_ref().map(|noisy| noisy.get()).unwrap_or_else(|| Noisy::new(7).get());
}

pub fn moved() {
    let a = Noisy::new(1);
    let b = Noisy::new(2);
    let mut slot = None;
    if flip() {
        slot = Some(a);
    } else {
        drop(b);
    }
    let mut boxed = Box::new(Noisy::new(3));
    if flip() {
        drop(*boxed);
        boxed = Box::new(Noisy::new(4));
    }
    note(boxed.get());
    let moved = move || boxed.get();
    seen(moved());
    seen(slot);
}

struct Parts {
    one: Noisy,
    two: Option<Noisy>,
    three: (Noisy, Noisy),
}

pub fn parts() {
    let mut parts = Parts { three: (Noisy::new(3), Noisy::new(4)), one: Noisy::new(1), two: None };
    parts.two = Some(Noisy::new(2));
    let taken = parts.three.1;
    if flip() {
        drop(parts.one);
        parts.one = Noisy::new(11);
    }
    if flip() {
        parts.three.1 = taken;
        let Parts { one, three: (a, _), .. } = parts;
        note(one.get() + a.get());
    } else {
        note(parts.one.get());
        note(taken.get());
    }
}

#[derive(Debug, Default)]
struct Options {
    a: Noisy,
    b: Noisy,
    c: u8,
}

pub fn updates() {
    let base = Options { a: Noisy::new(1), ..Options::default() };
    let a = Noisy::new(2);
    let c = num();
    let next = Options { a, c, ..base };
    seen(&next);
    let last = if flip() { Options { b: Noisy::new(3), ..next } } else { next };
    note(last.a.get() ^ last.b.get() ^ last.c);
}

pub fn guards() {
    let mut list = vec![1, 2];
    let mut holder = Holder(&mut list, Noisy::new(1));
    note(holder.add(3));
    if flip() {
        drop(holder);
        list.push(4);
    } else {
        holder.0.clear();
        drop(holder);
    }
    {
        let Holder(ref inner, ref noisy) = Holder(&mut list, Noisy::new(2));
        note(inner.len() + usize::from(noisy.get()));
    }
    let len = Holder(&mut list, Noisy::new(3)).add(9);
    seen((len, list));
}

pub fn underscore() {
    let noisy = Noisy::new(1);
    let _ = noisy;
    let pair = (Noisy::new(2), Noisy::new(3));
    let (_, second) = pair;
    match Some(Noisy::new(4)) {
        Some(_) => note("some"),
        None => {}
    }
    let Some(_) = Some(Noisy::new(5)) else { return };
    _ = Noisy::new(6);
    note(second.get() + noisy.get() + pair.0.get());
}

pub fn replaced() {
    let mut noisy = Noisy::new(1);
    noisy = Noisy::new(noisy.get() + 1);
    let mut list = vec![Noisy::new(3), Noisy::new(4)];
    list[0] = Noisy::new(5);
    let old = std::mem::replace(&mut list[1], noisy);
    list.retain(|one| one.get() > 3 || flip());
    noisy = if flip() { old } else { Noisy::new(6) };
    for slot in &mut list {
        *slot = Noisy::new(slot.get() + 10);
    }
    list.truncate(1);
    note(noisy.get());
}
}

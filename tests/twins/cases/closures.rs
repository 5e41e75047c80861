//! Closures of each kind, what they capture, and iterators.

super::twins! {
[kinds, disjoint, captured, boxed, generic, adaptors, own_iterator, sorted, pointers, nested_items]

fn thrice(mut f: impl FnMut(u8) -> u8) -> u8 {
    f(1) ^ f(2) ^ f(3)
}

fn once<T>(f: impl FnOnce() -> T) -> T {
    note("once");
    f()
}

pub fn kinds() {
    let mut count = num();
    let shared = Noisy::new(1);
    let owned = Noisy::new(2);
    let read = |by: u8| shared.get().wrapping_add(by);
    note(thrice(read));
    let mut add = |by| {
        count = count.wrapping_add(by);
        if count > 200 { return 0 }
        count
    };
    note(add(3));
    note(thrice(&mut add));
    note(count);
    let give = move || owned;
    let given = if flip() { once(give) } else { once(|| shared.clone()) };
    note(given.get());
}

struct Wide {
    list: Vec<u8>,
    noisy: Noisy,
    name: String,
}

pub fn disjoint() {
    let mut wide = Wide { list: vec![1], noisy: Noisy::new(1), name: "w".to_owned() };
    let mut push = |n| wide.list.push(n);
    push(num());
    wide.name.push('x');
    push(num());
    let noisy = wide.noisy;
    let len = || wide.list.len() + wide.name.len();
    seen(len());
    wide.noisy = if flip() { noisy } else { Noisy::new(2) };
    seen(len());
    let Wide { list, .. } = wide;
    seen(list);
}

pub fn captured() {
    let a = Noisy::new(1);
    let b = (Noisy::new(2), Noisy::new(3));
    let f = move |last: bool| {
        let _inner = Noisy::new(4);
        if last { a.get() } else { b.1.get() }
    };
    note(f(flip()));
    let g = || f(true) + f(false);
    note(g());
    drop(f);
    note("end");
}

fn maker(n: u8) -> Box<dyn FnMut() -> Option<Noisy>> {
    let mut left = n % 4;
    if n > 128 {
        return Box::new(|| None);
    }
    Box::new(move || {
        left = left.checked_sub(1)?;
        Some(Noisy::new(left))
    })
}

fn composed<A, B, C>(f: impl Fn(A) -> B, g: impl Fn(B) -> C) -> impl Fn(A) -> C {
    move |x| {
        let middle = f(x);
        g(middle)
    }
}

pub fn boxed() {
    let mut make = maker(num());
    while let Some(noisy) = make() {
        note(noisy.get());
    }
    let both = composed(|n: u8| Noisy::new(n), |noisy| noisy.get() / 2);
    note(both(num()));
    let mut all: Vec<Box<dyn Fn() -> u8>> = Vec::new();
    for i in 0..3 {
        let noisy = Noisy::new(i);
        all.push(Box::new(move || noisy.get()));
    }
    let removed = all.swap_remove(usize::from(below(3)));
    note(removed());
    note(all.iter().map(|f| f()).sum::<u8>());
}

fn largest<T: PartialOrd + Clone>(list: &[T]) -> Option<T> {
    let mut best = list.first()?;
    for one in list {
        if one > best {
            best = one;
        }
    }
    Some(best.clone())
}

fn apply<T, E, F>(value: T, f: F) -> Result<T, E>
where
    F: Fn(&T) -> Option<E>,
{
    if let Some(error) = f(&value) {
        return Err(error);
    }
    Ok(value)
}

pub fn generic() {
    let list: Vec<u8> = (0..below(5)).map(|_| num()).collect();
    seen(largest(&list));
    seen(largest(&[Noisy::new(1), Noisy::new(num())]));
    let text = apply(list, |list| (list.len() > 2).then_some("long"));
    let _ = seen(text);
    let _ = seen(apply(Noisy::new(num()), Noisy::some));
}

pub fn adaptors() {
    let list: Vec<Noisy> = (0..below(6)).map(Noisy::new).collect();
    let mut odd = Vec::new();
    let (small, big): (Vec<_>, Vec<_>) = list.iter().inspect(|n| odd.push(n.0)).partition(|n| n.0 < 3);
    note(format_args!("{small:?} {big:?}"));
    let folded = list.iter().skip_while(|n| n.0 == 0).zip(&odd).fold(0_u8, |sum, (a, b)| sum + a.get() + b);
    note(folded);
    let text: Vec<String> = list.into_iter().filter_map(|n| n.some().map(|less| format!("{less}"))).collect();
    seen(text.join("-"));
    let total = odd.iter().try_fold(0_u8, |sum, n| sum.checked_add(n * 90));
    seen(total);
    odd.chunks(2).map(<[u8]>::len).rev().for_each(|n| note(n));
    let any = odd.iter().any(|n| { let _t = Noisy::new(*n); *n == 2 });
    note(any);
}

struct Countdown {
    left: u8,
    held: Noisy,
}

impl Iterator for Countdown {
    type Item = Noisy;

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        if self.left == 7 {
            return None;
        }
        Some(Noisy::new(self.left + self.held.0))
    }
}

pub fn own_iterator() {
    let mut countdown = Countdown { left: below(10), held: Noisy::new(10) };
    for noisy in countdown.by_ref() {
        if flip() {
            break;
        }
        note(noisy.get());
    }
    note(countdown.left);
    seen(countdown.map(|n| n.0).collect::<Vec<_>>());
}

pub fn sorted() {
    let mut calls = 0;
    let mut list: Vec<(u8, Noisy)> = (0..4).map(|i| (num(), Noisy::new(i))).collect();
    list.sort_by(|a, b| {
        calls += 1;
        b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1))
    });
    list.dedup_by_key(|pair| pair.0 / 64);
    let longest = list.iter().max_by_key(|(n, _)| n % 10);
    note(format_args!("{longest:?} {}", calls > 0));
}

fn double(n: u8) -> u8 {
    n.wrapping_mul(2)
}

pub fn pointers() {
    let functions: [fn(u8) -> u8; 3] = [double, |n| n ^ 1, |n| { let half = n / 2; half }];
    let mut n = num();
    for f in functions {
        n = f(n);
        note(n);
    }
    let chosen = if flip() { double } else { u8::count_zeros as fn(u8) -> u32; u8::swap_bytes };
    note(chosen(n));
}

pub fn nested_items() {
    const LIMIT: u8 = 3;
    #[derive(Debug, Clone, Copy, PartialEq)]
    enum Step { Up(u8), Down }
    fn step(n: u8) -> Step {
        use Step::*;
        if n > LIMIT { return Down }
        Up(n)
    }
    macro_rules! twice { ($e:expr) => { ($e, $e) } }
    impl Step {
        fn by(self) -> i16 { match self { Self::Up(n) => n.into(), Self::Down => -1 } }
    }
    let (a, b) = twice!(step(below(6)));
    note(format_args!("{a:?} {b:?} {} {}", a == b, a.by() + b.by()));
}
}

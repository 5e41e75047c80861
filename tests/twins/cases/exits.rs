//! `return` and `?` at any depth, and what they give.

super::twins! {
[depth, question, options, flow, converted, boxed, polls, in_macros, references, diverging]

use std::fmt;
use std::ops::ControlFlow;
use std::task::Poll;

fn deep(mut n: u8) -> Noisy {
    let outer = Noisy::new(1);
    loop {
        let _inner = Noisy::new(2);
        match n {
            0 => return outer,
            1 => return Noisy::new(outer.get() + 1),
            _ => {
                let f = || if n > 200 { return n / 2 } else { n - 1 };
                n = f();
                if let Some(last) = (n % 5 == 0).then(|| Noisy::new(n)) {
                    return { let _more = Noisy::new(3); last };
                }
            }
        }
    }
}

pub fn depth() {
    note(deep(below(12)).get());
}

fn number() -> Result<u8, String> {
    match below(4) {
        0 => Err("zero".to_owned()),
        n => Ok(n),
    }
}

fn sum() -> Result<u8, String> {
    let _held = Noisy::new(1);
    let first = number()?;
    let rest = (0..first).map(|_| number()).collect::<Result<Vec<_>, _>>()?;
    let list = vec![number()?, number()?];
    let nested = number().and_then(|n| Ok(n + number()?))?;
    if nested > 4 {
        Err(format!("{nested} is too much"))?;
    }
    Ok(rest.iter().chain(&list).sum::<u8>() + number()? * nested)
}

pub fn question() {
    let _ = seen(sum());
    let _ = seen(sum());
}

fn maybe(list: &[Noisy]) -> Option<&Noisy> {
    let first = list.first()?;
    let at = usize::from(first.some()?);
    let found = list.get(at)?;
    Some(if flip() { found } else { list.iter().find(|noisy| noisy.0 > 1)? })
}

pub fn options() {
    let list = [Noisy::new(below(3)), Noisy::new(num())];
    seen(maybe(&list));
    seen(maybe(&list[1..]));
}

fn walk(depth: u8) -> ControlFlow<Noisy, u8> {
    let _held = Noisy::new(depth);
    if flip() {
        return ControlFlow::Break(Noisy::new(100 + depth));
    }
    let mut below = 0;
    for _ in 0..depth {
        below += walk(depth - 1)?;
    }
    ControlFlow::Continue(below + 1)
}

pub fn flow() {
    let _ = seen(walk(3));
    let flow = (0..5_u8).try_for_each(|n| if num() > 200 { ControlFlow::Break(n) } else { ControlFlow::Continue(()) });
    let _ = seen(flow);
}

#[derive(Debug)]
enum Fault {
    Text(String),
    Number(std::num::ParseIntError),
}

impl From<String> for Fault {
    fn from(text: String) -> Self {
        note("from");
        Self::Text(text)
    }
}

impl From<std::num::ParseIntError> for Fault {
    fn from(error: std::num::ParseIntError) -> Self {
        Self::Number(error)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "text {text}"),
            Self::Number(error) => {
                write!(f, "number ")?;
                error.fmt(f)
            }
        }
    }
}

impl std::error::Error for Fault {}

fn fault() -> Result<u32, Fault> {
    let n = number()?;
    let text = ["1", "300", "x"][usize::from(n - 1)];
    let parsed: u8 = text.parse()?;
    Ok(parsed.into())
}

pub fn converted() {
    let _ = seen(fault());
    match fault() {
        Ok(n) => note(n),
        Err(error) => note(error),
    }
}

fn dynamic() -> Result<Box<dyn Fn(u8) -> u8>, Box<dyn std::error::Error>> {
    let n = fault()?;
    if n > 100 {
        return Err("too big".into());
    }
    if flip() {
        return Ok(Box::new(|x| x));
    }
    let by = u8::try_from(n)?;
    Ok(Box::new(move |x| x.wrapping_add(by)))
}

pub fn boxed() {
    match dynamic() {
        Ok(f) => note(f(num())),
        Err(error) => note(error),
    }
}

fn poll() -> Poll<Result<u8, String>> {
    match below(3) {
        0 => Poll::Pending,
        _ => Poll::Ready(number()),
    }
}

fn polled() -> Poll<Result<u8, Fault>> {
    let Poll::Ready(n) = poll()? else { return Poll::Pending };
    poll()?.map(|more| Ok(more + n))
}

pub fn polls() {
    let _ = seen(polled());
}

macro_rules! ensure {
    ($cond:expr, $($what:tt)*) => {
        if !$cond {
            return Err(format!($($what)*));
        }
    };
}

fn checked() -> Result<Noisy, String> {
    let noisy = Noisy::new(below(5));
    ensure!(noisy.get() > 0, "{noisy:?} is nothing");
    ensure!(number()? > 1, "{}", number()?);
    Ok(noisy)
}

pub fn in_macros() {
    let _ = seen(checked());
}

fn longest<'a>(left: &'a str, right: &'a str) -> &'a str {
    if left.len() > right.len() {
        return left;
    }
    right
}

fn slot<'m>(map: &'m mut Vec<(u8, Noisy)>, key: u8) -> &'m mut Noisy {
    if let Some(at) = map.iter().position(|(known, _)| *known == key) {
        return &mut map[at].1;
    }
    map.push((key, Noisy::new(key)));
    let Some((_, last)) = map.last_mut() else { unreachable!() };
    last
}

pub fn references() {
    let mut text = String::from("ab");
    note(longest(&text, if flip() { "a" } else { "abc" }));
    text.push('c');
    let mut map = Vec::new();
    for _ in 0..4 {
        let noisy = slot(&mut map, below(3));
        noisy.0 += 10;
    }
    seen((text, map));
}

fn never(noisy: &Noisy) -> ! {
    note(noisy.get());
    panic!("{noisy:?} is the end")
}

fn picked(n: u8) -> u8 {
    let held = Noisy::new(n);
    match n {
        0 => never(&held),
        1 => unreachable!("one"),
        2 => loop {
            if flip() || num() == 0 {
                return held.get();
            }
        },
        n => n,
    }
}

pub fn diverging() {
    seen(picked(below(5)));
}
}

//! Items of shapes that a random function does not have, with random code inside; the second text calls them.

use super::generator::Generator;
use super::types::{Ty, by_ref};

const ITEMS: &[(&str, &str)] = &[
    (
        "fn get_or_insert(map: &mut BTreeMap<u8, Vec<u8>>, key: u8) -> &mut Vec<u8> { $S if map.contains_key(&key) { return map.get_mut(&key).unwrap(); } $S map.entry(key).or_insert_with(|| vec![$L]) }",
        "let mut map = BTreeMap::new(); get_or_insert(&mut map, 1).push(2); get_or_insert(&mut map, num() % 2).push(3); note(format!(\"{map:?}\"));",
    ),
    (
        "fn walk(mut at: &mut Option<Box<Kind>>, n: u8) -> Option<&mut u8> { $S while let Some(kind) = at { tick(); match &mut **kind { Kind::Named { id, .. } => return Some(id), Kind::Nested(_) if n > 5 => return None, other => { *other = Kind::new(n); if n % 4 != 2 { break; } } } } at.as_mut().and_then(|kind| kind.slot()) }",
        "let mut at = Some(Box::new(Kind::new(num()))); show(walk(&mut at, num())); show(at.map(|a| *a));",
    ),
    (
        "struct Node { value: Noisy, next: Option<Box<Node>> }\nfn push(mut at: &mut Option<Box<Node>>, n: u8) { while let Some(node) = at { tick(); at = &mut node.next; } $S *at = Some(Box::new(Node { value: Noisy::new(n), next: None })); }\nfn last(list: &Option<Box<Node>>) -> Option<&Noisy> { let mut best = None; let mut at = list; while let Some(node) = at { best = Some(&node.value); at = &node.next; $S } best }",
        "let mut list = None; for n in 0..below(4) { push(&mut list, n); } show(last(&list).map(|a| a.get()));",
    ),
    (
        "fn pass<T: Show, F>(value: T, f: F) -> impl Fn(u8) -> String where F: Fn(u8) -> u8 { $S let held = value.show(); move |n| { let m = f(n); format!(\"{held}{m}\") } }",
        "note(pass(Noisy::new(1), |a| a ^ 3)(num()));",
    ),
    (
        "fn evens<'a>(list: &'a [u8], skip: &u8) -> impl Iterator<Item = &'a u8> + 'a { let skip = *skip; $S list.iter().filter(move |n| { let even = **n % 2 == 0; even && **n != skip }) }",
        "show(evens(&[1, 2, num()], &num()).count());",
    ),
    (
        "fn made(n: u8) -> Box<dyn FnMut() -> Option<Noisy>> { if n > 200 { return Box::new(|| None); } $S let mut left = n % 4; Box::new(move || { left = left.checked_sub(1)?; Some(Noisy::new(left)) }) }",
        "let mut f = made(num()); while let Some(a) = f() { tick(); note(a.get()); }",
    ),
    (
        "trait Shape { fn area(&self) -> u8; fn name(&self) -> String { $S let area = self.area(); if area > 9 { return \"big\".to_owned(); } format!(\"{area}\") } fn take(self) -> u8 where Self: Sized { let a = self.area(); $S a } }\nimpl Shape for Noisy { fn area(&self) -> u8 { $S self.0 } }\nimpl Shape for Rec { fn area(&self) -> u8 { self.n ^ 1 } fn name(&self) -> String { let a = &self.text; $S a.clone() } }",
        "let shapes: [Box<dyn Shape>; 2] = [Box::new(Noisy::new(num())), Box::new(Rec::new(num(), Noisy::new(2)))]; for shape in &shapes { note(shape.name()); } note(Noisy::new(3).take());",
    ),
    (
        "struct Count { left: u8, held: Noisy }\nimpl Iterator for Count { type Item = Noisy; fn next(&mut self) -> Option<Self::Item> { tick(); self.left = self.left.checked_sub(1)?; $S if self.left == 7 { return None; } Some(Noisy::new(self.left ^ self.held.0)) } }",
        "for noisy in (Count { left: below(10), held: Noisy::new(10) }) { if flip() { break; } note(noisy.get()); }",
    ),
    (
        "fn apart((a, Noisy(b)): (&mut Vec<u8>, &Noisy), [c, ..]: [u8; 3], Rec { noisy, ref list, .. }: Rec, &d: &u8, _: Noisy) -> Noisy { a.push(*b ^ c ^ d); $S if list.len() > a.len() { return Noisy::new(3); } noisy }",
        "let mut list = vec![num()]; show(apart((&mut list, &Noisy::new(1)), [1, 2, 3], Rec::new(num(), Noisy::new(4)), &7, Noisy::new(5))); show(list);",
    ),
    (
        "fn deep(n: u8) -> Result<Noisy, Fault> { let held = Noisy::new(n); if n == 0 { $S return Ok(held); } let under = deep(n - 1).and_then(|a| if flip() { Err(Fault::Noisy(a)) } else { Ok(a) })?; let sum = under.get() ^ may(num())?; $S Ok(Noisy::new(sum ^ held.get())) }",
        "show(deep(below(4)));",
    ),
    (
        "async fn ask(log: &mut Vec<u8>, mut name: &str, held: Noisy) -> Result<usize, Fault> { let own = String::from(\"own\"); $S if name.len() > 2 { name = &own; } let first = pause(num()).await; log.push(first); let list = [pause(1).await, may(num())?, held.get()]; for n in list { let m = pause(n).await; if m == 3 { return Ok(name.len()); } log.push(m); } $S Ok(log.len() + name.len()) }",
        "let mut log = vec![]; show(drive(ask(&mut log, \"abc\", Noisy::new(4))).is_some()); show(log);",
    ),
    (
        "fn blocks(n: Noisy) -> impl std::future::Future<Output = u8> { $S async move { let a = pause(n.get()).await; let inner = async { let b = Noisy::new(a); pause(b.get()).await ^ n.get() }; let c = inner.await; if flip() { return c; } let d = Some(pause(1).await); match d { Some(0) => 1, Some(e) => e ^ c, None => 2 } } }",
        "show(drive(blocks(Noisy::new(num()))));",
    ),
    (
        "struct Server { log: Vec<u8>, name: Noisy }\nimpl Server { async fn ask(&mut self, n: u8) -> &mut u8 { let answer = pause(n).await; self.log.push(answer); $S let at = self.log.len() - 1; &mut self.log[at] } async fn end(self) -> Noisy { pause(1).await; self.name } fn boxed<'a>(&'a mut self) -> Pin<Box<dyn Future<Output = usize> + 'a>> { $S Box::pin(async move { *self.ask(3).await += 1; self.log.len() }) } }\nuse std::pin::Pin; use std::future::Future;",
        "let mut server = Server { log: vec![], name: Noisy::new(1) }; show(drive(server.ask(1)).is_some()); show(drive(server.boxed())); show(drive(server.end()));",
    ),
    (
        "fn never(n: &Noisy) -> ! { $S panic!(\"{n:?} is the end\") }\nfn picks(n: u8) -> u8 { let held = Noisy::new(n); let m = match n { 0 => never(&held), 1 => unreachable!(\"one\"), 2 => loop { tick(); if flip() { return held.get(); } }, n => n / 2 }; $S m }",
        "show(picks(below(6)));",
    ),
    (
        "#[track_caller]\nfn outer(n: u8) -> u32 { here(); if n == 0 { return std::panic::Location::caller().line(); } let at = inner(n); $S at }\n#[track_caller]\nfn inner(n: u8) -> u32 { assert!(n != 2, \"two\"); std::panic::Location::caller().column() }",
        "note(outer(below(4)));\n   note(outer(1)); [1_u8, 2].map(outer);",
    ),
    (
        "fn windows<const N: usize, T: Copy + Default>(list: &[T]) -> [T; N] { let mut window = [T::default(); N]; for (to, from) in window.iter_mut().zip(list) { *to = *from; $S } window }",
        "show(windows::<3, u8>(&[num(), 2]).len()); let [a] = windows(&[num()]); show(a as u8);",
    ),
    (
        "fn swap<'a, 'b: 'a>(a: &'a mut &'b mut Vec<u8>, b: &'b mut Vec<u8>) -> usize { let old = std::mem::replace(a, b); old.push($E); $S a.push(old.len() as u8); a.len() }",
        "let (mut x, mut y) = (vec![1], vec![num()]); { let mut a = &mut x; show(swap(&mut a, &mut y)); a.push(2); } show(x);",
    ),
    (
        "struct Parser<'s> { rest: &'s str, seen: Vec<&'s str> }\nimpl<'s> Parser<'s> { fn word(&mut self) -> Option<&'s str> { let rest = self.rest.trim_start(); if rest.is_empty() { return None; } let end = rest.find(' ').unwrap_or(rest.len()); let (word, rest) = rest.split_at(end); self.rest = rest; $S self.seen.push(word); Some(word) } fn all(mut self) -> Vec<&'s str> { while let Some(word) = self.word() { tick(); if word == \"c\" { break; } } self.seen } }",
        "let text = String::from(\"a bb  c d\"); let mut parser = Parser { rest: &text, seen: vec![] }; note(parser.word().unwrap_or(\"-\")); show(parser.all());",
    ),
    (
        "struct Guard<'g> { log: &'g RefCell<Vec<u8>>, id: u8 }\nimpl Drop for Guard<'_> { fn drop(&mut self) { self.log.borrow_mut().push(self.id); } }\nfn guarded(log: &RefCell<Vec<u8>>) -> usize { let _first = Guard { log, id: 1 }; let second = Guard { log, id: 2 }; if flip() { drop(second); } else { note(second.id); } $S let len = Guard { log, id: 3 }.log.borrow().len(); len }",
        "let log = RefCell::new(vec![]); show(guarded(&log)); show(log.into_inner());",
    ),
    (
        "fn sorted(mut list: Vec<(u8, Noisy)>) -> Vec<u8> { let mut calls = 0; list.sort_by(|a, b| { calls += 1; b.0.cmp(&a.0) }); let first = list.first().map(|(n, _)| *n); list.retain(|(n, a)| Some(*n) != first || a.get() > 1); $S let mut ids: Vec<_> = list.iter().map(|(n, _)| n).copied().collect(); ids.dedup(); ids.push((calls > 0) as u8); ids }",
        "show(sorted(vec![(num(), Noisy::new(1)), (2, Noisy::new(2)), (num(), Noisy::new(0))]));",
    ),
    (
        "fn fold(list: &[Option<Result<u8, u8>>]) -> Option<u8> { let mut sum = 0_u8; for (i, one) in list.iter().enumerate() { let n = match one { Some(Ok(n) | Err(n)) if *n > 100 => continue, Some(Ok(n)) => *n, &Some(Err(n)) => return n.checked_sub(sum), None => break }; sum ^= n ^ i as u8; $S } let last = list.last()?.as_ref()?; Some(last.ok()? ^ sum) }",
        "show(fold(&[Some(Ok(num())), Some(Err(num())), None])); show(fold(&[Some(Ok(3)), Some(Ok(num()))]));",
    ),
    (
        "mod inner { use super::*; pub(super) struct Pair<A, B> { pub a: A, pub b: B }\nimpl<A: Show, B: Show> Pair<A, B> { pub fn swap(self) -> Pair<B, A> { let Pair { a, b } = self; note(a.show()); Pair { a: b, b: a } } pub fn map<C>(self, f: impl FnOnce(B) -> C) -> Pair<A, C> { Pair { b: f(self.b), a: self.a } } } }",
        "let pair = inner::Pair { a: Noisy::new(1), b: Mute::new(2) }.swap().map(|a| vec![a]); note(pair.a.get()); note(pair.b.len());",
    ),
    (
        "fn lines(text: &str) -> Result<Vec<(usize, u8)>, Box<dyn std::error::Error>> { let mut found = vec![]; 'lines: for (at, line) in text.lines().enumerate() { let mut words = line.split_whitespace().peekable(); while let Some(word) = words.next() { tick(); let Some((key, value)) = word.split_once('=') else { if words.peek().is_none() { break 'lines; } continue; }; let value: u8 = value.parse()?; if key == \"stop\" { return Ok(found); } if key.is_empty() { return Err(\"no key\".into()); } found.push((at, value)); } } $S Ok(found) }",
        "let text = format!(\"a={} b c={}\\n={} x\\nstop=1\", num(), num(), num() % 2); note(format!(\"{:?}\", lines(&text).map_err(|a| a.to_string())));",
    ),
    (
        "fn unsized_tail(list: &mut [u8], text: &dyn Show, f: &mut dyn FnMut(u8)) -> &'static str { let [first, rest @ ..] = list else { return \"empty\" }; *first ^= rest.len() as u8; f(*first); for n in rest.iter_mut() { *n += 1; f(*n / 2); } $S if text.show().len() > 3 { \"long\" } else { \"short\" } }",
        "let mut sum = 0_u8; let mut list = [1, 2, 3]; note(unsized_tail(&mut list[..], &Noisy::new(1), &mut |n| sum ^= n)); note(sum);",
    ),
    (
        "impl Kindly for Kind {}\ntrait Kindly: Sized { fn chain(self) -> Self { $S self } fn or(&mut self, n: u8) -> &mut Self { let this = self; $S if n > 9 { return this; } this } }",
        "let mut kind = Kind::new(num()).chain().chain(); if let Some(id) = kind.or(num()).or(1).slot() { *id = 1; } show(kind);",
    ),
];

impl Generator {
    /// Items, and what calls them.
    pub fn items(&mut self) -> (String, String) {
        self.scope = super::scope::Scope::default();
        self.fuel = 12;
        // In here nothing leaves early.
        self.ret = by_ref(Ty::U8);
        self.is_async = false;
        let (items, call) = *self.rng.pick(ITEMS);
        let mut text = self.template(items);
        // What it borrows from would stand outside of all functions.
        while !self.hoisted.is_empty() {
            self.hoisted.clear();
            text = self.template(items);
        }
        (format!("{text}\n"), format!("{{ {call} }}\n{{ {call} }}\n"))
    }
}

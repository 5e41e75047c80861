//! Borrows that the checker just accepts: they must stay accepted, and see the same.

super::twins! {
[reborrowed, two_phases, lists, cells, slices, maps, held, swapped, strings, late_types, formatted]

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

fn push(list: &mut Vec<u8>, n: u8) -> &mut u8 {
    list.push(n);
    let last = list.len() - 1;
    &mut list[last]
}

fn twice(list: &mut Vec<u8>) -> usize {
    let again = &mut *list;
    *push(again, 1) += 1;
    again.push(2);
    let first = push(list, 3);
    *first *= 2;
    list.len()
}

pub fn reborrowed() {
    let mut list = vec![num()];
    let mut outer = &mut list;
    let len = twice(outer);
    let inner = &mut outer;
    inner.push(7);
    (*inner).truncate(usize::from(below(6)));
    outer.push(8);
    let mut current = outer;
    if flip() {
        let next = current;
        next.push(9);
        current = next;
    }
    current.reverse();
    seen((len, list));
}

pub fn two_phases() {
    let mut list = vec![1, 2, 3];
    list.push(list.len());
    let at = list.len() / 2;
    list[at] = list[0] + list.len();
    list[at] += list.len();
    list.insert(list[0].min(list.len()), list.capacity().min(3));
    let mut text = String::from("a");
    text.push_str(&text.clone());
    text.truncate(text.len() - 1);
    seen((list, text));
}

#[derive(Debug)]
struct Node {
    value: u8,
    next: Option<Box<Node>>,
}

fn append(mut at: &mut Option<Box<Node>>, value: u8) {
    while let Some(node) = at {
        at = &mut node.next;
    }
    *at = Some(Box::new(Node { value, next: None }));
}

fn remove(mut at: &mut Option<Box<Node>>, value: u8) -> Option<u8> {
    loop {
        match at {
            None => return None,
            Some(node) if node.value == value => {
                let next = node.next.take();
                *at = next;
                return Some(value);
            }
            Some(node) => at = &mut node.next,
        }
    }
}

pub fn lists() {
    let mut head = None;
    for _ in 0..below(5) {
        append(&mut head, below(4));
    }
    let removed = remove(&mut head, below(4));
    let mut reversed = None;
    while let Some(mut node) = head {
        head = node.next.take();
        node.next = reversed;
        reversed = Some(node);
    }
    seen((removed, reversed));
}

pub fn cells() {
    let shared = Rc::new(RefCell::new(vec![num()]));
    let other = Rc::clone(&shared);
    let total = Cell::new(0_u8);
    let add = |n: u8| {
        total.set(total.get().wrapping_add(n));
        other.borrow_mut().push(n);
    };
    for n in 0..below(4) {
        let last = shared.borrow().last().copied();
        add(last.unwrap_or(n));
    }
    if let Some(first) = shared.borrow_mut().first_mut() {
        *first = total.get();
    }
    let len = match shared.borrow().len() { 0 => 0, n => n - 1 };
    note(format_args!("{len} {} {:?}", Rc::strong_count(&shared), shared.take()));
}

pub fn slices() {
    let mut grid = [[num(), 2, 3], [4, num(), 6]];
    let [top, bottom] = &mut grid;
    std::mem::swap(&mut top[0], &mut bottom[2]);
    for (a, b) in top.iter_mut().zip(bottom.iter()) {
        *a ^= *b;
    }
    let (left, right) = top.split_at_mut(1);
    left[0] = right[0].wrapping_add(right.len() as u8);
    let [first, .., last] = bottom;
    (*first, *last) = (*last, *first);
    grid.iter_mut().flatten().for_each(|n| *n /= 2);
    seen(grid);
}

pub fn maps() {
    let mut counts: HashMap<u8, Vec<Noisy>> = HashMap::new();
    for _ in 0..6 {
        let key = below(4);
        let entry = counts.entry(key).or_default();
        entry.push(Noisy::new(key));
        let len = entry.len();
        if len > 2
            && let Some(all) = counts.remove(&key)
        {
            note(all.len());
        }
    }
    let sorted: BTreeMap<_, _> = counts.iter().map(|(key, all)| (key, all.len())).collect();
    seen(&sorted);
    if let Some(all) = counts.get_mut(&1) {
        all.clear();
    }
    let mut rest: Vec<_> = counts.into_values().flatten().collect();
    rest.sort();
    note(rest.len());
}

pub fn held() {
    let mut list = vec![1, 2];
    let mut iter = list.iter_mut();
    let first = iter.next();
    if let Some(first) = first {
        *first += 1;
    }
    let both = (iter.next().is_some(), iter.len(), list.len());
    seen(both);
    let mut holder = Some(&mut list);
    if let Some(inner) = holder.as_mut() {
        inner.push(3);
    }
    let taken = holder.take().map(|inner| inner.len());
    list.push(4);
    let mut grow = || { list.push(5); list.len() };
    let grown = (grow(), grow());
    seen((taken, grown, list.len()));
    let drained: Vec<_> = list.drain(..2).collect();
    seen((drained, list));
}

pub fn swapped() {
    let (mut a, mut b) = (vec![1, num()], vec![]);
    let (mut from, mut to) = (&mut a, &mut b);
    while let Some(n) = from.pop() {
        to.push(n);
        if flip() && n > 0 {
            std::mem::swap(&mut from, &mut to);
            if to.len() > 3 {
                break;
            }
            from.pop();
        }
    }
    to.push(0);
    seen((a, b));
}

pub fn strings() {
    let text = String::from("one two=2 three");
    let mut words: Vec<&str> = text.split(' ').collect();
    let mut rest = words[1];
    if let Some((key, value)) = rest.split_once('=') {
        rest = if flip() { key } else { value };
    }
    words.retain(|word| word.contains('e'));
    words.push(rest);
    let owned = words.concat();
    let mut upper = owned.to_uppercase();
    let last = upper.pop();
    upper.extend(last.into_iter().chain(['!']));
    note(format_args!("{rest} {words:?} {upper}"));
}

pub fn late_types() {
    let mut list = Vec::new();
    let mut best = None;
    let start = 1;
    let mut sum = Default::default();
    for n in start..num() {
        list.push(Mute::new(n));
        if list.len() > 2 {
            best = list.pop();
            break;
        }
        sum += n;
    }
    let parsed = ["1", "x"][usize::from(flip())].parse();
    let same = |n| n;
    let next = match parsed { Ok(n) => same(n), Err(_) => 0_u16 };
    let collected = list.iter().map(Mute::get).collect();
    let bytes: Vec<u8> = collected;
    let total: u8 = sum;
    note(format_args!("{next} {bytes:?} {total} {:?}", best.map(|mute: Mute| mute.get())));
}

pub fn formatted() {
    let mut list = vec![1];
    let held = &mut list;
    held.push(num());
    let text = (format!("{held:?}"), list.len());
    let mut other = Vec::new();
    let view = &mut other;
    view.push(text.1);
    note(format_args!("{view:?}"));
    let both = [format!("{view:?}").len(), other.len()];
    let mut third = vec![0];
    let write = &mut third;
    macro_rules! written { () => { write.push(num()) } }
    written!();
    let last = (written!(), third.len());
    seen((text, both, last));
}
}

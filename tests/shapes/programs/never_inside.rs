//@ edition 2021 2024
//! Values whose parts are never made: from the edition of 2024 on, rustc takes `!` for their types.
#![allow(unreachable_code, unused)]
use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
#[scope::instrument(level = "full")]
fn pushed() -> usize {
    let mut v = Vec::new();
    let mut rounds = 0;
    loop {
        rounds += 1;
        v.push(if rounds > 1 { break } else { continue });
    }
    rounds
}
#[scope::instrument(level = "full")]
fn queued() {
    let mut q = VecDeque::new();
    let mut m = BTreeMap::new();
    while m.is_empty() {
        q.push_back((1, break));
        m.insert(2, return);
    }
}
#[scope::instrument(level = "full")]
fn asked(text: &str) -> Result<usize, String> {
    let all = RefCell::new(Vec::new());
    let one = [Box::new(Err(text.to_owned())?)];
    all.borrow_mut().push(Err(text.to_owned())?);
    Ok(one.len())
}
#[scope::instrument(level = "full")]
fn missing() -> Option<usize> {
    let all = RefCell::new(Vec::new());
    if all.borrow().is_empty() {
        all.borrow_mut().push((None?, 1));
    }
    let n = all.borrow().len();
    Some(n)
}
fn main() {
    assert_eq!(pushed(), 2);
    queued();
    assert_eq!(asked("no"), Err("no".to_owned()));
    assert_eq!(missing(), None);
}
//> pushed()
//>   rounds = 0
//>   round loop
//>   rounds = 1
//>   v = []
//>   branch else of if rounds > 1
//>   round loop
//>   rounds = 2
//>   v = []
//>   branch if rounds > 1
//>   rounds = 2
//> pushed Returned 2
//> queued()
//>   m = {}
//>   round while m.is_empty()
//>   q = []
//> queued Returned ()
//> asked(text = "no")
//>   all = RefCell([])
//> asked Early "no"
//> missing()
//>   all = RefCell([])
//>   branch if all.borrow().is_empty()
//> missing Early None

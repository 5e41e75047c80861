#![allow(missing_docs, dead_code, unused_results)]
fn call(label: &str) -> String {
    label.to_string()
}
/*@*/
fn branches_in_arguments(e: Option<&str>, is_variant: bool, n: Option<u8>) -> usize {
    let e = e.unwrap_or(if is_variant { "variant" } else { "field" });
    let n = n.map_or(match e {
        "a" => 1,
        _ => 2,
    }, |n| n + 1);
    e.len() + usize::from(n)
}
/*@*/
pub fn boxes(b: bool) -> Box<Vec<u8>> {
    if b {
        return Box::new(vec![]);
    }
    Box::new(vec![1])
}
/*@*/
fn coerced(label: &Option<String>, fallback: &str) -> String {
    call(match *label {
        Some(ref name) => name,
        None => fallback,
    })
}
/*@*/
pub async fn nothing_yet() -> u32 {
    todo!()
}
/*@*/
fn coerced_by_let(map: &std::collections::HashMap<u8, Vec<u8>>, o: Option<&String>) -> usize {
    let x: &[_] = match map.get(&0) {
        Some(x) => x,
        None => &[],
    };
    let y: &[u8] = if let Some(x) = map.get(&1) { x } else { &[] };
    let u: &str = if let Some(t) = o { t } else { "" };
    x.len() + y.len() + u.len()
}
async fn unit(x: u8) {
    std::future::ready(x).await;
}
/*@*/
pub async fn nothing_of_a_call() {
    let _ = unit(1).await;
    let _r = unit(2).await;
}
/*@*/
pub fn each(x: Option<&[u8]>) -> u8 {
    let mut acc = 0;
    match x {
        Some(v) => v.iter().for_each(|e| acc += e),
        None => println!("none"),
    }
    let f = |w: &[u8]| w.iter().for_each(|e| println!("{e}"));
    f(&[acc]);
    for _ in [..5] {
        if acc > 1 {
            println!("x");
        }
    }
    acc
}
/*@*/
pub fn boxed_either(o: Option<u8>) -> Box<dyn std::fmt::Debug> {
    if let Some(o) = o { Box::new(o) } else { Box::new("none") }
}
/*@*/
pub fn behind_what_goes(x: f32) -> f32 {
    #[cfg(any())]
    {
        println!("never");
    }
    const EPS: f32 = 2.0 * f32::EPSILON;
    x + EPS
}
/*@*/
#[clippy::msrv = "1.56.0"]
pub async fn awaited(x: u8) -> u8 {
    unit(x).await;
    x
}
#[derive(Clone, Copy)]
pub struct Large([u8; 600]);
/*@*/
fn large(mut l: Large) -> usize {
    1
}
/*@*/
fn large_used(mut l: Large) -> u8 {
    l.0[0] = 2;
    l.0[0]
}
/*@*/
fn shared(x: u8, m: &std::sync::Mutex<u8>) {
    if x == 2 {
        println!("once");
    } else {
        println!("once");
    }
    if x == 3 {
        let _guard = m.lock();
        println!("twice");
    } else {
        println!("twice");
    }
    if x == 4 {
        call(x);
    } else if x == 5 {
        call(x);
    } else {
        call(x);
    }
}
fn call(_: u8) {}
/*@*/
pub fn until(v: &[u8]) -> usize {
    let mut end = v.len();
    for i in 0..end {
        if v[i] == 0 {
            end = i;
            break;
        }
    }
    for () in [()].iter() {}
    end
}
/*@*/
pub fn expected(a: Option<u8>, n: usize) -> u8 {
    let b = a.expect(if n > 1 { "some" } else { "one" });
    b + a.expect(match n {
        0 => "none",
        1 => "one",
        _ => "many",
    })
}
pub enum Either {
    A(u8),
    B(String),
}
pub fn takes(_: &&String) {}
/*@*/
pub fn referred(e: &Either) -> usize {
    match *e {
        Either::A(ref a) => usize::from(*a),
        Either::B(ref this) => {
            takes(&this);
            this.len()
        }
    }
}
/*@*/
pub fn documented(v: &mut Vec<u8>, p: *const u8) {
    // SAFETY: it is where `v` is.
    v.retain(|x| unsafe { *p == *x });
}
/*@*/
pub fn transmuted(x: &u32) -> &'static u32 {
    // SAFETY: for nobody.
    unsafe { std::mem::transmute(x) }
}
/*@*/
#[inline(always)]
#[warn(clippy::inline_always)]
pub fn begins_with_an_item(v: &mut Vec<u8>) -> u8 {
    use std::cmp::Ordering::*;
    loop {
        match v.len().cmp(&3) {
            Less => v.push(1),
            Equal => return 3,
            Greater => return 4,
        }
    }
}
/*@*/
#[inline(always)]
pub fn empty() {}
/*@*/
#[inline(always)]
pub fn panics() -> u8 {
    panic!("x")
}
/*@*/
#[inline(always)]
pub fn returns() {
    return;
}
/*@*/
#[inline(always)]
pub fn returns_a_panic() -> u8 {
    return unreachable!(); //~ a value that is given back is put into a variable
}
/*@*/
#[inline(always)]
pub fn nested() {
    {}
}
/*@*/
#[inline(always)]
pub fn begins_with_an_attribute() {
    #[allow(dead_code)]
    fn g() {}
    mod m {}
}
/*@*/
#[inline(always)]
pub fn makes_items() {
    macro_rules! nothing {
        () => {};
    }
    nothing!();
}
/*@*/
#[inline(always)]
pub fn does_something(v: &mut Vec<u8>) {
    v.push(1);
}
/*@*/
pub fn last_is_unsafe(p: [u8; 2]) -> u8 {
    // SAFETY: there are two.
    unsafe { *p.get_unchecked(1) }
}
/*@*/
pub fn begins_unsafe(p: [u8; 2]) -> u8 {
    if p[0] > 1 {
        // SAFETY: there are two.
        return unsafe { p.get_unchecked(1) }.count_ones() as u8;
    }
    // SAFETY: there are two.
    unsafe { p.get_unchecked(1) }.leading_zeros() as u8
}

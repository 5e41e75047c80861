#![allow(missing_docs, dead_code, unused)]
use std::collections::HashMap;
fn used<T>(_: T) {}
#[derive(Debug, Clone, Default)]
pub struct S {
    n: u8,
    name: String,
    v: Vec<u8>,
}
fn takes(s: &str) {}
fn used_2(x: String) -> String {
    x
}
async fn other() {}
fn gives_up(n: &str) -> ! {
    panic!("{n}")
}
fn takes_ref(v: &[u8]) {}
pub struct D(Vec<u8>);
/*@*/
pub fn let_and_return() -> u8 {
    let x = 1 + 2;
    x
}
/*@*/
pub fn needless_return(n: u8) -> u8 {
    return n;
}
/*@*/
pub fn needless_return_2(n: u8) -> u8 {
    if n > 1 {
        return 1;
    } else {
        return 2;
    }
}
/*@*/
pub fn needless_return_3(n: &str) -> String {
    let v = n.len();
    if v > 1 {
        return n.to_uppercase().clone()
    }
    return n.trim().to_owned().to_lowercase()
}
/*@*/
pub fn needless_return_4(n: &str) {
    if n.len() > 1 {
        let v = n.trim();
        return used(v.to_uppercase().len())
    }
    return drop(n.to_uppercase().len())
}
/*@*/
pub async fn in_blocks(c: bool, s: &str) -> usize {
    let b = async {
        if c { let k = s.trim(); return k.to_owned().len() }
        if s.len() > 2 { return s.to_owned().len() }
        match s.len() {
            0 => s.to_owned().len(),
            _ => { s.to_owned().trim().len() }
        }
    };
    let f = async { let t = s.trim(); t.to_owned().len() };
    let g = async { if c { 1 + s.to_owned().len() } else { if s.is_empty() { return 3 } s.to_owned().len() } };
    let h = async { if c { return Some(s.len()) } gives_up(&s.to_owned()) };
    b.await + f.await + g.await + h.await.unwrap_or(1)
}
/*@*/
pub async fn gives_nothing() {
    let f = async |_: u8| ();
    let g = async |x: u8| { used(x); () };
    f(1).await;
    g(1).await;
}
/*@*/
pub fn needless_borrow(s: &String) {
    used(s.len());
    takes(&s);
    takes(&&*s);
}
/*@*/
pub fn ptr_arg(v: &Vec<u8>, s: &String) -> usize {
    v.len() + s.len()
}
/*@*/
pub fn by_value(v: Vec<u8>, s: String) -> usize {
    v.len() + s.len()
}
/*@*/
pub fn trivially(n: &u8, o: &Option<u8>) -> u8 {
    *n
}
/*@*/
pub fn redundant_clone(s: String) -> String {
    let t = s.clone();
    t
}
/*@*/
pub fn redundant_closure(v: &[u8]) -> Vec<String> {
    v.iter().map(|x| x.to_string()).map(|x| used_2(x)).collect()
}
/*@*/
pub fn clone_on_copy(n: u8) -> u8 {
    n.clone()
}
/*@*/
pub fn len_zero(v: &[u8]) -> bool {
    v.len() == 0
}
/*@*/
pub fn single_match(o: Option<u8>) {
    match o {
        Some(x) => used(x),
        _ => {}
    }
}
/*@*/
pub fn single_match_else(o: Option<u8>) {
    match o {
        Some(x) => used(x),
        _ => {
            used(1);
            used(2)
        }
    }
}
/*@*/
pub fn single_statements(o: Option<u8>, v: &mut Vec<u8>) -> Option<u8> {
    for b in v.iter() {
        match b {
            b'0'..=b'9' => {
                used(1);
                used(2);
            }
            _ => {
                return None;
            }
        }
    }
    match o {
        Some(x) => {
            v.push(x);
            v.push(x);
        }
        None => {
            v.clear();
        }
    }
    match o {
        Some(x) => {
            v.push(x);
            v.push(x);
        }
        None => {
            let _n = v.len();
        }
    }
    match o {
        Some(x) => {
            v.push(x);
            v.push(x);
        }
        None => {
            println!("none");
        }
    }
    o
}
macro_rules! nothing {
    ($($arg:tt)*) => {};
}
/*@*/
pub fn items_behind_nothing(from: f32, to: f32) -> f32 {
    nothing!(from > 0.0);
    const EPS: f32 = 1.0 - 2.0 * f32::EPSILON;
    let dot = from * to;
    if dot > EPS { 1.0 } else { dot }
}
/*@*/
pub fn collapsible(a: bool, b: bool) {
    if a {
        if b {
            used(1);
        }
    }
    if a {
        used(1);
    } else {
        if b {
            used(2);
        }
    }
}
/*@*/
pub fn needless_range(v: &[u8]) {
    for i in 0..v.len() {
        used(v[i]);
    }
}
/*@*/
pub fn while_let_loop(mut it: std::vec::IntoIter<u8>) {
    while let Some(x) = it.next() {
        used(x);
    }
    loop {
        let x = match it.next() {
            Some(x) => x,
            None => break,
        };
        used(x);
    }
}
/*@*/
pub fn needless_lifetimes<'a>(s: &'a str) -> &'a str {
    s
}
/*@*/
pub fn question_mark(o: Option<u8>) -> Option<u8> {
    if o.is_none() {
        return None;
    }
    let x = match o {
        Some(x) => x,
        None => return None,
    };
    let Some(y) = o else { return None };
    Some(x)
}
/*@*/
pub fn manual_map(o: Option<u8>) -> Option<u8> {
    match o {
        Some(x) => Some(x + 1),
        None => None,
    }
}
/*@*/
pub fn casts(n: u32, f: f64) -> u8 {
    let a = n as u8;
    let b = f as u8;
    let c = n as i32;
    let d = n as u64;
    a
}
/*@*/
pub fn op_ref(a: String, b: String) -> bool {
    &a == &b
}
/*@*/
pub fn assign_op(mut a: u8) -> u8 {
    a = a + 1;
    a
}
/*@*/
pub fn bool_compare(a: bool) -> bool {
    if a == true {
        return true;
    }
    !!a;
    if a {
        true
    } else {
        false
    }
}
/*@*/
pub fn unit_let() {
    let x = used(1);
    let y = ();
    used(());
}
/*@*/
pub fn default_access() {
    let mut s = S::default();
    s.n = 1;
    let t: S = Default::default();
    used((s, t));
}
/*@*/
pub fn shadow(x: u8) -> u8 {
    let x = x + 1;
    let x = x;
    x
}
/*@*/
pub fn similar(item: u8, items: u8) -> u8 {
    let itens = 1;
    item + items + itens
}
/*@*/
pub fn many_single(a: u8, b: u8, c: u8, d: u8, e: u8) -> u8 { //~ it is said once more, of the braces inside
    let f = 1;
    a + b + c + d + e + f
}
/*@*/
pub fn underscore(_a: u8) -> u8 {
    let _b = 1;
    _a + _b
}
/*@*/
pub fn items_after() {
    used(1);
    fn inner() {}
    const X: u8 = 1;
    use std::fmt;
    inner();
}
/*@*/
pub fn panics(o: Option<u8>) -> u8 {
    if o.is_none() {
        panic!("x")
    }
    o.unwrap();
    o.expect("x")
}
/*@*/
pub fn errors(n: u8) -> Result<u8, String> {
    Err("x".to_string())?;
    Ok(n)
}
/*@*/
pub fn unnecessary_wraps(n: u8) -> Option<u8> {
    Some(n)
}
/*@*/
pub fn needless_question(n: &str) -> Result<u8, std::num::ParseIntError> {
    Ok(n.parse::<u8>()?)
}

pub struct Shelf {
    rows: Vec<String>,
}

/*@*/
impl Shelf {
    pub fn row(&self, at: usize) -> &str {
        let row = &self.rows[at];
        if row.is_empty() {
            return &row[..];
        }
        &row[1..]
    }

    pub fn rows_mut(&mut self) -> &mut [String] {
        let rows = &mut self.rows;
        rows.sort_unstable();
        &mut rows[1..]
    }
}

/*@*/
pub fn last<'a>(rows: &'a Shelf, other: &'a Shelf, swap: bool) -> &'a Vec<String> {
    let Shelf { rows } = rows;
    if swap { &other.rows } else { rows }
}

/*@*/
pub fn first(rows: &Shelf) -> &Vec<String> {
    &rows.rows
}

/*@*/
pub fn after_an_item(bytes: &[u8]) -> &u8 {
    use std::cmp::min;
    let rest = &bytes[min(1, bytes.len())..];
    &rest[0]
}
/*@*/
#[allow(clippy::map_identity)]
pub fn given_back() -> u32 {
    let v = [1, 2].into_iter();
    let x = v.map(|x: u32| x).sum();
    used(Ok::<u8, u32>(1).map_err(|a: u32| { a }));
    x
}

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
fn takes_ref(v: &[u8]) {}
pub struct D(Vec<u8>);
/*@*/
pub fn must_use_candidate(n: u8) -> u8 {
    n
}
/*@*/
pub async fn unused_async(n: u8) -> u8 {
    n
}
/*@*/
pub async fn await_holding(m: &std::sync::Mutex<u8>) {
    let g = m.lock().unwrap();
    other().await;
    used(&*g);
}
/*@*/
pub async fn large_future() {
    let a = [0u8; 20000];
    other().await;
    used(a[0]);
}
/*@*/
pub fn too_many(a: u8, b: u8, c: u8, d: u8, e: u8, f: u8, g: u8, h: u8) -> u8 {
    a + b + c + d + e + f + g + h
}
/*@*/
pub fn bools(a: bool, b: bool, c: bool, d: bool) -> bool {
    a || b || c || d
}
/*@*/
impl S {
    pub fn new() -> Self {
        S { n: 1, name: String::new(), v: vec![] }
    }
    pub fn unused_self(&self) -> u8 {
        1
    }
    pub fn is_it(self) -> bool {
        self.n == 1
    }
    pub fn to_it(self) -> u8 {
        self.n
    }
    pub fn into_it(&self) -> u8 {
        self.n
    }
    pub fn add(self, o: Self) -> Self {
        o
    }
    pub fn len(&self) -> usize {
        self.v.len()
    }
    pub fn get_n(&self) -> &u8 {
        &self.n
    }
    fn consts(&self) -> u8 {
        3
    }
    pub fn with(self, n: u8) -> S {
        S { n, ..self }
    }
    pub fn update(self) -> S {
        S { n: 1, name: self.name, v: self.v, ..Default::default() }
    }
    pub fn rec(&self, n: u8) -> u8 {
        if n == 0 {
            0
        } else {
            self.rec(n - 1)
        }
    }
}
/*@*/
pub fn could_be_const(n: u8) -> u8 {
    n + 1
}
/*@*/
fn only_const() -> u8 {
    3
}
/*@*/
pub fn or_fun(m: &HashMap<u8, String>, o: Option<String>) -> String {
    o.unwrap_or(String::from("x"));
    m.get(&1).map(|x| x.clone()).unwrap_or_else(|| String::new())
}
/*@*/
pub fn map_entry(m: &mut HashMap<u8, u8>) {
    if !m.contains_key(&1) {
        m.insert(1, 2);
    }
    for (k, _) in m.iter() {
        used(k);
    }
    for x in m.keys() {
        used(x);
    }
}
/*@*/
pub fn explicit(v: Vec<u8>) {
    for x in v.iter() {
        used(x);
    }
    for x in v.into_iter() {
        used(x);
    }
    let mut i = 0;
    for x in [1, 2] {
        used(i);
        i += 1;
    }
}
/*@*/
pub fn strings(s: &str) -> String {
    let x = format!("{}", s);
    let y = s.to_string() + "x";
    println!("");
    let z = format!("x");
    s.chars().nth(0);
    s.split("x");
    x
}
/*@*/
pub fn redundant_else(n: u8) -> u8 {
    if n > 1 {
        return 1;
    } else {
        used(2);
    }
    loop {
        if n > 2 {
            continue;
        } else {
            used(1);
        }
        break;
    }
    1
}
/*@*/
pub fn needless_continue(n: u8) {
    for i in 0..n {
        if i > 1 {
            used(i);
        } else {
            continue;
        }
        used(1);
        continue;
    }
}
/*@*/
pub fn blocks(n: u8) -> u8 {
    if {
        let x = n;
        x > 1
    } {
        return 1;
    }
    match {
        used(1);
        n
    } {
        1 => 2,
        2 => return { 3 },
        _ => 4,
    }
}
/*@*/
pub fn match_same(n: u8) -> u8 {
    match n {
        1 => 2,
        3 => 2,
        _ => 2,
    }
}
/*@*/
pub fn wildcard(n: Option<u8>) -> u8 {
    match n {
        Some(1) => 1,
        _ => 2,
    }
}
/*@*/
pub fn if_not_else(a: bool, b: u8) -> u8 {
    if !a {
        1
    } else if b != 2 {
        3
    } else {
        4
    }
}
/*@*/
pub fn map_unwrap(o: Option<u8>) -> u8 {
    if let Some(x) = o {
        x
    } else {
        0
    }
}
/*@*/
pub fn same_branches(a: bool) -> u8 {
    if a {
        used(1);
        1
    } else {
        used(1);
        1
    }
}
/*@*/
pub fn ifs_same(a: u8) -> u8 {
    if a == 1 {
        1
    } else if a == 1 {
        2
    } else {
        3
    }
}

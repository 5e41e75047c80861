#![allow(unused)]
use std::collections::HashMap;
struct S {
    n: u8,
    name: String,
    v: Vec<String>,
}
fn take<T>(x: T) {}
fn show<T: std::fmt::Debug>(x: &T) {}
fn id<T>(x: T) -> T {
    x
}
fn send_it<T: Send>(t: T) {}
async fn ready() {}
fn check_held() {
    send_it(held());
}
fn call<F: Fn()>(f: F) {}
fn call_mut<F: FnMut()>(f: F) {}
/*@*/
fn e0382(s: String) {
    take(s);
    take(s);
}
/*@*/
fn e0382_2(s: String) -> String {
    let t = s;
    show(&s);
    s
}
/*@*/
fn e0382_loop(s: String) {
    for i in 0..3 {
        take(s);
    }
}
/*@*/
fn e0382_while(s: String, mut n: u8) {
    while n > 1 {
        n -= 1;
        take(s);
    }
}
/*@*/
fn e0382_branch(s: String, c: bool) {
    if c {
        take(s);
    }
    take(s);
}
/*@*/
fn e0382_match(o: Option<String>) {
    match o {
        Some(s) => take(s),
        None => {}
    }
    take(o);
}
/*@*/
fn e0382_closure(s: String) {
    let f = move || s.len();
    take(s);
    f();
}
/*@*/
fn e0382_closure_2(s: String) {
    let f = || take(s);
    f();
    f();
}
/*@*/
fn e0382_method(v: Vec<String>) {
    for x in v {}
    v.len();
    let it = vec![1].into_iter();
    it.map(|x: u8| x);
    it.count();
}
/*@*/
fn e0382_field(s: S) {
    take(s.name);
    take(s);
}
/*@*/
fn e0382_assign() {
    let mut s = String::new();
    take(s);
    s += "x";
}
/*@*/
fn e0382_let() {
    let x = String::new();
    let y = x;
    let z = x;
}
/*@*/
fn e0382_generic<T>(x: T) -> (T, T) {
    (x, x)
}
/*@*/
fn e0382_return(s: String, c: bool) -> String {
    let t = s;
    if c {
        return s;
    }
    t
}
/*@*/
fn e0382_pattern(p: (String, String)) {
    let (a, b) = p;
    show(&p);
}
/*@*/
fn e0499(v: &mut Vec<u8>) {
    let a = &mut *v;
    let b = &mut *v;
    a.push(1);
    b.push(2);
}
/*@*/
fn e0499_loop() {
    let mut v = vec![1u8];
    let mut r: Vec<&mut u8> = vec![];
    for i in 0..2 {
        r.push(&mut v[0]);
    }
}
/*@*/
fn e0499_closure() {
    let mut n = 1;
    let mut f = || n += 1;
    let mut g = || n += 2;
    f();
    g();
}
/*@*/
fn e0502(v: &mut Vec<u8>) {
    let first = &v[0];
    v.push(1);
    show(first);
}
/*@*/
fn e0502_loop() {
    let mut v = vec![1];
    for x in &v {
        v.push(*x);
    }
}
/*@*/
fn e0502_call() {
    let mut v = vec![1usize];
    let r = &mut v;
    v.len();
    r.push(1);
    let mut m = HashMap::new();
    let e = m.get(&1);
    m.insert(1, 2);
    show(&e);
}
/*@*/
fn e0502_closure() {
    let mut v = vec![1];
    let f = || v.len();
    v.push(1);
    f();
}
/*@*/
fn e0503() {
    let mut x = 1;
    let r = &mut x;
    let y = x + 1;
    *r = 2;
    while x < 3 {}
    *r = 3;
}
/*@*/
fn e0505() {
    let s = String::new();
    let r = &s;
    take(s);
    show(r);
}
/*@*/
fn e0505_drop(v: Vec<String>) {
    let r = &v[0];
    drop(v);
    show(r);
}
/*@*/
fn e0506() {
    let mut x = 1;
    let r = &x;
    x = 2;
    show(r);
    let mut s = String::new();
    let t = &s;
    s = String::new();
    show(&t);
}
/*@*/
fn e0507(s: &S, v: &[String], b: &Box<String>) -> String {
    let n = s.name;
    let x = v[0];
    let y = **b;
    take(s.v);
    match s.name {
        x => {}
    }
    s.name
}
/*@*/
fn e0507_self(o: &Option<String>) -> String {
    o.unwrap()
}
/*@*/
fn e0515() -> &'static str {
    let s = String::new();
    &s
}
/*@*/
fn e0515_2<'a>() -> Vec<&'a str> {
    let s = String::new();
    let v = vec![s.as_str()];
    v
}
/*@*/
fn e0515_3(n: u8) -> &'static u8 {
    if n > 1 {
        return &n;
    }
    &n
}
/*@*/
fn e0515_iter(v: Vec<u8>) -> impl Iterator<Item = u8> {
    v.iter().map(|x| *x)
}
/*@*/
fn e0597() {
    let r;
    {
        let x = 1;
        r = &x;
    }
    show(r);
}
/*@*/
fn e0597_2() {
    let mut v: Vec<&String> = vec![];
    {
        let s = String::new();
        v.push(&s);
    }
    show(&v);
}
/*@*/
fn e0597_static() {
    let x = 1;
    let r: &'static i32 = &x;
    std::thread::spawn(|| show(r));
}
/*@*/
fn e0716() {
    let r: &String = id(&String::new());
    show(r);
    let s = String::from("x").as_str().trim();
    show(&s);
}
/*@*/
fn e0716_assign() {
    let v;
    v = &String::new();
    show(v);
}
/*@*/
fn e0373() {
    let x = 1;
    std::thread::spawn(|| show(&x));
}
/*@*/
fn e0373_return(n: u8) -> Box<dyn Fn() -> u8> {
    Box::new(|| n)
}
/*@*/
fn e0373_impl(n: u8) -> impl Fn() -> u8 {
    || n
}
/*@*/
fn e0381() {
    let x: u8;
    show(&x);
    let y: String;
    if x > 1 {
        y = String::new();
    }
    take(y);
}

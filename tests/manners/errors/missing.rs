//! What is missing: values, arms, lifetimes.

pub enum E { A(u8), B { x: u8 }, C }
/*@*/
pub fn two(e: E) -> u8 {
    match e {
        E::A(n) => n,
        E::C => 1,
    }
}
/*@*/
pub fn two_2(e: Option<u8>) -> u8 {
    match e {
        Some(1) => 2,
        None => 1,
    }
}
/*@*/
pub fn one(e: Option<u8>) -> u8 {
    match e {
        Some(1) => 2,
    }
}
/*@*/
pub fn two_3(e: Option<u8>) -> Option<u8> {
    match e {
        Some(1) => None, Some(3) => Some(1) }
}
/*@*/
pub fn a(n: u8) -> u8 { //- the body is in braces, since it has items
    fn g(n: u8) -> u8 { n }
    g(n);
}
/*@*/
pub fn b(n: u8) -> u8 {
    use std::convert::identity;
    if n > 1 { identity(n) }
}
/*@*/
pub fn c(n: u8) -> u8 {
    { n + 1 };
}
/*@*/
pub fn d(n: u8) -> u8 {
    if n > 1 { return 2; }
    while n > 1 { }
}
/*@*/
pub fn e(n: u8) -> u8 {
    loop { break; } //- what a loop is expected to give is told where it is the value itself
}
/*@*/
pub fn f(n: u8) -> bool {
    if n > 1 { true } else if n < 1 { false }
}
/*@*/
pub fn g(n: u8) -> Vec<u8> {
    let v = vec![n];
    v.iter().map(|x| x + 1).collect::<Vec<u8>>();
}
pub struct S(u8);
/*@*/
impl S {
    pub fn new(n: u8) -> Self { S(n); } //- it may be another name of `()`
    pub fn get(&self) -> u8 { if self.0 > 1 { self.0 } }
    pub fn set(&mut self, n: u8) -> Option<u8> { let old = self.0; self.0 = n; Some(old); }
}
/*@*/
pub fn e() -> usize { let x = std::cell::RefCell::new(vec![1, 2]); let n = 1; n + x.borrow().len() } //- its temporaries die where it ends
/*@*/
pub fn e2() -> usize {
    let x = std::cell::RefCell::new(vec![1, 2]);
    let n = 1;
    n + x.borrow().len() //- its temporaries die where it ends
}
/*@*/
pub fn u2() {
    let x = std::cell::RefCell::new(vec![1, 2]);
    let n = 1;
    x.borrow_mut().push(n)
}
fn half(n: usize) -> usize {
    n / 2
}
/*@*/
fn semicolon_behind_a_call(n: usize) -> usize {
    let twice = n * 2;
    let made = half(twice);
    half(made);
}
/*@*/
fn semicolon_behind_a_method(text: &str) -> String {
    let trimmed = text.trim();
    let upper = trimmed.to_uppercase();
    upper.replace('A', "B");
}
/*@*/
async fn semicolon_in_the_future(n: usize) -> String {
    let text = n.to_string();
    let trimmed = text.trim();
    trimmed.replace('1', "2");
}

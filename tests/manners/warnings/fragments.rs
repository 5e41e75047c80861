//! Fragments of macros, in woven functions that the macros make; and values that are given back.

macro_rules! g1 { ($n:ident, $t:ty, $b:block) => {
/*@*/
pub fn $n() -> $t { $b } } }
g1!(c1, u8, { 3 });
macro_rules! g2 { ($n:ident, $t:ty, $b:block) => {
/*@*/
pub fn $n(c: bool) -> $t { if c { return $b; } $b } } }
g2!(c2, u8, { 3 });
macro_rules! g3 { ($n:ident, $b:block) => {
/*@*/
pub fn $n() { $b } } }
g3!(c3, { println!() });
macro_rules! g4 { ($n:ident, $t:ty, $b:block) => {
/*@*/
pub fn $n(c: bool) -> $t { println!("{c}"); $b } } }
g4!(c4, u8, { 3 });
/*@*/
pub fn each(c: bool) {
    if c {
        return [1, 2].iter().for_each(|x| println!("{x}"));
    }
    println!();
}
/*@*/
pub fn nothing(c: bool) {
    if c {
        return (); //~ lost: the value is ours
    }
    println!();
}
/*@*/
pub async fn pointers() -> Option<fn(fn())> {
    std::future::ready(()).await;
    None
}

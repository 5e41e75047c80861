//! Values that are given back, and may not be: moved out of borrows, or borrowed of what is gone.

/*@*/
pub fn f(p: &String) -> String { *p }
/*@*/
pub fn f2(p: &String) -> String {
    let q = p;
    *q
}
/*@*/
pub fn f3(p: &[String]) -> String {
    p[0]
}
pub struct S { n: String }
/*@*/
impl S { pub fn n(&self) -> String { self.n } }
/*@*/
pub fn a(p: &str) -> &'static str { p.trim() }
/*@*/
pub fn b() -> Option<&'static str> { Some(String::new().as_str()) }
/*@*/
pub fn longest(a: &str, b: &str) -> String {
    if a.len() > b.len() { a } else { b }
}
/*@*/
pub fn s() -> &'static str {
    let s = String::from("x");
    s.as_str()
}
/*@*/
pub fn f9(p: &str, c: bool) -> &'static str {
    match c {
        true => p,
        false => loop {},
    }
}
/*@*/
pub fn f10(p: &str, c: bool) -> &'static str {
    if c { p } else { return "x" }
}
/*@*/
pub fn f17(p: &str, c: bool) -> &'static str {
    match c {
        true => p,
        false => p.trim(),
    }
}
/*@*/
pub fn f11(p: &str, c: bool) -> &str {
    match c { //~ of several values it is told at the `match`
        true => &format!("{p}"), //~ of several values it is told at the `match`
        false => p,
    }
}
/*@*/
/*@*/
pub fn f13(p: &str) -> &'static str { if p.is_empty() { return p.trim(); } p }
/*@*/
pub fn f14(p: &u8) -> &u8 { { let q = *p; &q } } //~ a block is shown as a whole
/*@*/
pub fn f15(p: &String, c: bool) -> String { if c { return *p; } *p }
/*@*/
pub fn f16(p: &u8, c: bool) -> fn(u8) -> u8 { |x: u8| if c { x } else { *p } } //- a probe is captured, too

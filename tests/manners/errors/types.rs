#![allow(unused)]
use std::fmt::Debug;
struct S {
    n: u8,
    name: String,
}
enum E {
    A(u8),
    B { x: u8 },
    C,
}
fn id<T>(x: T) -> T {
    x
}
fn needs<T: Debug + Clone>(x: T) {}
unsafe fn raw(p: *const u8) {}
static mut ST: u8 = 1;
async fn ready() -> u8 {
    1
}
mod inner {
    pub struct P {
        x: u8,
    }
    fn f() {}
    impl P {
        fn m(&self) {}
    }
}
/*@*/
fn mismatch(n: u32) -> u32 {
    let text: String = n;
    1
}
/*@*/
fn wrong_return(n: u32) -> String {
    n
}
/*@*/
fn wrong_return_2(n: u32) -> String {
    if n > 1 {
        return 2;
    }
    String::new()
}
/*@*/
fn wrong_return_3(n: &str) -> String {
    let _x = n;
    return n.trim().len()
}
/*@*/
fn missing_return(n: u32) -> u32 {
    let x = n;
}
/*@*/
fn semicolon(n: u32) -> u32 {
    n + 1;
}
/*@*/
fn missing_return_after_if(n: u32) -> u32 {
    if n > 1 {
        return 1;
    }
}
/*@*/
fn missing_else(n: u32) -> u32 {
    if n > 1 {
        3
    }
}
/*@*/
fn branches(n: u32) -> u32 {
    if n > 1 {
        3
    } else {
        "x"
    }
}
/*@*/
fn arms(n: u32) -> u32 {
    match n {
        1 => 1,
        2 => "x",
        _ => 'c',
    }
}
/*@*/
fn arms_of_a_variable(n: u32) -> u32 {
    let m = match n {
        1 => 1,
        2 => "x",
        _ => 'c',
    };
    n + m
}
/*@*/
fn unit(n: u32) {
    n
}
/*@*/
fn unit_2(n: u32) {
    if n > 1 {
        return 3;
    }
    n + 1
}
/*@*/
fn unit_3(n: u32) {
    return n;
}
/*@*/
fn bare_return(n: u32) -> u32 {
    if n > 1 {
        return;
    }
    n
}
/*@*/
fn question(n: &str) -> u32 {
    n.parse::<u32>()?
}
/*@*/
fn question_unit(n: &str) {
    n.parse::<u32>()?;
}
/*@*/
fn question_other(n: &str) -> Result<u32, String> {
    let x = n.parse::<u32>()?;
    Ok(x)
}
/*@*/
fn question_option(n: &str) -> Option<u32> {
    Some(n.parse::<u32>()?)
}
/*@*/
fn question_on_nothing(n: u32) -> Option<u32> {
    n?;
    Some(1)
}
/*@*/
fn ok_missing(n: &str) -> Result<u32, std::num::ParseIntError> {
    n.parse::<u32>()?
}
/*@*/
fn ok_missing_2(n: u32) -> Result<u32, String> {
    n
}
/*@*/
fn ok_unit() -> Result<(), String> {
    id(1);
}
/*@*/
fn some_missing(n: u32) -> Option<u32> {
    if n > 1 {
        return n;
    }
    n
}
/*@*/
fn no_method(s: S) {
    s.nothing();
    s.nme;
    s.n.foo
}
/*@*/
fn no_field(s: &S) -> u8 {
    let t = S { n: 1 };
    let u = S { n: 1, name: String::new(), z: 1 };
    s.x
}
/*@*/
fn arguments() {
    id();
    id(1, 2);
    wrong_return("x");
}
/*@*/
fn operator(a: S, b: S) -> S {
    let x = a + b;
    if a == b {}
    !a;
    -b;
    a
}
/*@*/
fn call_it(n: u8) {
    n();
    n[0];
    *n;
    n.0
}
/*@*/
fn exhaustive(e: E) -> u8 {
    match e {
        E::A(n) => n,
        E::C => 1,
    }
}
/*@*/
fn exhaustive_2(n: u8) -> u8 {
    match n {
        0..=9 => 1,
    }
}
/*@*/
fn refutable(o: Option<u8>) {
    let Some(x) = o;
    for Some(y) in [o] {}
}
/*@*/
fn pattern(e: E) {
    match e {
        E::A => {}
        E::B(x) => {}
        E::A(x, y) => {}
        E::D => {}
    }
}
/*@*/
fn pattern_2((a, b): (u8, u8, u8), n: u8) {
    let (x, y) = (1, 2, 3);
    match n {
        "x" => {}
        'c' => {}
        _ => {}
    }
}
/*@*/
fn infer() {
    let x = Vec::new();
    let y = "1".parse().unwrap();
    let z = None;
    let c = |a| 1;
    let d = Default::default();
}
/*@*/
fn infer_2() {
    let x = "1".parse().unwrap();
    x.foo();
    let v = [].iter().collect();
    v.len();
}
/*@*/
fn sum(v: &[u8]) -> u8 {
    let s = v.iter().sum();
    s + 1
}
/*@*/
fn bounds<T>(x: T) -> String {
    format!("{:?}", x)
}
/*@*/
fn bounds_2<T>(x: T) -> T {
    x.clone()
}
/*@*/
fn bounds_3(s: S) {
    let t = s.clone();
    println!("{}", s);
    println!("{:?} {}", s, id::<S>);
    needs(s)
}
/*@*/
fn cast(s: S) -> u8 {
    let x = s as u8;
    "x" as u8;
    1u8 as char;
    1u32 as char;
    let p = &s as *const u8;
    3 as bool
}
/*@*/
fn closure_type() {
    let f = |x: u8| x;
    f("x");
    let g = |x| x;
    g(1);
    g("x");
    let h: fn(u8) -> u8 = |x| "a";
}

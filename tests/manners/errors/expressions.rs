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
fn closure_args(v: Vec<u8>) {
    v.iter().map(|a, b| 1).count();
    v.iter().for_each(|| {});
    v.iter().filter(|x| 1).count();
}
/*@*/
fn not_a_loop() {
    break; //- a block of ours could have a label
    continue;
    let c = || break;
    'a: {
        continue 'a;
    }
}
/*@*/
fn break_value() {
    for x in 0..1 {
        break 3;
    }
    let y: u8 = loop {
        break;
    };
    while true {
        break "x";
    }
}
/*@*/
fn break_types(c: bool) -> u8 {
    loop {
        if c {
            break 1;
        }
        break "x"; //- what a loop is expected to give is told where it is the value itself
    }
}
/*@*/
fn not_iterable(n: u8) {
    for x in n {}
    for y in &(S { n: 1, name: String::new() }) {}
}
/*@*/
fn condition(n: u8) {
    if n {}
    while n {}
    if let Some(x) = n {}
    let x = if n = 1 { 1 } else { 2 };
}
/*@*/
fn assign(n: u8) {
    n = "x";
    1 = 2;
    n += "x";
    let mut b = true;
    b += 1;
    id(1) = 2;
}
/*@*/
fn box_dyn(n: u8) -> Box<dyn Fn(u8) -> u8> {
    |x| x + n //- the type is written down once more
}
/*@*/
fn impl_trait(c: bool) -> impl Debug {
    if c {
        return 1u8;
    }
    "x"
}
/*@*/
fn impl_iter(v: &[u8]) -> impl Iterator<Item = u8> {
    v.iter()
}
/*@*/
fn impl_not() -> impl Debug {
    S { n: 1, name: String::new() }
}
/*@*/
fn never() -> ! {
    let x = 1;
}
/*@*/
fn never_2(c: bool) -> ! {
    if c {
        panic!()
    }
}
/*@*/
fn never_3(c: bool) -> ! {
    while c {}
    1
}
/*@*/
fn unsafe_call(p: *const u8) -> u8 {
    raw(p);
    *p + ST
}
/*@*/
fn await_outside() -> u8 {
    ready().await
}
/*@*/
async fn await_nothing() -> u8 {
    let x = 3;
    x.await; //- says nothing of what could be
    1
}
/*@*/
async fn asynchronous(n: u8) -> String {
    if n > 1 {
        return n;
    }
    let t: String = n;
    n
}
/*@*/
async fn async_question(n: &str) -> u8 {
    n.parse::<u8>()?;
    1
}
/*@*/
async fn async_missing() -> u8 {
    let x = 1;
}
/*@*/
fn private() {
    let x = inner::P { x: 1 };
    x.x;
    inner::f();
    x.m()
}
/*@*/
fn unsized_local(s: &str) {
    let x = *s; //~ the value is in a variable of ours first
    let y: [u8] = *b"x"; //~ the value is in a variable of ours first
}
/*@*/
fn unsized_arg(s: str, f: dyn Fn()) -> str {
    *"x"
}
/*@*/
impl S {
    fn method(&self) -> u8 {
        self.name
    }
    fn consume(self) -> String {
        self.n
    }
    fn mismatch(&mut self) {
        self.n = "x";
        self.name = 1;
        self.zero = 1;
        Self::nothing();
        return 1;
    }
    fn new() -> Self {
        Self { n: 1 }
    }
    async fn later(&self) -> u8 {
        self.name
    }
}
/*@*/
fn diverging_let() {
    let Some(x) = Some(1) else {};
    let Some(y) = Some(1) else { 3 };
}
/*@*/
fn format_args(n: u8, s: &S) {
    println!("{} {}", n);
    println!("{x}");
    println!("{}", n, s);
    println!("{s}");
    println!("{:?}", s);
}
/*@*/
fn int_out_of_range() -> u8 {
    let x: u8 = 256;
    let y: i8 = -200;
    300
}
/*@*/
fn turbofish() {
    id::<u8, u8>(1);
    Vec::<u8, u8, u8>::new();
    id::<Nothing>(1);
}
/*@*/
fn constants(n: usize) {
    let a = [0u8; n];
    const C: usize = n;
    fn inner() -> usize {
        n
    }
}
/*@*/
fn const_call() {
    const X: Vec<u8> = vec![1];
    const Y: u8 = id(1);
    static Z: std::cell::Cell<u8> = std::cell::Cell::new(1);
}
/*@*/
fn tail_macro(n: u8) -> String {
    vec![n]
}
/*@*/
fn match_guard(n: u8) {
    match n {
        x if x => {}
        _ if "a" => {}
        _ => {}
    }
}
/*@*/
fn ranges(n: u8) {
    for i in 0..n {
        let x: usize = i;
        [1, 2, 3][i];
    }
    let s = "x";
    s[0];
}
/*@*/ //~ the probe of an argument asks for its type again
fn dyn_bad(x: &dyn Clone, y: Box<Debug>) {}

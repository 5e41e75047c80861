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
fn e0381_loop(c: bool) {
    let x;
    while c {
        x = 1;
        break;
    }
    show(&x);
}
/*@*/
fn e0384() {
    let x = 1;
    x = 2;
    show(&x);
    let y;
    y = 1;
    y = 2;
    show(&y);
    x += 1;
}
/*@*/
fn e0384_arg(n: u8, (a, b): (u8, u8)) {
    n = 1;
    a = 2;
    n += 1;
    show(&n);
}
/*@*/
fn e0384_for() {
    for i in 0..3 {
        i += 1;
        i = 2;
        show(&i);
    }
    match Some(1) {
        Some(x) => x = 2,
        None => {}
    }
    if let Some(y) = Some(1) {
        y += 1;
    }
}
/*@*/
fn e0596(v: Vec<u8>, r: &Vec<u8>, s: &S) {
    v.push(1);
    r.push(1);
    s.v.push(String::new());
    let x = 1;
    let y = &mut x;
    let f = || v.push(1);
    f();
}
/*@*/
fn e0596_closure() {
    let n = 1;
    let f = || n = 2;
    let mut m = 1;
    let g = || m = 2;
    g();
}
/*@*/
fn e0594(s: &S, t: &u8) {
    s.n = 1;
    *t = 2;
    let p = S { n: 1, name: String::new(), v: vec![] };
    p.n = 2;
}
/*@*/
fn e0621<'a>(x: &'a u8, y: &u8) -> &'a u8 {
    y
}
/*@*/
fn lifetime<'a, 'b>(x: &'a u8, y: &'b u8) -> &'a u8 {
    y
}
/*@*/
fn lifetime_2<'a, 'b>(x: &'a u8, y: &'b u8, c: bool) -> &'a u8 {
    if c {
        return y;
    }
    x
}
/*@*/
fn lifetime_push<'a>(v: &mut Vec<&'a u8>, x: &u8) {
    v.push(x);
}
/*@*/
fn lifetime_static(x: &str) -> &'static str {
    x
}
/*@*/
fn lifetime_box(x: &str) -> Box<dyn std::fmt::Debug> {
    Box::new(x)
}
/*@*/
fn e0310<T: std::fmt::Debug>(x: T) -> Box<dyn std::fmt::Debug> {
    Box::new(x)
}
/*@*/
fn e0521(x: &str) {
    std::thread::spawn(move || show(&x));
}
/*@*/
fn closure_escape() {
    let mut v: Vec<&str> = vec![];
    let mut f = |s: &str| v.push(s);
    f("x");
}
/*@*/
fn closure_ret() {
    let mut n = vec![1];
    let f = || &mut n;
    let s = |x: &u8| x;
}
/*@*/
fn send() {
    let r = std::rc::Rc::new(1);
    std::thread::spawn(move || show(&r));
}
/*@*/
fn async_send() {
    send_it(not_send(std::rc::Rc::new(1)));
    send_it(async {
        let r = std::rc::Rc::new(1);
        ready().await;
        show(&r);
    });
}
/*@*/
async fn not_send(r: std::rc::Rc<u8>) {
    ready().await;
    show(&r);
}
/*@*/
async fn held() {
    let r = std::rc::Rc::new(1);
    ready().await;
    show(&r);
}
/*@*/
async fn async_move(s: String) {
    take(s);
    ready().await;
    take(s);
}
/*@*/
async fn async_borrow(v: &mut Vec<u8>) {
    let f = &v[0];
    v.push(1);
    ready().await;
    show(f);
}
/*@*/
async fn async_ref<'a>(x: &'a u8, y: &u8) -> &'a u8 {
    ready().await;
    y
}
/*@*/
fn async_block() -> impl std::future::Future<Output = usize> {
    let s = String::new();
    async { s.len() } //- the block is handed to a probe
}
/*@*/
fn fn_once(s: String) {
    call(|| take(s));
    call_mut(|| {
        let t = s;
    });
}
/*@*/
fn fn_mut() {
    let mut n = 1;
    call(|| n += 1);
}
/*@*/
fn two_phase(v: &mut Vec<usize>) {
    v.push(v.len());
    let r = &mut *v;
    r.push(v.len());
    take(r);
}
/*@*/
impl S {
    fn get(&self) -> &mut String {
        &mut self.name
    }
    fn give(&self) -> String {
        self.name
    }
    fn set(&self) {
        self.n = 1;
        self.v.clear();
    }
    fn both(&mut self) {
        let a = &mut self.name;
        self.touch();
        a.push('x');
    }
    fn touch(&mut self) {}
    fn held(&mut self) {
        for x in &self.v {
            self.touch();
        }
    }
    fn longer<'a>(&self, x: &'a str) -> &'a str {
        &self.name
    }
    fn consume(self) -> u8 {
        take(self);
        self.n
    }
    fn into(self) -> S {
        let n = self.name;
        self
    }
}
/*@*/
fn let_else(o: Option<String>) {
    let Some(s) = o else { return };
    take(s);
    take(o);
}
/*@*/
fn loop_moved(v: Vec<Vec<u8>>) {
    for x in v {
        take(x);
        take(x);
    }
}
/*@*/
fn nested_fn() {
    fn inner(s: String) {
        take(s);
        take(s);
    }
    let x = 1;
    fn other() -> u8 {
        x
    }
}
/*@*/
fn temporary_mutex(m: std::sync::Mutex<Vec<u8>>) -> &'static u8 {
    let g = m.lock().unwrap();
    &g[0]
}
/*@*/
fn match_borrow(o: &mut Option<String>) {
    match o {
        Some(s) => {
            *o = None;
            s.push('x');
        }
        None => {}
    }
}
/*@*/
fn in_macro(s: String) {
    take(s);
    println!("{s}");
    println!("{}", s);
    assert_eq!(s, "x");
}

/*@*/
fn while_lent() {
    let mut x = vec![1];
    let c = &mut x;
    x.push(2);
    c.push(1);
}
/*@*/
fn parts_while_lent() {
    let mut x = [1, 2, 3];
    let a = &mut x[0];
    let b = &mut x[1];
    println!("{a} {b}");
    let mut y = (1, 2);
    let c = &mut y.0;
    let d = &mut y.0;
    if *d > 1 {
        y.0 = 2;
    }
    *c = 1;
}
/*@*/
fn while_captured() {
    let mut x = vec![1];
    let mut c = || x.push(1);
    x.push(2);
    c();
}

/*@*/
fn shorter<'a, 'b>(x: &'a str, y: &'b str) -> &'a str {
    if x.len() < y.len() { x } else { y }
}

/*@*/
fn shorter_at_all<'a, 'b>(x: &'a str, y: &'b str) -> Option<&'a str> {
    let len = x.len();
    if len == 0 {
        None
    } else if len < y.len() {
        Some(y)
    } else {
        panic!()
    }
}

/*@*/
fn lent_at_once<'a>(c: bool) -> Option<&'a str> {
    let text = String::new();
    if c { Some(text.as_str()) } else { None }
}

/*@*/
fn lent_mutably<'a, 'b>(a: &'a mut u8, b: &'b mut u8, c: bool) -> &'b mut u8 {
    if c { a } else { b }
}

/*@*/
fn lent_by_branch<'a>(c: bool) -> &'a str {
    let text = String::new();
    if c { &text } else { "" }
}

/*@*/
fn lent_part(c: (String, u8)) -> &'static mut String {
    &mut c.0
}

/*@*/
fn lent_slice<'a>(c: Vec<u8>) -> &'a [u8] {
    if c.len() == 2 {
        return &c[1..];
    }
    &c[..]
}
/*@*/
pub fn arms_of_temporaries(o: Option<&str>) -> usize {
    let r: &str;
    r = match o {
        Some(s) => s,
        None => &format!("x"),
    };
    match o {
        Some(s) => s,
        None => &r.to_mut(),
    };
    r.len()
}

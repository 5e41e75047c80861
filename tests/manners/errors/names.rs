#![allow(unused)]
/*@*/
fn unresolved(n: u8) {
    let x = nothing;
    nowhere();
    Missing::new();
    missing::f();
    let y: Gone = 1;
    macro_gone!();
    n.x;
    lenn(n);
    std::nowhere::f();
    let z = xx + nn;
}
/*@*/
fn scopes() {
    {
        let inner = 1;
    }
    inner;
    if let Some(a) = Some(1) {}
    a;
    for i in 0..1 {}
    i;
    'a: loop {
        break 'b;
    }
}
/*@*/
fn types(x: Nothing, y: &'a u8) -> Gone {
    use self::what::ever;
    use std::gone;
    let v: Vec<Nope> = vec![];
    nothing
}
mod not_at_the_line_s_begin {
    /*@*/
    fn given<T>(x: T) -> Gone<T> {
        x
    }
    struct S;
    impl S {
        /*@*/
        fn given(self) -> Vec<Gone> {
            vec![]
        }
    }
}
/*@*/
fn generics<T>(x: U)
where
    V: Clone,
{
    let y: T::Item = 1;
}
/*@*/
fn own_names() {
    __call; //- something of ours has the name
    __SITES; //~ items of ours can be named
    __ret;
    __pick0;
    Pick;
    line();
    lookup;
    scope_strategy();
}
/*@*/
fn self_outside() {
    self.x;
    Self::y;
    super::super::x();
    let s = Self {};
}
struct S<T>(T);
/*@*/
impl S<u8> {
    fn f(&self) {
        nothing;
        self.gone();
        Self::gone();
        g();
    }
    fn g() {
        f();
    }
}
/*@*/
impl<T> S<U> {
    fn h() {}
}
trait Shape {
    fn area(&self) -> f64;
    fn name(&self) -> String {
        nothing
    }
    const N: u8;
    type X;
}
/*@*/
impl Shape for S<u8> {
    fn area(&self) -> u8 {
        1
    }
    fn extra(&self) {}
}
/*@*/
impl Shape for S<u16> {
    fn area(self) -> f64 {
        1.0
    }
    type X = u8;
    const N: u8 = 1;
}
/*@*/
impl Shape for Nothing {
    fn area(&self) -> f64 {
        1.0
    }
}
/*@*/
impl Nothing for S<u8> {
    fn area(&self) -> f64 {
        1.0
    }
}
/*@*/
trait Bad: Nothing {
    fn f(&self) -> Self::Gone {
        gone()
    }
    fn g(x: Self);
}
/*@*/
fn duplicate(a: u8, a: u8) {
    let (b, b) = (1, 2);
    match Some(1) {
        Some(x) | None => {}
    }
}
/*@*/
fn twice() {}
/*@*/
fn twice() {}
/*@*/
mod inside {
    fn f() {
        nothing;
    }
    pub fn g() -> Gone {
        1
    }
    use nowhere::x;
    struct T {
        x: Gone2,
    }
}
/*@*/
fn unused_generic<T, const N: usize>() {
    let x: [u8; M] = [1];
}
/*@*/
async fn later(x: Gone) -> u8 {
    nothing.await;
    nowhere().await
}
/*@*/
fn hidden() {
    inner::private();
    inner::P { x: 1 }.x;
    inner::Q;
}
mod inner {
    fn private() {}
    pub struct P {
        x: u8,
    }
    struct Q;
}
/*@*/
fn labels() {
    'x: loop {
        || {
            break 'x;
        };
        async {
            continue 'x;
        };
    }
}
/*@*/
fn attributes() {
    #[nothing]
    let x = 1;
    #[inline]
    let y = 2;
    #[derive(Gone)]
    struct Z;
    #[cfg(nothing)]
    let z = 1;
    #[allow(unknown_lint_x)]
    let w = 1;
}
/*@*/
fn no_import() {
    let m = HashMap::new();
    let r = Rc::new(1);
    let mut s = String::new();
    write!(s, "x");
}

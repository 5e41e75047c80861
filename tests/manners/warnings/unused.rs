#![allow(missing_docs, dead_code, clippy::all, clippy::pedantic, clippy::nursery)]
fn used<T>(_: T) {}
/*@*/
fn variable() {
    let x = 1;
    let (a, b) = (1, 2);
    used(a);
    let mut y = 3;
    let mut z = String::new();
    used(z);
}
/*@*/
fn argument(a: u8, b: String, mut c: u8, (d, e): (u8, u8)) {
    used(e);
}
/*@*/
fn assigned() {
    let mut x = 1;
    x = 2;
    used(x);
    let mut y = 1;
    used(y);
    y = 2;
    let mut z;
    z = 3;
    z = 4;
    used(z);
    let mut w = 1;
    w += 1;
    let q;
    q = 1;
}
/*@*/
fn branches(c: bool) {
    let mut x = 1;
    if c {
        x = 2;
    } else {
        x = 3;
    }
    used(x);
    let mut y = 0;
    if c {
        y = 5;
    }
}
/*@*/
fn loops(v: &[u8]) {
    for i in v {}
    let mut last = 0;
    for i in v {
        last = *i;
    }
    let mut sum = 0;
    while let Some(n) = v.iter().next() {
        sum += 1;
        break;
    }
    let mut k = 0;
    loop {
        k = 1;
        if k > 3 {
            k = 7;
            break;
        }
    }
}
/*@*/
fn matches(o: Option<(u8, u8)>) {
    match o {
        Some((a, b)) => used(b),
        None => {}
    }
    if let Some((a, b)) = o {
        used(a);
    }
    let Some((p, q)) = o else { return };
    match o {
        Some(n @ (a, _)) if a > 1 => {}
        x => {}
    }
}
struct P {
    x: u8,
    y: u8,
}
/*@*/
fn fields(p: P) {
    let P { x, y } = p;
    used(y);
    let P { x: z, .. } = P { x: 1, y: 2 };
    match (P { x: 1, y: 2 }) {
        P { x, y } => used(x),
    }
}
/*@*/
fn closures() {
    let f = |a: u8, b: u8| b;
    used(f(1, 2));
    let g = |a| {
        let inner = 3;
        2
    };
    used(g(1));
    let mut n = 1;
    let mut h = || n = 2;
    h();
    let mut m = 1;
    let mut h = move || {
        m += 1;
    };
    h();
    let unused = || 1;
}
struct S {
    n: u8,
}
/*@*/
impl S {
    fn method(&mut self, a: u8) {
        let x = a;
        self.n = 1;
    }
    fn shadow(&self) -> u8 {
        let x = 1;
        let x = 2;
        x
    }
    async fn asynchronous(&self, a: u8, b: u8) -> u8 {
        let x = 1;
        let mut y = 2;
        y = 3;
        used(y);
        let z = async {
            let inner = 1;
            2
        };
        b
    }
}
/*@*/
trait T {
    fn provided(&self, a: u8) {}
    fn required(&self, a: u8);
}
/*@*/
fn must() {
    Ok::<u8, u8>(1);
    vec![1].iter().map(|x| x);
    vec![1].len() == 2;
    String::from("x") + "y";
    1;
    "text";
    used;
    async {};
    Box::new(1);
}
#[must_use]
fn important() -> Result<u8, u8> {
    Ok(1)
}
/*@*/
fn must_try() -> Result<u8, u8> {
    important();
    important()?;
    Ok::<Result<u8, u8>, u8>(Ok(1))?;
    return Ok((1));
}
/*@*/
fn muts(mut a: u8, mut b: Vec<u8>) -> u8 {
    let mut x = 1;
    let mut v = Vec::<u8>::new();
    let (mut p, q) = (1, 2);
    used((b, v, p, q));
    for mut i in 0..1 {
        used(i);
    }
    if let Some(mut n) = Some(1) {
        used(n);
    }
    let f = |mut z: u8| z;
    let mut g = |z: u8| z;
    used(f(g(1)));
    a + x
}
/*@*/
#[expect(unused_variables, reason = "test")]
fn expected(a: u8) {
    let b = 1;
}
/*@*/
fn expected_inside() {
    #[expect(unused_variables)]
    let b = 1;
    #[expect(unused_mut)]
    let mut c = 1;
    used(c);
    #[expect(unused_assignments)]
    let mut d = 1;
    d = 2;
    used(d);
    #[expect(unused_must_use)]
    important();
}
/*@*/
fn parens() -> u8 {
    let x = (1);
    let y = { 2 };
    if (x == 1) {
        return (2); //~ a value that is given back is put into a variable
    }
    while (x == 1) {
        break;
    }
    match (x) {
        1 => (2), //~ an arm is in braces, with its probe
        _ => return { 3 }, //~ a value that is given back is put into a variable
    };
    for i in (0..1) {
        used((i));
    }
    let _ = used((x));
    let f = |a: u8| (a); //~ a body of one expression is in braces, with its probe
    used(f);
    (x + y)
}
/*@*/
fn items() {
    use std::collections::HashMap;
    const X: u8 = 1;
    static Y: u8 = 1;
    fn inner() {}
    struct Z;
    enum E {
        A,
    }
    macro_rules! m {
        () => {};
    }
    'a: loop {
        break;
    }
}
/*@*/
fn literal() {
    let name = 3;
    let other = 4;
    println!("{name} {{other}}");
    let pair = (1, 2);
    let shadowed = 1;
    {
        let shadowed = 2;
        used(shadowed);
    }
    let late: u8;
    let later;
    later = 1;
    let array = [1, 2];
    let _ignored = 1;
    let slot = &mut 5;
    let c = *slot;
}
/*@*/
fn patterns_in(&(a, b): &(u8, u8), [c, ..]: [u8; 3]) -> u8 {
    let [x, y, ..] = [1, 2, 3];
    a + x
}

// The parameter of a closure is not the variable of the same name.
/*@*/
pub fn closures_own(mut b: i32, v: &[i32]) -> i32 {
    b = 3;
    v.iter().map(|&b| b + 1).sum()
}

/*@*/
pub fn closures_best(v: &[i32]) -> i32 {
    let mut best = 0;
    best = v.len() as i32;
    v.iter().map(|best| best + 1).sum()
}

/*@*/
pub fn closures_sum(v: &[i32]) -> i32 {
    let mut n = 1;
    n = 2;
    v.iter().fold(0, |n, x| n + x)
}

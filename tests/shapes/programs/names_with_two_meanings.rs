//@ edition 2024
//! Names that a part of a chain, an arm or a `let` in capitals gives another meaning.
#![allow(non_snake_case)]
fn bump(x: &mut usize) {
    *x += 1;
}
fn len(s: &String) -> usize {
    s.len()
}
#[scope::instrument(level = "full")]
fn f(v: Option<String>) -> usize {
    let mut z = 5;
    bump(&mut z);
    let mut n = 0;
    if let Some(z) = v
        && {
            let k = len(&z);
            k > 1
        }
    {
        n += z.len();
    }
    n + z
}
#[scope::instrument(level = "full")]
fn g(v: Option<String>, tx: &std::sync::mpsc::Sender<String>) {
    let mut z = 5;
    bump(&mut z);
    match v {
        Some(z) => drop(tx.send({
            let m = z + "!";
            m
        })),
        None => bump(&mut z),
    }
    println!("{z}");
}
#[scope::instrument(level = "full")]
fn capitals(xs: &[f64]) -> f64 {
    let mut V = Vec::new();
    for x in xs {
        V.push(*x);
    }
    let V = V.len();
    let N = half(V);
    N
}
fn half(n: usize) -> f64 {
    n as f64 / 2.0
}
fn main() {
    println!("{}", f(Some("abc".into())));
    let (tx, rx) = std::sync::mpsc::channel();
    g(Some("q".into()), &tx);
    println!("{:?}", rx.recv());
    println!("{}", capitals(&[1.0, 2.0]));
}
//> f(v = Some("abc"))
//>   z = 5
//>   n = 0
//>   k = 3
//>   branch if let Some(z) = v && { let k = len(&z); k > 1 }
//>   n = 3
//>   z = 6
//> f Returned 9
//> g(v = Some("q"), tx = Sender { .. })
//>   z = 5
//>   m = "q!"
//> g Returned
//> capitals(xs = [1.0, 2.0])
//>   V = []
//>   round for x in xs
//>   x = 1.0
//>   round for x in xs
//>   x = 2.0
//>   V = [1.0, 2.0]
//> capitals Returned 1.0

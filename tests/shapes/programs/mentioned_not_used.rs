//! A variable that is mentioned as a whole, and yet may not be looked at: a part was moved out of it, or the mention is never reached.
#![allow(unreachable_code)]
struct S {
    a: String,
    b: Vec<u8>,
}
#[scope::instrument]
fn updated(n: u8) -> usize {
    let mut s = S { a: String::new(), b: vec![n] };
    s.b.push(2);
    drop(s.a);
    let t = S { a: String::from("t"), ..s };
    t.a.len() + t.b.len()
}
fn second<A>(_: A, n: usize) -> usize {
    n
}
#[scope::instrument]
fn unreached(n: u8) -> usize {
    let mut x = String::new();
    x.push('a');
    let len = x.len();
    drop(x);
    second(if n > 3 { return 1 } else { return len + 1 }, x.len())
}
fn main() {
    assert_eq!(updated(1), 3);
    assert_eq!(unreached(3), 2);
}
//> updated(n = 1)
//>   s = <Opaque: mentioned_not_used::S, 48 bytes>
//>   t = <Opaque: mentioned_not_used::S, 48 bytes>
//> updated Returned 3
//> unreached(n = 3)
//>   x = ""
//>   x = "a"
//>   len = 1
//>   x = "a"
//>   branch else of if n > 3
//> unreached Returned 2

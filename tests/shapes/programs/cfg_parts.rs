//! A `#[cfg]` in the middle of patterns, arms, literals, arguments and chains.
#[derive(Clone, Debug)]
struct P {
    a: u8,
    #[cfg(any())]
    b: Missing,
    #[cfg(not(any()))]
    c: u8,
}
#[scope::instrument]
fn param(P { a, #[cfg(any())] b, #[cfg(not(any()))] c }: P) -> u8 {
    a + c
}
#[scope::instrument]
fn lets(p: P) -> u8 {
    let P { a, #[cfg(any())] b, #[cfg(not(any()))] mut c } = p;
    c += 1;
    let q = P { a, #[cfg(any())] b: missing(), #[cfg(not(any()))] c };
    let list = [#[cfg(any())] missing(), #[cfg(not(any()))] q.c, q.a];
    let f = |P { a, #[cfg(not(any()))] c, .. }: P| a + c;
    let n = f(q);
    list[0] + n
}
#[scope::instrument]
fn arms(p: &P, n: u8) -> u8 {
    match (p, n) {
        #[cfg(any())]
        (missing, 1) => missing(),
        (P { a, #[cfg(any())] b, .. }, 1) => *a,
        #[cfg(not(any()))]
        (P { c, .. }, m) if m > 5 => {
            let d = *c + m;
            d
        }
        #[cfg(not(any()))]
        _ => 9,
        #[cfg(any())]
        _ => missing(),
    }
}
#[scope::instrument]
fn chains(n: u8) -> Option<u8> {
    #[cfg(not(any()))]
    let found = Some(n).filter(|n| *n > 1)?;
    #[cfg(any())]
    let found = missing()?;
    #[cfg(not(any()))]
    for k in 0..n {
        #[cfg(any())]
        missing(k)?;
        #[cfg(not(any()))]
        if k > 3 {
            return None;
        }
    }
    #[cfg(any())]
    return missing();
    #[cfg(not(any()))]
    Some(found)
}
#[scope::instrument]
fn either(n: u8) -> u8 {
    #[cfg(any())]
    let m = missing();
    #[cfg(not(any()))]
    let m = n;
    #[cfg(any())]
    let f = |x| missing(x);
    #[cfg(not(any()))]
    let f = |x| x + m;
    let mut out = m;
    #[cfg(any())]
    {
        out = missing();
    }
    #[cfg(not(any()))]
    {
        out += f(out);
    }
    out
}
fn main() {
    let p = P { a: 1, c: 2 };
    assert_eq!((param(p.clone()), lets(p.clone())), (3, 7));
    assert_eq!((arms(&p, 1), arms(&p, 7), arms(&p, 3)), (1, 9, 9));
    assert_eq!((chains(2), chains(0), chains(6)), (Some(2), None, None));
    assert_eq!(either(2), 6);
}
//> param(a = 1)
//> param Returned 3
//> lets(p = P { a: 1, c: 2 })
//>   a = 1
//>   c = 3
//>   q = P { a: 1, c: 3 }
//>   list = b"\x03\x01"
//>   f = <Opaque: cfg_parts::lets::{{closure}}, 0 bytes>
//>   a = 1
//>   n = 4
//> lets Returned 7
//> arms(p = P { a: 1, c: 2 }, n = 1)
//>   branch (P { a, #[cfg(any())] b, .. }, 1)
//>   a = 1
//> arms Returned 1
//> arms(p = P { a: 1, c: 2 }, n = 7)
//>   branch (P { c, .. }, m) if m > 5
//>   c = 2
//>   m = 7
//>   d = 9
//> arms Returned 9
//> arms(p = P { a: 1, c: 2 }, n = 3)
//>   branch _
//> arms Returned 9
//> chains(n = 2)
//>   found = 2
//>   round for k in 0..n
//>   k = 0
//>   round for k in 0..n
//>   k = 1
//> chains Returned Some(2)
//> chains(n = 0)
//> chains Early None
//> chains(n = 6)
//>   found = 6
//>   round for k in 0..n
//>   k = 0
//>   round for k in 0..n
//>   k = 1
//>   round for k in 0..n
//>   k = 2
//>   round for k in 0..n
//>   k = 3
//>   round for k in 0..n
//>   k = 4
//>   branch if k > 3
//> chains Returned None
//> either(n = 2)
//>   m = 2
//>   f = <Opaque: cfg_parts::either::{{closure}}, 8 bytes>
//>   out = 2
//>   out = 6
//>   out = 6
//> either Returned 6

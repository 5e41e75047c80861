//@ edition 2024
//! Chains of `let`s in which a later part ends what an earlier one borrowed, and guards of arms that bind a name anew.
#[derive(Clone)]
struct Op {
    prec: u8,
    c: char,
}
#[scope::instrument(level = "full")]
fn to_rpn(ops: &[Op]) -> String {
    let mut st: Vec<Op> = vec![];
    let mut out = String::new();
    for t in ops {
        while let Some(top) = st.last()
            && top.prec >= t.prec
            && let Some(old) = st.pop()
        {
            out.push(old.c);
        }
        st.push(t.clone());
    }
    out
}
#[scope::instrument(level = "full")]
fn trim(v: &mut Vec<String>) -> usize {
    let mut n = 0;
    while let Some(l) = v.last()
        && l.is_empty()
        && v.pop().is_some()
    {
        n += 1;
    }
    n
}
#[scope::instrument(level = "full")]
fn take(b: &mut Option<String>) -> Option<u8> {
    if let Some(x) = b
        && x.is_empty()
        && b.take().is_some()
    {
        return None;
    }
    Some(1)
}
#[scope::instrument(level = "full")]
fn f(v: Option<&str>) -> usize {
    let mut z = 5;
    z += 1;
    let n = match v {
        Some(y)
            if let Ok(z) = y.parse::<String>()
                && z.len() > 1 =>
        {
            let k = taken(z);
            k
        }
        Some(y) if let Some(q) = y.chars().next() => {
            let r = q;
            r as usize
        }
        _ => {
            z += 1;
            z
        }
    };
    n + z
}
fn taken(s: String) -> usize {
    s.len()
}

fn main() {
    println!("{} {}", to_rpn(&[Op { prec: 1, c: '+' }, Op { prec: 1, c: '-' }]), trim(&mut vec![String::new()]));
    println!("{:?} {} {} {}", take(&mut None), f(Some("abc")), f(Some("a")), f(None));
}
//> to_rpn(ops = [<Opaque: chains_that_change::Op, 8 bytes>, <Opaque: chains_that_change::Op, 8 bytes>])
//>   st = []
//>   out = ""
//>   round for t in ops
//>   t = <Opaque: &chains_that_change::Op, 8 bytes>
//>   round for t in ops
//>   t = <Opaque: &chains_that_change::Op, 8 bytes>
//>   round while let Some(top) = st.last() && top.prec >= t.prec && let Some(…
//>   old = <Opaque: chains_that_change::Op, 8 bytes>
//>   out = "+"
//> to_rpn Returned "+"
//> trim(v = [""])
//>   n = 0
//>   round while let Some(l) = v.last() && l.is_empty() && v.pop().is_some()
//>   n = 1
//>   n = 1
//> trim Returned 1
//> take(b = None)
//> take Returned Some(1)
//> f(v = Some("abc"))
//>   z = 5
//>   z = 6
//>   branch Some(y) if let Ok(z) = y.parse::<String>() && z.len() > 1
//>   z = "abc"
//>   y = "abc"
//>   k = 3
//>   n = 3
//> f Returned 9
//> f(v = Some("a"))
//>   z = 5
//>   z = 6
//>   branch Some(y) if let Some(q) = y.chars().next()
//>   q = 'a'
//>   y = "a"
//>   r = 'a'
//>   n = 97
//> f Returned 103
//> f(v = None)
//>   z = 5
//>   z = 6
//>   branch _
//>   z = 7
//>   n = 7
//> f Returned 14

//@ edition 2024
//! Statements whose head has branches that run before the rest of it, `let`s that give a name another meaning, and parts under a `#[cfg]`: a
//! variable may not be looked at there before the statement.
use std::sync::mpsc;

#[scope::instrument(level = "full")]
fn borrowed(flag: bool) -> u32 {
    let mut sizes = vec![1, 2, 3];
    sizes.push(4);
    let mut it = sizes.iter_mut();
    it.next();
    (if flag { it.next().map_or(0, |x| *x) } else { 0 }) + sizes.len() as u32
}

#[scope::instrument(level = "full")]
fn late(flag: bool) -> u32 {
    let mut x;
    let y = (if flag {
        x = 1;
        10
    } else {
        x = 2;
        20
    }) + x;
    x = y + 1;
    x
}

#[scope::instrument(level = "full")]
fn moved(flag: bool) -> usize {
    let mut buf = vec![1u8];
    buf.push(2);
    let old = buf;
    let pair = (
        match flag {
            true => {
                buf = vec![9];
                1
            }
            false => {
                buf = Vec::new();
                0
            }
        },
        buf,
    );
    pair.0 + pair.1.len() + old.len()
}

#[scope::instrument(level = "full")]
fn looped(n: u32) -> (u32, String) {
    let mut name = String::from("a");
    name.push('b');
    drop(name);
    let pair = (
        loop {
            name = String::from("c");
            if n > 0 {
                break n;
            }
        },
        name,
    );
    pair
}

#[derive(Debug)]
struct Stats {
    n: usize,
    #[cfg(any())]
    buf: Vec<u8>,
}

#[scope::instrument(level = "full")]
fn under_a_condition() -> (Stats, [usize; 1]) {
    let mut buf = Vec::new();
    buf.push(1);
    #[cfg(all())]
    drop(buf);
    let n = 3;
    (
        Stats {
            n,
            #[cfg(any())]
            buf,
        },
        [
            n,
            #[cfg(any())]
            buf.len(),
        ],
    )
}

#[scope::instrument(level = "full")]
fn chained(rx: &mpsc::Receiver<String>, tx: &mpsc::Sender<String>) -> usize {
    let mut line = String::from("first");
    line.push('!');
    tx.send(line).unwrap();
    let mut n = 0;
    if let Ok(line) = rx.try_recv()
        && line.len() > 3
    {
        n += line.len();
    }
    while let Ok(line) = rx.try_recv()
        && !line.is_empty()
    {
        n += line.len();
    }
    n
}

/// What is looked at first is shown.
#[scope::instrument(level = "full")]
fn shown(flag: bool) -> usize {
    let mut a = vec![1];
    a.push(2);
    let mut b = vec![1];
    b.push(3);
    let n = (a, if flag { 1 } else { 2 }, b).1;
    let mut c = n;
    c += 1;
    let d = if c > 2 {
        c = 1;
        c
    } else {
        c
    };
    c + d
}

fn main() {
    println!("{} {} {} {:?}", borrowed(true), late(true), moved(true), looped(3));
    println!("{:?}", under_a_condition());
    let (tx, rx) = mpsc::channel();
    println!("{} {}", chained(&rx, &tx), shown(true));
}
//> borrowed(flag = true)
//>   sizes = [1, 2, 3]
//>   sizes = [1, 2, 3, 4]
//>   it = IterMut([1, 2, 3, 4])
//>   branch if flag
//> borrowed Returned 6
//> late(flag = true)
//>   branch if flag
//>   y = 11
//>   x = 12
//> late Returned 12
//> moved(flag = true)
//>   buf = b"\x01"
//>   buf = b"\x01\x02"
//>   old = b"\x01\x02"
//>   branch true
//>   pair = (1, b"\t")
//> moved Returned 4
//> looped(n = 3)
//>   name = "a"
//>   name = "ab"
//>   round loop
//>   branch if n > 0
//>   pair = (3, "c")
//> looped Returned (3, "c")
//> under_a_condition()
//>   buf = []
//>   n = 3
//> under_a_condition Returned (Stats { n: 3 }, [3])
//> chained(rx = Receiver { .. }, tx = Sender { .. })
//>   line = "first"
//>   line = "first!"
//>   n = 0
//>   branch if let Ok(line) = rx.try_recv() && line.len() > 3
//>   line = "first!"
//>   n = 6
//>   n = 6
//> chained Returned 6
//> shown(flag = true)
//>   a = [1]
//>   b = [1]
//>   branch if flag
//>   n = 1
//>   c = 1
//>   c = 2
//>   branch else of if c > 2
//>   d = 2
//> shown Returned 4

//! Fragments of macros, in woven functions that the macros make; and values that are given back.

macro_rules! g1 { ($n:ident, $t:ty, $b:block) => {
/*@*/
pub fn $n() -> $t { $b } } }
g1!(c1, u8, { 3 });
macro_rules! g2 { ($n:ident, $t:ty, $b:block) => {
/*@*/
pub fn $n(c: bool) -> $t { if c { return $b; } $b } } }
g2!(c2, u8, { 3 });
macro_rules! g3 { ($n:ident, $b:block) => {
/*@*/
pub fn $n() { $b } } }
g3!(c3, { println!() });
macro_rules! g4 { ($n:ident, $t:ty, $b:block) => {
/*@*/
pub fn $n(c: bool) -> $t { println!("{c}"); $b } } }
g4!(c4, u8, { 3 });
/*@*/
pub fn each(c: bool) {
    if c {
        return [1, 2].iter().for_each(|x| println!("{x}"));
    }
    println!();
}
/*@*/
pub fn nothing(c: bool) {
    if c {
        return (); //~ lost: the value is ours
    }
    println!();
}
/*@*/
pub async fn pointers() -> Option<fn(fn())> {
    std::future::ready(()).await;
    None
}
/*@*/
pub fn units(c: u8) -> Result<(), u8> {
    match c {
        3 => (),
        4 => return Err(1),
        _ => (),
    }
    Ok(())
}
/*@*/
pub fn units_in_a_loop(c: u8) -> u8 {
    let mut i = 0;
    while i < c {
        i += 1;
        match i {
            3 => (),
            4 => break,
            _ => return 1,
        }
    }
    i
}
/*@*/
pub fn branches(c: Option<u8>, e: bool) -> Option<u8> {
    let x = match c {
        Some(x) => x,
        None => {
            return if e {
                return Some(1);
            } else {
                None
            };
        }
    };
    Some(x)
}
/*@*/
pub fn arms(c: u8, v: &mut Vec<u8>) -> u8 {
    match c {
        1 => v.push(1),
        2 => println!("2"),
        3 => {}
        4 => drop(v.pop()),
        5 => v.iter().for_each(|x| println!("{x}")),
        6 => return 3,
        _ => unreachable!(),
    }
    match c {
        0 => 1,
        1 => c + 1,
        2 => {
            println!();
            3
        }
        _ => loop {
            v.clear();
        },
    }
}
pub struct Span<'i>(&'i str, usize, usize);
/*@*/
pub fn span<'i>(a: &'i str, b: &'i str) -> Span<'i> {
    if std::ptr::eq(a, b) {
        Span(a, 1, 2)
    } else {
        panic!("span created from positions from different inputs")
    }
}
pub struct Guarded<'a>(std::sync::MutexGuard<'a, u8>);
/*@*/
pub fn guarded(m: &std::sync::Mutex<u8>, c: bool, d: u8) -> Option<Guarded<'_>> {
    match d {
        1 => match u8::from(c) {
            0 => m.lock().ok().map(Guarded),
            _ => None,
        },
        2 => {
            if c {
                return None;
            }
            m.lock().ok().map(Guarded)
        }
        _ => None,
    }
}
pub enum Payload {
    Hello(u8),
    Nested(Option<u8>),
}
/*@*/
pub fn payload(of: &Payload) -> &u8 {
    match of {
        Payload::Nested(n) => match n {
            Some(n) => n,
            _ => unreachable!(),
        },
        Payload::Hello(_) => unreachable!(),
    }
}
pub struct Loud(pub u8);
impl Drop for Loud {
    fn drop(&mut self) {
        println!("{}", self.0);
    }
}
/*@*/
pub fn first(mut next: impl FnMut() -> Option<Loud>) -> Option<Loud> {
    loop {
        match next() {
            None => {}
            Some(loud) => return Some(loud),
        }
    }
}

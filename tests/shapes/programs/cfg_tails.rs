//! Code where a `#[cfg]` says which statement is the last of its block, and which variable a name stands for.
use std::sync::Mutex;
static LOCK: Mutex<[u8; 2]> = Mutex::new([1, 2]);
#[scope::instrument]
fn block() -> u8 {
    let first = {
        #[cfg(not(any()))]
        {
            if let Some(first) = LOCK.lock().unwrap().first() {
                *first
            } else {
                0
            }
        }
        #[cfg(any())]
        {
            missing()
        }
    };
    first
}
#[scope::instrument]
fn ends(n: u8) -> u8 {
    #[cfg(not(any()))]
    {
        n + 1
    }
    #[cfg(any())]
    return missing();
}
#[scope::instrument(level = "boundaries")]
fn at_boundaries(n: u8) -> u8 {
    #[cfg(not(any()))]
    {
        n + 2
    }
    #[cfg(any())]
    return missing();
}
#[scope::instrument]
fn names(n: u8) -> u8 {
    #[cfg(not(any()))]
    let (mut i, mut k) = (n, n.count_ones());
    #[cfg(any())]
    let (mut i, mut k) = missing();
    while i < 3 {
        k += 1;
        i += 1;
    }
    i + k as u8
}
fn main() {
    assert_eq!((block(), ends(1), at_boundaries(1), names(2)), (1, 2, 3, 5));
}
//> block()
//>   branch if let Some(first) = LOCK.lock().unwrap().first()
//>   first = 1
//>   first = 1
//> block Returned 1
//> ends(n = 1)
//> ends Returned 2
//> at_boundaries()
//> at_boundaries Returned
//> names(n = 2)
//>   i = 2
//>   k = 1
//>   round while i < 3
//>   k = 2
//>   i = 3
//> names Returned 5

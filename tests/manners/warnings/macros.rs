#![allow(missing_docs, dead_code, clippy::all, clippy::pedantic, clippy::nursery)]
fn used<T>(_: T) {}
macro_rules! function {
    ($name:ident, $arg:ident: $ty:ty, $ret:ty, $body:block) => {
        /*@*/
        fn $name($arg: $ty, other: u8) -> $ret $body
    };
}
function!(f1, a: u8, u8, { let x = 1; a });
macro_rules! function2 {
    ($name:ident, $($body:tt)*) => {
        /*@*/
        fn $name(a: u8, b: &str) -> u8 { let unused = 1; let mut n = 1; n = 2; $($body)* }
    };
}
function2!(g1, let z = 3; 4);
function2!(g2, return 3; 4);
macro_rules! method {
    ($t:ty, $name:ident, $e:expr) => {
        /*@*/
        impl $t {
            pub fn $name(&self, n: u8) -> Result<u8, $crate::Er> {
                let v = $e;
                if v > n {
                    return Err($crate::Er);
                }
                let k = try_it($e)?;
                Ok(v)
            }
        }
    };
}
pub struct Er;
pub struct S;
fn try_it(n: u8) -> Result<u8, Er> {
    Ok(n)
}
method!(S, one, 1 + 2);
method!(S, two, {
    let q = 1;
    3
});
macro_rules! items { ($($i:item)*) => { $(/*@*/ $i)* } }
items! {
    fn h(a: u8) { let x = (1); if (x > 1) { return; } }
    pub fn i(a: u8) -> u8 { loop { if a > 1 { return 1; } } }
    impl S { fn three(&self, p: u8) -> u8 { let y = 1; 3 } }
    mod inner { fn j(a: u8) { let x = 1; } }
}
macro_rules! vars {
    ($x:ident) => {
        let $x = 1;
        let y = 2;
        used(y);
    };
}
/*@*/
fn k() {
    vars!(z);
    vars!(w);
    used(w);
}
/*@*/
fn l(a: u8, b: u8) { //~ a macro may mean anything
    used(stringify!(a));
    macro_rules! look {
        () => {
            b
        };
    }
    used(look!());
}
/*@*/
#[doc = "a"]
fn n(a: u8) {}
/*@*/
#[must_use = "a"]
fn o(a: u8) -> u8 {
    1
}

macro_rules! nothing {
    ($($t:tt)*) => {};
}
macro_rules! given {
    ($($item:item)*) => { $($item)* };
}
/*@*/
#[warn(clippy::single_match_else)]
fn arms_with_nothing(o: &mut Option<u8>) {
    match o {
        Some(x) => {
            nothing!("a");
            *x += 1;
        }
        None => {
            nothing!("b");
            *o = Some(2);
        }
    }
}
/*@*/
#[warn(clippy::items_after_statements)]
fn items_by_a_macro(x: i32) -> bool {
    given! {
        const LEAST: i32 = -1;
    }
    let y = x + 1;
    y > LEAST
}

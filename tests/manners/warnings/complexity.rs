#![allow(missing_docs, dead_code, unused)]
use std::collections::HashMap;
fn used<T>(_: T) {}
#[derive(Debug, Clone, Default)]
pub struct S {
    n: u8,
    name: String,
    v: Vec<u8>,
}
fn takes(s: &str) {}
fn used_2(x: String) -> String {
    x
}
async fn other() {}
fn takes_ref(v: &[u8]) {}
pub struct D(Vec<u8>);
/*@*/
pub fn branches_share(a: bool) -> u8 {
    let x;
    if a {
        x = 1;
        used(3);
    } else {
        x = 2;
        used(3);
    }
    x
}
/*@*/
pub fn useless(v: Vec<u8>) {
    let w = vec![1, 2];
    for x in &w {
        used(x);
    }
    let x: u8 = u8::from(1u8);
    String::from("a".to_string());
    v.into_iter().into_iter();
}
/*@*/
pub fn temporaries(m: &std::sync::Mutex<Option<u8>>) {
    if let Some(x) = *m.lock().unwrap() {
        used(x);
    }
    match m.lock().unwrap().take() {
        Some(x) => used(x),
        None => {}
    }
    let g = m.lock();
    used(1);
    used(2);
    let c = g.unwrap().clone();
    used(c);
    used(3);
}
/*@*/
pub fn type_complex(
    x: Box<dyn Fn(Vec<Option<Box<dyn Fn(u8) -> Vec<u8>>>>) -> Result<Vec<u8>, Box<dyn std::error::Error>>>,
) {
}
/*@*/
pub fn semicolon() {
    used(1)
}
/*@*/
pub fn literal() {
    let x = 1000000;
    let y = 0xFFAbcd;
    let z = 1.0f32;
    let c = 1_0;
    let w: u64 = 12345678;
}
/*@*/
pub fn cognitive(a: u8) -> u8 {
    let mut x = 0;
    for i in 0..a {
        if i > 1 {
            if i > 2 {
                while x < 3 {
                    x += 1;
                    if x == 2 {
                        break;
                    }
                }
            } else if i > 4 {
                x += 3;
            }
        } else {
            match i {
                1 => x = 2,
                2 => x = 3,
                _ => {
                    if x > 3 {
                        x = 1
                    } else if a > 2 {
                        x = 2
                    }
                }
            }
        }
        if i > 3 && a > 2 || x > 1 {
            if x == 7 {
                x = 1
            } else if x == 8 {
                x = 3
            } else {
                for k in 0..9 {
                    if k > x {
                        x = k;
                        continue;
                    }
                }
            }
        }
    }
    if x > 2 {
        if a > 1 {
            x = 1
        }
    }
    if x > 3 {
        if a > 2 {
            x = 9
        } else if a > 8 {
            x = 4
        }
    }
    x
}
/*@*/
pub fn drop_them(s: &String) {
    drop(s);
    let x = 1;
    drop(x);
    std::mem::forget(S::default());
}
/*@*/
pub fn as_ptr(s: &S) -> *const u8 {
    let p = &s.n as *const u8;
    p as *const _
}
/*@*/
pub unsafe fn unsafe_it(p: *const u8) -> u8 {
    unsafe { *p }
}
/*@*/
#[allow(clippy::needless_pass_by_value)]
pub fn mut_passed(mut v: Vec<u8>) {
    takes_ref(&mut v);
    let r = &mut v;
    takes_ref(r);
}
/*@*/
pub fn is_empty(v: &[u8]) -> bool {
    !v.is_empty() == false
}
/*@*/
#[expect(clippy::needless_return)]
pub fn expect_return(n: u8) -> u8 {
    return n;
}
/*@*/
#[expect(clippy::let_and_return)]
pub fn expect_let(n: u8) -> u8 {
    let x = n + 1;
    x
}
/*@*/
impl Iterator for S {
    type Item = u8;
    fn next(&mut self) -> Option<u8> {
        self.v.pop()
    }
}
/*@*/
impl PartialEq for S {
    fn eq(&self, o: &Self) -> bool {
        self.n == o.n
    }
    fn ne(&self, o: &Self) -> bool {
        self.n != o.n
    }
}
/*@*/
impl std::ops::Add for S {
    type Output = S;
    fn add(self, o: S) -> S {
        S { n: self.n - o.n, ..o }
    }
}
/*@*/
impl Drop for D {
    fn drop(&mut self) {
        self.0.clear();
    }
}
/*@*/
impl std::fmt::Display for S {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.name)?;
        write!(f, "{}\n", self.n)
    }
}
/*@*/
impl From<S> for u8 {
    fn from(s: S) -> u8 {
        s.n.into()
    }
}
/*@*/
impl std::str::FromStr for S {
    type Err = ();
    fn from_str(s: &str) -> Result<Self, ()> {
        Ok(S { n: s.parse().map_err(|_| ())?, ..S::default() })
    }
}
/*@*/
pub fn five(a: u8, b: u8, c: u8, d: u8, e: u8) -> u8 {
    a + b + c + d + e
}
/*@*/
pub fn five_lets(a: u8, b: u8, c: u8, d: u8) -> u8 {
    {
        let e = 1;
        a + b + c + d + e
    }
}
pub struct Pair<A, B>(pub A, pub B);
/*@*/
pub async fn complex_async(
    n: u8,
) -> Result<Pair<Vec<(Vec<u8>, Vec<u8>)>, Vec<(Vec<u8>, Vec<u8>)>>, Pair<Vec<Vec<u8>>, Vec<Vec<u8>>>> {
    other().await;
    if n > 3 {
        return Err(Pair(vec![], vec![]));
    }
    Ok(Pair(vec![], vec![]))
}
/*@*/
pub async fn boxed_async(x: &'static Box<u8>) -> &'static Box<u8> {
    other().await;
    x
}
pub trait Complex {
    fn complex(&self, n: u8) -> Option<Pair<Vec<(Vec<u8>, Vec<u8>)>, Vec<(Vec<u8>, Vec<(Vec<u8>, Vec<u8>)>)>>>;
}
impl Complex for S {
    /*@*/
    fn complex(&self, n: u8) -> Option<Pair<Vec<(Vec<u8>, Vec<u8>)>, Vec<(Vec<u8>, Vec<(Vec<u8>, Vec<u8>)>)>>> {
        if n > 3 {
            return None;
        }
        Some(Pair(vec![], vec![]))
    }
}

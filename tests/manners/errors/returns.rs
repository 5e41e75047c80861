//! Functions that give back what they can't: rustc tells of the first value alone.

use std::fmt;

pub struct S(u8);
/*@*/
pub fn several(a: u8) -> bool {
    if a == 1 {
        return Some(1);
    }
    if a == 2 {
        return f(a);
    }
    Some(2)
}
fn f(a: u8) -> Option<u8> { Some(a) }
/*@*/
pub fn no_longer_a_result(a: &str) -> u8 {
    if a.is_empty() {
        return Err("empty".to_string());
    }
    let n = a.parse::<u8>().map_err(|error| error.to_string())?;
    let m: u8 = a.trim().parse()?;
    Ok(n + m)
}
/*@*/
pub fn of_nothing(a: u8) {
    if a == 1 {
        return Some(a);
    }
    match a {
        2 => return None,
        _ => return Some(a + 1),
    }
}
/*@*/
pub fn now_optional(a: u8, b: u8) -> Option<bool> {
    if a == b {
        return true;
    }
    if a > b {
        return false;
    }
    a == 3
}
/*@*/
impl S {
    pub fn number(&self) -> u64 {
        if self.0 == 1 {
            return "1";
        }
        return "2";
    }
    pub fn without(&self) -> Result<u8, fmt::Error> {
        if self.0 == 1 {
            return;
        }
        if self.0 == 2 {
            return Ok("x");
        }
        if self.0 == 3 {
            return Err(fmt::Error);
        }
        Ok(Vec::new())
    }
    pub fn of_io(&self) -> fmt::Result {
        let _n = Some(self.0)?;
        return vec![1];
    }
}
/*@*/
pub async fn later(a: u8) -> String {
    if a == 1 {
        return 'x';
    }
    if a == 2 {
        return 'y';
    }
    return &a;
}
/*@*/
pub fn pairs(a: u8) -> (u8, &'static str) {
    if a == 1 {
        return (1, 2);
    }
    if a == 2 {
        return (1, "2", 3);
    }
    (1, 'x')
}
/*@*/
pub fn questions() {
    let _f = std::fs::read("x")?;
    let _g = std::fs::read("y")?;
}
/*@*/
pub fn in_closures(a: u8) -> u8 {
    let f = |x: u8| -> bool { if x == 1 { return true; } x == 2 };
    let g = |x: Option<u8>| -> Option<bool> { Some(x? == 1) };
    if f(a) { return 1; }
    if g(None).is_some() { return 2; }
    return "3";
}

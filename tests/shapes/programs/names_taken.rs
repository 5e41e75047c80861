//@ edition 2021 2024
//! Names of variables that mean something else for a while: an item's, a macro's, that of a variable which may not be there.
#![allow(unused_mut, dead_code)]
mod items {
    pub fn list() -> u8 {
        4
    }
}
fn call<T>(f: fn() -> T) -> T {
    f()
}
fn take<T>(_: T) {}
#[scope::instrument]
fn by_items() -> u8 {
    let mut list = vec![1u8];
    list.push(2);
    let n = {
        fn list() -> u8 {
            3
        }
        call(list)
    };
    list.push(n);
    let m = {
        use items::*;
        call(list)
    };
    n + m + list[0]
}
macro_rules! pair {
    ($name:ident) => {
        (mut $name, _)
    };
}
#[scope::instrument]
fn by_macros() -> usize {
    let mut text = String::new();
    text.push('a');
    take(&text);
    text.push('b');
    let pair!(text) = (vec![1], 2);
    take(&text);
    text.push(2);
    text.len()
}
#[scope::instrument]
fn by_attributes() -> usize {
    let mut text = String::new();
    text.push('a');
    take(&text);
    #[cfg_attr(all(), allow(unused_mut))]
    let mut text = vec![1];
    text.push(2);
    take(&text);
    text.len()
}
fn main() {
    assert_eq!(by_items(), 8);
    assert_eq!(by_macros(), 2);
    assert_eq!(by_attributes(), 2);
}
//> by_items()
//>   list = b"\x01"
//>   by_items::list()
//>   by_items::list Returned 3
//>   n = 3
//>   m = 4
//> by_items Returned 8
//> by_macros()
//>   text = ""
//>   text = "a"
//> by_macros Returned 2
//> by_attributes()
//>   text = ""
//>   text = "a"
//> by_attributes Returned 2

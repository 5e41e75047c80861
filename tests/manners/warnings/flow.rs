#![allow(missing_docs, dead_code, clippy::all, clippy::pedantic, clippy::nursery, unused_results)]
fn used<T>(_: T) {}
fn never() -> ! {
    panic!()
}
/*@*/
fn after_return() -> u8 {
    return 1;
    used(2);
    used(3);
}
/*@*/
fn after_panic(c: bool) {
    if c {
        panic!("x");
        used(1);
    }
    todo!();
    let x = 1;
}
/*@*/
fn after_loop() -> u8 {
    loop {}
    used(1);
    2
}
/*@*/
fn after_loop_2() -> u8 {
    loop {
        loop {
            break;
        }
    }
    2
}
/*@*/
fn after_break() {
    for i in 0..3u8 {
        if i > 1 {
            break;
            used(1);
        }
        used(i);
        continue;
        used(2);
    }
}
/*@*/
fn after_exit() {
    std::process::exit(1);
    used(1);
}
/*@*/
fn after_exit_tail() -> u8 {
    std::process::exit(1);
    2
}
/*@*/
fn after_never() {
    never();
    used(1);
}
/*@*/
fn after_never_tail() -> u8 {
    never();
    1 //~ it is the probe in front that rustc finds
}
/*@*/
fn after_never_let() -> u8 {
    never();
    let x = 1;
    x
}
/*@*/
fn never_let() -> u8 {
    let x: u8 = never();
    used(x); //~ it is the probe behind the variable that rustc finds
    x
}
/*@*/
fn both(c: bool) -> u8 {
    if c {
        return 1;
    } else {
        return 2;
    }
    3
}
/*@*/
fn all_arms(c: u8) -> u8 {
    match c {
        1 => return 1,
        2 => {
            return 2;
        }
        _ => panic!(),
    }
    used(1);
    3
}
/*@*/
fn in_argument() {
    used(return);
    let x = (return, 1);
}
/*@*/
fn in_block() -> u8 {
    {
        return 1;
    }
    used(3);
    2
}
/*@*/
fn in_match() {
    match (return) {
        _ => used(1), //~ an arm is in braces, with its probe
    }
}
/*@*/
fn in_closure() {
    let f = || {
        return 1;
        used(1);
        2
    };
    used(f());
}
/*@*/
async fn asynchronous() -> u8 {
    return 1;
    used(2);
}
/*@*/
async fn asynchronous_never() -> u8 {
    never();
    used(2);
    1
}
/*@*/
fn arms(c: u8) -> u8 {
    match c {
        1 => 1,
        2 => 2,
        1 => 3,
        _ => 4,
        _ => 5,
    }
}
/*@*/
fn irrefutable(c: u8) {
    if let x = c {
        used(x);
    }
    while let x = c {
        used(x);
        break;
    }
    let x = c else { return };
}
/*@*/
fn while_true() {
    while true {
        break;
    }
}
/*@*/
fn compare(c: u8) -> bool {
    if c >= 0 {
        return true;
    }
    c > 255 || c == c
}
/*@*/
fn recursion() {
    recursion()
}
/*@*/
fn overflow() -> u8 {
    let a: [u8; 2] = [1, 2];
    let x = 255u8 + 1;
    let y = a[3];
    let z = 1 / 0;
    x
}
/*@*/
#[deprecated]
fn old() {}
/*@*/
fn uses_old() {
    old();
    let BadName = 1;
    let r#fine = 1;
    used((BadName, fine));
    let _ = std::sync::Mutex::new(1).lock();
    let _ = std::mem::drop(&1);
    std::mem::forget(1);
    let x = &1 as *const i32;
    unsafe { used(1) };
    let y = 1u8 as u8;
}
/*@*/
fn BadFn(Arg: u8) -> u8 {
    Arg
}
/*@*/
fn lifetimes<'a>(x: &'a u8) -> &u8 {
    x
}
/*@*/
fn lifetimes_2<'a, 'b>(x: &'a u8) -> Cow<u8> {
    std::borrow::Cow::Borrowed(x)
}
use std::borrow::Cow;
/*@*/
fn dead_code_inside() {
    fn nested() {}
    struct Never;
    impl Never {
        fn f(&self) {}
    }
    const N: u8 = 1;
}
mod dead {
    #![warn(dead_code)]
    /*@*/
    fn f() {
        g()
    }
    /*@*/
    fn g() {}
    struct S {
        a: u8,
        b: u8,
    }
    /*@*/
    impl S {
        fn new() -> Self {
            S { a: 1, b: 2 }
        }
        fn read(&self) -> u8 {
            self.a
        }
    }
    #[derive(Debug, Clone)]
    pub(crate) struct T {
        a: u8,
        b: u8,
    }
    /*@*/
    pub(crate) fn t(x: T) -> T {
        let y = x;
        let z = T { a: 1, b: 2 };
        used(y.a);
        z
    }
    fn used<T>(_: T) {}
}
/*@*/
fn infinite(mut n: u8) -> ! {
    loop {
        n += 1;
    }
}
/*@*/
fn never_ends(v: &mut Vec<u8>) -> Option<u8> {
    loop {
        if v.pop()? > 1 {
            return None;
        }
    }
}
/*@*/
fn never_ends_at_once(v: &mut Vec<u8>) -> Option<u8> {
    return v.pop();
}
/*@*/
fn all_ways_leave(c: bool) -> u8 {
    if c { return 1 } else { return 2 }
}
/*@*/
fn ends_otherwise(c: bool) -> u8 {
    match c {
        true => return 1,
        false => panic!(),
    }
}
/*@*/
async fn never_ends_later(v: &mut Vec<u8>) -> Option<u8> {
    loop {
        if v.pop()? > 1 {
            return None;
        }
    }
}
/*@*/
fn bound_to_what_leaves(n: usize) -> usize {
    'a: loop {
        let z: usize = loop {
            if n > 0 {
                break 'a n + 10;
            }
        };
        break z;
    }
}
/*@*/
fn bound_to_what_returns(n: usize) -> usize {
    let z: usize = loop {
        if n > 0 {
            return n;
        }
    };
    z + 1
}
/*@*/
fn bound_to_a_panic(n: usize) -> usize {
    let z: usize = {
        if n > 3 {
            return 1;
        }
        panic!("x")
    };
    let y = z;
    y
}
/*@*/
fn bound_to_what_leaves_and_used(n: u32) -> u32 {
    let y = if n > 3 { return 1 } else { return 2 };
    let z: String = y;
    3
}
/*@*/
fn bound_to_arms_that_leave(n: u32) -> u32 {
    let y = match n {
        0 => return 1,
        z => return z,
    };
    y
}
/*@*/
fn never_let_last(c: bool) {
    if c {
        let _nothing: u8 = never();
    }
    let unread: u8 = if c { never() } else { never() };
}

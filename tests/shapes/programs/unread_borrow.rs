//! What borrows from a temporary may be kept where nobody reads it: then it is not shown either.
#![allow(unused_variables, unused_assignments, unused_mut)]
fn pass(list: &Vec<u8>) -> &u8 {
    &list[0]
}
#[scope::instrument]
fn unread(n: u8) -> u8 {
    let a = pass(&vec![n]);
    let b = String::from("ab").as_str();
    let Some(c) = Some(vec![n]).as_ref() else { return 0 };
    let mut d = pass(&vec![1]);
    d = &2;
    let mut e = &n;
    if n == 3 {
        e = pass(&vec![n + 1]);
    }
    e = &n;
    let f = String::from("abc").as_str().len();
    *d + *e + f as u8
}
#[scope::instrument]
async fn unread_later(n: u8) -> u8 {
    let a = pass(&vec![n]);
    n
}
fn main() {
    assert_eq!(unread(3), 8);
    let mut future = std::pin::pin!(unread_later(3));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(std::future::Future::poll(future.as_mut(), &mut context).is_ready());
}
//> unread(n = 3)
//>   d = 2
//>   branch if n == 3
//>   e = 3
//>   f = 3
//> unread Returned 8
//> unread_later(n = 3)
//> unread_later Returned 3

//@ edition 2021
//! Where a call is told of no values the body stands in an arm: the temporaries of its value die inside the call, and values are
//! coerced and borrowed anew there as they are at the end of a body.
use std::fmt::Debug;
struct N(u8);
impl N {
    fn get(&self) -> u8 {
        self.0
    }
}
impl Drop for N {
    #[scope::instrument(level = "boundaries")]
    fn drop(&mut self) {}
}
#[scope::instrument(level = "boundaries")]
fn tail(_a: N) -> u8 {
    let _l = N(2);
    N(3).get()
}
#[scope::instrument(level = "boundaries")]
fn unit(_a: N) {
    if N(3).get() > 3 {}
    drop_of(&N(4))
}
fn drop_of(_: &N) {}
#[scope::instrument(level = "boundaries")]
fn boxed<'a>(text: &'a str) -> Box<dyn Fn(usize) -> Option<&'a dyn Debug> + 'a> {
    Box::new(move |n| if n > text.len() { None } else { Some(Box::leak(Box::new(n))) })
}
#[scope::instrument(level = "boundaries")]
fn again<'a, T: Default>(v: &'a mut Vec<T>) -> &'a mut [T] {
    if v.is_empty() {
        v.push(T::default());
        return v;
    }
    v
}
#[scope::instrument(level = "boundaries")]
fn number(text: &str) -> Result<u8, Box<dyn std::error::Error>> {
    let n: u8 = text.parse()?;
    n.checked_add(N(1).get()).ok_or_else(|| "too large".into())
}
#[scope::instrument(level = "boundaries")]
fn pointer() -> fn(u8) -> u8 {
    |n| n + 1
}
#[scope::instrument(level = "boundaries")]
fn ends(yes: bool) -> u8 {
    if yes { panic!("as it must") } else { 1 }
}
fn main() {
    assert_eq!(tail(N(1)), 3);
    unit(N(1));
    assert!(boxed("ab")(3).is_none());
    assert_eq!(again::<u8>(&mut vec![]), [0]);
    assert_eq!(number("7").unwrap(), 8);
    assert_eq!(number("255").unwrap_err().to_string(), "too large");
    assert!(number("x").is_err());
    assert_eq!(pointer()(1), 2);
    assert_eq!(ends(false), 1);
    assert!(std::panic::catch_unwind(|| ends(true)).is_err());
}
//> tail()
//>   drop()
//>   drop Returned
//>   drop()
//>   drop Returned
//> tail Returned
//> drop()
//> drop Returned
//> unit()
//>   drop()
//>   drop Returned
//>   drop()
//>   drop Returned
//> unit Returned
//> drop()
//> drop Returned
//> boxed()
//> boxed Returned
//> again()
//> again Returned
//> number()
//>   drop()
//>   drop Returned
//> number Returned
//> number()
//>   drop()
//>   drop Returned
//> number Returned
//> number()
//> number Returned
//> pointer()
//> pointer Returned
//> ends()
//> ends Returned
//> ends()
//> ends Panicked

//! What is to be printed once: to look at it would print it.
use std::cell::Cell;
use std::fmt::{self, Write};
struct Counter<'a>(&'a Cell<u32>);
impl fmt::Display for Counter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.set(self.0.get() + 1);
        write!(f, "#{}", self.0.get())
    }
}
#[scope::instrument]
fn line(out: &mut String, args: fmt::Arguments<'_>) {
    let copy = args;
    out.write_fmt(copy).unwrap();
}
#[scope::instrument]
fn within(out: &mut String, all: (fmt::Arguments<'_>, u8), more: Vec<fmt::Arguments<'_>>) {
    let (args, _) = all;
    out.write_fmt(args).unwrap();
    more.into_iter().for_each(|args| out.write_fmt(args).unwrap());
}
#[scope::instrument]
fn from_fn(n: &Cell<u32>) -> String {
    let shown = fmt::from_fn(|f| {
        n.set(n.get() + 1);
        f.write_str("once")
    });
    let perhaps = Some(&shown);
    perhaps.map(|shown| shown.to_string()).unwrap_or_default()
}
fn main() {
    let n = Cell::new(0);
    let mut out = String::new();
    for _ in 0..3 {
        line(&mut out, format_args!("{} ", Counter(&n)));
    }
    assert_eq!(out, "#1 #2 #3 ");
    within(&mut out, (format_args!("{} ", Counter(&n)), 1), vec![format_args!("{}", Counter(&n))]);
    assert_eq!(out, "#1 #2 #3 #4 #5");
    assert_eq!(from_fn(&n), "once");
    assert_eq!(n.get(), 6);
}
//> line(out = "", args = <Opaque: core::fmt::Arguments<'_>, 16 bytes>)
//>   copy = <Opaque: core::fmt::Arguments<'_>, 16 bytes>
//> line Returned
//> line(out = "#1 ", args = <Opaque: core::fmt::Arguments<'_>, 16 bytes>)
//>   copy = <Opaque: core::fmt::Arguments<'_>, 16 bytes>
//> line Returned
//> line(out = "#1 #2 ", args = <Opaque: core::fmt::Arguments<'_>, 16 bytes>)
//>   copy = <Opaque: core::fmt::Arguments<'_>, 16 bytes>
//> line Returned
//> within(out = "#1 #2 #3 ", all = <Opaque: (core::fmt::Arguments<'_>, u8), 24 bytes>, more = <Opaque: alloc::vec::Vec<core::fmt::Arguments<'_>>, 24 bytes>)
//>   args = <Opaque: core::fmt::Arguments<'_>, 16 bytes>
//>   args = <Opaque: core::fmt::Arguments<'_>, 16 bytes>
//> within Returned
//> from_fn(n = Cell(5))
//>   shown = <Opaque: core::fmt::builders::FromFn<shown_once::from_fn::{{closure}}>, 8 bytes>
//>   perhaps = Some(<Opaque: &core::fmt::builders::FromFn<shown_once::from_fn::{{closure}}>, 8 bytes>)
//>   f = <Opaque: &mut core::fmt::Formatter<'_>, 8 bytes>
//> from_fn Returned "once"

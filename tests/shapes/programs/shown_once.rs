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
    assert_eq!(from_fn(&n), "once");
    assert_eq!(n.get(), 4);
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
//> from_fn(n = Cell(3))
//>   shown = <Opaque: core::fmt::builders::FromFn<shown_once::from_fn::{{closure}}>, 8 bytes>
//>   perhaps = Some(<Opaque: &core::fmt::builders::FromFn<shown_once::from_fn::{{closure}}>, 8 bytes>)
//>   f = <Opaque: &mut core::fmt::Formatter<'_>, 8 bytes>
//> from_fn Returned "once"

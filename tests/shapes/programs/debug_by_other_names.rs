//! `Debug` for objects and values that live for ever, as a macro writes it, or by the name of an alias.
use std::fmt;
trait Shape {
    fn area(&self) -> f64;
}
macro_rules! debug_for { ($($t:ty),*) => { $(impl fmt::Debug for $t { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str("shape") } })* } }
debug_for!(dyn Shape, dyn Shape + Send);
struct Sq(f64);
impl Shape for Sq {
    fn area(&self) -> f64 {
        self.0
    }
}
struct Scene<'a> {
    shapes: Vec<&'a dyn Shape>,
}
impl<'a> Scene<'a> {
    fn first(&self) -> &'a dyn Shape {
        self.shapes[0]
    }
    #[scope::instrument(level = "full")]
    fn big(&self) -> f64 {
        let s = self.first();
        s.area()
    }
}
struct Row<'a>(&'a str);
type Owned = Row<'static>;
impl fmt::Debug for Owned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}
#[scope::instrument(level = "full")]
fn f(s: &str) -> usize {
    let r = Row(s);
    r.0.len()
}
fn main() {
    let q = Sq(2.0);
    println!("{}", Scene { shapes: vec![&q] }.big());
    let s = String::from("abc");
    println!("{}", f(&s));
}
//> big(self = <Opaque: debug_by_other_names::Scene<'_>, 24 bytes>)
//>   s = <Opaque: &dyn debug_by_other_names::Shape, 16 bytes>
//> big Returned 2.0
//> f()
//> f Returned

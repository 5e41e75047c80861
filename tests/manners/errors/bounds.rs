//! Types with bounds that a parameter does not keep.

struct Shown<T: std::fmt::Debug>(T);

trait Area {
    fn area(&self) -> f64;
}
struct Square;
struct Holder<A: Area> {
    a: A,
}

/*@*/
fn taken<T>(of: Shown<T>) {
    drop(of);
}

/*@*/
fn given<T>(of: T) -> Shown<T> {
    Shown(of)
}

/*@*/
fn lent(holder: &Holder<Square>) -> f64 {
    holder.a.area()
}

/*@*/
fn several<T>(holders: Vec<Holder<T>>) -> usize {
    holders.len()
}

/*@*/
fn made() -> Holder<Square> {
    Holder { a: Square }
}

/*@*/
impl<T> Shown<T> {
    fn new(of: T) -> Self {
        Shown(of)
    }

    fn get(&self) -> &T {
        &self.0
    }

    fn both(self, other: Shown<T>) {
        drop((self, other));
    }

    fn one(self) -> Shown<T> { //~ told again of the type that is given back, where it is written again
        self
    }
}

/*@*/ fn of_two_kinds<T>(of: Result<Shown<T>, ()>) {} //~ told again at the attribute, of how its parts are looked up

/*@*/ fn in_another(of: u8) -> Option<Holder<Square>> { //~ told of the whole type, too, where it is written again
    None
}

/*@*/ fn kept() { //~ told again at the attribute, of what looks at the variable
    let holder: Holder<Square> = Holder { a: Square };
    drop(holder);
}

fn main() {}

//! Types with bounds that a parameter does not keep.

struct Shown<T: std::fmt::Debug>(T);

/*@*/ fn taken<T>(of: Shown<T>) {} //~ told again at the attribute, of what looks at it

/*@*/ fn given<T>(of: T) -> Shown<T> { Shown(of) } //~ the same

fn main() {}

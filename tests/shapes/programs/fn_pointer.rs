//! Coerces to the exact fn pointer type, stays zero-sized, late-bound lifetimes.
#[scope::instrument]
fn f(s: &str) -> &str {
    s
}
#[scope::instrument]
fn g<T>(t: T) -> T {
    t
}
fn main() {
    let p: for<'a> fn(&'a str) -> &'a str = f;
    assert_eq!(p("a"), "a");
    assert_eq!(std::mem::size_of_val(&f), 0);
    assert_eq!(["1"].map(f)[0], "1");
    assert_eq!(g::<u8>(1), 1);
}
//> f(s = "a")
//> f Returned "a"
//> f(s = "1")
//> f Returned "1"
//> g(t = 1)
//> g Returned 1

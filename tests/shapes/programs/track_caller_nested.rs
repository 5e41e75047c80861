//! Unwrap() inside a track_caller fn reports the caller.
#[track_caller]
#[scope::instrument]
fn f(o: Option<u8>) -> u8 {
    o.unwrap()
}
fn main() {
    const CALL: u32 = line!() + 2;
    std::panic::set_hook(Box::new(|i| assert_eq!(i.location().unwrap().line(), CALL)));
    let r = std::panic::catch_unwind(|| f(None));
    assert!(r.is_err());
}
//> f(o = None)
//> f Panicked

//! A panic inside keeps its own line and the backtrace its name.
#[scope::instrument]
fn f() {
    panic!("here")
}
fn main() {
    std::panic::set_hook(Box::new(|i| assert_eq!(i.location().unwrap().line(), 4)));
    assert!(std::panic::catch_unwind(f).is_err());
    assert!(std::any::type_name_of_val(&f).ends_with("::f"));
}
//> f()
//> f Panicked

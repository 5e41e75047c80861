//! `-> !`.
#[scope::instrument]
fn die(n: u8) -> ! {
    if n > 0 {
        panic!("x")
    }
    loop {
        panic!("y")
    }
}
fn pick(o: Option<u8>) -> u8 {
    match o {
        Some(x) => x,
        None => die(1),
    }
}
fn main() {
    assert_eq!(pick(Some(1)), 1);
    std::panic::set_hook(Box::new(|_| ()));
    assert!(std::panic::catch_unwind(|| pick(None)).is_err());
}
//> die(n = 1)
//>   branch if n > 0
//> die Panicked

//! Called from a LazyLock and from another thread's start.
static L: std::sync::LazyLock<u8> = std::sync::LazyLock::new(|| f(1));
#[scope::instrument]
fn f(x: u8) -> u8 {
    x + 1
}
fn main() {
    assert_eq!(*L, 2);
    assert_eq!(std::thread::spawn(|| *L + f(1)).join().unwrap(), 4);
}
//> f(x = 1)
//> f Returned 2
//> f(x = 1)
//> f Returned 2

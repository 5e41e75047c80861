//! The future of an async fn stays UnwindSafe.
fn safe<T: std::panic::UnwindSafe>(_: &T) {}
#[scope::instrument]
async fn g(x: u8) -> u8 {
    x
}
fn main() {
    safe(&g(1));
}

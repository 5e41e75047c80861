//! The future of an async fn stays Sync where it was.
fn sync<T: Sync>(_: &T) {}
#[scope::instrument]
async fn g(x: u8) -> u8 {
    x
}
fn main() {
    sync(&g(1));
}

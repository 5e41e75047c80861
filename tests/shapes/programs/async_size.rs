//! The future must not grow out of all proportion.
#[scope::instrument]
async fn f(a: [u8; 4096]) -> u8 {
    std::future::ready(()).await;
    a[0]
}
async fn plain(a: [u8; 4096]) -> u8 {
    std::future::ready(()).await;
    a[0]
}
fn main() {
    let (x, y) = (std::mem::size_of_val(&f([0; 4096])), std::mem::size_of_val(&plain([0; 4096])));
    assert!(x < y + 1024, "{x} bytes for {y}");
}

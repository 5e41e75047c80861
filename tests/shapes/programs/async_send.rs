//! The future stays Send, and 'static where it was.
use std::{future::Future, sync::Arc};
fn send<F: Future + Send + 'static>(_: F) {}
struct S;
impl S {
    #[scope::instrument]
    async fn f(self: Arc<Self>, s: String, b: Box<dyn Fn() + Send>) -> usize {
        b();
        s.len()
    }
}
struct NotSync(std::cell::Cell<u8>);
#[scope::instrument]
async fn g(n: NotSync, p: std::sync::mpsc::Receiver<u8>) -> u8 {
    std::future::ready(()).await;
    drop(p);
    n.0.get()
}
#[scope::instrument]
async fn h<T: Send + 'static>(t: T) -> T {
    std::future::ready(()).await;
    t
}
fn main() {
    send(Arc::new(S).f(String::new(), Box::new(|| ())));
    send(g(NotSync(std::cell::Cell::new(1)), std::sync::mpsc::channel().1));
    send(h(1));
}

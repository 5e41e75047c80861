//! A parameter that is given a borrow of a local: it is a local itself.
#[scope::instrument]
async fn longest(mut best: &Vec<u8>, _n: u8, more: u8) -> usize {
    let mut other = vec![more; 3];
    if best.len() < 3 {
        best = &other;
    }
    let len = best.len();
    other.push(1);
    len + other.len()
}
fn main() {
    let list = vec![1];
    let mut future = std::pin::pin!(longest(&list, 1, 2));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert_eq!(std::future::Future::poll(future.as_mut(), &mut context), std::task::Poll::Ready(7));
}
//> longest(best = b"\x01", _n = 1, more = 2)
//>   other = b"\x02\x02\x02"
//>   branch if best.len() < 3
//>   len = 3
//> longest Returned 7

//! A thread-local made before the runtime's own, so it dies after.
struct S;
impl Drop for S {
    #[scope::instrument]
    fn drop(&mut self) {
        helper(1);
    }
}
#[scope::instrument]
fn helper(x: u8) -> u8 {
    x
}
thread_local!(static X: S = const { S });
fn main() {
    for _ in 0..2 {
        std::thread::spawn(|| {
            X.with(|_| ());
            helper(2);
        })
        .join()
        .unwrap();
    }
}
//> helper(x = 2)
//> helper Returned 2
//> helper(x = 2)
//> helper Returned 2

//! Drop::drop, also of a thread-local value while the thread ends.
struct S;
impl Drop for S {
    #[scope::instrument]
    fn drop(&mut self) {
        helper()
    }
}
#[scope::instrument]
fn helper() {}
thread_local!(static X: S = const { S });
fn main() {
    std::thread::spawn(|| X.with(|_| helper())).join().unwrap();
    X.with(|_| ());
    drop(S);
}
//> helper()
//> helper Returned
//> drop(self = <Opaque: drop_impl::S, 0 bytes>)
//>   helper()
//>   helper Returned
//> drop Returned

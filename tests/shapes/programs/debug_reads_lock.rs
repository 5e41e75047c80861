//! Debug of an argument takes the lock the function holds.
use std::sync::Mutex;
struct S {
    m: Mutex<u8>,
}
impl std::fmt::Debug for S {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.m.lock().unwrap())
    }
}
#[scope::instrument]
fn inc(s: &S) -> u8 {
    let mut g = s.m.lock().unwrap();
    *g += 1;
    low(s, *g)
}
#[scope::instrument]
fn low(_s: &S, x: u8) -> u8 {
    x
}
fn main() {
    let (t, r) = std::sync::mpsc::channel();
    std::thread::spawn(move || t.send(inc(&S { m: Mutex::new(1) })));
    assert_eq!(r.recv_timeout(std::time::Duration::from_secs(5)), Ok(2));
}
//> inc(s = 1)
//>   g = 1
//>   low(_s = <Opaque: debug_reads_lock::S (a lock may be held), 8 bytes>, x = 2)
//>   low Returned 2
//> inc Returned 2

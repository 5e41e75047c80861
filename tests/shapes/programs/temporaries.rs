//! A lock guard temporary in the tail expression.
use std::sync::Mutex;
struct S {
    m: Mutex<Vec<u8>>,
}
impl S {
    #[scope::instrument]
    fn len(&self) -> usize {
        self.m.lock().unwrap().len()
    }
    #[scope::instrument]
    fn both(&self) -> usize {
        let n = {
            let g = self.m.lock().unwrap();
            g.len()
        };
        n + self.m.lock().map(|g| g.len()).unwrap_or(0)
    }
}
fn main() {
    let s = S { m: Mutex::new(vec![1]) };
    assert_eq!(s.len() + s.len() + s.both(), 4);
}
//> len(self = <Opaque: temporaries::S, 32 bytes>)
//> len Returned 1
//> len(self = <Opaque: temporaries::S, 32 bytes>)
//> len Returned 1
//> both(self = <Opaque: temporaries::S, 32 bytes>)
//>   g = b"\x01"
//>   n = 1
//> both Returned 2

//! Methods that `drop` calls when it has dropped a part.
//@ edition 2024
#![deny(warnings)]
use std::mem::ManuallyDrop;

#[derive(Debug)]
struct Pooled {
    names: ManuallyDrop<Vec<String>>,
    given_back: u8,
}

#[scope::instrument]
impl Pooled {
    fn give_back(&mut self) {
        self.given_back += 1;
    }
}

#[scope::instrument]
impl Drop for Pooled {
    fn drop(&mut self) {
        // SAFETY: nobody looks at it any more.
        unsafe { ManuallyDrop::drop(&mut self.names) };
        self.give_back();
    }
}

fn main() {
    let pooled = Pooled { names: ManuallyDrop::new(vec!["name".repeat(16); 8]), given_back: 0 };
    assert_eq!(pooled.names.len(), 8);
    drop(pooled);
}
//> <Pooled as Drop>::drop()
//>   Pooled::give_back()
//>   Pooled::give_back Returned
//> <Pooled as Drop>::drop Returned

//! `Debug` with a bound that the type has itself, and so is one for all that there are.
//@ edition 2021
#![deny(warnings)]
use std::fmt::{self, Debug, Formatter};

pub struct Handle<T: 'static>(pub &'static T);

impl<T: Debug + 'static> Debug for Handle<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "handle of {:?}", self.0)
    }
}

#[scope::instrument]
fn get(handle: Handle<u8>) -> u8 {
    let same = Handle(handle.0);
    *same.0
}

fn main() {
    assert_eq!(get(Handle(&1)), 1);
}
//> get(handle = handle of 1)
//>   same = handle of 1
//> get Returned 1

//! With the attribute on methods alone, types are known that only the heads of their `impl`s name.
//@ edition 2024
#![deny(warnings)]
use std::fmt;
use std::mem::ManuallyDrop;

struct Row<'a>(&'a u8);
impl fmt::Debug for Row<'static> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "row {}", self.0)
    }
}
impl<'a> Row<'a> {
    #[scope::instrument]
    fn of(n: &'a u8) -> Self {
        Self(n)
    }
    #[scope::instrument]
    fn get(&self) -> u8 {
        *self.0
    }
}

#[derive(Debug)]
struct Pooled {
    names: ManuallyDrop<Vec<String>>,
    given_back: u8,
}
impl Pooled {
    #[scope::instrument]
    fn give_back(&mut self) {
        self.given_back += 1;
    }
}
impl Drop for Pooled {
    #[scope::instrument]
    fn drop(&mut self) {
        // SAFETY: nobody looks at it any more.
        unsafe { ManuallyDrop::drop(&mut self.names) };
        self.give_back();
    }
}

struct Cell {
    node: *mut String,
}
impl fmt::Debug for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // SAFETY: it is there, or null.
        write!(f, "{:?}", unsafe { self.node.as_ref() })
    }
}
impl Cell {
    #[scope::instrument]
    pub fn empty(&mut self) {
        drop(unsafe { Box::from_raw(self.node) });
        self.forget();
    }
    #[scope::instrument]
    fn forget(&mut self) {
        self.node = std::ptr::null_mut();
    }
}
impl Default for Cell {
    #[scope::instrument]
    fn default() -> Self {
        Self { node: Box::into_raw(Box::new("a".to_owned())) }
    }
}

#[scope::instrument]
fn twice(n: u8) -> u8 {
    n * 2
}

fn main() {
    let n = 1;
    assert_eq!(Row::of(&n).get(), 1);
    assert_eq!(format!("{:?}", Row(&3)), "row 3");
    drop(Pooled { names: ManuallyDrop::new(vec!["name".repeat(16); 8]), given_back: 0 });
    Cell::default().empty();
    assert_eq!(twice(2), 4);
}
//> of()
//> of Returned
//> get()
//> get Returned
//> drop()
//>   give_back()
//>   give_back Returned
//> drop Returned
//> default()
//> default Returned Some("a")
//> empty(self = Some("a"))
//>   forget()
//>   forget Returned
//> empty Returned
//> twice(n = 2)
//> twice Returned 4

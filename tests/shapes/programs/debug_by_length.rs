//! Types whose `Debug` trusts what a function has changed only half: a length before what it counts is there, an address that is a number, a
//! reference to what was replaced.
use std::fmt;
use std::mem::MaybeUninit;

struct Stack<T> {
    of: Box<[MaybeUninit<T>]>,
    len: usize,
}
impl<T: fmt::Debug> fmt::Debug for Stack<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.as_slice()).finish()
    }
}
#[scope::instrument(level = "full")]
impl<T> Stack<T> {
    fn new(n: usize) -> Self {
        Stack { of: Box::new_uninit_slice(n), len: 0 }
    }
    fn as_slice(&self) -> &[T] {
        unsafe { std::slice::from_raw_parts(self.of.as_ptr().cast(), self.len) }
    }
    fn grow(&mut self) -> usize {
        self.len += 1;
        self.len - 1
    }
}
#[scope::instrument(level = "full")]
fn put(stack: &mut Stack<&'static str>, at: usize, value: &'static str) {
    stack.of[at].write(value);
}

struct Id {
    bits: usize,
}
impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(unsafe { &*(self.bits as *const String) }, f)
    }
}
#[scope::instrument(level = "full")]
impl Id {
    fn set(&mut self, text: &str) {
        self.free();
        self.store(text.to_owned());
    }
    fn free(&mut self) {
        if self.bits != 0 {
            drop(unsafe { Box::from_raw(self.bits as *mut String) });
            self.bits = 0;
        }
    }
    fn store(&mut self, text: String) {
        self.bits = Box::into_raw(Box::new(text)) as usize;
    }
}

/// Refers into itself.
#[derive(Debug)]
struct Doc {
    words: Vec<&'static str>,
    n: usize,
    text: Box<str>,
}
#[scope::instrument(level = "full")]
impl Doc {
    fn of(text: &str) -> Self {
        let mut doc = Doc { words: vec![], n: 0, text: text.into() };
        doc.index();
        doc
    }
    fn index(&mut self) {
        let text: &'static str = unsafe { &*(&*self.text as *const str) };
        self.words = text.split(' ').collect();
    }
    fn replace(&mut self, text: &str) {
        self.text = text.into();
        self.again();
    }
    fn again(&mut self) {
        self.n += 1;
        self.index()
    }
}

fn main() {
    let mut doc = Doc::of(&"lorem ipsum ".repeat(40_000));
    doc.replace("x y");
    assert_eq!((doc.words.len(), doc.n), (2, 1));
    let mut stack = Stack::new(4);
    for value in ["a", "b"] {
        let at = stack.grow();
        put(&mut stack, at, value);
    }
    assert_eq!(stack.as_slice(), ["a", "b"]);
    let mut id = Id { bits: 0 };
    id.set("a");
    id.set("b");
    id.free();
}
//> Doc::of()
//>   Doc::index()
//>   Doc::index Returned
//> Doc::of Returned
//> Doc::replace()
//>   Doc::again()
//>     Doc::index()
//>     Doc::index Returned
//>   Doc::again Returned
//> Doc::replace Returned
//> Stack<T>::new()
//> Stack<T>::new Returned
//> Stack<T>::grow()
//> Stack<T>::grow Returned
//> put()
//> put Returned
//> Stack<T>::grow()
//> Stack<T>::grow Returned
//> put()
//> put Returned
//> Stack<T>::as_slice()
//> Stack<T>::as_slice Returned
//> Id::set()
//>   Id::free()
//>   Id::free Returned
//>   Id::store()
//>   Id::store Returned
//> Id::set Returned
//> Id::set()
//>   Id::free()
//>     branch if self.bits != 0
//>   Id::free Returned
//>   Id::store()
//>   Id::store Returned
//> Id::set Returned
//> Id::free()
//>   branch if self.bits != 0
//> Id::free Returned

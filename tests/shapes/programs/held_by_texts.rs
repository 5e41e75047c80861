//@ edition 2021 2024
//! Borrows that are held by what began as a text, or was bound by a macro; and items that take the name of a local.
#[derive(Debug, Default)]
struct Interner {
    texts: Vec<String>,
}
impl Interner {
    fn intern(&mut self, text: &str) -> &str {
        self.texts.push(text.into());
        self.texts.last().unwrap()
    }
    fn len(&self) -> usize {
        self.texts.len()
    }
}
#[scope::instrument]
fn texts(interner: &mut Interner) -> usize {
    let mut own = Interner::default();
    let mut text = "";
    if interner.len() == 0 {
        text = own.intern("abc");
    }
    let n = text.len() + interner.len();
    n + own.len()
}
#[scope::instrument]
fn parts((mut text, n): (&str, usize), [mut bytes, _]: [&[u8]; 2]) -> usize {
    let mut own = Interner::default();
    text = if n > 0 { own.intern("abc") } else { text };
    let sum = text.len() + own.len() + n;
    let mut list = vec![b'a'];
    list.push(b'b');
    bytes = if n > 0 { &list } else { bytes };
    let all = bytes.len() + list.len();
    sum + all
}
macro_rules! bind {
    ($name:ident = $value:expr) => {
        let $name = $value;
    };
}
#[scope::instrument]
fn by_macro() -> usize {
    let mut list = vec![1];
    list.push(2);
    let lent = &mut list;
    lent.push(3);
    bind!(more = lent);
    more.push(4);
    let n = added(more.len(), list.len());
    n
}
fn added(a: usize, b: usize) -> usize {
    a + b
}
mod items {
    pub fn half(n: u8) -> u8 {
        n / 2
    }
    pub fn twice(n: u8) -> u8 {
        n * 2
    }
}
#[scope::instrument]
fn pointers(half: u8, twice: u8) -> u8 {
    let sum = half + twice;
    {
        use items::*;
        let to: fn(u8) -> u8 = |n| half(n);
        assert_eq!(to(4), 2);
    }
    {
        use items::{half, twice};
        let to: fn(u8) -> u8 = |n| twice(half(n));
        assert_eq!(to(4), 4);
    }
    sum
}
fn main() {
    assert_eq!(texts(&mut Interner::default()), 4);
    assert_eq!(parts(("", 1), [b"", b"x"]), 9);
    assert_eq!(by_macro(), 8);
    assert_eq!(pointers(1, 2), 3);
}
//> texts(interner = Interner { texts: [] })
//>   own = Interner { texts: [] }
//>   text = ""
//>   branch if interner.len() == 0
//>   text = "abc"
//>   text = "abc"
//>   n = 3
//> texts Returned 4
//> parts(text = "", n = 1, bytes = b"")
//>   own = Interner { texts: [] }
//>   branch if n > 0
//>   text = "abc"
//>   sum = 5
//>   list = b"a"
//>   branch if n > 0
//>   list = b"ab"
//>   bytes = b"ab"
//>   all = 4
//> parts Returned 9
//> by_macro()
//>   list = [1]
//>   list = [1, 2]
//>   lent = [1, 2]
//>   n = 8
//> by_macro Returned 8
//> pointers(half = 1, twice = 2)
//>   sum = 3
//>   to = 0x…
//>   to = 0x…
//> pointers Returned 3

//! Values that would harm a recorder, values that must not be seen, and those that are out of reach.

use crate::shape::shape;
use scope::instrument;
use std::cell::RefCell;
use std::fmt;
use std::hint::black_box;
use std::rc::{Rc, Weak};
use std::sync::Mutex;

shape! {
    debug_that_panics
    {
        struct Bomb;
        impl fmt::Debug for Bomb { fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result { panic!("boom") } }
        #[instrument(level = "full")]
        fn f(a: &Bomb, n: u16) -> u16 { let b = a; black_box(b); n }
    }
    { assert_eq!(f(&Bomb, 1), 1); }
    "f(a = <panicked: boom>, n = 1)" "  b = <panicked: boom>" "f Returned 1"
}
shape! {
    debug_that_panics_inside_a_collection
    {
        struct Bomb(u16);
        impl fmt::Debug for Bomb { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { if self.0 == 2 { panic!("boom") } write!(f, "fine {}", self.0) } }
        #[instrument(level = "full")]
        fn f(all: Vec<Bomb>) -> usize { all.len() }
    }
    { assert_eq!(f(vec![Bomb(1), Bomb(2), Bomb(3)]), 3); }
    "f(all = [fine 1, <panicked: boom>, fine 3])" "f Returned 3"
}
shape! {
    debug_that_is_woven
    {
        #[derive(PartialEq)]
        struct Loud(u16);
        #[instrument(level = "full")]
        impl fmt::Debug for Loud { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { let n = self.0; write!(f, "loud {n}") } }
        #[instrument(level = "full")]
        fn f(a: Loud) -> Loud { a }
    }
    { assert_eq!(f(Loud(1)).0, 1); }
    "f(a = loud 1)" "f Returned loud 1"
}
shape! {
    debug_that_calls_what_is_woven
    {
        #[instrument(level = "full")]
        fn g(n: u16) -> u16 { let m = n + 1; m }
        struct Calls(u16);
        impl fmt::Debug for Calls { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, "{}", g(self.0)) } }
        #[instrument(level = "full")]
        fn f(a: Calls) -> u16 { g(a.0) }
    }
    { assert_eq!(f(Calls(1)), 2); }
    "f(a = 2)" "  g(n = 1)" "    m = 2" "  g Returned 2" "f Returned 2"
}
shape! {
    debug_that_counts
    {
        thread_local! { static SHOWN: std::cell::Cell<u16> = const { std::cell::Cell::new(0) }; }
        struct Counts;
        impl fmt::Debug for Counts { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { SHOWN.set(SHOWN.get() + 1); f.write_str("counts") } }
        #[instrument(level = "full")]
        fn f(a: Counts) -> Counts { let b = a; b }
    }
    { let counts = f(Counts); assert_eq!(SHOWN.get(), 3); assert_eq!(format!("{counts:?}"), "counts"); }
    "f(a = counts)" "  b = counts" "f Returned counts"
}
shape! {
    debug_without_end
    {
        struct Endless;
        impl fmt::Debug for Endless { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { loop { f.write_str("again and ")?; } } }
        #[instrument(level = "full")]
        fn f(a: &Endless) -> usize { size_of_val(a) }
    }
    { assert_eq!(f(&Endless), 0); }
    "f(a = again and again and again and again and again and again and again and again and again and again and again and again and again and again and again and again and again and again and again and again and again and again and again and again and again and again …)"
    "f Returned 0"
}
shape! {
    debug_of_a_gigabyte
    {
        thread_local! { static SHOWN: std::cell::Cell<u32> = const { std::cell::Cell::new(0) }; }
        struct Kilobyte;
        impl fmt::Debug for Kilobyte { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { SHOWN.set(SHOWN.get() + 1); write!(f, "{:.>1000}", 7) } }
        struct Gigabyte;
        impl fmt::Debug for Gigabyte { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.debug_list().entries((0..1_000_000).map(|_| Kilobyte)).finish() } }
        #[instrument(level = "full")]
        fn f(a: &Gigabyte) -> usize { size_of_val(a) }
    }
    // It is told to stop, and so is asked no more.
    { assert_eq!(f(&Gigabyte), 0); assert_eq!(SHOWN.get(), 1); }
    "f(a = [...............................................................................................................................................................................................................................................................…)"
    "f Returned 0"
}
shape! {
    debug_that_recurses
    {
        struct Recurses;
        impl fmt::Debug for Recurses { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.debug_tuple("R").field(&Self).finish() } }
        #[instrument(level = "full")]
        fn f(a: &Recurses) -> usize { size_of_val(a) }
    }
    { assert_eq!(f(&Recurses), 0); }
    "f(a = R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(R(…)"
    "f Returned 0"
}
shape! {
    cycles
    {
        #[derive(Debug)]
        struct Node { n: u16, next: RefCell<Option<Rc<Node>>>, back: RefCell<Weak<Node>> }
        #[instrument(level = "full")]
        fn f(a: &Rc<Node>) -> u16 { a.n }
    }
    {
        let a = Rc::new(Node { n: 1, next: RefCell::default(), back: RefCell::default() });
        let b = Rc::new(Node { n: 2, next: RefCell::new(Some(Rc::clone(&a))), back: RefCell::new(Rc::downgrade(&a)) });
        *a.next.borrow_mut() = Some(b);
        assert_eq!(f(&a), 1);
        assert!(a.back.borrow().upgrade().is_none());
        a.next.take();
    }
    "f(a = Node { n: 1, next: RefCell { value: Some(Node { n: 2, next: RefCell { value: Some(Node { n: 1, next: RefCell { value: Some(Node { n: 2, next: RefCell { value: Some(Node { n: 1, next: RefCell { value: Some(Node { n: 2, next: RefCell { value: Some(Node { n: …)"
    "f Returned 1"
}
shape! {
    borrowed_cells
    { #[instrument(level = "full")] fn f(c: &RefCell<u16>) -> u16 { let mut inside = c.borrow_mut(); *inside += 1; let d = c; let n = *inside; black_box(d); n } }
    { assert_eq!(f(&RefCell::new(1)), 2); }
    "f(c = RefCell(1))" "  inside = 1" "  d = RefCell(<borrowed>)" "  n = 2" "f Returned 2"
}
shape! {
    locked_mutexes
    { #[instrument(level = "full")] fn f(m: &Mutex<u16>) -> u16 { let mut guard = m.lock().unwrap(); *guard += 1; let n = m; black_box(n); let k = *guard; k } }
    { let m = Mutex::new(1); assert_eq!(f(&m), 2); assert!(m.try_lock().is_ok()); }
    "f(m = Mutex(1))" "  guard = 1" "  n = Mutex(<locked>)" "  k = 2" "f Returned 2"
}
shape! {
    poisoned_mutexes
    { #[instrument(level = "full")] fn f(m: &Mutex<u16>) -> bool { m.is_poisoned() } }
    { let m = Mutex::new(1); _ = std::panic::catch_unwind(|| { let _guard = m.lock(); panic!("poison"); }); assert!(f(&m)); }
    "f(m = Mutex(1))" "f Returned true"
}
shape! {
    mutexes_that_a_panicking_debug_must_not_poison
    {
        struct Bomb;
        impl fmt::Debug for Bomb { fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result { panic!("boom") } }
        #[instrument(level = "full")]
        fn f(m: &Mutex<Bomb>) -> bool { m.is_poisoned() }
    }
    { assert!(!f(&Mutex::new(Bomb))); }
    "f(m = Mutex(<panicked: boom>))" "f Returned false"
}
shape! {
    a_debug_that_panics_again_and_again
    {
        pub struct Bad;
        impl fmt::Debug for Bad { fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result { panic!("boom") } }
        #[instrument(level = "full")]
        fn f(bad: Bad) -> usize { size_of_val(&bad) }
    }
    { for _ in 0..5 { f(Bad); } }
    "f(bad = <panicked: boom>)" "f Returned 0" "f(bad = <panicked: boom>)" "f Returned 0" "f(bad = <panicked: boom>)" "f Returned 0"
    "f(bad = <Opaque: weave::guarded::a_debug_that_panics_again_and_again::Bad (showing it panics), 0 bytes>)" "f Returned 0"
    "f(bad = <Opaque: weave::guarded::a_debug_that_panics_again_and_again::Bad (showing it panics), 0 bytes>)" "f Returned 0"
}
shape! {
    redacted_names
    {
        #[instrument(level = "full")]
        fn f(password: &str, user_password: String, api_key: u16, token: Option<&str>, iban: &str, user: &str) -> usize { let secret = 1; let my_token = password; secret + my_token.len() + user_password.len() + usize::from(api_key) + token.map_or(0, str::len) + iban.len() + user.len() }
    }
    { assert_eq!(f("a", "b".to_owned(), 1, Some("c"), "d", "ann"), 9); }
    "f(password = <redacted>, user_password = <redacted>, api_key = <redacted>, token = <redacted>, iban = <redacted>, user = \"ann\")"
    "  secret = <redacted>" "  my_token = \"a\"" "f Returned 9"
}
shape! {
    redacted_fields_of_debug
    {
        #[derive(Debug)]
        struct Login { name: &'static str, password: &'static str }
        #[instrument(level = "full")]
        fn f(login: Login, all: &[Option<Login>]) -> usize { login.name.len() + login.password.len() + all.len() }
    }
    { assert_eq!(f(Login { name: "ann", password: "hunter2" }, &[Some(Login { name: "bob", password: "s3cret" })]), 11); }
    "f(login = Login { name: \"ann\", password: <redacted> }, all = [Some(Login { name: \"bob\", password: <redacted> })])" "f Returned 11"
}
shape! {
    redacted_keys_of_maps
    { #[instrument(level = "full")] fn f(headers: std::collections::BTreeMap<&str, &str>) -> usize { headers.len() } }
    { assert_eq!(f([("authorization", "Bearer x"), ("host", "a")].into()), 2); }
    "f(headers = {\"authorization\": <redacted>, \"host\": \"a\"})" "f Returned 2"
}
shape! {
    redacted_patterns
    { #[instrument(level = "full")] fn f(n: Option<(&str, u16)>) -> usize { match n { Some((password, count)) if count > 0 => password.len(), Some((secret, _)) => secret.len() + 1, None => 0 } } }
    { assert_eq!(f(Some(("ab", 1))), 2); }
    // Only names are known: `n` is none that is hidden.
    "f(n = Some((\"ab\", 1)))" "  branch Some((password, count)) if count > 0" "  password = <redacted>" "  count = 1" "f Returned 2"
}
shape! {
    skipped_names
    { #[instrument(level = "full", skip(a, c, x))] fn f(a: u16, b: u16) -> u16 { let c = a + b; let mut x = c; x += 1; let d = x; if let Some(c) = Some(d) { return c; } d } }
    { assert_eq!(f(1, 2), 4); }
    "f(b = 2)" "  d = 4" "  branch if let Some(c) = Some(d)" "f Returned 4"
}
shape! {
    trait_objects_without_debug
    {
        trait Draw { fn draw(&self) -> u16; }
        impl Draw for u16 { fn draw(&self) -> u16 { *self } }
        #[instrument(level = "full")]
        fn f<'a>(a: &'a dyn Draw, b: Vec<Box<dyn Draw + 'a>>) -> u16 { let c = a; c.draw() + b[0].draw() }
    }
    { assert_eq!(f(&1, vec![Box::new(2)]), 3); }
    "f(a = <Opaque: &dyn weave::guarded::trait_objects_without_debug::Draw, 16 bytes>, b = <Opaque: alloc::vec::Vec<alloc::boxed::Box<dyn weave::guarded::trait_objects_without_debug::Draw>>, 24 bytes>)"
    "  c = <Opaque: &dyn weave::guarded::trait_objects_without_debug::Draw, 16 bytes>" "f Returned 3"
}
shape! {
    self_referential_values
    {
        #[derive(Debug)]
        struct Me { n: u16, me: *const u16, _held: std::marker::PhantomPinned }
        #[instrument(level = "full")]
        fn f(me: std::pin::Pin<&mut Me>) -> bool { std::ptr::eq(me.me, &raw const me.n) }
    }
    {
        let mut me = Box::pin(Me { n: 1, me: std::ptr::null(), _held: std::marker::PhantomPinned });
        let at = &raw const me.n;
        // SAFETY: nothing is moved.
        unsafe { me.as_mut().get_unchecked_mut().me = at };
        assert!(f(me.as_mut()));
    }
    "f(me = Me { n: 1, me: 0x…, _held: PhantomPinned })" "f Returned true"
}

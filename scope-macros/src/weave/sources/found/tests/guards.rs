//! What the sources tell of guards, and of what borrows.

use super::*;

#[test]
fn functions_that_give_back_guards_are_found() {
    for (text, expected) in [
        ("    fn inner(&self) -> MutexGuard<'_, Inner> {", "inner"),
        ("pub(crate) fn state(&self) -> sync::RwLockReadGuard<'_, State> {", "state"),
        ("pub fn state<T>(\n    &self,\n    x: T,\n) -> LockResult<MutexGuard<'_, State>> {", "state"),
        ("impl Pool {\n\tfn inner(&self) -> MutexGuard<'_, u8> {\n\t\tfn_of(1)", "inner"),
        ("    async fn inner(&self) -> MutexGuard<'_, Inner> {", "inner"),
        ("    fn inner(&self)\n        -> MutexGuard<'_, Inner>\n    {", "inner"),
        (
            "    fn inner(\n        &self,\n    ) -> Result<\n        MutexGuard<'_, Inner>,\n        Error,\n    > {",
            "inner",
        ),
        ("pub(crate) const unsafe extern \"C\" fn inner(x: &X) -> MutexGuard<'_, Inner> {", "inner"),
        ("    #[cfg(a = \"[x]\")] #[inline] pub fn inner(&self) -> MutexGuard<'_, Inner> {", "inner"),
        ("fn new(lock: &Mutex<u8>) -> Guard {", ""),
        ("fn new(lock: &Mutex<u8>) -> MutexGuard<u8> {", ""),
        ("pub fn new<T>(\n    lock: &Mutex<T>,\n) -> MutexGuard<T> {", ""),
        ("fn get(&self, at: usize) -> MutexGuard<u8> {", ""),
        (
            "impl Debug for X {\n    fn fmt() { self.0.lock() }\n}\nfn get(&self, at: u8) -> MutexGuard<u8> {\nfn iter() -> u8 {",
            "get",
        ),
        (
            "impl Debug for X {\n    fn fmt() { self.0.lock() }\n}\nfn get() -> MutexGuard<u8> {\nfn get(x: u8) -> u8 {",
            "",
        ),
        ("fn pair(&self) -> (u8, MutexGuard<'_, u8>) {", "pair"),
        ("fn all(&self) -> impl Iterator<Item = u8> where T: Deref {", ""),
        ("fn inner(&self) -> impl std::ops::DerefMut<Target = u8> + '_ {", "inner"),
        ("fn f(guard: MutexGuard<u8>) -> u8 {", ""),
    ] {
        assert_eq!(found(text).names().givers.join(" "), expected, "{text}");
    }
}

#[test]
fn a_get_that_gives_back_a_guard_is_found() {
    for (text, expected) in [
        ("fn get(&self) -> MutexGuard<'_, u8> {", true),
        ("pub fn get(&mut self) -> Option<RwLockReadGuard<'_, u8>> {", true),
        ("fn get(&self, at: usize) -> MutexGuard<'_, u8> {", false),
        ("fn get(&self) -> &Mutex<u8> {", false),
    ] {
        assert_eq!(found(text).names().gets, expected, "{text}");
    }
}

#[test]
fn what_holds_the_guard_of_a_lock_is_found() {
    for (text, expected) in [
        ("struct Lease<'a> {\n    inner: MutexGuard<'a, u8>,\n}", "Lease"),
        ("struct Job<'a> {\n    lease: Lease<'a>,\n}\nstruct Lease<'a>(MutexGuard<'a, u8>);", "Job Lease"),
        ("struct Job<'a> {\n    lease: &'a Lease,\n}\nstruct Lease<'a>(MutexGuard<'a, u8>);", "Lease"),
        ("type Inner<'a> = LockResult<MutexGuard<'a, u8>>;", "Inner"),
        ("type With = fn(MutexGuard<u8>);", ""),
        ("impl Future for Locking {\n    type Output = MutexGuard<'a, u8>;\n}", ""),
        ("impl Lock for X {\n    type Handle = MutexGuard<'a, u8>;\n}\ntype Inner = MutexGuard<'a, u8>;", "Inner"),
        ("impl Lock for X {\n    type ReadGuard = RwLockReadGuard<'a, u8>;\n}", "ReadGuard"),
        ("use std::sync::{MutexGuard as Inner, Mutex as M};", "Inner"),
    ] {
        let mut found = Found::default();
        found.learn([text].into_iter());
        let mut holders = found.names().holders;
        holders.sort_unstable();
        assert_eq!(holders.join(" "), expected, "{text}");
    }
}

#[test]
fn implementations_that_borrow_are_found() {
    for (text, expected) in [
        ("impl Debug for X { fn fmt() { self.0.borrow() } }", true),
        (
            "    impl<T> fmt::Debug for X<T>\n    where\n        T: Debug,\n    {\n        fn fmt() {\n            self.0.borrow_mut();\n",
            true,
        ),
        ("impl Debug for X {\n    fn fmt() {}\n}\nfn f() {\n    x.borrow();\n}", false),
        ("impl Debug for X {}\nfn f() {\n    x.borrow();\n}", false),
        ("impl X {\n    fn f() {\n        self.0.borrow();\n", false),
        ("impl Debug for X {\n    fn fmt() {\n        self.0.try_borrow();\n", false),
        ("impl Debug for X {\n    fn fmt() {\n        NAMES.with_borrow(|names| {\n", true),
        ("impl Debug for X {\n    fn fmt() {\n        RefCell::borrow(&self.0);\n", true),
    ] {
        assert_eq!(found(text).borrows, expected, "{text}");
    }
}

#[test]
fn functions_that_give_no_guard_in_spite_of_their_names_are_found() {
    for (text, plain) in [
        ("fn read_header(&mut self) -> io::Result<Header> {", "read_header"),
        ("fn parse_lock(text: &str) -> Lock where T: Debug {", "parse_lock"),
        ("fn lock_all(&self) {", ""),
        ("fn lock(&self) -> u8 {", ""),
        ("fn read_inner(&self) -> &Inner {", ""),
        ("fn read_state(&self) -> Self::State {", ""),
        ("fn read_state(&self) -> S::State {", ""),
        ("fn lock_state(&self) -> impl Sized {", ""),
        ("fn lock_state(&self) -> u8 {\nfn lock_state(&self) -> MutexGuard<u8> {", ""),
    ] {
        assert_eq!(found(text).names().plain.join(" "), plain, "{text}");
    }
}

#[test]
fn what_gives_the_guard_of_what_a_lock_gives_back_is_found() {
    for (text, givers, passing) in [
        ("impl<T> Force for std::sync::LockResult<T> {\n    fn force(self) -> T {", "force", ""),
        ("impl<T> Force for LockResult<T> { fn force(self) -> T { self.expect(\"x\") } }", "force", ""),
        ("impl<T> Force<T> for Result<T, std::sync::PoisonError<T>> {\n    fn force(self) -> T {", "force", "force"),
        ("impl<T, E: Debug> Force<T> for Result<T, E> {\n    fn force(self) -> T {\n    }\n}\nfn f() {", "", "force"),
        ("impl<T> Force for Option<T> {\n    fn force(self) -> T {", "", ""),
    ] {
        let names = found(text).names();
        assert_eq!((&*names.givers.join(" "), &*names.passing.join(" ")), (givers, passing), "{text}");
    }
}

#[test]
fn functions_whose_type_does_not_say_that_it_is_a_guard_are_found() {
    for (text, expected) in [
        (
            "impl Acquire for Pool {\n    type G<'a> = MutexGuard<'a, u8>;\n    fn acquire(&self) -> Self::G<'_> {",
            "acquire",
        ),
        (
            "impl Acquire for Pool {\n    type G = RwLockReadGuard<u8>;\n    fn try_it(&self) -> Option<Self::G> {",
            "try_it",
        ),
        ("impl Acquire for Pool {\n    type G = MutexGuard<u8>;\n    fn other(&self) -> Self::Gate {", ""),
        (
            "impl Iterator for Pool {\n    type Item = MutexGuard<u8>;\n    fn next(&mut self) -> Option<Self::Item> {",
            "",
        ),
        ("impl Deref for Pool {\n    type Target = MutexGuard<u8>;\n    fn deref(&self) -> &Self::Target {", ""),
        (
            "impl A for P {\n    type G = MutexGuard<u8>;\n}\nimpl A for Q {\n    type G = u8;\n    fn f(&self) -> Self::G {",
            "",
        ),
        (
            "    fn all(&self) -> impl Iterator<Item = u8> + use<'_> {\n        let g = self.m.lock().unwrap();\n        from_fn(move || g.pop())\n    }",
            "all",
        ),
        (
            "fn reader(\n    &self,\n) -> Box<dyn Fn(usize) -> u8 + '_> {\n    let g = self.l.read().unwrap();\n    Box::new(move |i| g[i])\n}",
            "reader",
        ),
        (
            "fn all(&self) -> impl Iterator<Item = u8> {\n    let n = self.m.lock().unwrap().len();\n    (0..n).map(move |x| x)\n}",
            "",
        ),
        (
            "fn all(&self) -> impl Iterator<Item = u8> {\n    (0..9)\n}\nfn b() {\n    let g = self.m.lock().unwrap();\n    move || g\n}",
            "",
        ),
    ] {
        assert_eq!(found(text).names().givers.join(" "), expected, "{text}");
    }
}

use super::*;

mod guards;

fn found(text: &str) -> Found {
    let mut found = Found::default();
    found.read(text);
    found
}

#[test]
fn implementations_for_those_that_live_for_ever_are_found() {
    for (text, traits, types) in [
        ("impl fmt::Debug for dyn Value {", "Value", ""),
        ("impl Debug for dyn a::Value + Send {", "Value", ""),
        ("impl Debug for Box<dyn Value> {", "Value", ""),
        ("impl Debug for dyn Value + 'static {", "Value", ""),
        ("impl Serialize for (dyn Value + Send) {", "Value", ""),
        ("impl<'a> Debug for dyn Value + 'a {", "", ""),
        ("impl Debug for &'_ dyn Value {", "", ""),
        ("impl Debug for Value { fn f(x: &dyn Other) {} }", "", ""),
        ("impl Display for dyn Value {", "", ""),
        ("impl fmt::Debug for Row<'static> {", "", "Row"),
        ("impl<T> Debug for db::Row<'static, T> where T: 'static {", "", "Row"),
        ("impl Debug for &'static Row {", "", "Row"),
        ("impl Serialize for Row<&'static str> {", "", "Row"),
        ("impl<'a> Debug for Row<'a, &'static str> {", "", "Row"),
        ("impl<'a> Debug for Row<'a> {", "", ""),
        ("impl Debug for Row<'_> {", "", ""),
        ("impl Debug for Row { fn f(x: &'static str) {} }", "", ""),
        ("impl From<&'static str> for Row {", "", ""),
    ] {
        let found = found(text);
        let types = (found.traits.join(" "), found.types().collect::<Vec<_>>().join(" "), types);
        assert_eq!((&*types.0, &*types.1), (traits, types.2), "{text}");
    }
}

#[test]
fn implementations_by_other_names_are_found() {
    const MACRO: &str = "macro_rules! debug_for {\n    ($($t:ty),*) => { $(\n        impl fmt::Debug for $t {\n        }\n    )* }\n}\n";
    for (text, traits, types) in [
        ("type Obj = dyn Shape;\nimpl fmt::Debug for Obj {", "Shape", ""),
        ("impl fmt::Debug for Obj {\n}\npub type Obj = dyn Shape + Send;", "Shape", ""),
        ("type Owned = Row<'static>;\nimpl Debug for Owned {", "", "Row Owned"),
        ("type Owned = Row<'static>;\nimpl Debug for Other {", "", ""),
        ("MACROdebug_for!(dyn Shape, dyn m::Other + Send);", "Shape Other", ""),
        ("crate::debug_for! {\n    Plain,\n    Row<'static>,\n}\nMACRO", "", "Row"),
        ("debug_for!(dyn Shape);", "", ""),
    ] {
        let mut found = Found::default();
        found.learn([&*text.replace("MACRO", MACRO)].into_iter());
        let types = (found.traits.join(" "), found.types().collect::<Vec<_>>().join(" "), types);
        assert_eq!((&*types.0, &*types.1), (traits, types.2), "{text}");
    }
}

#[test]
fn other_names_are_those_of_a_file() {
    let mut found = Found::default();
    let other = "impl Debug for Error {\n}\nimpl Debug for Rows {\n}\nstruct Plan {\n    implementation: u8,\n}\nimpl Debug for Row<'static> {\n";
    found.learn(["type Error = dyn Fail;\ntype Rows = Vec<&'static str>;\n", other].into_iter());
    assert_eq!((found.traits.len(), found.types().collect::<Vec<_>>()), (0, vec!["Row"]));
    found.learn(["type Error = Box<dyn Fail>;\nimpl Debug for Error {"].into_iter());
    assert_eq!(found.traits.len(), 0);
}

#[test]
fn implementations_with_bounds_are_found() {
    for (text, types) in [
        ("impl<T> Debug for Row<T> where T: 'static {", "Row"),
        ("impl<T: 'static> Debug for Row<T> {", "Row"),
        ("#[rustfmt::skip] impl<T: 'static> Debug for Row<T> {", "Row"),
        ("impl<T: Debug + 'static, U> Debug for Row<T, U> {", "Row"),
        ("impl<'a, T: std::any::Any> Debug for Row<'a, T> {", "Row"),
        ("impl<T> fmt::Debug\n    for Row<T>\nwhere\n    T: Debug,\n    T: Any,\n{", "Row"),
        ("impl<T: Debug> Debug for Row<T> {", ""),
        ("impl<T> fmt::Debug for Row<T>\nwhere\n    T: Debug + Send,\n{\n    const X: &'static str;\n", ""),
        ("impl<T: From<&'static str>> Debug for Row<T> {", ""),
        ("impl<T: AnyBitPattern> Debug for Row<T> {", ""),
        ("impl<A> Debug for Pair<A, A> {", "Pair"),
        ("impl<'a, T> Debug for Pair<&'a u8, &'a T> {", "Pair"),
        ("impl<A: Fn(u8, u8) -> u8, B> Debug for Pair<B, Vec<B>> {", "Pair"),
        ("impl<A, B, u8> Debug for Pair<A, B> {", ""),
        ("impl<I: Iterator> Debug for Pair<I, I::Item> {", ""),
        ("impl Debug for Pair<u8, u8> {", ""),
    ] {
        assert_eq!(found(text).types().collect::<Vec<_>>().join(" "), types, "{text}");
    }
}

#[test]
fn what_a_type_itself_wants_is_no_more() {
    for (text, types) in [
        ("pub struct Row<T: 'static> {", ""),
        ("pub(crate) enum Row<T>\nwhere\n    T: Debug + 'static,\n{", ""),
        ("struct Row<T: Debug>(&'static T);", "Row"),
        ("struct Row<T = &'static str> {", "Row"),
        ("struct Other<T: 'static> {", "Row"),
    ] {
        for implementation in
            ["impl<T: 'static> Debug for Row<T> {}\n", "impl<T: Debug + 'static> Debug for Row<T> {}\n"]
        {
            let whole = implementation.to_owned() + text;
            assert_eq!(found(&whole).types().collect::<Vec<_>>().join(" "), types, "{whole}");
        }
        let more = format!("{text}\nimpl<T: 'static, U: 'static> Debug for Row<T, U> {{");
        assert_eq!(found(&more).types().count(), 1, "{more}");
    }
}

#[test]
fn types_with_parts_that_are_dropped_by_hand_are_found() {
    for (text, expected) in [
        ("pub struct Own {\n    t: ManuallyDrop<u8>,\n}\nstruct Other {\n    t: u8,\n}", "Own"),
        ("struct Own<T>(mem::ManuallyDrop<T>);\nfn f(x: ManuallyDrop<u8>) {}", "Own"),
        ("struct Own;\nfn f(x: ManuallyDrop<u8>) {}", ""),
        ("enum Own { A(ManuallyDrop<u8>) }\nfn f(x: ManuallyDrop<u8>) {}", "Own"),
    ] {
        assert_eq!(found(text).outlived.join(" "), expected, "{text}");
    }
}

#[test]
fn what_numbers_without_a_type_index_is_found() {
    for (text, expected) in [
        ("impl Index<i32> for X {", true),
        ("impl<T, I> std::ops::Index<I> for X<T> where I: SliceIndex<[T]> {", true),
        ("    impl<T>\n        ops::Index<$ty> for X<T>\n    where T: Copy,\n    {", true),
        ("impl<T: Debug> Index<usize> for X<T> {", false),
        ("impl ops::Index<ops::Range<u8>> for X {", false),
        ("impl Index<&str> for X {", false),
        ("impl Index<(u8, u8)> for X {", false),
        ("impl SliceIndex<X> for X {", false),
        ("impl X {\n    fn f() -> impl Index<u8> {", false),
    ] {
        assert_eq!(found(text).indexed, expected, "{text}");
    }
}

#[test]
fn other_names_of_types_are_found() {
    let twice = |text: &str| {
        let mut found = Found::default();
        found.learn([text].into_iter());
        assert!(found.has_types(), "{text}");
        found
    };
    for (alias, types) in [
        ("pub type RowRef<'a> = Row<'a>;", "Row RowRef"),
        ("impl<'a> Iterator for It<'a> {\n    type Item = Option<Row<'a>>;\n}", "Row Item"),
        ("type Other = Rows;", "Row"),
        ("use super::Row as R;", "Row R"),
        ("pub use db::{\n    a::{B, Row as R},\n    Row as _,\n    Other as X,\n};\nlet x = Row as Y;", "Row R"),
        ("fn f() {\n    <Row as Get>::get();\n}", "Row"),
        ("trait X {\n    type Item;\n}", "Row"),
    ] {
        let found = twice(&format!("{alias}\nimpl Debug for Row<'static> {{\n}}\n"));
        let mut seen: Vec<_> = found.types().collect();
        seen.dedup();
        assert_eq!(seen.join(" "), types, "{alias}");
    }
    let own =
        "type Bx<'a> = Box<dyn Plug + Send + 'a>;\ntype By = Box<dyn Plug>;\nimpl Debug for dyn Plug + Send {\n}\n";
    assert_eq!(twice(own).types().collect::<Vec<_>>().join(" "), "Bx");
    for (own, endless) in [
        (
            "struct Node<P: Phase> {\n    kids: P::Kids,\n}\nimpl Phase for A {\n    type Kids = Vec<Node<A>>;\n}",
            "Node",
        ),
        ("struct Node<P: Phase> {\n    kids: P::Kids,\n}\nimpl Phase for A {\n    type Kids = Vec<u8>;\n}", ""),
        (
            "struct Node<P: Phase> {\n    kids: Op::Kids,\n}\nimpl Phase for A {\n    type Kids = Vec<Node<A>>;\n}\nstruct S<T>(T::X);",
            "",
        ),
    ] {
        assert_eq!(twice(own).endless.join(" "), endless, "{own}");
    }
}

#[test]
fn macros_of_the_crates_own_that_may_wait_are_found() {
    for (text, waiting) in [
        ("macro_rules! m {\n    ($a:expr) => { vec![$a != 1, !x] };\n}\nx.await", ""),
        ("macro_rules! m { ($a:expr) => { $a.await } }", "m"),
        ("macro_rules! m {\n    () => {{\n        1\n}};\n    ($a:expr) => { $a.await };\n}", "m"),
        ("macro_rules! m {\n    ($($a:tt)*) => {\n        $crate::select! { $($a)* }\n    };\n}", "m"),
        ("macro_rules! m {\n    ($a:ident) => { $a!(1) };\n}", "m"),
    ] {
        let names = found(text).names();
        assert_eq!((&*names.macros.join(" "), &*names.waiting.join(" ")), ("m", waiting), "{text}");
    }
}

#[test]
fn macros_of_the_crates_own_that_make_items_are_found() {
    for (text, making) in [
        ("macro_rules! m {\n    () => { useful(1) };\n}\nuse x;", ""),
        ("macro_rules! m { () => { use x; } }", "m"),
        ("macro_rules! m {\n    () => {\n        pub struct X;\n    };\n}", "m"),
    ] {
        let names = found(text).names();
        assert_eq!((&*names.macros.join(" "), &*names.making.join(" ")), ("m", making), "{text}");
    }
}

#[test]
fn names_of_the_crates_own_are_found() {
    for (text, givers, leaving, taking) in [
        ("fn inner(&self) -> RefMut<'_, u8> {\n", "", "", ""),
        (
            "impl Debug for X {\n    fn fmt() { self.0.borrow() }\n}\nfn inner(&self) -> RefMut<'_, u8> {\n",
            "inner",
            "",
            "",
        ),
        (
            "impl<T> Poisoned for LockResult<T> {\n    fn or_panic(self) -> T {\n        x\n    }\n}\nimpl X {\n    fn f() {",
            "or_panic",
            "",
            "",
        ),
        ("macro_rules! info {\n    () => { return };\n}", "", "info", ""),
        ("    macro_rules! debug {\n        () => {};\n    }\n    return;", "", "", ""),
        ("macro_rules! ready {\n    () => { return };\n}", "", "", ""),
        ("macro_rules! ready { () => { x.await } }\n", "", "ready", ""),
        ("macro_rules! mine {\n    () => { return };\n}", "", "", ""),
        ("impl X {\n    fn is_empty(self) -> bool {", "", "", "is_empty"),
        ("    pub fn boxed<'a>(mut self) -> X {", "", "", "boxed"),
        ("impl X {\n\tpub(crate) fn is_empty(self) -> bool {", "", "", "is_empty"),
        ("    fn is_empty(&self) -> bool {\n    fn into(self) -> X {", "", "", ""),
    ] {
        let Names { givers: g, leaving: l, taking: t, .. } = found(text).names();
        assert_eq!((&*g.join(" "), &*l.join(" "), &*t.join(" ")), (givers, leaving, taking), "{text}");
    }
}

#[test]
fn types_whose_debug_follows_pointers_are_found() {
    for (text, types) in [
        ("pub struct List {\n    head: *mut Node,\n}\nimpl Debug for List {\n}", "List"),
        (
            "mod m {\n\tstruct List {\n\t\thead: *mut Node,\n\t}\n\tstruct Other {\n\t}\n\timpl Debug for List {\n\t}\n\timpl Debug for Other {\n\t}\n}",
            "List",
        ),
        ("struct List<T>(NonNull<T>);\nimpl<T: Debug> fmt::Debug for List<T> {\n}", "List"),
        ("struct List {\n    head: Link,\n}\nimpl Debug for List {\n}\ntype Link = Option<NonNull<Node>>;", "List"),
        ("struct List {\n    head: Call,\n}\nimpl Debug for List {\n}\ntype Call = fn(*mut u8);", ""),
        ("struct List(\n    u8,\n    AtomicPtr<Node>,\n);\nfn f(x: u8) {\n}\nimpl Debug for List {\n}", "List"),
        ("struct List(\n    u8,\n);\nfn f(x: *mut u8) {\n}\nimpl Debug for List {\n}", ""),
        ("struct Map {\n    raw: Raw,\n}\nimpl Debug for Map {\n}\nstruct Raw {\n    head: *mut Node,\n}", "Map"),
        ("struct Map {\n    list: List,\n}\nstruct List(*mut Node);\nimpl Debug for List {\n}", "List Map"),
        ("struct Iter<'a> {\n    list: &'a List,\n}\nstruct List(*mut Node);\nimpl Debug for List {\n}", "List"),
        ("struct List {\n    head: *mut Node,\n}\nimpl Display for List {\n}", ""),
        ("struct Stack<T> {\n    of: Box<[MaybeUninit<T>]>,\n}\nimpl<T> Debug for Stack<T> {\n}", "Stack"),
        ("struct Id(usize);\nimpl Debug for Id {\n    fn fmt() {\n        unsafe { f(self.0) }\n    }\n}", "Id"),
        ("struct Doc {\n    words: Vec<&'static str>,\n}\nfn f() {\n    unsafe { &*(x as *const str) }\n}", "Doc"),
        ("struct Doc {\n    words: Vec<&'static str>,\n}\nfn f() {\n    unsafe { g(x) }\n}", ""),
        ("struct Id(usize);\nimpl Debug for Id {\n}\nimpl Id {\n    unsafe fn f() {\n    }\n}", ""),
        ("struct List {\n    head: u8,\n}\nimpl Debug for List {\n    fn fmt(x: *const u8) {}\n}", ""),
    ] {
        let mut found = Found::default();
        found.learn([text].into_iter());
        assert_eq!(found.fragile().join(" "), types, "{text}");
    }
}

//! What the heads of items tell, as they are written: implementations above all.

use std::borrow::Cow;
use std::str::Lines;

/// What was found.
#[derive(Default)]
pub(crate) struct Found {
    /// Traits with a `Debug` for those of their objects that live for ever.
    pub(crate) traits: Vec<String>,
    /// Types with a `Debug` for some lifetimes only, and how often it wants something to live for ever.
    types: Vec<(String, usize)>,
    /// Types that want it themselves, and how often.
    strict: Vec<(String, usize)>,
    /// Types with a part whose value may be dropped before they are.
    pub(crate) outlived: Vec<String>,
    /// Functions that give back the guard of a lock.
    pub(crate) givers: Vec<String>,
    /// Whether something has another `Index` than by `usize`.
    pub(crate) indexed: bool,
    /// Whether a `Debug` borrows from a `RefCell`.
    pub(crate) borrows: bool,
}

impl Found {
    /// The types with a `Debug` for some lifetimes only. One that wants no more than its type does is for all that there are.
    pub(crate) fn types(&self) -> impl Iterator<Item = &str> {
        let is_strict = |name: &str, count| self.strict.iter().any(|(other, least)| other == name && *least >= count);
        self.types.iter().filter(move |(name, count)| !is_strict(name, *count)).map(|(name, _)| name.as_str())
    }

    /// Reads a text.
    pub(crate) fn read(&mut self, text: &str) {
        // Line by line, and by bytes: unoptimised, a search through all of the text takes ten times as long.
        let mut lines = text.lines();
        // How far the `Debug` is indented that the line is a part of.
        let mut inside = None;
        // The same for a type, with its name.
        let mut of: Option<(usize, &str)> = None;
        let mut function = "";
        while let Some(line) = lines.next() {
            let indent = line.bytes().position(|byte| byte != b' ').unwrap_or_default();
            let line = &line[indent..];
            let begins = line.starts_with("fn ") || line.starts_with("pub");
            if begins && let Some((_, behind)) = line.split_once("fn ") {
                function = path(behind);
            }
            if (begins || line.starts_with(')')) && gives_guard(line) {
                add(&mut self.givers, function);
            }
            if line.starts_with("impl") {
                let head = head(line, &mut lines);
                inside = shown(&head).is_some().then_some(indent);
                self.implementation(&head);
            }
            if inside.is_some() {
                self.borrows |= line.contains(".borrow()") || line.contains(".borrow_mut()");
                inside = inside.filter(|outer| *outer != indent || !line.starts_with('}') && !is_in_one_line(line));
            } else if let Some(behind) = behind_struct(line) {
                of = Some((indent, path(behind)));
                self.structure(&head(behind, &mut lines));
            }
            if let Some((outer, name)) = of {
                if line.contains("ManuallyDrop<") {
                    add(&mut self.outlived, name);
                }
                of = of.filter(|_| {
                    outer != indent || !line.starts_with('}') && !line.ends_with(';') && !is_in_one_line(line)
                });
            }
        }
    }

    fn structure(&mut self, head: &str) {
        let head = head.split('(').next().unwrap_or_default();
        let wanted = wants(head);
        if wanted > 0 {
            self.strict.push((path(head).to_owned(), wanted));
        }
    }

    fn implementation(&mut self, head: &str) {
        self.indexed |= indexes(head);
        let Some((params, behind)) = shown(head) else { return };
        let (this, bounds) = behind.split_once(" where ").unwrap_or((behind, ""));
        if this.contains("dyn ") {
            // With a lifetime it is for all of them.
            let objects = this.split("dyn ").skip(1).filter(|_| !this.replace("'static", "").contains('\''));
            objects.map(name).for_each(|name| add(&mut self.traits, name));
            return;
        }
        let wanted = wants(params) + wants(bounds);
        let never = usize::MAX;
        let wanted = if this.contains("'static") || is_any_twice(params, this) { never } else { wanted };
        let name = name(this.trim_start_matches('&').trim_start_matches("'static").trim_start());
        if wanted > 0 && !name.is_empty() {
            self.types.push((name.to_owned(), wanted));
        }
    }
}

/// What is before and behind the trait of an implementation that shows values.
fn shown(head: &str) -> Option<(&str, &str)> {
    head.split_once("Debug for ").or_else(|| head.split_once("Serialize for "))
}

/// Whether a line says that a function gives back the guard of a lock. (Such a `new` or `get` says nothing of others.)
fn gives_guard(line: &str) -> bool {
    let Some((before, ty)) = line.split_once("->") else { return false };
    let is_common = |name: &str| before.contains(name);
    ty.contains("Guard")
        && (ty.contains("Mutex") || ty.contains("RwLock"))
        && !["fn new(", "fn get(", "fn iter(", "fn next(", "fn clone(", "fn default("].into_iter().any(is_common)
}

/// Whether an item ends in the line that it begins in.
fn is_in_one_line(line: &str) -> bool {
    line.contains('{') && line.trim_end().ends_with('}')
}

/// The head of an item, which may take several lines.
fn head<'t>(first: &'t str, lines: &mut Lines<'t>) -> Cow<'t, str> {
    const MOST: usize = 30;
    let cut = |line: &'t str| line.split_once(['{', ';']).map_or((line, false), |(part, _)| (part, true));
    let (part, mut ended) = cut(first);
    let mut head = Cow::Borrowed(part);
    for line in lines.take(if ended { 0 } else { MOST }) {
        let part;
        (part, ended) = cut(line);
        head = (head.into_owned() + " " + part.trim()).into();
        if ended {
            break;
        }
    }
    head
}

/// What is behind `pub struct`.
fn behind_struct(line: &str) -> Option<&str> {
    let line = match line.strip_prefix("pub") {
        Some(behind) => behind.strip_prefix('(').and_then(|scope| scope.split_once(')')).map_or(behind, |(_, b)| b),
        None => line,
    };
    let line = line.trim_start();
    ["struct ", "enum ", "union "].iter().find_map(|word| line.strip_prefix(word))
}

/// How often bounds say that something lives for ever.
fn wants(bounds: &str) -> usize {
    let mut before = "";
    let words = bounds.split([' ', ',', '>']).filter(|word| !word.is_empty());
    let count = words.filter(|word| {
        let is_bound = before.ends_with(':') || before == "+";
        before = word;
        is_bound && (*word == "'static" || *word == "Any" || word.ends_with("::Any"))
    });
    count.count()
}

/// Whether a type has one of the parameters of its implementation twice.
fn is_any_twice(params: &str, this: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '\'' || c == ':';
    let is_twice = |name: &str| this.split(|c| !is_part(c)).filter(|word| *word == name).count() > 1;
    names(params).into_iter().any(is_twice)
}

/// The names in `impl<'a, T: Debug, const N: usize>`.
fn names(params: &str) -> Vec<&str> {
    let (mut names, mut depth, mut begins, mut before) = (Vec::new(), 0, false, ' ');
    for (at, c) in params.char_indices() {
        match c {
            '<' | '(' | '[' => (depth, begins) = (depth + 1, depth == 0),
            '>' if before == '-' => {}
            '>' | ')' | ']' => depth -= 1,
            ',' => begins = depth == 1,
            ' ' => {}
            _ if begins => {
                let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '\'';
                names.extend(params[at..].split(|c| !is_part(c)).next());
                begins = false;
            }
            _ => {}
        }
        if depth < 0 {
            break;
        }
        before = c;
    }
    names
}

/// Whether an implementation is of `Index`, and by what a number without a type may be.
fn indexes(head: &str) -> bool {
    let mut before = "";
    head.split("Index<").any(|behind| {
        let is_other = before.is_empty() || before.ends_with(char::is_alphanumeric);
        before = behind;
        let by = behind.split(['<', '>', ' ']).next().unwrap_or_default();
        let last = by.rsplit("::").next().unwrap_or_default();
        !is_other && !["usize", "Range", "&", "("].iter().any(|other| last.starts_with(other))
    })
}

fn add(names: &mut Vec<String>, name: &str) {
    if !name.is_empty() && !names.iter().any(|known| known == name) {
        names.push(name.to_owned());
    }
}

/// The name that a text begins with, behind its path.
fn name(text: &str) -> &str {
    path(text).rsplit("::").next().unwrap_or_default()
}

/// The path that a text begins with.
pub(crate) fn path(text: &str) -> &str {
    let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    &text[..text.find(|c| !is_path(c)).unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn implementations_with_bounds_are_found() {
        for (text, types) in [
            ("impl<T> Debug for Row<T> where T: 'static {", "Row"),
            ("impl<T: 'static> Debug for Row<T> {", "Row"),
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
    fn functions_that_give_back_guards_are_found() {
        for (text, expected) in [
            ("    fn inner(&self) -> MutexGuard<'_, Inner> {", "inner"),
            ("pub(crate) fn state(&self) -> sync::RwLockReadGuard<'_, State> {", "state"),
            ("pub fn state<T>(\n    &self,\n    x: T,\n) -> LockResult<MutexGuard<'_, State>> {", "state"),
            ("fn new(lock: &Mutex<u8>) -> Guard {", ""),
            ("fn new(lock: &Mutex<u8>) -> MutexGuard<u8> {", ""),
            ("fn f(guard: MutexGuard<u8>) -> u8 {", ""),
        ] {
            assert_eq!(found(text).givers.join(" "), expected, "{text}");
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
        ] {
            assert_eq!(found(text).borrows, expected, "{text}");
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
}

//! Types and names whose values are never looked into.

use super::redact;

/// What is looked through: a value behind one of these is what is meant.
const POINTERS: [&str; 7] =
    ["&mut ", "&", "dyn ", "alloc::boxed::Box<", "alloc::rc::Rc<", "alloc::sync::Arc<", "core::pin::Pin<"];

/// Types whose `Debug` runs what is to be run once: it takes an iterator, or calls the program's own `Display`s.
const ONCE: [&str; 5] = [
    "core::fmt::Arguments",
    "core::fmt::builders::FromFn",
    "itertools::format::Format",
    "itertools::format::FormatWith",
    "log::Record",
];

/// Whether a type is one of those whose `Debug` can't be told from the program's own doings, or has one for an argument.
pub(crate) fn is_once(type_name: &str) -> bool {
    // Byte by byte: unoptimised, a search for each takes many times as long.
    let mut bytes = type_name.as_bytes();
    while let [first, behind @ ..] = bytes {
        let may_be = *first == b':'
            && matches!(
                behind,
                [b'A', b'r', b'g', ..] | [b'F', b'r', b'o', ..] | [b'F', b'o', b'r', ..] | [b'R', b'e', b'c', ..]
            );
        if may_be && ONCE.iter().any(|once| type_name.contains(once)) {
            return true;
        }
        bytes = behind;
    }
    false
}

/// Whether a glob is about a field of this name.
pub(super) fn names(glob: &str, name: &str) -> bool {
    !glob.contains("::") && matches(glob, name)
}

/// Whether one of the globs is about a type. Generic arguments don't count; a glob without `::` is about the last name.
pub(super) fn hides(globs: &[&str], type_name: &str) -> bool {
    let path = path(type_name);
    let last = path.rsplit("::").next().unwrap_or(path);
    globs.iter().any(|glob| matches(glob, if glob.contains("::") { path } else { last }))
}

fn matches(glob: &str, text: &str) -> bool {
    redact::matches(glob.as_bytes(), text.as_bytes(), true)
}

/// The path of a type, without the pointers to it and its arguments.
pub(crate) fn path(type_name: &str) -> &str {
    let mut rest = type_name;
    while let Some(inner) = POINTERS.iter().find_map(|pointer| rest.strip_prefix(pointer)) {
        rest = inner;
    }
    rest.split(['<', '>', ' ', ',']).next().unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types() {
        for (glob, name, hit) in [
            ("*::Pool", "my::db::Pool", true),
            ("*::Pool", "&mut my::db::Pool<u8>", true),
            ("*::Pool", "alloc::sync::Arc<my::db::Pool<alloc::string::String>>", true),
            ("*::Pool", "core::pin::Pin<alloc::boxed::Box<dyn my::Pool + core::marker::Send>>", true),
            ("my::*", "my::db::Pool", true),
            ("my::Pool", "my::db::Pool", false),
            ("Pool", "my::db::Pool<my::Other>", true),
            ("Pool", "my::Pool::Inner", false),
            ("pool", "my::db::Pool", false),
            ("*::Other", "my::db::Pool<my::Other>", false),
            ("Po*", "u8", false),
        ] {
            assert_eq!(hides(&[glob], name), hit, "{glob} {name}");
        }
        assert!(!hides(&[], "my::Pool"));
    }

    #[test]
    fn what_is_shown_once() {
        assert!(is_once(std::any::type_name::<&&std::fmt::Arguments<'_>>()));
        assert!(is_once(std::any::type_name_of_val(&std::fmt::from_fn(|_| Ok(())))));
        assert!(is_once("itertools::format::Format<core::slice::iter::Iter<u8>>") && !is_once("my::Format"));
        assert!(is_once("core::cell::RefCell<(core::fmt::Arguments, u8)>") && !is_once("my::Arguments"));
    }

    #[test]
    fn fields() {
        assert!(names("*_pool", "db_pool") && !names("*_pool", "db_Pool") && !names("*::Pool", "Pool"));
    }
}

//! Types and names whose values are never looked into.

use super::redact;

/// What is looked through: a value behind one of these is what is meant.
const POINTERS: [&str; 7] =
    ["&mut ", "&", "dyn ", "alloc::boxed::Box<", "alloc::rc::Rc<", "alloc::sync::Arc<", "core::pin::Pin<"];

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
    fn fields() {
        assert!(names("*_pool", "db_pool") && !names("*_pool", "db_Pool") && !names("*::Pool", "Pool"));
    }
}

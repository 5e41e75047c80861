//! Whether a `Debug` borrows from a `RefCell` by the methods that it calls: of those of the same file, where names mean the same.

use super::functions::Functions;
use super::text::path;

/// Whether a line borrows.
pub(super) fn are_in(line: &str) -> bool {
    [".borrow()", ".borrow_mut()", ".with_borrow", "RefCell::borrow"].iter().any(|borrow| line.contains(borrow))
}

/// Adds what a line calls: methods of `self`, and its `Display`.
pub(super) fn calls<'t>(called: &mut Vec<&'t str>, line: &'t str) {
    let display = line.contains("Display::fmt(").then_some("fmt");
    let own = line.split("self.").skip(1).filter_map(|behind| {
        let name = path(behind);
        behind[name.len()..].starts_with('(').then_some(name)
    });
    for name in own.chain(display) {
        if !called.contains(&name) {
            called.push(name);
        }
    }
}

/// Whether one of these methods of a file does, or one that it calls.
pub(super) fn any_in<'t>(text: &str, functions: &Functions<'t>, called: &mut Vec<&'t str>) -> bool {
    if !text.contains("RefCell") {
        return false;
    }
    let (mut at, mut any) = (0, false);
    while let Some(name) = called.get(at).copied() {
        functions.read(name, |line| {
            any |= are_in(line);
            calls(called, line);
        });
        at += 1;
    }
    any
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn borrows_are_found_through_methods() {
        let text = "\
            struct X(RefCell<u8>);
            impl X {
                fn name(&self) -> u8 {
                    self.inner(|x| *x)
                }
                fn inner<R>(&self, f: impl Fn(&u8) -> R) -> R { f(&RefCell::borrow(&self.0)) }
                fn size(&self) -> u8 {
                    self.0.len()
                }
                fn other(&self) {
                    self.0.borrow_mut();
                }
            }
        ";
        for (line, expected) in [
            ("f.write_str(&self.name())", true),
            ("write!(f, \"{}\", self.size())", false),
            ("f.write_str(self.name)", false),
            ("fmt::Display::fmt(self, f)", false),
        ] {
            let mut called = Vec::new();
            calls(&mut called, line);
            assert_eq!(any_in(text, &Functions::of(text), &mut called), expected, "{line}");
        }
        let text = "fn name(&self) { self.0.borrow() }";
        assert!(!any_in(text, &Functions::of(text), &mut vec!["name"]));
    }
}

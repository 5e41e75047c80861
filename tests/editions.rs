//! Editions: what is woven dies when it did, also in macros of crates of another edition than the user's.

#[path = "common/package.rs"]
mod package;

use package::{Package, dependency};

/// A function whose `return` is the value of a block: whether what it makes dies before or behind the block's locals is told by the edition of the
/// braces.
const MACROS: &str = r#"
#[macro_export]
macro_rules! leaves {
    ($(#[$attribute:meta])* $name:ident, $made:path) => {
        $(#[$attribute])*
        pub fn $name(c: bool) -> usize {
            let _first = $made("first");
            if c {
                let _second = $made("second");
                return $made("value").len()
            }
            $made("tail").len()
        }
    };
}
"#;

const MAIN: &str = r#"
use std::cell::RefCell;

thread_local!(static DROPPED: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) });

pub struct Loud(&'static str);

impl Loud {
    fn len(&self) -> usize {
        self.0.len()
    }

    unsafe fn len_unchecked(&self) -> usize {
        self.0.len()
    }
}

impl Drop for Loud {
    fn drop(&mut self) {
        DROPPED.with_borrow_mut(|dropped| dropped.push(self.0));
    }
}

macros::leaves! { plain, Loud }
macros::leaves! { #[scope::instrument(level = "full")] woven, Loud }

fn plain_unchecked(_: bool) -> usize {
    let _first = Loud("first");
    return unsafe { Loud("value").len_unchecked() }
}

#[scope::instrument(level = "full")]
fn woven_unchecked(_: bool) -> usize {
    let _first = Loud("first");
    return unsafe { Loud("value").len_unchecked() }
}

fn main() {
    for c in [false, true] {
        for (plain, woven) in [(plain as fn(bool) -> usize, woven as fn(bool) -> usize), (plain_unchecked, woven_unchecked)] {
            let dropped = [plain, woven].map(|f| (f(c), DROPPED.take()));
            assert_eq!(dropped[0], dropped[1]);
        }
    }
}
"#;

#[test]
fn what_is_given_back_dies_when_it_did() {
    for (macros, edition) in [("2018", "2024"), ("2021", "2024"), ("2024", "2021"), ("2024", "2018"), ("2021", "2021")]
    {
        let name = format!("editions-{macros}-{edition}");
        let manifest = format!("[dependencies]\n{}\nmacros = {{ path = \"macros\" }}", dependency());
        let package = Package::new(&name, edition, &manifest);
        package.write("src/main.rs", MAIN);
        std::fs::create_dir_all(package.path().join("macros/src")).expect("a folder");
        package.write("macros/src/lib.rs", MACROS);
        let manifest = format!("[package]\nname = \"macros\"\nversion = \"0.0.0\"\nedition = \"{macros}\"\n");
        package.write("macros/Cargo.toml", &manifest);
        let output = package.cargo(&["run"]).output().expect("cargo runs");
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

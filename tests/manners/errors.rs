//! Errors of the user's own: the same ones, at the same places.

use crate::compiler::{Compiler, Job, OTHERWISE, Said, differences, for_all, sources};

/// Code that is not Rust, or not yet: what an editor sees while it is typed. Each stands before a function that is wrong in
/// another way.
const HALF_TYPED: &str = include_str!("half_typed.txt");

/// From where to where it is, and what is said.
fn key(said: &Said) -> String {
    format!("{} {} {}", said.places, said.code, without_names(&said.text))
}

/// The types of async blocks have a name round them, and may be too long then for rustc to tell them.
fn without_names(text: &str) -> String {
    let (mut plain, mut rest) = (String::new(), text);
    while let Some((before, place)) = rest.split_once("{async block@") {
        let (_, after) = place.split_once('}').expect("its end");
        plain += before;
        plain += "{async block}";
        rest = after;
    }
    let text = plain + rest;
    ["scope_core::watch::AsyncBlock<{async block}>", "AsyncBlock<{async block}>", "AsyncBlock<...>"]
        .iter()
        .fold(text, |text, named| text.replace(named, "{async block}"))
}

fn job<'a>(name: &'a str, source: &'a str) -> Job<'a> {
    Job { name, source, edition: "2021", lints: None, forbidden: &[], level: None, renamed: None, alone: false }
}

#[test]
fn errors_are_the_same() {
    let wrong = for_all(&sources("errors"), |(name, source)| differences(job(name, source), &[OTHERWISE], key));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn errors_are_shown_the_same() {
    // Labels, notes and suggestions.
    let marks = [OTHERWISE, "//- "];
    let wrong = for_all(&sources("errors"), |(name, source)| {
        differences(job(name, source), &marks, |said| without_names(&said.shown))
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn errors_are_found_at_all() {
    for (name, source) in &sources("errors") {
        let said = Compiler::get().says(job(name, source));
        let functions = source.matches("/*@*/").count();
        assert!(said.len() >= functions, "{name}: {} errors in {functions} functions", said.len());
    }
}

#[test]
fn names_are_no_longer_with_us() {
    const TRAITS: [&str; 24] = [
        "fmt::Debug",
        "fmt::Display",
        "clone::Clone",
        "marker::Copy",
        "default::Default",
        "hash::Hash",
        "cmp::Eq",
        "cmp::PartialOrd",
        "iter::Iterator",
        "iter::ExactSizeIterator",
        "future::Future",
        "future::IntoFuture",
        "ops::Deref",
        "ops::Add",
        "error::Error",
        "io::Read",
        "io::Write",
        "str::FromStr",
        "string::ToString",
        "process::Termination",
        "hash::Hasher",
        "fmt::LowerHex",
        "fmt::Pointer",
        "iter::Sum",
    ];
    // Also where something of ours is called the same.
    const OWN: [&str; 26] = [
        "Batch", "Block", "Buffer", "Builder", "Call", "Clock", "Config", "Filter", "Guard", "Int", "Items", "Kind",
        "Limits", "Line", "Options", "Place", "Producer", "Question", "Record", "Rings", "Sites", "Stats", "Tag",
        "Task", "Text", "Value",
    ];
    const TYPES: [&str; 27] = [
        "string::String",
        "vec::Vec<u8>",
        "option::Option<u8>",
        "result::Result<u8, u8>",
        "rc::Rc<u8>",
        "cell::RefCell<u8>",
        "collections::HashMap<u8, u8>",
        "time::Duration",
        "time::Instant",
        "path::PathBuf",
        "sync::Mutex<u8>",
        "thread::Thread",
        "process::Command",
        "fs::File",
        "net::TcpStream",
        "ops::Range<u8>",
        "marker::PhantomData<u8>",
        "task::Poll<u8>",
        "cmp::Ordering",
        "io::Error",
        "fmt::Arguments<'static>",
        "any::TypeId",
        "panic::Location<'static>",
        "collections::hash_map::Entry<'static, u8, u8>",
        "iter::Map<std::vec::IntoIter<u8>, fn(u8) -> u8>",
        "iter::Peekable<std::vec::IntoIter<u8>>",
        "thread::Builder",
    ];
    let own = OWN.map(|name| {
        format!("mod of_{name} {{ pub struct {name} {{}} pub fn of(x: {name}) {{ fn f<T: Copy>(_: T) {{}} f(x) }} }}\n")
    });
    let wanted = (0..).zip(TRAITS).map(|(n, of)| format!("fn t{n}(x: X) {{ fn f<T: std::{of}>(_: T) {{}} f(x) }}\n"));
    let given = (0..).zip(TYPES).map(|(n, of)| format!("fn g{n}(x: std::{of}) {{ let _: [(); 3] = x; }}\n"));
    let unused =
        "fn unused(x: Vec<u8>) { x.iter().map(|x| x + 1).skip(1).foo(); x.iter().filter(|x| **x > 1).foo(); }\n"
            .to_owned();
    let source = "struct X;\n".to_owned() + &wanted.chain(given).chain(own).chain([unused]).collect::<String>();
    let says = |alone| Compiler::get().says(Job { alone, ..job("names", &source) }).iter().map(key).collect::<Vec<_>>();
    assert_eq!(says(true), says(false));
}

#[test]
fn half_typed_code_has_the_same_errors() {
    let sources: Vec<(String, String)> = (1..)
        .zip(HALF_TYPED.lines())
        .map(|(line, code)| {
            let code = code.replace("\\n", "\n");
            (format!("line{line}"), format!("#![allow(unused)]\n/*@*/\n{code}\nfn other() {{ let x: u8 = \"x\"; }}\n"))
        })
        .collect();
    let wrong = for_all(&sources, |(name, source)| {
        let wrong = differences(job(name, source), &[OTHERWISE], key);
        wrong.into_iter().map(|wrong| format!("{wrong} in {source}")).collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

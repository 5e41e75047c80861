//! Crates with an `impl Debug for dyn Trait`, which is for those trait objects that live for ever: `dyn Trait + 'static`.
//!
//! A variable of a type that is nowhere written may hold such an object with a shorter life. Lookup would take that `Debug` all the same, it
//! knows no lifetimes, and the borrow checker would refuse the user's function. What a function's tokens don't tell is read in the sources:
//! in files that mention such an object behind a reference, variables of unknown types are not looked into.
//!
//! An `impl Debug for R<'static>` is the same for a type. A function that names it, or is a method of it, is woven without values; all others of
//! the crate without variables of unknown types.
//!
//! The sources also tell whether what `x[0]` is may hang on the type of the number, see [`super::late`].

use crate::check::any_token;
use proc_macro2::{Span, TokenStream, TokenTree};
use std::borrow::Cow;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::str::Lines;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// What is known of the files of a crate: a process compiles one (an editor's server goes from one to the next).
static KNOWN: Mutex<Option<Known>> = Mutex::new(None);

struct Known {
    folder: PathBuf,
    /// Where its sources are, all of which were read.
    read: PathBuf,
    found: Found,
    /// The files that were asked about, with their dates.
    files: HashMap<String, (Option<SystemTime>, bool)>,
}

/// What has such an implementation.
#[derive(Default)]
struct Found {
    traits: Vec<String>,
    types: Vec<String>,
    /// Whether something has another `Index` than by `usize`.
    indexed: bool,
}

/// Whether a variable in the code at `span` may hold such an object.
pub(crate) fn may_be_at(span: Span) -> bool {
    in_file_of(span, |known, file| known.may_be_in(file)).unwrap_or_default()
}

/// Whether the crate of the code at `span` has something that may be indexed by several types of numbers.
pub(crate) fn are_indexed(span: Span) -> bool {
    in_file_of(span, |known, file| {
        known.may_be_in(file);
        known.found.indexed
    })
    .unwrap_or_default()
}

/// Whether the code at `span`, which is these `tokens` in items of these `names`, names a type whose `Debug` is for those of its values that live
/// for ever.
pub(crate) fn are_named(span: Span, names: &[String], tokens: impl FnOnce() -> TokenStream) -> bool {
    let types = in_file_of(span, |known, file| {
        known.may_be_in(file);
        known.found.types.clone()
    });
    let types = types.unwrap_or_default();
    let is_one = |word: &str| types.iter().any(|name| name == word);
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let is_token = |token: &TokenTree| matches!(token, TokenTree::Ident(ident) if is_one(&ident.to_string()));
    !types.is_empty()
        && (names.iter().any(|name| name.split(|c| !is_part(c)).any(is_one))
            || any_token(&tokens(), &mut |token, _| is_token(token)))
}

/// What is known of the crate with the code at `span`, and its file.
fn in_file_of<R>(span: Span, see: impl FnOnce(&mut Known, String) -> R) -> Option<R> {
    let file = span.file();
    if file.is_empty() || file.starts_with('<') {
        return None;
    }
    let folder = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from("."), PathBuf::from);
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let of_crate = known.take().filter(|known| known.folder == folder);
    let known = known.insert(of_crate.unwrap_or_else(|| {
        let mut found = Found::default();
        let sources = folder.join("src");
        read(&sources, &mut found);
        let read = fs::canonicalize(&sources).unwrap_or(sources);
        Known { folder, read, found, files: HashMap::new() }
    }));
    Some(see(known, file))
}

impl Known {
    fn may_be_in(&mut self, file: String) -> bool {
        let date = fs::metadata(&file).and_then(|data| data.modified()).ok();
        if let Some((seen, found)) = self.files.get(&file)
            && *seen == date
        {
            return *found;
        }
        let text = fs::read_to_string(&file).unwrap_or_default();
        let was_read = fs::canonicalize(&file).is_ok_and(|path| path.starts_with(&self.read));
        if !was_read {
            implemented(&text, &mut self.found);
        }
        let found = !self.found.types.is_empty() || self.found.traits.iter().any(|name| mentions(&text, name));
        self.files.insert(file, (date, found));
        found
    }
}

/// What has such implementations in the files of a folder.
fn read(folder: &Path, found: &mut Found) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            read(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            implemented(&fs::read_to_string(&path).unwrap_or_default(), found);
        }
    }
}

/// What has such implementations in a text.
fn implemented(text: &str, found: &mut Found) {
    // Line by line, and by bytes: unoptimised, a search through all of the text takes ten times as long.
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let indent = line.bytes().position(|byte| byte != b' ').unwrap_or_default();
        if line[indent..].starts_with("impl") {
            head(&whole(&line[indent..], &mut lines), found);
        }
    }
}

/// The head of an implementation, which may take several lines.
fn whole<'t>(first: &'t str, lines: &mut Lines<'t>) -> Cow<'t, str> {
    const MOST: usize = 30;
    if let Some((head, _)) = first.split_once('{') {
        return head.into();
    }
    let mut head = first.to_owned();
    for line in lines.take(MOST) {
        let (part, end) = line.split_once('{').map_or((line, false), |(part, _)| (part, true));
        head = head + " " + part.trim();
        if end {
            break;
        }
    }
    head.into()
}

fn head(head: &str, found: &mut Found) {
    found.indexed |= indexes(head);
    if !head.contains("dyn ") && !head.contains("'static") {
        return;
    }
    let Some((_, behind)) = head.split_once("Debug for ").or_else(|| head.split_once("Serialize for ")) else {
        return;
    };
    let this = behind.split(" where ").next().unwrap_or_default();
    // With a lifetime it is for all of them.
    if this.replace("'static", "").contains('\'') {
        return;
    }
    for object in this.split("dyn ").skip(1) {
        add(&mut found.traits, object);
    }
    if !this.contains("dyn ") && this.contains("'static") {
        add(&mut found.types, this.trim_start_matches('&').trim_start_matches("'static").trim_start());
    }
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

/// Adds the name that a text begins with, behind its path.
fn add(names: &mut Vec<String>, text: &str) {
    let name = path(text).rsplit("::").next().unwrap_or_default();
    if !name.is_empty() && !names.iter().any(|known| known == name) {
        names.push(name.to_owned());
    }
}

/// Whether a text has an object of this trait behind a reference, or with a lifetime.
fn mentions(text: &str, name: &str) -> bool {
    if !text.contains("dyn ") {
        return false;
    }
    let mut before = "";
    for part in text.split("dyn ") {
        let object = path(part);
        let named = object == name || object.strip_suffix(name).is_some_and(|path| path.ends_with("::"));
        if named {
            let bound = part[object.len()..].trim_start().strip_prefix('+').is_some_and(|behind| {
                let end = behind.find(['>', ')', ',', ';', '{', '=']).unwrap_or(behind.len());
                behind[..end].replace("'static", "").contains('\'')
            });
            if bound || is_reference(before) {
                return true;
            }
        }
        before = part;
    }
    false
}

/// The path that a text begins with.
fn path(text: &str) -> &str {
    let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    &text[..text.find(|c| !is_path(c)).unwrap_or(text.len())]
}

/// Whether a text ends as a reference begins: `&`, `&'a`, `& mut`, `&'a (`.
fn is_reference(text: &str) -> bool {
    let text = text.trim_end().trim_end_matches('(').trim_end();
    let text = text.strip_suffix("mut").unwrap_or(text).trim_end();
    let word = text.trim_end_matches(|c: char| c.is_alphanumeric() || c == '_');
    text.ends_with('&') || word.ends_with('\'')
}

#[cfg(test)]
mod tests {
    use super::*;

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
            ("impl<'a> Debug for Row<'a> {", "", ""),
            ("impl Debug for Row<'_> {", "", ""),
            ("impl<T> Debug for Row<T> where T: 'static {", "", ""),
            ("impl<T: 'static> Debug for Row<T> {", "", ""),
            ("impl Debug for Row { fn f(x: &'static str) {} }", "", ""),
            ("impl From<&'static str> for Row {", "", ""),
        ] {
            let mut found = Found::default();
            implemented(text, &mut found);
            assert_eq!(
                (found.traits.join(" "), found.types.join(" ")),
                (traits.to_owned(), types.to_owned()),
                "{text}"
            );
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
            let mut found = Found::default();
            implemented(text, &mut found);
            assert_eq!(found.indexed, expected, "{text}");
        }
    }

    #[test]
    fn objects_that_may_live_shorter_are_found() {
        for (text, expected) in [
            ("x: &dyn Value", true),
            ("x: &'a [&'a (dyn Value + 'a)]", true),
            ("x: &mut dyn crate::Value,", true),
            ("x: Box<dyn Value + Send + 'a>", true),
            ("x: Box<dyn Value>", false),
            ("x: Box<dyn Value + 'static>", false),
            ("x: &dyn Values", false),
            ("x: &dyn Other", false),
            ("x: Box<dyn Value>, y: &'a str", false),
        ] {
            assert_eq!(mentions(text, "Value"), expected, "{text}");
        }
    }
}

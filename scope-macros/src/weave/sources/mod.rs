//! What a function's tokens don't tell, and the sources of its crate do.
//!
//! **Crates with an `impl Debug for dyn Trait`**, which is for those trait objects that live for ever: `dyn Trait + 'static`. A variable of a type that
//! is nowhere written may hold such an object with a shorter life. Lookup would take that `Debug` all the same, it knows no lifetimes, and the
//! borrow checker would refuse the user's function. In files that mention such an object behind a reference, variables of unknown types are
//! not looked into.
//!
//! An `impl Debug for R<'static>` is the same for a type, and so is an `impl<T: 'static> Debug for R<T>`, or one for `R<T, T>`, whose two
//! lifetimes have to be one. A function that names it, or is a method of it, is woven without values; all others of the crate without
//! variables of unknown types.
//!
//! **Types with a `ManuallyDrop`**: functions that name one are woven without values. Its `drop` may have dropped that, and still call a method.
//!
//! Traits of some well-known crates have such a `Debug`, too ([`OBJECTS`]): the sources of others are not read.
//!
//! **Types with pointers and a `Debug` that was written by hand**: functions that are not for others and name one are woven without values. They may
//! find it half changed.
//!
//! What holds such a type, or the guard of a lock, is found in the same file alone ([`parts`]): names are few, and through all of a crate one would lead to
//! the next until none were left.
//!
//! **Types whose `Debug` hangs on itself**: where lookup is by bounds, to ask for it would have no end, and functions that name one have no values.
//!
//! **What makes statics** ([`statics`]): while that runs, a `Debug` may not ask for them.
//!
//! **Also** which functions give back the guard of a lock, which maps have locks for entries, and other names that mean something else here
//! ([`learnt`]); whether a `Debug` borrows from a `RefCell`; and whether what `x[0]` is may hang on the type of the number, see
//! [`crate::weave::values::late`].

use crate::check::any_token;
use found::Found;
use heads::Heads;
use proc_macro2::{Span, TokenStream, TokenTree};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;
use text::path;

mod asks;
mod borrows;
mod found;
mod functions;
mod heads;
pub(crate) mod learnt;
mod lines;
mod maps;
mod marks;
mod parts;
mod pointers;
mod read;
mod statics;
mod text;

/// Traits of well-known crates with a `Debug` for those of their objects that live for ever, in files that name the crate, where it is a dependency.
const OBJECTS: [(&str, &str); 1] = [("tracing", "Value")];

/// What is known of the files of a crate: a process compiles one (an editor's server goes from one to the next).
static KNOWN: Mutex<Option<Known>> = Mutex::new(None);

struct Known {
    folder: PathBuf,
    /// Where its sources are, all of which were read.
    read: PathBuf,
    found: Found,
    /// The crates of [`OBJECTS`] that its manifest names, and their traits.
    objects: Vec<(&'static str, &'static str)>,
    /// The heads of those files that were not asked about.
    heads: HashMap<PathBuf, Heads>,
    /// The files that were.
    files: HashMap<String, Seen>,
}

/// What was seen in a file.
struct Seen {
    date: Option<SystemTime>,
    may_be_in: bool,
    /// The items that its functions are in, once that was asked.
    heads: Option<Heads>,
    /// The methods that it calls on `self`, the same.
    called: Option<Vec<String>>,
}

/// A function that is asked about.
pub(crate) struct Asked<'n> {
    pub(crate) span: Span,
    /// The names of the items that it is in, and its own.
    pub(crate) names: &'n [String],
    /// Whether these are all that there are to be known of it: the attribute is its own.
    pub(crate) alone: bool,
    /// Whether types are open to the end.
    pub(crate) late: bool,
    /// Whether it is not for others.
    pub(crate) inner: bool,
}

/// Has the crate of the code at `span` read, for what [`learnt`] knows.
pub(crate) fn read_at(span: Span) {
    in_file_of(span, |known, file| known.may_be_in(&file));
}

/// Whether a variable in the code at `span` may hold such an object.
pub(crate) fn may_be_at(span: Span) -> bool {
    in_file_of(span, |known, file| known.may_be_in(&file)).unwrap_or_default()
}

/// Whether this was found in the crate of the code at `span`.
pub(crate) fn are_found(span: Span, what: fn(&Found) -> bool) -> bool {
    in_file_of(span, |known, file| {
        known.may_be_in(&file);
        what(&known.found)
    })
    .unwrap_or_default()
}

/// Whether a function, which is these `tokens`, names a type whose `Debug` is for those of its values that live for ever, or may be asked when a part is
/// dropped; or, where types are open to the end, can't be known to be; or, in a function that is not for others, when a part of a value is changed
/// that the rest does not fit yet. Or is in an item that names one.
pub(crate) fn are_named(asked: &Asked<'_>, tokens: impl FnOnce() -> TokenStream) -> bool {
    let found = in_file_of(asked.span, |known, file| {
        known.may_be_in(&file);
        let Found { traits, outlived, endless, .. } = &known.found;
        let always = known.found.types().map(str::to_owned).chain(outlived.iter().cloned());
        let mut types: Vec<_> = always.chain(endless.iter().filter(|_| asked.late).cloned()).collect();
        let (fragile, traits) = (known.found.fragile().to_vec(), traits.clone());
        // One for others may be called in the middle of a change, too.
        let own = asked.names.last().map_or("", String::as_str);
        let inner = !fragile.is_empty() && (asked.inner || known.calls(&file, own));
        if types.is_empty() && traits.is_empty() && !inner {
            return (types, None, false);
        }
        let around = if asked.alone { known.around(&file, asked.span) } else { None };
        let of_trait = around.as_ref().is_some_and(|head| head.contains(" for "));
        types.extend(fragile.into_iter().filter(|_| inner && !of_trait));
        // `impl<'a> dyn Shape + 'a`: such an object is what `self` is.
        let of_object = asked.names.iter().chain(&around).any(|item| traits.iter().any(|of| mentions(item, of)));
        (types, around, of_object)
    });
    let (types, around, of_object) = found.unwrap_or_default();
    let is_one = |word: &str| types.iter().any(|name| name == word);
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let is_token = |token: &TokenTree| matches!(token, TokenTree::Ident(ident) if is_one(&ident.to_string()));
    of_object
        || !types.is_empty()
            && (asked.names.iter().chain(&around).any(|name| name.split(|c| !is_part(c)).any(is_one))
                || any_token(&tokens(), &mut |token, _| is_token(token)))
}

/// The head of the `impl` or trait that the code at `span` is in.
pub(crate) fn head_around(span: Span) -> Option<String> {
    in_file_of(span, |known, file| {
        known.may_be_in(&file);
        known.around(&file, span)
    })
    .flatten()
}

/// Whether the head of an `impl` or a trait has to do with a trait.
pub(crate) fn is_of_trait(head: &str) -> bool {
    head.contains(" for ") || head.contains("trait ")
}

/// Whether the code at `span` is seen to be in no trait, nor in an `impl` of one.
pub(crate) fn is_of_no_trait(span: Span) -> bool {
    let is_free = in_file_of(span, |known, file| {
        known.may_be_in(&file);
        let is_read = known.files.get(&file).is_some_and(|seen| seen.date.is_some());
        is_read && known.around(&file, span).is_none_or(|head| !is_of_trait(&head))
    });
    is_free.unwrap_or(false)
}

/// What is known of the crate with the code at `span`, and its file.
fn in_file_of<R>(span: Span, see: impl FnOnce(&mut Known, String) -> R) -> Option<R> {
    let file = span.file();
    if file.is_empty() || file.starts_with('<') {
        return None;
    }
    let folder = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from("."), PathBuf::from);
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let of_crate = known.take().filter(|known| known.folder.as_os_str() == folder.as_os_str());
    let known = known.insert(of_crate.unwrap_or_else(|| {
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
        let mut found = Found::new(maps::are_in(&manifest));
        let sources = folder.join("src");
        let read = fs::canonicalize(&sources).unwrap_or(sources);
        let mut texts = Vec::new();
        add_texts(&read, &mut texts);
        let heads = found.learn(texts.iter().map(|(_, text)| text.as_str()));
        learnt::learn(found.names());
        let heads = texts.into_iter().map(|(path, _)| path).zip(heads).collect();
        let is_named = |(of, _): &(&str, _)| manifest.is_empty() || manifest.contains(of);
        let objects = OBJECTS.into_iter().filter(is_named).collect();
        Known { folder, read, found, objects, heads, files: HashMap::new() }
    }));
    Some(see(known, file))
}

impl Known {
    fn may_be_in(&mut self, file: &str) -> bool {
        let date = fs::metadata(file).and_then(|data| data.modified()).ok();
        if let Some(seen) = self.files.get(file)
            && seen.date == date
        {
            return seen.may_be_in;
        }
        let text = fs::read_to_string(file).unwrap_or_default();
        let path = fs::canonicalize(file).unwrap_or_default();
        let mut heads = self.heads.remove(&path);
        if !path.starts_with(&self.read) {
            heads = self.found.learn([text.as_str()].into_iter()).pop();
            learnt::learn(self.found.names());
        }
        let of_others = self.objects.iter().filter(|(of, _)| text.contains(of)).map(|(_, name)| *name);
        let mut traits = self.found.traits.iter().map(String::as_str).chain(of_others);
        let may_be_in = self.found.types().next().is_some() || traits.any(|name| mentions(&text, name));
        self.files.insert(file.to_owned(), Seen { date, may_be_in, heads, called: None });
        may_be_in
    }

    /// The head of the `impl` or trait that the code at `span` is in: of a file that was asked about.
    fn around(&mut self, file: &str, span: Span) -> Option<String> {
        let read = || Heads::read(&fs::read_to_string(file).unwrap_or_default());
        let heads = self.files.get_mut(file)?.heads.get_or_insert_with(read);
        heads.around(span.start().line).map(str::to_owned)
    }

    /// Whether a method of this name is called on `self`: in a file that was asked about.
    fn calls(&mut self, file: &str, name: &str) -> bool {
        let read = || called_on_self(&fs::read_to_string(file).unwrap_or_default());
        let seen = self.files.get_mut(file);
        seen.is_some_and(|seen| seen.called.get_or_insert_with(read).iter().any(|called| called == name))
    }
}

/// `self.len()`, `Self::len(self)`
fn called_on_self(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for behind in ["self.", "Self::"].into_iter().flat_map(|this| text.split(this).skip(1)) {
        let name = path(behind);
        if behind[name.len()..].starts_with('(') {
            found::add(&mut names, name);
        }
    }
    names
}

/// Adds the sources in a folder.
fn add_texts(folder: &Path, texts: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            add_texts(&path, texts);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let text = fs::read_to_string(&path).unwrap_or_default();
            texts.push((path, text));
        }
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
    fn methods_that_are_called_on_self() {
        let text = "let n = self.len(); if self.head.is_null() {} Self::grow(self); self.next = x; this.other()";
        assert_eq!(called_on_self(text), ["len", "grow"]);
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

//! What is forbidden where an attribute stands: under `#![forbid(unreachable_code)]`, an `#[allow(unreachable_code)]` of ours is an error.
//!
//! There the weave does without: what is behind a body is reached as far as rustc can tell, and what can't be had that way (values of types
//! that are nowhere written) is not in the log. See [`Forbidden::unreachable`].

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, TokenStream, TokenTree};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The lints that are forbidden, as they are called.
#[derive(Debug, Default)]
pub(crate) struct Forbidden {
    names: Vec<String>,
    /// Whether nothing may be pardoned for never being reached.
    pub(crate) unreachable: bool,
}

/// What a list of forbidden lints begins with.
const FORBIDS: &str = "forbid(";

/// What was found out.
struct Known {
    /// The file that was asked about last: all attributes in it follow each other.
    last: Option<(Option<PathBuf>, Arc<Forbidden>)>,
    /// The files without anything that is forbidden: there each is searched once, the crate's root for all.
    harmless: Option<HashSet<PathBuf>>,
}

impl Known {
    const fn new() -> Self {
        Self { last: None, harmless: None }
    }

    /// The text of a file, if something is forbidden in it.
    fn text(&mut self, path: PathBuf) -> Option<String> {
        let harmless = self.harmless.get_or_insert_default();
        if harmless.contains(&path) {
            return None;
        }
        let text = std::fs::read_to_string(&path).ok().filter(|text| may_forbid(text));
        if text.is_none() {
            harmless.insert(path);
        }
        text
    }
}

/// What we pardon of the group `unused`. (The groups of clippy's are left to those who forbid them: that brings warnings, no errors.)
const UNUSED: [&str; 3] = ["unreachable_code", "unused_assignments", "unused_imports"];

/// What is between here and the end of a list, without comments.
fn names_in(mut list: &str) -> String {
    let mut names = String::new();
    while let Some(at) = list.find([')', '/']) {
        names += &list[..at];
        let behind = &list[at..];
        let comment = [("//", "\n"), ("/*", "*/")].into_iter().find(|(begin, _)| behind.starts_with(begin));
        let Some((_, end)) = comment else { return names };
        list = behind.split_once(end).map_or("", |(_, behind)| behind);
    }
    names
}

impl Forbidden {
    /// In the code of `file`: by rustc's command line, where cargo puts the manifest's lints, too, by the root of the crate, which stands there,
    /// and by the files of the modules down to `file`. Some of its functions may forbid what others don't: then less is recorded of all.
    pub(crate) fn in_file(file: Option<PathBuf>) -> Arc<Self> {
        static KNOWN: Mutex<Known> = Mutex::new(Known::new());
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((last, forbidden)) = &known.last
            && *last == file
        {
            return forbidden.clone();
        }
        // Not `args`: one that is no Unicode would be a panic.
        let args: Vec<String> = std::env::args_os().filter_map(|arg| arg.into_string().ok()).collect();
        let root = args.iter().skip(1).find(|arg| arg.ends_with(".rs") && !arg.starts_with('-'));
        let root = root.and_then(|root| std::path::absolute(root).ok());
        let files = leading_to(root.as_deref(), file.as_deref());
        let texts = files.into_iter().filter_map(|path| known.text(path));
        let forbidden = Arc::new(Self::of(&args, texts));
        known.last = Some((file, forbidden.clone()));
        forbidden
    }

    /// `args`: rustc's; `texts`: of the files that the code is in.
    pub(crate) fn of(args: &[String], texts: impl IntoIterator<Item = String>) -> Self {
        let mut names = Vec::new();
        let mut add = |list: &str| names.extend(list.split(',').map(|name| name.trim().replace('-', "_")));
        let mut before = "";
        for arg in args {
            if ["-F", "--forbid"].contains(&before) {
                add(arg);
            } else if let Some(list) = arg.strip_prefix("--forbid=").or_else(|| arg.strip_prefix("-F")) {
                add(list);
            }
            before = arg;
        }
        for text in texts {
            // A comment that says so, or a condition that does not hold, does no harm: then less is recorded.
            text.split(FORBIDS).skip(1).for_each(|list| add(&names_in(list)));
        }
        names.retain(|name| !name.is_empty());
        names.sort_unstable();
        names.dedup();
        let mut forbidden = Self { names, unreachable: false };
        forbidden.unreachable = forbidden.has("unreachable_code");
        forbidden
    }

    fn has(&self, lint: &str) -> bool {
        let groups: &[&str] = match lint {
            "tail_expr_drop_order" => &["rust_2024_compatibility"],
            _ if UNUSED.contains(&lint) => &["unused", "warnings"],
            _ => &[],
        };
        self.names.iter().any(|name| name == lint || groups.contains(&name.as_str()))
    }

    /// The user's code with a mark in each of its own pardons, so that [`Self::without`] leaves them: what a text says is forbidden may be so elsewhere,
    /// under a condition, or in a comment.
    pub(crate) fn marked(&self, code: TokenStream) -> TokenStream {
        if self.names.is_empty() { code } else { marked(&code).unwrap_or(code) }
    }

    /// Woven code without our pardons of what is forbidden, and without marks.
    pub(crate) fn without(&self, code: TokenStream) -> TokenStream {
        if self.names.is_empty() { code } else { self.filtered(code) }
    }

    fn filtered(&self, code: TokenStream) -> TokenStream {
        let mut kept: Vec<TokenTree> = Vec::new();
        for token in code {
            match token {
                TokenTree::Group(group) => match self.attribute(&group, &kept) {
                    Some(inside) if inside.is_empty() => kept.truncate(kept.len() - marks(&kept)),
                    Some(inside) => kept.push(regrouped(&group, inside).into()),
                    None => {
                        let inside = self.filtered(group.stream());
                        kept.push(regrouped(&group, inside).into());
                    }
                },
                other => kept.push(other),
            }
        }
        kept.into_iter().collect()
    }

    /// What is left of an `[allow(…)]` with `before` in front: nothing where all of it goes. `None`: it is something else.
    fn attribute(&self, group: &Group, before: &[TokenTree]) -> Option<TokenStream> {
        let (allow, list) = pardon(group, before)?;
        let tokens: Vec<TokenTree> = list.stream().into_iter().collect();
        if let [TokenTree::Ident(mark), _, theirs @ ..] = &tokens[..]
            && mark == THEIRS
        {
            let theirs = regrouped(&list, theirs.iter().cloned().collect());
            return Some([allow.into(), TokenTree::from(theirs)].into_iter().collect());
        }
        if allow != "allow" {
            return None;
        }
        let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
        let lints = tokens.split(is_comma).filter(|lint| !lint.is_empty());
        let name = |lint: &[TokenTree]| lint.iter().map(ToString::to_string).collect::<String>();
        let left: Vec<&[TokenTree]> = lints.filter(|lint| !self.has(&name(lint))).collect();
        if left.is_empty() {
            return Some(TokenStream::new());
        }
        let comma = TokenTree::from(Punct::new(',', Spacing::Alone));
        let left = left.join(&comma).into_iter().collect();
        Some([allow.into(), TokenTree::from(regrouped(&list, left))].into_iter().collect())
    }
}

/// The mark of a pardon that is the user's: the first one in its list.
const THEIRS: &str = "__theirs";

/// Code with [`THEIRS`] in each pardon in it. `None`: there is none.
fn marked(code: &TokenStream) -> Option<TokenStream> {
    let mut tokens: Vec<TokenTree> = Vec::new();
    let mut changed = false;
    for token in code.clone() {
        let new = match &token {
            TokenTree::Group(group) => match pardon(group, &tokens) {
                Some((allow, list)) => {
                    let mark = Ident::new(THEIRS, list.span());
                    let comma = Punct::new(',', Spacing::Alone);
                    let mut marked = TokenStream::from_iter([TokenTree::from(mark), comma.into()]);
                    marked.extend(list.stream());
                    let inside = [allow.into(), TokenTree::from(regrouped(&list, marked))];
                    Some(regrouped(group, inside.into_iter().collect()))
                }
                None => marked(&group.stream()).map(|inside| regrouped(group, inside)),
            },
            _ => None,
        };
        changed |= new.is_some();
        tokens.push(new.map_or(token, TokenTree::from));
    }
    changed.then(|| tokens.into_iter().collect())
}

/// The parts of an `[allow(…)]` or an `[expect(…)]`, which may become one, with `before` in front.
fn pardon(group: &Group, before: &[TokenTree]) -> Option<(Ident, Group)> {
    if group.delimiter() != Delimiter::Bracket || marks(before) == 0 {
        return None;
    }
    let mut inside = group.stream().into_iter();
    match (inside.next()?, inside.next()?, inside.next()) {
        (TokenTree::Ident(allow), TokenTree::Group(list), None) if allow == "allow" || allow == "expect" => {
            Some((allow, list))
        }
        _ => None,
    }
}

/// The files in which a lint may be forbidden for the code of `file`: the crate's root, `file`, and by the usual layout of a package those of
/// the modules that it is in.
fn leading_to(root: Option<&Path>, file: Option<&Path>) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = root.iter().chain(&file).map(|path| path.to_path_buf()).collect();
    if let (Some(top), Some(file)) = (root.and_then(Path::parent), file) {
        let inside = |folder: &&Path| folder.starts_with(top) && *folder != top;
        for folder in file.ancestors().skip(1).take_while(inside) {
            files.extend([folder.with_extension("rs"), folder.join("mod.rs")]);
        }
    }
    files.sort_unstable();
    files.dedup();
    files
}

/// Whether [`FORBIDS`] is in a text. A letter is looked for by code of std's that is optimised, where we are not; it is the rarest one.
fn may_forbid(text: &str) -> bool {
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('b') {
        if before.ends_with("for") && behind.starts_with("id(") {
            return true;
        }
        rest = behind;
    }
    false
}

/// How many tokens at the end are the `#` or `#!` of an attribute.
fn marks(before: &[TokenTree]) -> usize {
    let is = |token: &TokenTree, mark| matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark);
    match before {
        [.., token] if is(token, '#') => 1,
        [.., hash, bang] if is(hash, '#') && is(bang, '!') => 2,
        _ => 0,
    }
}

fn regrouped(group: &Group, inside: TokenStream) -> Group {
    let mut new = Group::new(group.delimiter(), inside);
    new.set_span(group.span());
    new
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(args: &[&str], root: &str) -> Forbidden {
        Forbidden::of(&args.iter().map(|&arg| arg.to_owned()).collect::<Vec<_>>(), [root.to_owned()])
    }

    #[test]
    fn what_is_forbidden_is_found() {
        for (args, root, unreachable) in [
            (&[][..], "", false),
            (&["rustc", "-F", "unreachable-code", "src/lib.rs"], "", true),
            (&["rustc", "-Funsafe_code", "--forbid=unused", "src/lib.rs"], "", true),
            (&["rustc", "--forbid", "unsafe_code", "unused"], "", false),
            (&[], "#![forbid(unsafe_code, unused_must_use)]", false),
            (&[], "#![deny(unreachable_code)]", false),
            (&[], "#![forbid(\n    unsafe_code,\n    unreachable_code,\n)]", true),
            (&[], "#![cfg_attr(test, forbid(warnings))]", true),
            (&[], "#![forbid(unsafe_code, // no (yet)\n    unreachable_code /* nor (this) */)]", true),
            (&[], "#![forbid(unsafe_code, reason = \"and/or\")] // unused", false),
        ] {
            assert_eq!(of(args, root).unreachable, unreachable, "{args:?} {root}");
        }
    }

    #[test]
    fn it_is_looked_for_on_the_way_to_the_code() {
        let files = |root: &str, file: &str| leading_to(Some(root.as_ref()), Some(file.as_ref()));
        for (root, file, expected) in [
            ("/c/src/lib.rs", "/c/src/lib.rs", &["/c/src/lib.rs"][..]),
            ("/c/src/lib.rs", "/c/src/a.rs", &["/c/src/a.rs", "/c/src/lib.rs"]),
            (
                "/c/src/lib.rs",
                "/c/src/a/b/mod.rs",
                &["/c/src/a/b/mod.rs", "/c/src/a/b.rs", "/c/src/a/mod.rs", "/c/src/a.rs", "/c/src/lib.rs"],
            ),
            ("/c/src/lib.rs", "/made/x/y.rs", &["/c/src/lib.rs", "/made/x/y.rs"]),
        ] {
            let expected: Vec<PathBuf> = expected.iter().map(PathBuf::from).collect();
            assert_eq!(files(root, file), expected, "{file}");
        }
        assert!(leading_to(None, None).is_empty());
    }

    #[test]
    fn pardons_of_what_is_forbidden_go() {
        assert!(may_forbid("abc #![forbid(unused)]") && !may_forbid("forbidden(b) for bid("));
        let forbidden = of(&[], "#![forbid(unused, clippy::needless_update)]");
        for (before, after) in [
            ("#[allow(unreachable_code)] f();", "f();"),
            ("{ #![allow(unused_imports)] #[allow(clippy::shadow_same)] x }", "{ #[allow(clippy::shadow_same)] x }"),
            ("#[allow(unreachable_code, clippy::needless_update)] m!([#[allow(unused_assignments)] x])", "m!([x])"),
            ("#[allow(clippy::shadow_same, unreachable_code)] x", "#[allow(clippy::shadow_same)] x"),
            (
                "#[deny(unreachable_code)] a![allow(unreachable_code)]",
                "#[deny(unreachable_code)] a![allow(unreachable_code)]",
            ),
        ] {
            let expected: TokenStream = after.parse().unwrap();
            assert_eq!(forbidden.without(before.parse().unwrap()).to_string(), expected.to_string());
        }
        let theirs = "#[allow(unused)] mod m { #![expect(unused, reason = \"x\")] fn f() { m!([#[allow(unreachable_code)] x]) } }";
        let marked = forbidden.marked(theirs.parse().unwrap());
        assert_eq!(marked.to_string().matches(THEIRS).count(), 3);
        assert_eq!(forbidden.without(marked).to_string(), theirs.parse::<TokenStream>().unwrap().to_string());
        let code = "#[allow(unreachable_code)] x";
        assert_eq!(Forbidden::default().without(code.parse().unwrap()).to_string(), "# [allow (unreachable_code)] x");
    }
}

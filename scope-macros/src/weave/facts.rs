//! What a function may hold that asks for more than its entry and exit: found out without a parse.

use super::depth;
use super::locks::{calls, maps, names};
use super::sources::learnt;
use super::words::Words;
use crate::tokens::Tokens;
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// What, in code that is unsafe, leaves a variable without a value, or one whose value is another's: pointers that are read and written to, above all.
const OUTLIVED: [&str; 3] = ["read", "write", "copy"];

/// The same, and what is behind an argument may be made only here; as rustc may print it.
const MADE: [&str; 10] = [
    "ptr::read",
    "ptr :: read",
    "drop_in_place",
    "ManuallyDrop",
    "assume_init_",
    "forget",
    "transmute_copy",
    // What has no value yet.
    "ptr::write",
    "ptr :: write",
    "set_len",
];

/// What gives values that are none yet.
const UNMADE: [&str; 4] = ["zeroed", "assume_init_", "alloc(", "alloc ("];

/// A slice of memory that was only set aside, by what it is made of: up to a `capacity`, or a `cap`.
const SET_ASIDE: [&str; 2] = ["from_raw_parts_mut", "cap"];

/// What there may be, at any depth.
#[derive(Clone, Copy, Default)]
pub(crate) struct Facts {
    /// A function.
    pub(crate) function: bool,
    /// `async`.
    pub(crate) is_async: bool,
    /// `return`.
    pub(crate) returns: bool,
    /// `?`.
    pub(crate) questions: bool,
    /// A lock that is taken, or a guard.
    pub(crate) locks: bool,
    /// The word `unlock`.
    pub(crate) unlocks: bool,
    /// A `RefCell` that is borrowed from: as good as a lock where a `Debug` of the crate does it, too.
    pub(crate) borrows: bool,
    /// A guard among the parameters.
    pub(crate) guards: bool,
    /// The word `cfg`, `expect`, `as` or `mut`.
    pub(crate) conditions: bool,
    pub(crate) expects: bool,
    pub(crate) casts: bool,
    pub(crate) mutates: bool,
    /// Three dots.
    pub(crate) dots: bool,
    /// Code that is nested too deep for a parse.
    pub(crate) is_deep: bool,
    /// The word `transmute`.
    pub(crate) transmutes: bool,
    /// The name of the macro by which woven code has its sites.
    pub(crate) by_text: bool,
    /// The word `unsafe`, in the head or in the body.
    pub(crate) unsafety: bool,
    /// One of [`OUTLIVED`], [`MADE`] or [`UNMADE`].
    pub(crate) outlived: bool,
    pub(crate) made: bool,
    pub(crate) unmade: bool,
}

impl Facts {
    /// What there may be in a function. `text`: that of its body.
    pub(crate) fn of_function(head: &Tokens, inputs: &TokenStream, body: &TokenStream, text: &str) -> Self {
        let guards = names::may_be_guard(&inputs.to_string()) && names::any_guard(inputs);
        let word = |token: &TokenTree| matches!(token, TokenTree::Ident(word) if word == "unsafe");
        let words = Words::of(text);
        let unsafety = words.has_unsafe || head.0.iter().any(word);
        let any = |words: &[&str]| unsafety && words.iter().any(|word| text.contains(word));
        let set_aside = unsafety && SET_ASIDE.iter().all(|word| text.contains(word));
        // `uninit()`, `new_uninit()`, `uninitialized()`, also where nothing is unsafe: a type may hold it, and be shown as if it were whole.
        let (made, unmade) = (any(&MADE), any(&UNMADE) || set_aside || words.has_uninit);
        let outlived = made || unmade || any(&OUTLIVED);
        Self { guards, unsafety, outlived, made, unmade, ..Self::of_text(text, words, body) }
    }

    pub(crate) fn of(body: &TokenStream) -> Self {
        let text = body.to_string();
        Self::of_text(&text, Words::of(&text), body)
    }

    /// The compiler's own print of the code is much faster than a walk through its tokens.
    fn of_text(text: &str, words: Words, body: &TokenStream) -> Self {
        let mut facts = Self {
            conditions: words.has_cfg,
            expects: words.has_expect,
            casts: words.has_as,
            dots: words.has_dots,
            is_deep: depth::is_deep(text, words.brackets),
            mutates: words.has_mut,
            transmutes: words.has_transmute,
            by_text: words.has_by_text,
            unlocks: words.has_unlock,
            // Where a text says so, nothing is lost but time.
            returns: words.has_return,
            questions: words.has_question,
            ..Self::default()
        };
        let called = [("ock", words.has_ock), ("read", words.has_read), ("write", words.has_write)];
        if words.has_more
            || called.iter().any(|&(word, is_there)| is_there && is_called(text, word))
            || learnt::any_giver(|name| text.contains(name))
            || learnt::any_holder(|name| text.contains(name))
            || learnt::gets() && text.contains("get")
        {
            facts.walk(body.clone());
        }
        facts.locks |= learnt::has_maps() && maps::any_in(text);
        facts
    }

    fn walk(&mut self, tokens: TokenStream) {
        let mut word: Option<String> = None;
        // What a path has gone through.
        let mut ty: Option<String> = None;
        for token in tokens {
            let before = word.take();
            if let Some(word) = &before {
                self.pair(word, &token);
            }
            match token {
                TokenTree::Ident(ident) => {
                    let text = ident.to_string();
                    self.is_async |= text == "async";
                    if let Some(ty) = ty.take() {
                        let taken = names::is_of(&ty, &text);
                        self.borrows |= taken && ty == "RefCell";
                        self.locks |= taken && ty != "RefCell" || calls::is_of(&ty, &text);
                    }
                    word = Some(text);
                }
                TokenTree::Group(group) => self.walk(group.stream()),
                TokenTree::Punct(punct) if punct.as_char() == ':' => ty = before.or(ty),
                TokenTree::Punct(_) | TokenTree::Literal(_) => ty = None,
            }
        }
    }

    fn pair(&mut self, word: &str, next: &TokenTree) {
        match next {
            TokenTree::Ident(_) => self.function |= word == "fn",
            TokenTree::Group(args) if args.delimiter() == Delimiter::Parenthesis => {
                let alone = args.stream().is_empty();
                self.borrows |= alone && names::borrows(word) || calls::borrows(word);
                self.locks |= names::takes(word, alone) && !names::borrows(word) || calls::holds(word);
            }
            TokenTree::Group(fields) if fields.delimiter() == Delimiter::Brace => {
                self.locks |= learnt::any_holder(|holder| holder == word);
            }
            TokenTree::Punct(punct) => {
                self.locks |= match punct.as_char() {
                    '<' | '=' => word.ends_with("Guard"),
                    ':' => word.ends_with("Lock"),
                    _ => false,
                };
                self.locks |= matches!(punct.as_char(), '<' | '=' | ':') && learnt::any_holder(|holder| holder == word);
            }
            _ => {}
        }
    }
}

/// Whether a name with this part in it may be called, or be that of a type in a path.
fn is_called(text: &str, part: &str) -> bool {
    let calls = |behind: &str| {
        let behind = behind.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_').trim_start();
        behind.is_empty() || behind.starts_with(['(', ':'])
    };
    text.split(part).skip(1).any(calls)
}

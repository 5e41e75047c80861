//! Clauses that bind what is looked up.
//!
//! Under `where &'a T: Debug` rustc takes the `Debug` of each `&T` for the clause's: whatever is shown would have to live for `'a`. So
//! where a clause says so of a lifetime with a name, no value is looked at.

use crate::check::any_token;
use proc_macro2::{TokenStream, TokenTree};

/// Traits that values are shown by.
const ASKED: [&str; 4] = ["Capture", "Debug", "Error", "Serialize"];

/// Whether a clause of this head, of a function or of an `impl`, says of a type with a named lifetime by what it is shown.
pub(crate) fn bind_lookup<'t>(head: impl IntoIterator<Item = &'t TokenTree>) -> bool {
    let mut head = head.into_iter().skip_while(|token| !matches!(token, TokenTree::Ident(word) if *word == "where"));
    let _where = head.next();
    let (mut clause, mut depth, mut before) = (Clause::default(), 0_u32, ' ');
    for token in head {
        let mark = match token {
            TokenTree::Punct(punct) => punct.as_char(),
            _ => ' ',
        };
        match (mark, before) {
            ('<', _) => depth += 1,
            // Not that of an arrow.
            ('>', before) if before != '-' => depth = depth.saturating_sub(1),
            (',', _) if depth == 0 && clause.binds() => return true,
            (',', _) if depth == 0 => clause = Clause::default(),
            _ => {}
        }
        clause.see(token, before, depth);
        before = mark;
    }
    clause.binds()
}

/// What is known of a clause.
#[derive(Default)]
struct Clause {
    /// Of `for<'a>`, in front of it: any lifetimes.
    any: Vec<String>,
    is_for: bool,
    /// A colon came; another one behind it would make it a path's.
    colon: bool,
    /// Lifetimes of what is in front of the bounds, and whether these have begun.
    named: bool,
    bounds: bool,
    asked: bool,
}

impl Clause {
    fn see(&mut self, token: &TokenTree, before: char, depth: u32) {
        let is_colon = matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':');
        // One colon, and no path's.
        self.bounds |= self.colon && !is_colon;
        self.colon = is_colon && depth == 0 && !self.colon && before != ':';
        match token {
            TokenTree::Ident(word) if self.bounds => self.asked |= ASKED.iter().any(|asked| word == asked),
            TokenTree::Ident(word) if word == "for" => self.is_for = true,
            TokenTree::Ident(word) if before == '\'' && self.is_for => self.any.push(word.to_string()),
            TokenTree::Ident(word) if before == '\'' => self.named |= !self.any.contains(&word.to_string()),
            TokenTree::Punct(punct) if punct.as_char() == '>' && depth == 0 => self.is_for = false,
            TokenTree::Group(group) if !self.bounds => self.named |= any_lifetime(&group.stream()),
            _ => {}
        }
    }

    fn binds(&self) -> bool {
        self.named && self.asked
    }
}

fn any_lifetime(tokens: &TokenStream) -> bool {
    any_token(tokens, &mut |token, _| matches!(token, TokenTree::Punct(punct) if punct.as_char() == '\''))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_that_bind_a_lookup() {
        for (head, expected) in [
            ("fn f<'a, T>(x: &'a T) where &'a T: Debug", true),
            ("impl<'a, T> S<'a, T> where T: Copy, View<'a, T>: Send + fmt::Debug", true),
            ("fn f() where <&'a C as IntoIterator>::Item: Debug,", true),
            ("fn f() where (&'a T,): std::error::Error", true),
            ("fn f() where F: Fn(&'a T) -> T, &'a T: Debug", true),
            ("fn f() where for<'b> fn(&'b ()): Copy, &'a T: Debug", true),
            ("fn f() where for<'b> &'b T: Debug", false),
            ("fn f() where &'a T: IntoIterator, T: Debug + 'a", false),
            ("fn f() where T: 'a + Debug, &'a T: Into<Vec<u8>>", false),
            ("fn f<'a, T: Debug>(x: &'a T)", false),
            ("impl<T> Debug for S<T> where m::T: Debug", false),
        ] {
            let head: Vec<TokenTree> = head.parse::<TokenStream>().unwrap().into_iter().collect();
            assert_eq!(bind_lookup(&head), expected, "{head:?}");
        }
    }
}

//! Clauses that bind what is looked up.
//!
//! Under `where &'a T: Debug` rustc takes the `Debug` of each `&T` for the clause's: whatever is shown would have to live for `'a`. So
//! where a clause says so of a lifetime with a name, no value is looked at. A trait that is not known may have `Debug` above it.

use crate::check::any_token;
use proc_macro2::{TokenStream, TokenTree};

/// Traits that have none above them by which values are shown.
const HARMLESS: [&str; 62] = [
    "Add",
    "AddAssign",
    "Any",
    "AsMut",
    "AsRef",
    "BitAnd",
    "BitOr",
    "BitXor",
    "Borrow",
    "BorrowMut",
    "BufRead",
    "Clone",
    "Copy",
    "Default",
    "Deref",
    "DerefMut",
    "Display",
    "Div",
    "DivAssign",
    "DoubleEndedIterator",
    "Eq",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "FusedIterator",
    "Future",
    "Hash",
    "Index",
    "IndexMut",
    "Into",
    "IntoIterator",
    "Iterator",
    "Mul",
    "MulAssign",
    "Neg",
    "Not",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Product",
    "Read",
    "Rem",
    "RemAssign",
    "Seek",
    "Send",
    "Shl",
    "Shr",
    "Sized",
    "Sub",
    "SubAssign",
    "Sum",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Write",
];

/// Whether a clause of this head, of a function or of an `impl`, may say of a type with a named lifetime by what it is shown.
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
    /// Whether what is in front of the bounds names a lifetime, and whether they have begun.
    named: bool,
    bounds: bool,
    /// Of the bound that is read now: its last name. Behind an arrow comes none.
    name: Option<String>,
    arrow: bool,
    asked: bool,
}

impl Clause {
    fn see(&mut self, token: &TokenTree, before: char, depth: u32) {
        let is_colon = matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':');
        // One colon, and no path's. Among the bounds, that of `IntoIterator<Item: Debug>`.
        let is_single = self.colon && !is_colon;
        self.asked |= is_single && self.bounds;
        self.bounds |= is_single;
        self.colon = is_colon && (depth == 0 || self.bounds) && !self.colon && before != ':';
        match token {
            _ if self.bounds && depth > 0 => {}
            TokenTree::Punct(punct) if self.bounds && punct.as_char() == '+' => self.end_bound(),
            TokenTree::Punct(punct) if self.bounds && punct.as_char() == '>' => self.arrow |= before == '-',
            TokenTree::Ident(_) if self.bounds && (before == '\'' || self.arrow) => {}
            TokenTree::Ident(word) if self.bounds => self.name = Some(word.to_string()),
            TokenTree::Ident(word) if word == "for" => self.is_for = true,
            TokenTree::Ident(word) if before == '\'' && self.is_for => self.any.push(word.to_string()),
            TokenTree::Ident(word) if before == '\'' => self.named |= !self.any.contains(&word.to_string()),
            TokenTree::Punct(punct) if punct.as_char() == '>' && depth == 0 => self.is_for = false,
            TokenTree::Group(group) if !self.bounds => self.named |= any_lifetime(&group.stream()),
            _ => {}
        }
    }

    fn end_bound(&mut self) {
        self.arrow = false;
        self.asked |= self.name.take().is_some_and(|name| !HARMLESS.contains(&name.as_str()));
    }

    fn binds(&mut self) -> bool {
        self.end_bound();
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
            ("fn f() where &'a mut C: Executor<'a>", true),
            ("fn f() where &'a C: IntoIterator<Item: Debug>, C: Copy", true),
            ("fn f() where &'a C: IntoIterator<Item = m::Debug>, C: Copy", false),
            ("fn f() where &'a T: Add<Output = m::Debug> + for<'b> m::Show<'b>", true),
            ("fn f() where for<'b> &'b T: Debug", false),
            ("fn f() where F: 'a, &'a F: Fn(&'a T) -> Debug + Send + 'a + ?Sized", false),
            ("fn f() where 'a: 'b, &'a T: Add<&'b T, Output = Wide<T>>", false),
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

//! Whether a function was woven before: by an outer attribute.

use proc_macro2::{Group, TokenTree};

/// Whether the body begins with sites of ours: an outer attribute was here before.
pub(crate) fn already_woven(statements: &[TokenTree]) -> bool {
    let path = |token: &TokenTree| match token {
        TokenTree::Punct(punct) => punct.as_char() == ':',
        other => matches!(other, TokenTree::Ident(_)),
    };
    match &statements[statements.iter().take_while(|token| path(token)).count()..] {
        [TokenTree::Punct(bang), TokenTree::Group(group), ..] => bang.as_char() == '!' && begins_with(group, "__SITES"),
        _ => false,
    }
}

/// The same where the function has its sites by its text: `let __call = …`, or `match …::by_text!(…) { … }`.
pub(crate) fn is_found_by_text(statements: &[TokenTree]) -> bool {
    let is = |token: &TokenTree, word: &str| matches!(token, TokenTree::Ident(ident) if ident == word);
    statements.windows(2).any(|pair| match pair {
        [TokenTree::Ident(first), second] => {
            first == "let" && is(second, "__call")
                || first == "by_text" && matches!(second, TokenTree::Punct(bang) if bang.as_char() == '!')
        }
        _ => false,
    })
}

fn begins_with(group: &Group, name: &str) -> bool {
    matches!(group.stream().into_iter().next(), Some(TokenTree::Ident(ident)) if ident == name)
}

//! Fragments that a `macro_rules!` macro was called with: the `1 + 1` of `$a * 2`.
//!
//! Each is one expression to rustc, whatever stands round it, but only as long as nobody takes apart the tokens that it is among: what a
//! macro like ours puts together again reads `1 + 1 * 2`. So a body in which that would mean something else is passed on in one piece.

use crate::item::{self, Item, Kind};
use proc_macro2::{Delimiter, Group, Spacing, Span, TokenStream, TokenTree};
use quote::ToTokens;

/// Whether a body holds a fragment that would not be the same without its bounds.
pub(crate) fn would_split(body: &Group) -> bool {
    is_of_a_macro(body.span_open()) && splits(body.stream())
}

/// Whether an item holds one in what is not the body of a function.
pub(crate) fn would_split_beside(item: &Item) -> bool {
    item.body.as_ref().is_some_and(|body| is_of_a_macro(body.span_open()) && splits_beside(item))
}

/// Whether a body holds a block that a macro was called with: without its bounds rustc would find its braces unnecessary.
pub(crate) fn are_blocks(body: &Group) -> bool {
    is_of_a_macro(body.span_open()) && holds_block(body.stream())
}

fn holds_block(tokens: TokenStream) -> bool {
    let is_block = |token: Option<TokenTree>| matches!(token, Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace);
    tokens.into_iter().any(|token| {
        let TokenTree::Group(group) = token else { return false };
        let mut inside = group.stream().into_iter();
        group.delimiter() == Delimiter::None && is_block(inside.next()) && inside.next().is_none()
            || holds_block(group.stream())
    })
}

/// Whether a token is a macro's: of braces that is cheaper to see than that there are no fragments in them.
pub(crate) fn is_of_a_macro(token: Span) -> bool {
    !format!("{token:?}").starts_with("#0 ")
}

fn splits_beside(item: &Item) -> bool {
    let inside = |body: &Group| match item.kind {
        Kind::Fn => false,
        Kind::Impl | Kind::Trait | Kind::Mod => item::split(body.stream()).1.iter().any(splits_beside),
        Kind::Other => splits(body.stream()),
    };
    splits(item.head.to_token_stream()) || item.body.as_ref().is_some_and(inside)
}

/// What stands beside a fragment.
enum Beside {
    /// Nothing does: it is the first or the last.
    Nothing,
    /// A word, or a literal.
    Word(String),
    /// All of an operator.
    Operator(String),
    Braces,
    Other,
}

fn splits(tokens: TokenStream) -> bool {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    tokens.iter().enumerate().any(|(at, token)| {
        let TokenTree::Group(group) = token else { return false };
        if splits(group.stream()) {
            return true;
        }
        let inside = || group.stream().into_iter().collect::<Vec<_>>();
        group.delimiter() == Delimiter::None && !stays(&inside(), &before(&tokens[..at]), &behind(&tokens[at + 1..]))
    })
}

fn before(tokens: &[TokenTree]) -> Beside {
    match tokens.last() {
        None => Beside::Nothing,
        Some(TokenTree::Ident(word)) => Beside::Word(word.to_string()),
        Some(TokenTree::Punct(last)) => {
            let rest = &tokens[..tokens.len() - 1];
            let joint =
                |token: &&TokenTree| matches!(token, TokenTree::Punct(punct) if punct.spacing() == Spacing::Joint);
            let count = rest.iter().rev().take_while(joint).count();
            let signs = rest[rest.len() - count..].iter().map(ToString::to_string).collect::<String>();
            Beside::Operator(signs + &last.to_string())
        }
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::None => {
            // Another one: of a statement nothing need be seen where it ends.
            match &group.stream().into_iter().collect::<Vec<_>>()[..] {
                [] => before(&tokens[..tokens.len() - 1]),
                [.., TokenTree::Group(last)] if last.delimiter() == Delimiter::Brace => Beside::Nothing,
                inside => before(inside),
            }
        }
        Some(_) => Beside::Other,
    }
}

fn behind(tokens: &[TokenTree]) -> Beside {
    match tokens {
        [] => Beside::Nothing,
        [TokenTree::Ident(word), ..] => Beside::Word(word.to_string()),
        [TokenTree::Punct(_), ..] => Beside::Operator(operator(tokens)),
        [TokenTree::Group(group), ..] if group.delimiter() == Delimiter::Brace => Beside::Braces,
        [TokenTree::Group(group), rest @ ..] if group.delimiter() == Delimiter::None => {
            let inside: Vec<_> = group.stream().into_iter().collect();
            behind(if inside.is_empty() { rest } else { &inside })
        }
        [TokenTree::Literal(value), ..] => Beside::Word(value.to_string()),
        _ => Beside::Other,
    }
}

/// The operator that tokens begin with.
fn operator(tokens: &[TokenTree]) -> String {
    let mut signs = String::new();
    for token in tokens {
        let TokenTree::Punct(punct) = token else { break };
        signs.push(punct.as_char());
        if punct.spacing() == Spacing::Alone {
            break;
        }
    }
    signs
}

/// Whether a fragment means the same without its bounds.
fn stays(inside: &[TokenTree], before: &Beside, behind: &Beside) -> bool {
    match inside {
        [] => return true,
        [TokenTree::Punct(end)] if end.as_char() == ';' => return true,
        [TokenTree::Group(group)] if group.delimiter() == Delimiter::None => {
            return stays(&group.stream().into_iter().collect::<Vec<_>>(), before, behind);
        }
        // A statement that is a block ends with it.
        [TokenTree::Group(group)] if group.delimiter() == Delimiter::Brace => {
            return ends(behind) || !is_operator(behind);
        }
        _ => {}
    }
    is_enclosed(inside, before, behind) || is_postfix(inside, before, behind)
}

fn is_operator(beside: &Beside) -> bool {
    matches!(beside, Beside::Operator(_))
}

fn ends(behind: &Beside) -> bool {
    match behind {
        Beside::Nothing => true,
        Beside::Operator(signs) => signs == "," || signs == ";",
        _ => false,
    }
}

/// Whether nothing beside a fragment could take a part of it.
fn is_enclosed(inside: &[TokenTree], before: &Beside, behind: &Beside) -> bool {
    let has_braces = || inside.iter().any(is_braces);
    // `{ 1 } + 1` at the beginning of a statement is two.
    let is_cut = || has_braces() && !inside.last().is_some_and(is_braces);
    match before {
        Beside::Nothing => ends(behind) && !is_cut(),
        Beside::Operator(signs) => match signs.as_str() {
            ";" => ends(behind) && !is_cut(),
            "=>" => ends(behind) && !has_braces(),
            ":" => ends(behind) || matches!(behind, Beside::Operator(signs) if signs == "="),
            "->" => ends(behind) || matches!(behind, Beside::Braces),
            "," | "=" | "+=" | "-=" | "*=" | "/=" | "%=" | "^=" | "&=" | "|=" | "<<=" | ">>=" => ends(behind),
            _ => false,
        },
        Beside::Word(word) => match word.as_str() {
            "return" | "break" => ends(behind),
            "if" | "while" | "match" | "in" => matches!(behind, Beside::Braces) && !has_braces(),
            _ => false,
        },
        Beside::Braces | Beside::Other => false,
    }
}

fn is_braces(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

/// Whether a fragment is a name, a literal, or one with calls, fields and the like behind it; or the name of a type.
fn is_postfix(inside: &[TokenTree], before: &Beside, behind: &Beside) -> bool {
    const WORDS: [&str; 20] = [
        "as", "async", "box", "break", "const", "continue", "dyn", "fn", "for", "if", "impl", "let", "loop", "match",
        "move", "mut", "ref", "return", "unsafe", "while",
    ];
    /// What may stand behind one.
    const BEHIND: [&str; 7] = ["as", "else", "fn", "for", "if", "in", "where"];
    if matches!(inside.first(), None | Some(TokenTree::Punct(_))) {
        return false;
    }
    // A statement ends with its bounds: `⟨f(x)⟩ 3`.
    if matches!(behind, Beside::Word(word) if !BEHIND.contains(&word.as_str())) {
        return false;
    }
    let (mut fields, mut angles) = (false, false);
    for (at, token) in inside.iter().enumerate() {
        let TokenTree::Punct(punct) = token else {
            if is_braces(token) || matches!(token, TokenTree::Ident(word) if WORDS.iter().any(|other| word == other)) {
                return false;
            }
            continue;
        };
        match punct.as_char() {
            '.' if operator(&inside[at..]) == "." => fields = true,
            ':' | '?' => {}
            '!' if matches!(inside.get(at + 1), Some(TokenTree::Group(_))) => {}
            '<' | '>' | ',' | '&' | '\'' => angles = true,
            _ => return false,
        }
    }
    let (next, is_call) = match behind {
        Beside::Operator(signs) => (signs.as_str(), false),
        Beside::Other => ("", true),
        _ => ("", false),
    };
    let is_type = angles && matches!(inside.last(), Some(TokenTree::Punct(last)) if last.as_char() == '>');
    let of_a_cast = matches!(before, Beside::Word(word) if word == "as");
    // `s.f` of `$f(1)` is no method, `Vec<u8>` of `$t::new()` no comparison.
    !(fields && is_call || angles && (!is_type || next.starts_with("::")) || of_a_cast && next.starts_with('<'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether `code`, with fragments in `⟨⟩`, would be split.
    fn split(code: &str) -> bool {
        fn part(text: &str) -> TokenStream {
            let mut tokens = TokenStream::new();
            for (at, part) in text.split('⟨').enumerate() {
                let (fragment, rest) = if at == 0 { ("", part) } else { part.split_once('⟩').unwrap() };
                if at > 0 {
                    tokens.extend([TokenTree::Group(Group::new(Delimiter::None, fragment.parse().unwrap()))]);
                }
                tokens.extend(rest.parse::<TokenStream>().unwrap());
            }
            tokens
        }
        splits(part(code))
    }

    #[test]
    fn what_has_operators_is_split_by_operators() {
        for code in [
            "⟨1 + 1⟩ * 2",
            "2 * ⟨1 + 1⟩",
            "-⟨1 + 1⟩",
            "⟨-7⟩.pow(2)",
            "⟨|a| a + 1⟩(2)",
            "⟨0..3⟩.rev()",
            "⟨a + 1⟩ as u8",
            "x as ⟨u8⟩ < y",
            "&⟨dyn A + Send⟩",
            "y @ ⟨Some(1) | None⟩",
            "⟨s.f⟩(2)",
            "⟨Vec<u8>⟩::new()",
            "⟨{ 1 }⟩ + 1",
            "!⟨a == b⟩",
            "⟨a = b⟩ + 1",
            "x => ⟨match x {} + 1⟩,",
            "⟨if a { 1 } else { 2 } + 1⟩",
            "⟨S { x: 1 }⟩ == y",
            "⟨f(x)⟩ 3",
            "⟨let x = 3⟩⟨f(x)⟩",
            "⟨let x = 3⟩⟨;⟩⟨f(x)⟩ x",
        ] {
            assert!(split(code), "{code}");
        }
    }

    #[test]
    fn what_stands_alone_stays() {
        for code in [
            "⟨1 + 1⟩",
            "let x: ⟨Vec<u8>⟩ = ⟨1 + 1⟩;",
            "x = ⟨a && b⟩;",
            "x == ⟨a.b(1)?⟩",
            "⟨x⟩ + ⟨y::Z⟩",
            "return ⟨a..b⟩;",
            "if ⟨a == b⟩ {}",
            "⟨Vec::<u8>::new⟩",
            "loop ⟨{ 1 }⟩",
            "⟨{ 1 }⟩",
            "⟨m!(1)⟩.x",
            "⟨7⟩.pow(2)",
            "_ => ⟨a + b⟩,",
            "⟨let x = 3⟩⟨;⟩⟨f(x)⟩",
            "⟨let x = 3⟩; ⟨f(x)⟩; 3",
        ] {
            assert!(!split(code), "{code}");
        }
    }
}

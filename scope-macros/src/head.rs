//! What the head of a function says, as far as entry and exit need it: read off its tokens, which is much cheaper than a parse.

use crate::item::{Angles, FnHead, Item};
use crate::simple;
use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Generics, Signature, Token, Visibility, token};

/// The head of a function.
pub(crate) struct Head {
    pub(crate) name: Ident,
    pub(crate) is_const: bool,
    pub(crate) is_async: bool,
    /// It takes any number of arguments, as C does.
    pub(crate) is_variadic: bool,
    /// The parameters, without the parentheses.
    pub(crate) inputs: TokenStream,
    /// The type that it gives back. Empty: none is written.
    pub(crate) output: Vec<TokenTree>,
}

impl Head {
    /// The head of an item. `None`: a form that this version does not know.
    pub(crate) fn of(item: &Item) -> Option<Self> {
        Self::read(&item.head.0).or_else(|| item.fn_head().map(|head| Self::parsed(&head)))
    }

    /// `None`: it has to be parsed.
    fn read(tokens: &[TokenTree]) -> Option<Self> {
        let (mut is_const, mut is_async) = (false, false);
        let mut rest = tokens;
        loop {
            let [TokenTree::Ident(word), behind @ ..] = rest else { return None };
            rest = behind;
            match word.to_string().as_str() {
                "pub" => {
                    if let [TokenTree::Group(_), behind @ ..] = rest {
                        rest = behind;
                    }
                }
                "const" => is_const = true,
                "async" => is_async = true,
                "unsafe" | "default" => {}
                "fn" => break,
                _ => return None,
            }
        }
        let [TokenTree::Ident(name), behind @ ..] = rest else { return None };
        let (inputs, behind) = parameters(behind)?;
        let output = match behind {
            [TokenTree::Punct(dash), TokenTree::Punct(arrow), behind @ ..]
                if dash.as_char() == '-' && arrow.as_char() == '>' =>
            {
                let is_where = |token: &TokenTree| matches!(token, TokenTree::Ident(word) if word == "where");
                &behind[..behind.iter().position(is_where).unwrap_or(behind.len())]
            }
            [] | [TokenTree::Ident(_), ..] => &[],
            _ => return None,
        };
        let (name, inputs) = (name.clone(), inputs.stream());
        Some(Self { name, is_const, is_async, is_variadic: false, inputs, output: output.to_vec() })
    }

    /// The head in syn's terms, if its parameters are simple: see [`FnHead::sig`].
    pub(crate) fn simple(&self) -> Option<FnHead> {
        if self.is_async || self.is_const || self.is_variadic {
            return None;
        }
        let tokens: Vec<TokenTree> = self.inputs.clone().into_iter().collect();
        let sig = Signature {
            constness: None,
            asyncness: None,
            unsafety: None,
            abi: None,
            fn_token: Token![fn](Span::call_site()),
            ident: self.name.clone(),
            generics: Generics::default(),
            paren_token: token::Paren(Span::call_site()),
            inputs: simple::inputs(&tokens)?,
            variadic: None,
            output: simple::output(&self.output)?,
        };
        Some(FnHead { vis: Visibility::Inherited, default: None, sig, is_whole: false })
    }

    fn parsed(head: &FnHead) -> Self {
        let sig = &head.sig;
        let output = match &sig.output {
            syn::ReturnType::Default => Vec::new(),
            syn::ReturnType::Type(_, ty) => ty.to_token_stream().into_iter().collect(),
        };
        Self {
            name: sig.ident.clone(),
            is_const: sig.constness.is_some(),
            is_async: sig.asyncness.is_some(),
            is_variadic: sig.variadic.is_some(),
            inputs: sig.inputs.to_token_stream(),
            output,
        }
    }
}

/// The parameters that stand behind a function's name and generics, and what is behind them.
fn parameters(tokens: &[TokenTree]) -> Option<(&Group, &[TokenTree])> {
    let mut angles = Angles::default();
    for (at, token) in tokens.iter().enumerate() {
        let outside = angles.step(token);
        match token {
            TokenTree::Group(group) if outside => {
                return (group.delimiter() == Delimiter::Parenthesis).then(|| (group, &tokens[at + 1..]));
            }
            _ => {}
        }
    }
    None
}

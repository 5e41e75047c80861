//! Items in a function's body that may give the names in its return type another meaning there.
//!
//! A `return` has the type of its value written down beside it, so that the value is made as it would be without us. Where a `use` or an item in the
//! body may mean something else by a name in it, the value is not shown, and all that is known of such an exit is its line.

use crate::check::any_token;
use crate::tokens::Bare as _;
use crate::weave::futures::hidden;
use crate::weave::sources::learnt;
use proc_macro2::{TokenStream, TokenTree};
use syn::visit::Visit;
use syn::{Block, Item, MacroDelimiter, StmtMacro, UseTree};

/// Whether items in `block` may shadow a name in `ty`.
pub(crate) fn may_shadow(block: &Block, ty: &TokenStream) -> bool {
    let mut shadows = Shadows { ty, found: false };
    shadows.visit_block(block);
    shadows.found
}

struct Shadows<'t> {
    ty: &'t TokenStream,
    found: bool,
}

impl Shadows<'_> {
    fn name(&mut self, name: &syn::Ident) {
        self.found |= any_token(self.ty, &mut |token, _| matches!(token, TokenTree::Ident(ident) if ident == name));
    }

    fn names(&mut self, tokens: &TokenStream) {
        any_token(tokens, &mut |token, _| {
            if let TokenTree::Ident(ident) = token {
                self.name(ident);
            }
            self.found
        });
    }

    fn tree(&mut self, tree: &UseTree) {
        match tree {
            UseTree::Path(path) => self.tree(&path.tree),
            UseTree::Name(name) => self.name(&name.ident),
            UseTree::Rename(rename) => self.name(&rename.rename),
            UseTree::Glob(_) => self.found = true,
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.tree(tree)),
        }
    }
}

impl<'b> Visit<'b> for Shadows<'_> {
    /// What is inside of an item is not the function's own.
    fn visit_item(&mut self, item: &'b Item) {
        match item {
            Item::Use(item) => self.tree(&item.tree),
            // In the length of an array: `[u8; N]`, `[u8; n()]`.
            Item::Const(item) => self.name(&item.ident),
            Item::Fn(item) => self.name(&item.sig.ident),
            Item::Static(item) => self.name(&item.ident),
            Item::Enum(item) => self.name(&item.ident),
            Item::ExternCrate(item) => self.name(item.rename.as_ref().map_or(&item.ident, |(_, name)| name)),
            Item::Mod(item) => self.name(&item.ident),
            Item::Struct(item) => self.name(&item.ident),
            Item::Trait(item) => self.name(&item.ident),
            Item::Type(item) => self.name(&item.ident),
            Item::Union(item) => self.name(&item.ident),
            Item::Macro(item) => self.names(&item.mac.tokens),
            _ => {}
        }
    }

    /// A macro may make items of the names that it is handed, or of its own.
    fn visit_stmt_macro(&mut self, statement: &'b StmtMacro) {
        let mac = &statement.mac;
        let is_statement = statement.semi_token.is_some() || matches!(mac.delimiter, MacroDelimiter::Brace(_));
        if is_statement && !hidden::makes_no_items(mac) {
            self.names(&mac.tokens);
            let name = mac.path.segments.last().map(|last| last.ident.bare()).unwrap_or_default();
            self.found |= learnt::makes_items(&name).unwrap_or(mac.tokens.is_empty());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_type() {
        for (body, expected) in [
            ("{ use other::Fixed; return None; }", true),
            ("{ if a { use other::{X, Y as Fixed}; return None; } }", true),
            ("{ use Value::*; None }", true),
            ("{ struct Fixed; None }", true),
            ("{ mod m {} None }", true),
            ("{ use other::{X, Fixed as Y}; None }", false),
            ("{ fn f() { use x::*; } struct X { a: Fixed } None }", false),
            ("{ const N: usize = 2; None }", true),
            ("{ const fn len() -> usize { 2 } None }", true),
            ("{ static STATIC: [u8; 2] = [1; N]; None }", false),
            ("{ let fixed = Fixed(1); None }", false),
            ("{ define!(Fixed); None }", true),
            ("{ if a { define! { struct Fixed(u8); } } None }", true),
            ("{ prelude!(); None }", true),
            ("{ let x = prelude!(); prelude!() }", false),
            ("{ macro_rules! define { () => { struct Fixed; } } define!(); None }", true),
            ("{ define!(X); let x = make!(Fixed); bail!(Fixed(1)); assert_eq!(x, Fixed(2)); made!(Fixed) }", false),
        ] {
            let ty = "Option<m::Fixed<N, { len() }>>".parse().unwrap();
            assert_eq!(may_shadow(&syn::parse_str(body).unwrap(), &ty), expected, "{body}");
        }
    }
}

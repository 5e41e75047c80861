//! The sites of one function, as they are found: what becomes its `static`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use scope_plan::{Limits, Resolved};

/// A probe inside the function.
struct Place {
    kind: &'static str,
    span: Span,
    names: Vec<String>,
}

/// The sites of one function.
#[derive(Default)]
pub(crate) struct Sites {
    places: Vec<Place>,
}

/// An identifier of ours, which no user can see or shadow.
pub(crate) fn own(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

impl Sites {
    /// Adds a place; gives its index.
    pub(crate) fn place(&mut self, kind: &'static str, span: Span, names: Vec<String>) -> usize {
        self.places.push(Place { kind, span, names });
        self.places.len() - 1
    }

    /// The `static` of the function `name`. `args`: the arguments in its entry record, each with its `#[cfg]`s.
    pub(crate) fn definition(&self, p: &TokenStream, of: &Function<'_>) -> TokenStream {
        let sites = own("__SITES");
        let Function { name, span, args, resolved, runtime } = of;
        let line = line(*span, p);
        let names = args.iter().map(|(cfgs, name)| quote!(#cfgs #name));
        let places = self.places.iter().map(|place| {
            let (kind, line, names) = (own(place.kind), self::line(place.span, p), &place.names);
            quote!(#p::Place { kind: #p::PlaceKind::#kind, line: #line, names: &[#(#names),*] })
        });
        let limits = limits(resolved, p);
        quote! {
            static #sites: #p::Sites = #p::Sites::new(&#p::FunctionInfo {
                module: #p::module_path!(),
                name: #name,
                file: #p::file!(),
                line: #line,
                args: &[#(#names),*],
                places: &[#(#places),*],
                limits: #limits,
                origin: #p::Origin { start: #p::START, runtime: #runtime },
            });
        }
    }
}

/// What is known of a function beside its places.
pub(crate) struct Function<'a> {
    pub(crate) name: &'a str,
    pub(crate) span: Span,
    pub(crate) args: &'a [(TokenStream, String)],
    pub(crate) resolved: &'a Resolved,
    pub(crate) runtime: &'a str,
}

/// The line of the user's code at `span`. Every token has that span: with ours, `line!` would give the line of the attribute.
fn line(span: Span, p: &TokenStream) -> TokenStream {
    let call = quote!(#p::line!());
    call.into_iter()
        .map(|mut token| {
            token.set_span(span);
            token
        })
        .collect()
}

fn limits(resolved: &Resolved, p: &TokenStream) -> TokenStream {
    let (limits, default) = (resolved.single_limits(), Limits::DEFAULT);
    let mut fields = TokenStream::new();
    let mut differs = |name: &str, value: Option<TokenStream>| {
        if let Some(value) = value {
            let name = own(name);
            fields.extend(quote!(#name: #value,));
        }
    };
    let number = |value: u32, default: u32| {
        (value != default).then(|| {
            let value = proc_macro2::Literal::u32_unsuffixed(value);
            quote!(#value)
        })
    };
    differs("max_depth", number(limits.max_depth.into(), default.max_depth.into()));
    differs("max_string", number(limits.max_string, default.max_string));
    differs("max_items", number(limits.max_items, default.max_items));
    differs("max_bytes", number(limits.max_bytes, default.max_bytes));
    differs(
        "debug",
        (limits.debug != default.debug).then(|| {
            let debug = limits.debug;
            quote!(#debug)
        }),
    );
    if !resolved.redact.iter().map(String::as_str).eq(scope_plan::DEFAULT_REDACT.iter().copied()) {
        let globs = &resolved.redact;
        differs("redact", Some(quote!(&[#(#globs),*])));
    }
    if fields.is_empty() { quote!(#p::Limits::DEFAULT) } else { quote!(#p::Limits { #fields ..#p::Limits::DEFAULT }) }
}

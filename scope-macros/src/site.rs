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

/// The same where the user's own code stands: what is wrong with it is reported there.
pub(crate) fn own_at(name: &str, span: Span) -> Ident {
    Ident::new(name, span.resolved_at(Span::mixed_site()))
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

    /// The `static` with the name `sites`. `args`: the arguments in its entry record, each with its `#[cfg]`s.
    pub(crate) fn definition(&self, sites: &Ident, p: &TokenStream, of: &Function<'_>) -> TokenStream {
        let Function { span, args, resolved, runtime, .. } = of;
        let file = file(*span, p);
        let (text, places) = (self.text(of), number(self.places.len()));
        let count = number(args.len());
        let more_args = args.iter().any(|(cfgs, _)| !cfgs.is_empty()).then(|| {
            let names = args.iter().map(|(cfgs, name)| quote!(#cfgs #name));
            quote!(.with_args(&[#(#names),*]))
        });
        let limits = limits(resolved, p);
        let runtime = (!runtime.is_empty()).then(|| quote!(.with_runtime(#runtime)));
        quote! {
            static #sites: #p::Sites =
                #p::sites(#p::module_path!(), #file, #text, #count, #places) #more_args #limits #runtime;
        }
    }

    /// The text that describes the function: `scope-core/src/woven.rs` says how.
    fn text(&self, of: &Function<'_>) -> String {
        let mut text = format!("{}\t{}", of.name, of.span.start().line);
        for (_, name) in of.args {
            text.push('\t');
            text.push_str(&one_field(name));
        }
        for Place { kind, span, names } in &self.places {
            text.push('\n');
            text.push_str(&kind[..1]);
            text.push_str(&span.start().line.to_string());
            for name in names {
                text.push('\t');
                text.push_str(&one_field(name));
            }
        }
        text
    }
}

/// What separates fields and lines is a space in a name.
fn one_field(name: &str) -> std::borrow::Cow<'_, str> {
    if name.contains(['\t', '\n']) { name.replace(['\t', '\n'], " ").into() } else { name.into() }
}

fn number(count: usize) -> proc_macro2::Literal {
    proc_macro2::Literal::usize_unsuffixed(count)
}

/// The source file of the code at `span`: of the same code as the lines, wherever a macro took it from.
fn file(span: Span, p: &TokenStream) -> TokenStream {
    let file = span.file();
    // Outside of a compiler there are no files.
    if file.is_empty() || file.starts_with('<') { quote!(#p::file!()) } else { quote!(#file) }
}

/// What is known of a function beside its places.
pub(crate) struct Function<'a> {
    pub(crate) name: &'a str,
    pub(crate) span: Span,
    pub(crate) args: &'a [(TokenStream, String)],
    pub(crate) resolved: &'a Resolved,
    pub(crate) runtime: &'a str,
}

/// What sets the limits, where they are not the default ones.
fn limits(resolved: &Resolved, p: &TokenStream) -> Option<TokenStream> {
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
    if !resolved.opaque.is_empty() {
        let globs = resolved.opaque.iter().map(scope_plan::OpaqueGlob::as_str);
        differs("opaque", Some(quote!(&[#(#globs),*])));
    }
    if !resolved.redact.iter().map(String::as_str).eq(scope_plan::DEFAULT_REDACT.iter().copied()) {
        let globs = &resolved.redact;
        differs("redact", Some(quote!(&[#(#globs),*])));
    }
    (!fields.is_empty()).then(|| quote!(.limited(&#p::Limits { #fields ..#p::Limits::DEFAULT })))
}

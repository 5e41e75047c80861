//! The sites of one function, as they are found: what becomes its `static`.

use crate::plan;
use crate::tokens::Tokens;
use proc_macro2::{Delimiter, Ident, Literal, Span, TokenStream};
use quote::quote;
use scope_plan::{Clock, Limits, Loaded, Resolved};
use std::path::PathBuf;

/// A probe inside the function.
struct Place {
    kind: &'static str,
    span: Span,
    names: Vec<String>,
}

/// One of ours where the user's own code stands: what is wrong with it is reported there.
pub(crate) fn own_at(name: &str, span: Span) -> Ident {
    Ident::new(name, span.resolved_at(Span::mixed_site()))
}

/// The variable for a value that is given back, which begins at `place`. It is the user's own, so that what is wrong with the value is reported there, and not as
/// something that a macro made: so it is none of [`own`], and has a name that nobody has.
pub(crate) fn given_back(place: Span) -> Ident {
    Ident::new("__scope_given_back", place)
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

/// Adds a field to the text of a function.
pub(crate) fn field(text: &mut String, name: &str) {
    text.push('\t');
    // What separates fields and lines, and what stands around the text, is a space in a name. Others are most, and taken whole.
    let mut bytes = name.as_bytes();
    while let [b' '..0x7f, behind @ ..] = bytes {
        bytes = behind;
    }
    if bytes.is_empty() {
        text.push_str(name);
    } else {
        text.extend(name.chars().map(|c| if c.is_control() { ' ' } else { c }));
    }
}

impl Sites {
    /// Whether no place is known.
    pub(crate) fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Adds a place; gives its index.
    pub(crate) fn place(&mut self, kind: &'static str, span: Span, names: Vec<String>) -> usize {
        self.places.push(Place { kind, span, names });
        self.places.len() - 1
    }

    /// The `static` with the name `sites`: a macro of the facade's writes it out, which the compiler does faster than we.
    pub(crate) fn definition(&self, sites: &Ident, p: &Tokens, of: &Function<'_>) -> Tokens {
        self.written_out(sites, p, of, planned(of, p, of.hash()))
    }

    /// What the facade finds the sites by, a hash and the text, where the plan has nothing more to say of the function: then the compiler need not look into
    /// a `static`. Else that `static`.
    pub(crate) fn by_text(&self, sites: &Ident, p: &Tokens, of: &Function<'_>) -> Result<Tokens, Tokens> {
        let hash = of.hash();
        let planned = planned(of, p, hash);
        if !planned.is_empty() {
            return Err(self.written_out(sites, p, of, planned));
        }
        let mut inside = Tokens::default();
        inside.push(Literal::u32_unsuffixed(hash));
        inside.append(self.text(of, p));
        Ok(inside)
    }

    fn written_out(&self, sites: &Ident, p: &Tokens, of: &Function<'_>, planned: TokenStream) -> Tokens {
        let mut inside = Tokens::default();
        inside.push(sites.clone());
        inside.group(Delimiter::Parenthesis, self.text(of, p));
        inside.0.extend(planned);
        let mut definition = p.clone();
        definition.path("sites");
        definition.punct('!');
        definition.group(Delimiter::Brace, inside);
        definition
    }

    /// The text that describes the function, but for the marks around it and the module: `scope-core/src/woven.rs` says how.
    fn text(&self, of: &Function<'_>, p: &Tokens) -> Tokens {
        // The file is that of the same code as the lines, wherever a macro took it from. Outside of a compiler there are no files.
        let file = of.span.file();
        let known = !file.is_empty() && !file.starts_with('<');
        let mut text = String::new();
        if known {
            field(&mut text, &file);
        }
        field(&mut text, of.name);
        text.push_str(&format!("\t{}", of.span.start().line));
        for (_, name) in of.args {
            field(&mut text, name);
        }
        for Place { kind, span, names } in &self.places {
            text.push('\n');
            text.push_str(&kind[..1]);
            text.push_str(&span.start().line.to_string());
            for name in names {
                field(&mut text, name);
            }
        }
        text.push_str(of.plan_line);
        let mut tokens = Tokens::default();
        if !known {
            tokens.0.extend(quote!("\t", #p::file!(),));
        }
        tokens.push(Literal::string(&text));
        tokens
    }
}

/// What is known of a function beside its places.
pub(crate) struct Function<'a> {
    pub(crate) name: &'a str,
    pub(crate) span: Span,
    /// The arguments in its entry record, each with its `#[cfg]`s.
    pub(crate) args: &'a [(Tokens, String)],
    pub(crate) resolved: &'a Resolved,
    pub(crate) loaded: &'a Loaded,
    /// What [`plan::line`] says, and the `[runtime]` table.
    pub(crate) plan_line: &'a str,
    pub(crate) runtime: &'a str,
}

impl Function<'_> {
    /// By its file and its name.
    fn hash(&self) -> u32 {
        plan::hash(&[&self.span.file(), self.name])
    }
}

/// What the plan says of the function, where that is not the default.
fn planned(of: &Function<'_>, p: &Tokens, hash: u32) -> TokenStream {
    let Function { args, resolved, runtime, .. } = of;
    let limits = limits(resolved, p).map(|limits| quote!(limits: #limits,));
    let runtime = (!runtime.is_empty()).then(|| quote!(runtime: #runtime,));
    let args = args.iter().any(|(cfgs, _)| !cfgs.is_empty()).then(|| {
        let names = args.iter().map(|(cfgs, name)| quote!(#cfgs #name));
        quote!(args: #p::Some(&[#(#names),*]),)
    });
    let clock = match resolved.clock {
        Clock::Coarse => Some(quote!(clock: #p::Clock::Coarse,)),
        Clock::None => Some(quote!(clock: #p::Clock::None,)),
        _ => None,
    };
    let snapshot_over = resolved.snapshot_over.map(|limit| {
        let nanos = proc_macro2::Literal::u64_unsuffixed(u64::try_from(limit.as_nanos()).unwrap_or(u64::MAX));
        quote!(snapshot_over: #p::Duration::from_nanos(#nanos),)
    });
    let plan = plan::text(of.loaded, hash, p);
    let source = resolved.embed_source.then(|| source_of(of.span)).flatten();
    let source = source.map(|path| quote!(source: #p::include_str!(#path),));
    quote!(#limits #runtime #args #clock #snapshot_over #plan #source)
}

/// The absolute path of the file with the code at `span`, where it can be read. The compiler has it in memory, so that all functions of a crate
/// share one text.
fn source_of(span: Span) -> Option<String> {
    let written = || Some(PathBuf::from(span.file())).filter(|path| path.is_absolute());
    let path = std::path::absolute(span.local_file().or_else(written)?).ok()?;
    path.is_file().then(|| path.to_str().map(str::to_owned)).flatten()
}

/// The limits, where they are not the default ones.
fn limits(resolved: &Resolved, p: &Tokens) -> Option<TokenStream> {
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
    (!fields.is_empty()).then(|| quote!(#p::Limits { #fields ..#p::Limits::DEFAULT }))
}

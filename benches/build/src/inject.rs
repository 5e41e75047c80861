//! Puts an attribute, as text, in front of every function of a crate's sources.

use std::fs;
use std::path::Path;

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, ImplItemFn, ItemFn, Signature, TraitItemFn, Visibility};

/// Writes `attribute` before every function with a body below `folder`, but `const fn` and tests. Gives their number.
pub(crate) fn inject(folder: &Path, attribute: &str) -> Result<usize, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("can't read {}: {error}", folder.display()))?;
    let mut count = 0;
    for entry in entries {
        let path = entry.map_err(|error| error.to_string())?.path();
        if path.is_dir() {
            count += inject(&path, attribute)?;
        } else if path.extension().is_some_and(|end| end == "rs") {
            count += file(&path, attribute)?;
        }
    }
    Ok(count)
}

fn file(path: &Path, attribute: &str) -> Result<usize, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("can't read {}: {error}", path.display()))?;
    // What is only a part of a file, for `include!`, stays as it is.
    let Ok(parsed) = syn::parse_file(&text) else { return Ok(0) };
    let mut found = Functions(Vec::new());
    found.visit_file(&parsed);
    let mut places = found.0;
    places.sort_unstable();
    let mut woven = text.clone();
    for place in places.iter().rev() {
        woven.insert_str(*place, &format!("{attribute} "));
    }
    fs::write(path, woven).map_err(|error| format!("can't write {}: {error}", path.display()))?;
    Ok(places.len())
}

/// Where the functions begin, behind their attributes: offsets in bytes.
struct Functions(Vec<usize>);

impl Functions {
    fn add(&mut self, attrs: &[Attribute], vis: Option<&Visibility>, default: Option<Span>, sig: &Signature) {
        let conditional = attrs.iter().any(|attr| attr.path().is_ident("test") || attr.path().is_ident("bench"));
        if conditional || sig.constness.is_some() {
            return;
        }
        let vis = vis.filter(|vis| !matches!(vis, Visibility::Inherited)).map(Spanned::span);
        let first = vis.or(default).unwrap_or_else(|| sig.span());
        self.0.push(first.byte_range().start);
    }
}

impl<'f> Visit<'f> for Functions {
    fn visit_item_fn(&mut self, item: &'f ItemFn) {
        self.add(&item.attrs, Some(&item.vis), None, &item.sig);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'f ImplItemFn) {
        self.add(&item.attrs, Some(&item.vis), item.defaultness.map(|word| word.span), &item.sig);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'f TraitItemFn) {
        if item.default.is_some() {
            self.add(&item.attrs, None, None, &item.sig);
        }
        visit::visit_trait_item_fn(self, item);
    }
}

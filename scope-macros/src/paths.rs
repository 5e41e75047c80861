//! Names: of the module that a file holds, of types, of functions.

use crate::tokens::Bare as _;
use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use std::path::{Component, Path};

/// The path of the module that `file` holds, below the crate's root, from the usual layout of a package.
///
/// `bin`: a file directly in `src/` may be the root of a binary. Two things can't be told from a file: `#[path = "…"]`, and the inline
/// modules round the attribute's item (unless the attribute is on them). There the plan sees a shorter path than
/// `module_path!()`, which the log has.
pub(crate) fn modules(package: &Path, file: &Path, crate_name: &str, bin: bool) -> Vec<String> {
    let Ok(inside) = file.strip_prefix(package) else { return Vec::new() };
    let mut names: Vec<String> = Vec::new();
    for component in inside.components() {
        match component {
            Component::Normal(name) => names.push(name.to_string_lossy().into_owned()),
            _ => return Vec::new(),
        }
    }
    let Some(last) = names.last_mut() else { return Vec::new() };
    *last = last.strip_suffix(".rs").unwrap_or(last).to_owned();
    let mut names = names.as_slice();
    let mut own_roots = bin;
    match names {
        [top, rest @ ..] if top == "src" => names = rest,
        [top, rest @ ..] if ["tests", "examples", "benches"].contains(&top.as_str()) => {
            names = rest;
            own_roots = true;
        }
        _ => return Vec::new(),
    }
    if let [top, rest @ ..] = names
        && top == "bin"
        && !rest.is_empty()
    {
        names = rest;
        own_roots = true;
    }
    if let [first, rest @ ..] = names
        && own_roots
        && first.replace('-', "_") == crate_name
    {
        names = rest;
    }
    if let [rest @ .., last] = names
        && ["lib", "main", "mod"].contains(&last.as_str())
    {
        names = rest;
    }
    names.to_vec()
}

/// A type or path as people write it: `Vec<u8>`, `&'a mut [T]`, `dyn Fn(u8) -> u8 + Send`.
pub(crate) fn compact(tokens: TokenStream) -> String {
    let mut text = String::new();
    print(tokens, &mut text);
    text
}

fn print(tokens: TokenStream, text: &mut String) {
    let word = |text: &str| text.ends_with(|c: char| c.is_alphanumeric() || c == '_');
    // A joint punctuation character belongs to the next one: `->`, `::`, `'a`.
    let mut joint: Option<char> = None;
    for token in tokens {
        let before = joint.take();
        match token {
            TokenTree::Ident(ident) => {
                if word(text) && before.is_none() {
                    text.push(' ');
                }
                text.push_str(&ident.bare());
            }
            TokenTree::Literal(literal) => {
                if word(text) {
                    text.push(' ');
                }
                text.push_str(&literal.to_string());
            }
            TokenTree::Punct(punct) => {
                let c = punct.as_char();
                let arrow = before == Some('-') && c == '>';
                let opens = (matches!(c, '+' | '=' | '-') || c == '\'' && word(text)) && before.is_none();
                if opens && !text.is_empty() {
                    text.push(' ');
                }
                text.push(c);
                if punct.spacing() == Spacing::Joint {
                    joint = Some(c);
                } else if arrow || matches!(c, '+' | '=' | ',' | ';') {
                    text.push(' ');
                }
                if arrow && punct.spacing() == Spacing::Joint {
                    text.push(' ');
                }
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::None => ("", ""),
                };
                // `&mut [T]` and `dyn (…)`, but `Fn(…)`: only keywords are set apart.
                if ["mut", "const", "dyn", "impl"].iter().any(|keyword| text.ends_with(keyword)) && !open.is_empty() {
                    text.push(' ');
                }
                text.push_str(open);
                print(group.stream(), text);
                text.push_str(close);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_file(file: &str, name: &str, bin: bool) -> String {
        modules(Path::new("/pkg"), &Path::new("/pkg").join(file), name, bin).join("::")
    }

    #[test]
    fn modules_of_files() {
        for (file, name, expected) in [
            ("src/lib.rs", "shop", ""),
            ("src/main.rs", "shop", ""),
            ("src/orders.rs", "shop", "orders"),
            ("src/shop.rs", "shop", "shop"),
            ("src/orders/mod.rs", "shop", "orders"),
            ("src/orders/place.rs", "shop", "orders::place"),
            ("src/bin/my-tool.rs", "my_tool", ""),
            ("src/bin/tool/main.rs", "tool", ""),
            ("src/bin/tool/read.rs", "tool", "read"),
            ("src/bin.rs", "shop", "bin"),
            ("examples/tour.rs", "tour", ""),
            ("examples/tour/main.rs", "tour", ""),
            ("examples/tour/parse.rs", "tour", "parse"),
            ("tests/common/mod.rs", "walk", "common"),
            ("build.rs", "build_script_build", ""),
        ] {
            assert_eq!(in_file(file, name, false), expected, "{file}");
        }
        assert_eq!(in_file("src/f.rs", "f", true), "");
        assert_eq!(modules(Path::new("/pkg"), Path::new("/else/src/a.rs"), "a", false), Vec::<String>::new());
    }

    #[test]
    fn types_are_printed_as_people_write_them() {
        for text in [
            "Order",
            "Vec<Option<&'a mut [u8]>>",
            "HashMap<String, (u8, A)>",
            "dyn Fn(u8) -> Vec<u8> + Send",
            "[T; N]",
            "&dyn Iterator<Item = u8>",
            "*const u8",
            "a::b::C",
            "Matrix<2, 3>",
            "Foo<'a, T>",
            "&'static str",
            "fn(&u8) -> !",
        ] {
            assert_eq!(compact(text.parse().unwrap()), text);
        }
        assert_eq!(compact("r#type".parse().unwrap()), "type");
    }
}

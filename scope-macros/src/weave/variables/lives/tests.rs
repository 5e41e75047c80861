//! Code in which `†` stands before each name that gets a value which nobody looks at.

use super::*;
use proc_macro2::TokenStream;
use syn::Block;
use syn::parse::Parser;

/// Puts the signs where `Dead` finds them.
fn marked(params: &str, code: &str) -> String {
    let tokens: TokenStream = code.parse().expect("tokens");
    let first = at(&key(tokens.clone().into_iter().next().expect("a token").span())).expect("an offset");
    let stmts = Block::parse_within.parse2(tokens).expect("statements");
    let params: Vec<Ident> = params.split_whitespace().map(|name| quote::format_ident!("{name}")).collect();
    let dead = Dead::of(&stmts, &params);
    let mut places: Vec<usize> =
        dead.places.iter().filter(|(_, place)| !place.wanted).filter_map(|(key, _)| at(key)).collect();
    places.sort_unstable();
    let mut text = code.to_owned();
    for place in places.iter().rev().filter_map(|place| place.checked_sub(first)) {
        text.insert(place, '†');
    }
    text
}

fn at(key: &str) -> Option<usize> {
    key.strip_prefix("bytes(")?.split("..").next()?.parse().ok()
}

#[test]
fn what_is_dead() {
    let mut wrong = Vec::new();
    for code in [
        "let †x = 1; let y = 2; f(y);",
        "let †x = 1; let x = 2; f(x);",
        "let x = 1; { let †x = 2; } f(x);",
        "let mut †x = 1; x = 2; f(x);",
        "let mut x = 1; f(x); †x = 2;",
        "let mut †x = 1; †x += 1;",
        "let mut x = 1; x += 1; f(x);",
        "let mut †x = 1; †x = x + 1;",
        "let x; x = 1; f(x);",
        "let (a, †b) = p; f(a);",
        "let P { x: a, †y, .. } = p; f(a);",
        "let mut x = 1; let r = &mut x; r.f();",
        "let x = 1; println!(\"{x}\");",
        "let †x = 1; println!(\"x {{x}}\");",
        "let w = 1; println!(\"{:w$}\", 1);",
        "let x = 1; macro_rules! m { () => { x } } m!();",
        "let mut †x = 1; if c { x = 2; } else { x = 3; } f(x);",
        "let mut x = 1; if c { x = 2; } f(x);",
        "let mut x = 1; if c { †x = 2; return; } f(x);",
        "let mut x = 1; if c { †x = 2; panic!(); } f(x);",
        "let mut x = 0; loop { f(x); x = 1; }",
        "let mut †x = 0; loop { x = 1; f(x); }",
        "let mut †x = 0; loop { †x = 1; }",
        "let mut x = 0; while x < 3 { x += 1; }",
        "let mut x = 0; while c { if d { x = 1; break; } } f(x);",
        "let mut x = 0; loop { if c { †x = 1; break; } f(x); }",
        "let mut x = 0; 'a: loop { f(x); loop { x = 1; continue 'a; } }",
        "let mut †x = 0; 'a: { if c { x = 1; break 'a; } †x = 2; return; } f(x);",
        "let mut †last = 0; for x in v { †last = x; }",
        "let mut last = 0; for x in v { last = x; } f(last);",
        "for †i in v { }",
        "for i in v { f(i); }",
        "match o { Some((†a, b)) => f(b), None => {} }",
        "match o { Some(n @ (†a, _)) if n > 1 => {} †x => {} }",
        "match o { A(†n) | B(†n) => {} }",
        "if let Some(a) = o && a > 1 && let Some(†b) = p { }",
        "while let Some(†a) = o { }",
        "let Some((a, †b)) = o else { return };  f(a);",
        "let f = |a, †b| a; f(1, 2);",
        "let mut n = 1; let mut f = || n = 2; f();",
        "let mut n = 1; let mut f = move || { n += 1; n }; f();",
        "let mut †m = 1; let mut f = move || { †m += 1; }; f();",
        "let mut †x = 1; †x = { x = 2; f(x); 3 };",
        "let x = 1; async { x };",
        "let x = 1; let s = S { x }; f(s);",
        "let mut †x = 1; (x, †y) = (2, 3); f(x);",
        "let mut x = 1; if a && { x = 2; true } { f(x); } f(x);",
        "#[cfg(a)] let x = 1; #[cfg(not(a))] let x = 2; f(x);",
        "let x = 1; #[cfg(a)] { return; } f(x);",
        "let mut †x = 1; g(h?); x = 2; f(x);",
    ] {
        let found = marked("", &code.replace('†', ""));
        if found != code {
            wrong.push((code, found));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn parameters() {
    let dead = |params: &str, code: &str| {
        let stmts = Block::parse_within.parse_str(code).expect("statements");
        let params: Vec<Ident> = params.split_whitespace().map(|name| quote::format_ident!("{name}")).collect();
        // They have all the same place here.
        params
            .iter()
            .filter(|name| Dead::of(&stmts, std::slice::from_ref(name)).at(name))
            .map(Ident::to_string)
            .collect::<Vec<_>>()
    };
    assert_eq!(dead("a b c", "b = 1; f(b); g(c)"), ["a", "b"]);
    assert_eq!(dead("a", "if x { a }"), [""; 0]);
}

/// What is walked twice in what is walked twice takes ever longer: this would not end.
#[test]
fn closures_in_closures_end() {
    let depth = 30;
    let code =
        (0..depth).fold("a".to_owned(), |inside, at| format!("let f{at} = move |x{at}: u32| {{ {inside} }}; f{at}(1)"));
    let tokens: TokenStream = format!("let a = 1; {code}").parse().expect("tokens");
    let stmts = Block::parse_within.parse2(tokens).expect("statements");
    assert!(Dead::of(&stmts, &[]).places.values().any(|place| !place.wanted));
}

#[test]
fn loops_in_closures_in_loops_end() {
    let mut code = "a += 1".to_owned();
    for _ in 0..8 {
        let loops = (0..5).fold(code, |inside, _| format!("for _ in 0..2 {{ {inside} }}"));
        code = format!("a += (move || {{ let mut a = 0; {loops}; a }})()");
    }
    let tokens: TokenStream = format!("let mut a = 1; {code}; f(a)").parse().expect("tokens");
    let stmts = Block::parse_within.parse2(tokens).expect("statements");
    assert!(Dead::of(&stmts, &[]).places.values().all(|place| place.wanted));
}

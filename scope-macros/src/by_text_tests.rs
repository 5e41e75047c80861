//! Functions that have their sites by their text: where the plan's file, which tests have in every function, says nothing of them.

use super::*;
use crate::plan::Fixed;

fn woven(level: &str, item: TokenStream) -> TokenStream {
    let arguments = format!("level = \"{level}\"").parse().unwrap();
    let (tokens, errors) = attribute(arguments, item, &Fixed::built_in());
    assert!(errors.is_empty());
    tokens
}

/// The code as people would write it, with `HASH` for what hangs on the name of the file, which is none here.
fn pretty(tokens: TokenStream) -> String {
    let text = tokens.to_string();
    let is_hash = |word: &str| word.len() > 6 && word.bytes().all(|byte| byte.is_ascii_digit());
    let words: Vec<&str> = text.split(' ').map(|word| if is_hash(word) { "HASH" } else { word }).collect();
    super::tests::pretty(words.join(" ").parse().unwrap())
}

#[test]
fn sites_are_found_by_the_text() {
    let item = "fn add(&self, n: u8, list: Vec<u8>) -> u8 { check(n).unwrap() }
        fn first(&self) { go(); }
        fn lines(n: u8) { go(n); go(n); }";
    let all: Vec<String> = ["boundaries", "detailed", "full"]
        .into_iter()
        .map(|level| {
            let items = item.split("\n").map(|item| pretty(woven(level, item.parse().unwrap()))).collect::<Vec<_>>();
            format!("// {level}\n{}", items.join("\n"))
        })
        .collect();
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn an_attribute_that_comes_second_leaves_it_as_it_is() {
    for item in
        ["fn one() { go(); }", "fn two(a: u8) -> Option<u8> { go(a)?; Some(a) }", "fn three(a: Vec<u8>) { a.len(); }"]
    {
        for level in ["boundaries", "detailed", "full"] {
            let once = woven(level, item.parse().unwrap());
            assert!(level == "full" || once.to_string().contains("by_text"), "{once}");
            assert_eq!(woven("full", once.clone()).to_string(), once.to_string(), "{level}");
        }
    }
}

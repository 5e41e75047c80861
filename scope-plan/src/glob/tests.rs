//! The globs of the design, and the matcher against one that is too simple to be wrong.

use proptest::prelude::*;

use super::*;

fn glob(text: &str) -> PathGlob {
    PathGlob::new(text).unwrap()
}

#[test]
fn the_globs_of_the_design() {
    assert!(glob("my_app::orders::*").matches("my_app::orders::place"));
    assert!(!glob("my_app::orders::*").matches("my_app::orders::Order::place"));
    assert!(!glob("my_app::orders::*").matches("my_app::orders"));
    assert!(glob("my_app::**").matches("my_app::orders::Order::place"));
    assert!(glob("my_app::**").matches("my_app"));
    assert!(!glob("my_app::**").matches("my_app_too::main"));
    assert!(glob("*::Order::place").matches("my_app::Order::place"));
    assert!(!glob("*::Order::place").matches("my_app::orders::Order::place"));
    assert!(glob("**::Order::place").matches("my_app::orders::Order::place"));
    assert!(glob("**::Order::place").matches("Order::place"));
    for path in [
        "my_app::shapes::<Square as Shape>::area",
        "my_app::<Square as my_app::Shape>::area",
        "my_app::<impl my_app::Shape for Square>::area",
        "my_app::<impl<T> my_app::Shape for Wrapper<T>>::area",
    ] {
        assert!(glob("<impl my_app::Shape for *>::area").matches(path), "{path}");
        assert!(glob("**::<* as Shape>::*").matches(path), "{path}");
        assert!(!glob("<Circle as *>::area").matches(path), "{path}");
    }
    assert!(!glob("<impl my_app::Shape for *>::area").matches("my_app::<Square as other::Shape>::area"));
}

#[test]
fn generic_arguments_count_only_where_the_glob_has_some() {
    assert!(glob("m::Order::place").matches("m::Order<T>::place"));
    assert!(glob("m::Ord*::place").matches("m::Order<T>::place"));
    assert!(glob("m::Order<u8>::place").matches("m::Order < u8 >::place"));
    assert!(!glob("m::Order<u8>::place").matches("m::Order<T>::place"));
    assert!(glob("m::type::f").matches("m::r#type::f"));
}

#[test]
fn a_module_covers_what_is_inside() {
    assert!(glob("my_app::orders").covers("my_app::orders::Order::place"));
    assert!(glob("my_app::orders::**").covers("my_app::orders::Order::place"));
    assert!(!glob("my_app::orders").covers("my_app::orders_old::place"));
    assert!(glob("**::tests").filters("my_app::a::tests::one"));
    assert!(glob("my_app::*").filters("my_app::main"));
    assert!(!glob("my_app::*").filters("my_app::orders::place"));
    assert!(glob("my_app::o*").filters("my_app::orders::place"));
}

#[test]
fn the_more_is_written_out_the_stronger() {
    let order =
        ["**", "my*::**", "my_app::**", "my_app::o*", "my_app::orders", "my_app::orders::Order", "my_app::a::b::c"];
    assert!(order.map(|text| glob(text).specificity()).is_sorted_by(|a, b| a < b));
    assert_eq!(glob("a::<B as c::D>::e*").specificity(), Specificity { literal_segments: 2, literal_characters: 5 });
}

#[test]
fn what_can_match_nothing_is_refused() {
    let mut report = String::new();
    for text in [
        "",
        " ",
        "::a",
        "a::",
        "a::::b",
        "a.b",
        "a/b",
        "a:b",
        "my-app::x",
        "crate::x",
        "a**",
        "a::<B",
        "a>::b",
        "a b",
        "a::{b,c}",
        "a::b?",
        "fn()",
    ] {
        match PathGlob::new(text) {
            Ok(glob) => report.push_str(&format!("{text:?}: accepted {glob:?}\n")),
            Err(error) => report.push_str(&format!("{text:?}: {error}\n")),
        }
    }
    insta::assert_snapshot!(report);
}

#[test]
fn no_pattern_is_slow() {
    let path = ["aaaaaaaaaaaaaaaaaaaaaaaa"; 60].join("::");
    let piece = "*a".repeat(12) + "b";
    let pattern = format!("{}{piece}", format!("**::{}::", "*a*a*a*a").repeat(20));
    assert!(!glob(&pattern).matches(&path));
}

/// Whether `text` is `pattern`, by trying everything.
fn reference_text(pattern: &[u8], text: &[u8]) -> bool {
    match pattern {
        [] => text.is_empty(),
        [b'*', rest @ ..] => (0..=text.len()).any(|n| reference_text(rest, &text[n..])),
        [c, rest @ ..] => text.first() == Some(c) && reference_text(rest, &text[1..]),
    }
}

fn reference(pattern: &[&str], path: &[&str]) -> bool {
    match pattern {
        [] => path.is_empty(),
        ["**", rest @ ..] => (0..=path.len()).any(|n| reference(rest, &path[n..])),
        [one, rest @ ..] => match path {
            [first, others @ ..] => reference_text(one.as_bytes(), first.as_bytes()) && reference(rest, others),
            [] => false,
        },
    }
}

/// A segment as a plan may have it: `**` stands alone.
fn one_star(mut piece: String) -> String {
    while piece != "**" && piece.contains("**") {
        piece = piece.replacen("**", "*", 1);
    }
    piece
}

proptest! {
    #[test]
    fn matches_as_the_reference_does(
        pattern in prop::collection::vec(prop_oneof![2 => "[ab*]{1,4}", 1 => Just("**".to_owned())], 1..5),
        path in prop::collection::vec("[ab]{1,4}", 1..6),
    ) {
        let pattern: Vec<String> = pattern.into_iter().map(one_star).collect();
        let pieces: Vec<&str> = pattern.iter().map(String::as_str).collect();
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        let glob = glob(&pieces.join("::"));
        prop_assert_eq!(glob.matches(&names.join("::")), reference(&pieces, &names));
        let covered = (1..=names.len()).any(|n| reference(&pieces, &names[..n]));
        prop_assert_eq!(glob.covers(&names.join("::")), covered);
    }

    #[test]
    fn no_text_makes_a_glob_panic(text in "[a*:<> \\-ü&]{0,12}", path in "[a:<> \\-ü&]{0,12}") {
        if let Ok(glob) = PathGlob::new(&text) {
            let _ = (glob.matches(&path), glob.covers(&path), glob.filters(&path), glob.specificity());
        }
    }

    #[test]
    fn a_path_is_a_glob_of_itself(path in prop::collection::vec("[a-z_][a-z0-9_]{0,5}|<[A-Z] as [A-Z]>", 2..5)) {
        let path = format!("krate::{}", path.join("::"));
        prop_assert!(glob(&path).matches(&path));
    }
}

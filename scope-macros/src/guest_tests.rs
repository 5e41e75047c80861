//! What attributes of somebody else's find, that come behind ours.

use super::*;
use crate::plan::Fixed;

/// syn takes the inner attributes of a body for the function's, and many macros print all of those in front of it.
#[test]
fn there_are_no_inner_attributes_of_ours() {
    for item in [
        "#[rstest] fn f(x: Option<u8>) -> u8 { match x { Some(n) => n + 1, None => 0 } }",
        "#[rstest] async fn f(x: Option<u8>) -> u8 { wait().await; if let Some(n) = x { n } else { 0 } }",
        "#[rstest] async fn f(self) -> Next { select!(a, b); self.next() }",
        "#[rstest] fn f(m: &Mutex<u8>) { let all = m.lock().unwrap(); use_all(&all); }",
        "#[automock] trait T { fn f(&self, x: Option<u8>) -> u8 { match x { Some(n) => n + 1, None => 0 } } }",
    ] {
        for level in ["boundaries", "detailed", "full"] {
            let arguments = format!("level = \"{level}\"").parse().unwrap();
            let (woven, errors) = attribute(arguments, item.parse().unwrap(), &Fixed::built_in());
            assert!(errors.is_empty());
            let text = woven.to_string();
            assert!(text.contains("__scope_") && !text.contains("# !"), "{level}: {text}");
        }
    }
}

//@ edition 2021
//! Arms that borrow what they make: with braces round them, the borrow would become another type's behind its end.
#[scope::instrument(level = "full")]
fn unused(option: Option<&str>) -> usize {
    let mut seen = 0;
    match option {
        Some(s) => s,
        None => &format!("{} {}!", "hello", "world"),
    };
    if let Some(s) = option {
        match s {
            "a" => s,
            _ => &s.to_uppercase(),
        };
        seen += s.len();
    }
    match option {
        Some(s) => s.as_bytes(),
        None => &vec![1, 2, 3],
    };
    seen
}
#[scope::instrument(level = "full")]
fn extended(option: Option<&str>) -> usize {
    let s: &str = match option {
        Some(s) => s,
        None => &format!("{} {}!", "hello", "world"),
    };
    let t = match option {
        Some("x") => &s.len(),
        _ => &(s.len() + 1),
    };
    s.len() + *t
}
#[scope::instrument(level = "full")]
fn promoted(n: u8) -> &'static usize {
    match n {
        0 => &std::mem::size_of::<u32>(),
        _ => &8,
    }
}
fn main() {
    assert_eq!((unused(None), unused(Some("ab"))), (0, 2));
    assert_eq!((extended(None), extended(Some("x"))), (25, 2));
    assert_eq!(promoted(0), &4);
}
//> unused(option = None)
//>   seen = 0
//>   branch None
//>   branch None
//>   seen = 0
//> unused Returned 0
//> unused(option = Some("ab"))
//>   seen = 0
//>   branch Some(s)
//>   s = "ab"
//>   branch if let Some(s) = option
//>   s = "ab"
//>   branch _
//>   seen = 2
//>   branch Some(s)
//>   s = "ab"
//>   seen = 2
//> unused Returned 2
//> extended(option = None)
//>   branch None
//>   s = "hello world!"
//>   branch _
//>   t = 13
//> extended Returned 25
//> extended(option = Some("x"))
//>   branch Some(s)
//>   s = "x"
//>   s = "x"
//>   branch Some("x")
//>   t = 1
//> extended Returned 2
//> promoted(n = 0)
//>   branch 0
//> promoted Returned 4

//@ edition 2024
//! Chains of `let`s, where a later one takes what an earlier one bound, or borrows from it.
#[scope::instrument]
fn borrowed(list: &mut Vec<Option<String>>) -> usize {
    if let Some(first) = list.get_mut(0)
        && let Some(text) = first.as_mut()
    {
        text.push('!');
        return text.len();
    }
    0
}
#[scope::instrument]
fn moved(list: Option<Vec<String>>) -> usize {
    if let Some(list) = list
        && let Some(last) = list.into_iter().last()
        && !last.is_empty()
    {
        return last.len();
    }
    0
}
#[scope::instrument]
fn compared(mut next: Option<u8>, most: u8) -> u8 {
    while let Some(n) = next
        && n < most
        && let Some(more) = n.checked_add(2)
    {
        next = Some(more);
    }
    if let Some(n) = next
        && n > most
    {
        return n;
    }
    0
}
fn main() {
    assert_eq!(borrowed(&mut vec![Some("a".to_owned())]), 2);
    assert_eq!(moved(Some(vec!["a".to_owned(), "bcd".to_owned()])), 3);
    assert_eq!(compared(Some(1), 4), 5);
}
//> borrowed(list = [Some("a")])
//>   branch if let Some(first) = list.get_mut(0) && let Some(text) = first.…
//>   text = "a"
//> borrowed Returned 2
//> moved(list = Some(["a", "bcd"]))
//>   branch if let Some(list) = list && let Some(last) = list.into_iter().l…
//> moved Returned 3
//> compared(next = Some(1), most = 4)
//>   round while let Some(n) = next && n < most && let Some(more) = n.checked…
//>   more = 3
//>   next = Some(3)
//>   round while let Some(n) = next && n < most && let Some(more) = n.checked…
//>   more = 5
//>   next = Some(5)
//>   branch if let Some(n) = next && n > most
//>   n = 5
//> compared Returned 5

//! A number that is lent; a body that never ends, with variables whose types are known late.
#[scope::instrument]
fn lent(n: u8) -> (bool, u8) {
    let mut number = 2_u8;
    let mut held = Some(&mut number);
    if let Some(held) = &mut held {
        **held += n;
    }
    (held.take().is_some(), number)
}
#[scope::instrument]
fn lent_to_a_format(n: u8) -> (String, u8) {
    let mut number = n;
    number += 1;
    let mut count = 5_u8;
    let held = &mut count;
    *held += number;
    let both = (format!("{held}"), count);
    both
}
#[scope::instrument]
fn never(n: u8) -> ! {
    let mut list = Vec::new();
    list.push(n);
    panic!("{list:?}")
}
fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    assert_eq!(lent(1), (true, 3));
    assert_eq!(lent_to_a_format(1), ("7".to_owned(), 7));
    assert!(std::panic::catch_unwind(|| never(1)).is_err());
}
//> lent(n = 1)
//>   number = 2
//>   held = Some(2)
//>   branch if let Some(held) = &mut held
//>   held = 2
//>   held = Some(3)
//> lent Returned (true, 3)
//> lent_to_a_format(n = 1)
//>   number = 1
//>   number = 2
//>   count = 5
//>   held = 5
//>   both = ("7", 7)
//> lent_to_a_format Returned ("7", 7)
//> never(n = 1)
//>   list = b""
//> never Panicked

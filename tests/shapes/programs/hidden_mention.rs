//! A variable that is borrowed by what a format string, or a macro of the body's own, mentions.
#[scope::instrument]
fn lens(n: u8) -> (usize, usize, usize) {
    let mut list = vec![n];
    let held = &mut list;
    held.push(2);
    let first = (format!("{held:?}").len(), list.len());
    let held = &mut list;
    macro_rules! more {
        () => {
            held.push(3)
        };
    }
    more!();
    let second = (more!(), list.len());
    (first.0, first.1, second.1)
}
fn main() {
    assert_eq!(lens(1), (6, 2, 4));
}
//> lens(n = 1)
//>   list = b"\x01"
//>   held = b"\x01"
//>   first = (6, 2)
//>   list = b"\x01\x02"
//>   held = b"\x01\x02"
//>   second = ((), 4)
//> lens Returned (6, 2, 4)

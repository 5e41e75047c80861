//! The tail is two blocks under opposite cfgs, and a cfg'd match.
#[scope::instrument]
fn f(x: u8) -> u8 {
    #[cfg(any())]
    {
        x
    }
    #[cfg(not(any()))]
    {
        x + 1
    }
}
#[scope::instrument]
fn g(x: u8) -> Option<u8> {
    #[cfg(any())]
    match x {
        0 => None,
        _ => Some(x),
    }
    #[cfg(all())]
    match x {
        0 => Some(1),
        _ => None,
    }
}
fn main() {
    assert_eq!(f(1), 2);
    assert_eq!(g(0), Some(1));
}
//> f(x = 1)
//> f Returned 2
//> g(x = 0)
//>   branch 0
//> g Returned Some(1)

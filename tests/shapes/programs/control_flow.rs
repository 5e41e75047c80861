//! Labelled breaks, let-else, return in a closure, loop tail, match tail.
#[scope::instrument]
fn f(v: &[u8]) -> u8 {
    'o: loop {
        for x in v {
            if *x == 3 {
                break 'o *x;
            }
            if *x == 9 {
                continue 'o;
            }
        }
        return 0;
    }
}
#[scope::instrument]
fn g(o: Option<u8>) -> u8 {
    let Some(x) = o else { return 7 };
    let c = |y: u8| {
        if y == 0 {
            return 1;
        }
        y
    };
    c(x)
}
#[scope::instrument]
fn h(o: Option<&str>) -> &str {
    match o {
        Some(x) => x,
        None => "",
    }
}
fn main() {
    assert_eq!(f(&[1, 3]) + f(&[1]) + g(None) + g(Some(0)), 11);
    assert_eq!(h(Some("a")), "a");
}
//> f(v = b"\x01\x03")
//>   round loop
//>   round for x in v
//>   x = 1
//>   round for x in v
//>   x = 3
//>   branch if *x == 3
//> f Returned 3
//> f(v = b"\x01")
//>   round loop
//>   round for x in v
//>   x = 1
//> f Returned 0
//> g(o = None)
//>   branch else of let Some(x)
//> g Returned 7
//> g(o = Some(0))
//>   x = 0
//>   c = <Opaque: control_flow::g::{{closure}}, 0 bytes>
//>   y = 0
//>   branch if y == 0
//> g Returned 1
//> h(o = Some("a"))
//>   branch Some(x)
//>   x = "a"
//> h Returned "a"

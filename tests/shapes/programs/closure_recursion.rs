//! A generic fn that calls itself with a wrapped closure of the same type.
#[scope::instrument]
fn walk<F: FnMut(u8)>(n: u8, f: &mut F) {
    if n > 0 {
        f(n);
        walk(n - 1, f)
    }
}
#[scope::instrument]
fn dynwalk(n: u8, f: &mut dyn FnMut(u8)) {
    if n > 0 {
        dynwalk(n - 1, &mut |x| f(x + 1))
    } else {
        f(0)
    }
}
fn main() {
    let mut s = 0;
    walk(3, &mut |x| s += x);
    assert_eq!(s, 6);
    dynwalk(3, &mut |x| assert_eq!(x, 3));
}
//> walk(n = 3, f = <Opaque: closure_recursion::main::{{closure}}, 8 bytes>)
//>   branch if n > 0
//>   f = <Opaque: &mut closure_recursion::main::{{closure}}, 8 bytes>
//>   walk(n = 2, f = <Opaque: closure_recursion::main::{{closure}}, 8 bytes>)
//>     branch if n > 0
//>     f = <Opaque: &mut closure_recursion::main::{{closure}}, 8 bytes>
//>     walk(n = 1, f = <Opaque: closure_recursion::main::{{closure}}, 8 bytes>)
//>       branch if n > 0
//>       f = <Opaque: &mut closure_recursion::main::{{closure}}, 8 bytes>
//>       walk(n = 0, f = <Opaque: closure_recursion::main::{{closure}}, 8 bytes>)
//>       walk Returned
//>     walk Returned
//>   walk Returned
//> walk Returned
//> dynwalk(n = 3, f = <Opaque: &mut dyn core::ops::function::FnMut(u8), 16 bytes>)
//>   branch if n > 0
//>   dynwalk(n = 2, f = <Opaque: &mut dyn core::ops::function::FnMut(u8), 16 bytes>)
//>     branch if n > 0
//>     dynwalk(n = 1, f = <Opaque: &mut dyn core::ops::function::FnMut(u8), 16 bytes>)
//>       branch if n > 0
//>       dynwalk(n = 0, f = <Opaque: &mut dyn core::ops::function::FnMut(u8), 16 bytes>)
//>         branch else of if n > 0
//>         x = 0
//>         x = 1
//>         x = 2
//>       dynwalk Returned
//>     dynwalk Returned
//>   dynwalk Returned
//> dynwalk Returned

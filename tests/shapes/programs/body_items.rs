//! Use, static, struct, macro_rules!, inner attributes and nested fns in the body.
#[scope::instrument]
fn f(a: u8) -> u8 {
    #![allow(non_snake_case, dead_code)]
    use std::sync::atomic::*;
    static N: AtomicU8 = AtomicU8::new(1);
    struct Local(u8);
    macro_rules! two {
        () => {
            2
        };
    }
    const C: u8 = 1;
    #[scope::instrument]
    fn inner(x: u8) -> u8 {
        x + 1
    }
    impl Local {
        #[scope::instrument]
        fn get(&self) -> u8 {
            self.0
        }
    }
    let X = N.load(Ordering::SeqCst);
    X + two!() + C + inner(a) + Local(1).get()
}
fn main() {
    assert_eq!(f(1), 7);
}
//> f(a = 1)
//>   f::inner(x = 1)
//>   f::inner Returned 2
//>   f::Local::get(self = <Opaque: body_items::f::Local, 1 byte>)
//>   f::Local::get Returned 1
//> f Returned 7

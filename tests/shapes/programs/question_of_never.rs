//@ edition 2021 2024
//! A `?` on what only ever leaves: the type that it would go on with is nowhere written, and rustc takes `!`; older editions take `()`, but
//! warn if `!` would not do.
use std::ops::ControlFlow;
#[scope::instrument]
fn result() -> Result<u8, &'static str> {
    let failed = Err("a");
    failed?;
    Ok(1)
}
#[scope::instrument]
fn option() -> Option<u8> {
    let nothing = None;
    nothing?;
    Some(1)
}
#[scope::instrument]
fn flow() -> ControlFlow<u8> {
    let stop = ControlFlow::Break(1);
    stop?;
    ControlFlow::Continue(())
}
#[scope::instrument]
fn each() -> Result<u8, &'static str> {
    let list = vec![Err("a")];
    for item in list {
        item?;
    }
    Ok(1)
}
fn main() {
    assert_eq!(result(), Err("a"));
    assert_eq!(option(), None);
    assert_eq!(flow(), ControlFlow::Break(1));
    assert_eq!(each(), Err("a"));
}
//> result()
//>   failed = Err("a")
//> result Early "a"
//> option()
//>   nothing = None
//> option Early None
//> flow()
//>   stop = Break(1)
//> flow Early 1
//> each()
//>   list = [Err("a")]
//>   round for item in list
//>   item = Err("a")
//> each Early "a"

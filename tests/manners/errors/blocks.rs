//! Async blocks that are not what is wanted in their place.
#![allow(unused)]
use std::future::{Future, ready};
use std::rc::Rc;
fn send<T: Send>(_: T) {}
fn copy<T: Copy>(_: &T) {}
fn copied<T: Copy>(_: T) {}
fn gives(_: impl Future<Output = u8>) {}
/*@*/
fn other_output() {
    gives(async { "a" }); //- the type has a name of ours round it
    gives(Box::new(async { 1 })); //- the type has a name of ours round it
}
/*@*/
fn not_send() -> Box<dyn Future<Output = ()> + Send> {
    send(async { //- the type has a name of ours round it
        let r = Rc::new(1);
        ready(1).await;
        drop(r);
    });
    let b: Box<dyn Future<Output = ()> + Send> = Box::new(async {
        let r = Rc::new(1);
        ready(1).await;
        drop(r);
    });
    Box::new(async move {
        let r = Rc::new(1);
        ready(1).await;
        drop(r);
    })
}
/*@*/
fn not_copy() {
    copy(&async { 1 }); //~ of a block it says that of the whole call
    copied(async { 1 }); //~ the same
}
/*@*/
fn no_number() -> i32 {
    let c = || async { 1 };
    let x: i32 = c(); //- the type has a name of ours round it
    let y: i32 = async { 1 }; //- the type has a name of ours round it
    if x > 1 { async { 1 } } else { 2 } //- the type has a name of ours round it
}
/*@*/
fn no_method() {
    async { 1 }.method(); //~ it is told by its name
    (async { 1 }).field; //- the type has a name of ours round it
    Some(async { 1 }).unwrap() + 1; //- the type has a name of ours round it
    !async { 1 }; //- the type has a name of ours round it
    async { 1 }(); //- the type has a name of ours round it
}
/*@*/
fn two_of_them(n: u8) {
    if n > 1 { async { 1 } } else { async { 2 } }; //- the type has a name of ours round it
    let a = [async { 1 }, async { 2 }]; //- the type has a name of ours round it
}

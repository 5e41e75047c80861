//@ edition 2015
//! In the edition of 2015 a leading `::` means the crate, and `async` is a name.
extern crate scope;

pub struct Foo(pub u8);

#[scope::instrument]
mod woven {
    pub mod async {
        pub struct T(pub u8);
    }
    pub fn from_the_root(n: u8) -> ::Foo {
        if n > 1 {
            return ::Foo(n);
        }
        ::Foo(0)
    }
    pub fn from_async(n: u8) -> async::T {
        if n > 1 {
            return async::T(n);
        }
        async::T(0)
    }
    pub fn inside(n: u8) -> Option<::Foo> {
        if n > 1 {
            return Some(::Foo(n));
        }
        None
    }
}

fn main() {
    assert_eq!(woven::from_the_root(0).0 + woven::from_the_root(2).0, 2);
    assert_eq!(woven::from_async(0).0 + woven::from_async(2).0, 2);
    assert!(woven::inside(0).is_none() && woven::inside(2).is_some());
}
//> from_the_root(n = 0)
//> from_the_root Returned <Opaque: old_paths::Foo, 1 byte>
//> from_the_root(n = 2)
//>   branch if n > 1
//> from_the_root Returned <Opaque: old_paths::Foo, 1 byte>
//> from_async(n = 0)
//> from_async Returned <Opaque: old_paths::woven::async::T, 1 byte>
//> from_async(n = 2)
//> from_async Left
//> inside(n = 0)
//> inside Returned None
//> inside(n = 2)
//>   branch if n > 1
//> inside Returned Some(<Opaque: old_paths::Foo, 1 byte>)

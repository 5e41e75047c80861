//! Names that others rely on stand for something else here.
#![allow(missing_docs, unused, nonstandard_style, missing_debug_implementations, missing_copy_implementations)]
#![allow(clippy::all, clippy::pedantic, clippy::nursery)]
#![deny(dead_code)]

pub mod core {}
pub mod std {}
pub mod alloc {}
pub mod scope_core {}
pub mod scope_store {}
pub mod lookup {}

pub struct Option;
pub struct Result;
pub struct Box(pub u8);
pub struct String;
pub struct Vec;
pub struct Some(pub u8);
pub struct Ok(pub u8);
pub struct Err(pub u8);
pub struct None;
pub struct PhantomData;
pub struct Pick(pub u8);
pub struct Sites;
pub struct P;
pub struct u8_;
pub type usize = u8;
pub type bool = u8;

pub trait Debug {}
pub trait Clone {}
pub trait Copy {}
pub trait Drop {}
pub trait Fn {}
pub trait Send {}
pub trait Sized {}
pub trait Choice {
    fn __scope_strategy_(&self) -> u8 {
        1
    }
}
pub trait Settle {}
pub trait Split {}

macro_rules! ours {
    ($($name:ident)*) => { $(macro_rules! $name { ($d($t:tt)*) => { compile_error!("not this one") }; })* };
    (@ $d:tt $($name:ident)*) => { $(macro_rules! $name { ($d($t:tt)*) => { not this one }; })* };
}
ours!(@ $ format panic line file column module_path include_bytes option_env concat stringify vec matches assert unreachable);

pub fn drop(_: u8) {}
pub fn line(_: u8) {}
pub fn enter(_: u8) {}
pub fn begin_entry(_: u8) {}
pub fn variables(_: u8) {}
pub fn of(_: u8) {}
pub fn pick(_: u8) {}

/*@*/
pub fn free(a: u8, b: &str, c: Option) -> Result {
    let call = a;
    let mut ret = call;
    let sites = [ret; 2];
    for entry in sites {
        ret = entry;
        if ret > 3 {
            return Result;
        }
    }
    line(ret);
    drop(call);
    Result
}

/*@*/
pub fn tried(text: &str) -> ::std::result::Result<u8, ::std::num::ParseIntError> {
    let n: u8 = text.parse()?;
    let tried = match n {
        0 => return ::std::result::Result::Ok(1),
        n if n > 9 => n / 2,
        n => n,
    };
    ::std::result::Result::Ok(tried)
}

pub struct S;

/*@*/
impl S {
    pub fn ret(&self, pick: u8) -> Box {
        let Box(inner) = Box(pick);
        Box(inner)
    }
    pub fn arg(&self) -> Some {
        Some(1)
    }
    pub fn done(self) {}
    pub fn __scope_strategy(&self) -> u8 {
        2
    }
}

/*@*/
pub async fn later(current: u8) -> Ok {
    let task = current;
    let value = ::std::future::ready(task).await;
    Ok(value)
}

/*@*/
pub fn locals(__call: u8, __ret: u8) -> u8 {
    let __pick0 = __call;
    let __value = __ret;
    let p = |__entry: u8| __entry + __pick0;
    p(__value)
}

/*@*/
pub fn generic<P, T: ::std::fmt::Debug>(p: P, t: T) -> (P, T) {
    let text = ::std::format!("{:?}", t);
    let n = text.len();
    if n > 3 {
        return (p, t);
    }
    (p, t)
}

//! Code under `#[cfg]`, wherever that may stand.
#![allow(missing_docs, missing_debug_implementations, missing_copy_implementations, unreachable_pub)]
#![allow(clippy::all, clippy::pedantic, clippy::nursery)]
#![deny(unused, dead_code, unreachable_code)]

#[derive(Clone, Debug)]
pub struct S {
    pub n: u8,
    #[cfg(not(any()))]
    pub here: u8,
    #[cfg(any())]
    pub gone: Missing,
}

#[derive(Debug)]
pub enum E {
    A(u8),
    #[cfg(any())]
    B(Missing),
    #[cfg(not(any()))]
    C { x: u8 },
}

/*@*/
pub fn params(a: u8, #[cfg(any())] b: Missing, #[cfg(not(any()))] c: u8) -> u8 {
    a + c
}

/*@*/
pub fn statements(n: u8) -> u8 {
    #[cfg(any())]
    let x = missing();
    #[cfg(not(any()))]
    let x = n;
    #[cfg(any())]
    {
        missing();
    }
    #[cfg(any())]
    missing!();
    #[cfg(any())]
    return missing;
    #[cfg(not(any()))]
    println!("{}", x);
    let mut y = x;
    #[cfg(not(any()))]
    {
        y += 1;
    }
    #[cfg(any())]
    for z in missing {
        y += z;
    }
    #[cfg_attr(any(), missing)]
    let z = y;
    #[cfg_attr(not(any()), allow(clippy::let_and_return))]
    let w = z;
    w
}

/*@*/
pub fn tail(n: u8) -> u8 {
    #[cfg(any())]
    {
        missing(n)
    }
    #[cfg(not(any()))]
    {
        n + 1
    }
}

/*@*/
pub fn arms(e: E) -> u8 {
    match e {
        E::A(n) => n,
        #[cfg(any())]
        E::B(n) => missing(n),
        #[cfg(not(any()))]
        E::C { x } => {
            let y = x;
            y + 1
        }
    }
}

/*@*/
pub fn fields(s: &S) -> S {
    let S {
        n,
        #[cfg(not(any()))]
        here,
        #[cfg(any())]
        gone,
    } = s;
    S {
        n: *n,
        #[cfg(not(any()))]
        here: *here,
        #[cfg(any())]
        gone: missing(gone),
    }
}

/*@*/
pub fn expressions(n: u8) -> Vec<u8> {
    let f = |#[cfg(any())] a: Missing, b: u8| b;
    let v = vec![f(n)];
    v.into_iter()
        .map(|x| {
            #[cfg(any())]
            missing();
            x
        })
        .collect()
}

/*@*/
impl S {
    #[cfg(any())]
    pub fn gone(&self) -> Missing {
        missing()
    }
    #[cfg(not(any()))]
    pub fn here(&self) -> u8 {
        self.here
    }
    #[cfg_attr(any(), missing)]
    pub fn both(#[cfg(not(any()))] &self) -> u8 {
        self.n
    }
    pub async fn later(&self, #[cfg(any())] b: Missing, c: u8) -> u8 {
        #[cfg(any())]
        missing().await;
        #[cfg(not(any()))]
        std::future::ready(()).await;
        c
    }
}

/*@*/
#[cfg(any())]
pub fn gone() -> Missing {
    missing()
}

/*@*/
#[cfg(not(any()))]
pub fn here() -> Option<u8> {
    let x = Some(1)?;
    Some(x)
}

/*@*/
#[cfg_attr(not(any()), inline)]
#[cfg_attr(any(), missing)]
pub fn attributes(x: u8) -> u8 {
    x
}

/*@*/
mod inner {
    #[cfg(any())]
    use missing::Missing;
    #[cfg(not(any()))]
    pub fn here() -> u8 {
        #[cfg(any())]
        fn missing() -> Missing {}
        1
    }
}

pub fn used() -> u8 {
    inner::here()
}

/*@*/
/// Has a parameter of a type that is looked up only under a condition.
#[must_use]
pub fn only_there(#[cfg(target_pointer_width = "16")] gone: &Option<Vec<u8>>, kept: u8) -> u8 {
    #[cfg(target_pointer_width = "16")]
    let kept = kept + u8::from(gone.is_some());
    kept
}

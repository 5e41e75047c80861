//! Lifetimes that an async function has to name, which waits in a macro.

macro_rules! wait {
    ($future:expr) => {
        $future.await
    };
}

struct Lent<'a>(&'a str);
struct Of<'a, T>(&'a T);

/*@*/
async fn elided(lent: Lent) -> usize { wait!(async {}); lent.0.len() }

/*@*/
async fn elided_parameter(of: &[Of<u8>]) -> usize { wait!(async {}); of.len() }

/*@*/
async fn elided_of_std(f: &mut std::fmt::Formatter) -> bool { wait!(async {}); f.alternate() }

fn main() {}

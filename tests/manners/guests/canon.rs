//! Code that lints hold to a certain shape.
#![deny(warnings, clippy::all, clippy::pedantic, clippy::nursery)]
#![allow(missing_docs, missing_copy_implementations, clippy::expl_impl_clone_on_copy)]

use std::cmp::Ordering;
use std::fmt;

#[derive(Debug)]
pub struct Point<T> {
    pub x: T,
}

/*@*/
impl<T: Copy> Clone for Point<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Copy> Copy for Point<T> {}

/*@*/
impl<T: PartialEq> PartialEq for Point<T> {
    fn eq(&self, other: &Self) -> bool {
        self.x == other.x
    }
}

impl<T: Eq> Eq for Point<T> {}

/*@*/
impl<T: Ord> PartialOrd for Point<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/*@*/
impl<T: Ord> Ord for Point<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.x.cmp(&other.x)
    }
}

#[derive(Debug)]
pub struct Fault(pub Option<[u8; 2]>);

/*@*/
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            None => {
                write!(f, "got nothing where something was expected, whatever it would have been, or more")
            }
            Some([_, _]) => {
                write!(f, "got something where nothing was expected, whatever it would have been, or less")
            }
        }
    }
}

pub trait Wrap {
    fn wrap(self, more: u8) -> Fault;
    #[allow(clippy::type_complexity, clippy::missing_errors_doc)]
    fn pairs(&self, n: (usize, u8)) -> Result<(usize, (u8, u8)), ((usize, (u8, u8)), (usize, (u8, Vec<Option<u8>>)))>;
}

/*@*/
impl Wrap for Fault {
    fn wrap(self, more: u8) -> Fault {
        let inner = self.0.map(|[a, _]| [a, more]);
        if more > 3 {
            return Self(None);
        }
        Self(inner)
    }

    fn pairs(&self, n: (usize, u8)) -> Result<(usize, (u8, u8)), ((usize, (u8, u8)), (usize, (u8, Vec<Option<u8>>)))> {
        if self.0.is_some() {
            return Err(((n.0, (n.1, n.1)), (n.0, (n.1, vec![None]))));
        }
        Ok((n.0, (n.1, 1)))
    }
}

/*@*/
#[must_use]
pub fn items(n: u8) -> u8 {
    if n > 7 {
        use std::convert::identity;
        const LESS: u8 = 3;
        let less = identity(n) - LESS;
        return less;
    }
    let more = move |m: u8| {
        use std::convert::identity;
        identity(m) + n
    };
    match n {
        0 => {
            use std::convert::identity;
            identity(more(1))
        }
        n => more(n),
    }
}

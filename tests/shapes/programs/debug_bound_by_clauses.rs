//@ edition 2024
//! Clauses that say of a lifetime with a name what has `Debug`: rustc takes each lookup for the clause's.
use std::fmt::{self, Debug};
#[scope::instrument(level = "full")]
fn own<'a, T>(x: &'a T, mk: impl Fn() -> T) -> String
where
    &'a T: Debug,
{
    let own = mk();
    let z: &T = &own;
    let w = &own;
    let _ = (z, w);
    format!("{x:?}")
}
struct View<'a, T>(&'a T);
impl<'a, T> Debug for View<'a, T>
where
    &'a T: IntoIterator,
    <&'a T as IntoIterator>::Item: Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0).finish()
    }
}
#[scope::instrument(level = "full")]
fn projected<'a, C>(c: &'a C, mk: fn() -> C) -> usize
where
    &'a C: IntoIterator,
    <&'a C as IntoIterator>::Item: Debug,
{
    let own = mk();
    let v = View(c);
    let k = &own;
    let w = View(k);
    let _ = w.0;
    v.0.into_iter().count()
}
struct Of<'a, T>(&'a T);
#[scope::instrument(level = "full")]
impl<'a, T> Of<'a, T>
where
    &'a T: Debug,
{
    fn with(&self, mk: fn() -> T) -> String {
        let own = mk();
        let z = &own;
        let _ = z;
        format!("{:?}", self.0)
    }
}
impl<'a, T> View<'a, T>
where
    T: Copy,
    &'a T: Debug,
{
    #[scope::instrument(level = "full")]
    fn alone(&self, mk: fn() -> T) -> String {
        let own = mk();
        let z = &own;
        let _ = z;
        format!("{:?}", self.0)
    }
}
trait Show: Debug {
    fn len(&self) -> usize;
}
impl Show for &u8 {
    fn len(&self) -> usize {
        1
    }
}
#[scope::instrument(level = "full")]
fn above<'a, T>(x: &'a T, mk: fn() -> T) -> usize
where
    &'a T: Show,
{
    let own = mk();
    let z = &own;
    let _ = z;
    x.len()
}
#[scope::instrument(level = "full")]
fn harmless<'a, T>(x: &'a T, mk: fn() -> T) -> usize
where
    &'a T: std::ops::Add<&'a T, Output = usize>,
{
    let own = mk();
    let z = &own;
    let _ = z;
    x + x
}
#[scope::instrument(level = "full")]
fn any<T>(x: T, mk: fn() -> T) -> String
where
    for<'b> &'b T: Debug,
{
    let own = mk();
    let z = &own;
    format!("{:?} {:?}", z, &x)
}
fn main() {
    assert_eq!(own(&3, || 4), "3");
    assert_eq!(projected(&vec![1, 22], || vec![3]), 2);
    assert_eq!(Of(&5).with(|| 6), "5");
    assert_eq!(View(&7).alone(|| 8), "7");
    assert_eq!(above(&1, || 2), 1);
    assert_eq!(harmless(&2_usize, || 3), 4);
    assert_eq!(any(9, || 10), "10 9");
}
//> own()
//> own Returned
//> projected()
//> projected Returned
//> Of<'a, T>::with()
//> Of<'a, T>::with Returned
//> alone()
//> alone Returned
//> above()
//> above Returned
//> harmless(x = 2, mk = 0x…)
//>   own = 3
//>   z = <Opaque: &usize, 8 bytes>
//> harmless Returned 4
//> any(x = 9, mk = 0x…)
//>   own = 10
//>   z = 10
//> any Returned "10 9"

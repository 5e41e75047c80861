//! `Option<&T>`, `Result<T, E>` of bare parameters.
#[scope::instrument]
fn f<T>(t: &[T]) -> Option<&T> {
    t.first()
}
#[scope::instrument]
fn g<T, E>(r: Result<T, E>) -> Result<T, E> {
    let t = r?;
    Ok(t)
}
fn main() {
    assert_eq!(f(&[1]), Some(&1));
    assert_eq!(g::<u8, ()>(Ok(2)), Ok(2));
}
//> f(t = [1])
//> f Returned Some(<Opaque: &i32, 8 bytes>)
//> g(r = Ok(2))
//>   t = 2
//> g Returned Ok(2)

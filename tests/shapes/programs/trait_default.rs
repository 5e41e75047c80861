//! Default methods, `?Sized` Self, dyn use, `where Self: Sized`.
trait T {
    fn n(&self) -> u8;
    #[scope::instrument]
    fn twice(&self) -> u8 {
        self.n() * 2
    }
    #[scope::instrument]
    fn own(self) -> u8
    where
        Self: Sized,
    {
        self.n()
    }
    #[scope::instrument]
    fn me(&mut self) -> &mut Self {
        self
    }
}
impl T for u8 {
    #[scope::instrument]
    fn n(&self) -> u8 {
        *self
    }
    fn me(&mut self) -> &mut Self {
        self
    }
}
trait D {
    fn n(&self) -> u8;
    #[scope::instrument]
    fn twice(&self) -> u8 {
        self.n() * 2
    }
}
impl D for str {
    #[scope::instrument]
    fn n(&self) -> u8 {
        self.len() as u8
    }
}
impl D for u8 {
    fn n(&self) -> u8 {
        *self
    }
}
fn main() {
    assert_eq!(2u8.own() + T::twice(&2u8) + *2u8.me(), 8);
    assert_eq!("ab".twice(), 4);
    let d: &dyn D = &3u8;
    assert_eq!(d.twice(), 6);
}
//> own(self = 2)
//>   n(self = 2)
//>   n Returned 2
//> own Returned 2
//> twice(self = 2)
//>   n(self = 2)
//>   n Returned 2
//> twice Returned 4
//> twice(self = "ab")
//>   n(self = "ab")
//>   n Returned 2
//> twice Returned 4
//> twice(self = 3)
//> twice Returned 6

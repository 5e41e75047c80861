//! Debug and Display themselves, printing self.
struct S(u8);
impl std::fmt::Debug for S {
    #[scope::instrument]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "S{}", self.0)
    }
}
impl std::fmt::Display for S {
    #[scope::instrument]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}
#[scope::instrument]
fn show(s: &S) -> String {
    format!("{s}")
}
fn main() {
    assert_eq!(show(&S(1)), "S1");
}
//> show(s = S1)
//>   fmt(self = S1, f = <Opaque: core::fmt::Formatter<'_>, 24 bytes>)
//>     fmt(self = S1, f = <Opaque: core::fmt::Formatter<'_>, 24 bytes>)
//>     fmt Returned Ok(())
//>   fmt Returned Ok(())
//> show Returned "S1"

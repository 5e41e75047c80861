//! Raw identifiers as names, a type named like a keyword.
#![allow(non_camel_case_types)]
struct r#type {
    r#fn: u8,
}
impl r#type {
    #[scope::instrument]
    fn r#match(&self, r#in: u8) -> u8 {
        self.r#fn + r#in
    }
}
fn main() {
    assert_eq!(r#type { r#fn: 1 }.r#match(1), 2);
}
//> match(self = <Opaque: raw_names::type, 1 byte>, in = 1)
//> match Returned 2

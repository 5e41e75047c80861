//! Methods of the user's, for values of all types, with names that probes had or may have.
trait Own: Sized {
    fn arg(self) -> Self {
        self
    }
    fn ret(self) -> Self {
        self
    }
    fn done(self) -> Self {
        self
    }
    fn enter(self) -> Self {
        self
    }
    fn redacted(self) -> Self {
        self
    }
    fn early(self) -> Self {
        self
    }
    fn line(self) -> Self {
        self
    }
}

impl<T> Own for T {}

#[scope::instrument]
fn f(a: u8, s: String, password: u8) -> Result<String, u8> {
    let n = a.arg().enter().line();
    let o: Option<u8> = Some(n).done();
    let m = Err(o).early().or_else(|o: Option<u8>| o.ok_or(password))?;
    Ok(s.ret().repeat(usize::from(m.redacted())))
}

fn main() {
    assert_eq!(f(2, "ab".to_owned(), 1).as_deref(), Ok("abab"));
}
//> f(a = 2, s = "ab", password = <redacted>)
//>   n = 2
//>   o = Some(2)
//>   o = Some(2)
//>   m = 2
//> f Returned Ok("abab")

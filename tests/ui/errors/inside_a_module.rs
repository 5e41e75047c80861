#[scope::instrument]
mod orders {
    #[scope::instrument(level = "ful")]
    pub fn f() {}

    #[scope::instrument(skip)]
    pub fn g() {}
}

fn main() {
    orders::f();
    orders::g();
}

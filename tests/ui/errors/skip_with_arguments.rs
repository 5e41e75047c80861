#[scope::instrument]
mod orders {
    #[scope::skip(now)]
    pub fn f() {}
}

fn main() {
    orders::f();
}

#[scope::instrument(skip)]
fn f(password: &str) {
    let _ = password;
}

fn main() {
    f("");
}

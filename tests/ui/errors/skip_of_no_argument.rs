#[scope::instrument(skip(pasword))]
fn f(password: &str) {
    let _ = password;
}

fn main() {
    f("");
}

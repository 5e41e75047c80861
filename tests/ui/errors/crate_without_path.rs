#[scope::instrument(crate)]
fn f() {}

fn main() {
    f();
}

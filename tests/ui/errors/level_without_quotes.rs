#[scope::instrument(level = full)]
fn f() {}

fn main() {
    f();
}

#[scope::instrument(level)]
fn f() {}

fn main() {
    f();
}

#[scope::instrument(level = "everything")]
fn f() {}

fn main() {
    f();
}

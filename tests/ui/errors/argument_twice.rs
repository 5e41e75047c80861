#[scope::instrument(level = "full", level = "none")]
fn f() {}

fn main() {
    f();
}

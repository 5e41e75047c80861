#[scope::instrument(level = "detaild")]
fn f() {}

fn main() {
    f();
}

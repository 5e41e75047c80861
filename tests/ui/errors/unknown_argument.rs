#[scope::instrument(levle = "full")]
fn f() {}

fn main() {
    f();
}

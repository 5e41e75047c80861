#[scope::instrument(skip_all, fields(a = 1))]
fn f() {}

fn main() {
    f();
}

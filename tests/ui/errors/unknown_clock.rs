#[scope::instrument(clock = "course")]
fn f() {}

#[scope::instrument(clock)]
fn g() {}

fn main() {}

#[scope::instrument]
macro_rules! one {
    () => {
        1
    };
}

fn main() {
    let _ = one!();
}

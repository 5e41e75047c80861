#[scope::instrument]
pub enum Side {
    Left,
}

fn main() {
    let _ = Side::Left;
}

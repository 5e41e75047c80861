#[scope::instrument]
struct Order {
    qty: u32,
}

fn main() {
    let _ = Order { qty: 1 }.qty;
}

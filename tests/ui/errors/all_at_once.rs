#[scope::instrument(level = "ful", levle = "full", skip)]
struct Order;

fn main() {
    // The item is there all the same: this is no error.
    let _ = Order;
}

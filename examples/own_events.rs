//! Events of the program's own: what happens in the terms of a shop, linked across threads.
//!
//!     cargo run --release --example own_events
//!
//! Each order is an operation of its own: what two threads do for it has the same id in the log. `scope-dump LOG --kind
//! sent,received,state,custom,metric` shows the events; with `--format json` each has its `correlation`.

use std::sync::mpsc;
use std::thread;

use scope::utils::CorrelationId;

#[derive(Debug, Clone, Copy)]
enum Status {
    Placed,
    Packed,
    OutOfStock,
}

/// What goes from thread to thread takes the operation's id along.
struct Order {
    number: u32,
    item: &'static str,
    operation: Option<CorrelationId>,
}

#[scope::instrument]
mod shop {
    use super::{CorrelationId, Order, Status};
    use std::sync::mpsc::Sender;

    pub fn place(number: u32, item: &'static str, packing: &Sender<Order>) -> bool {
        let _operation = scope::correlate(CorrelationId::new());
        scope::event!("order.placed", number, item);
        scope::sent!("packing", number, item);
        packing.send(Order { number, item, operation: scope::correlation() }).is_ok()
    }

    pub fn pack(order: &Order, stock: &mut Vec<&str>) -> Status {
        let _operation = order.operation.map(scope::correlate);
        scope::received!("packing", order.number);
        let status = match stock.iter().position(|item| *item == order.item) {
            Some(place) => {
                stock.swap_remove(place);
                Status::Packed
            }
            None => Status::OutOfStock,
        };
        scope::state!("order.status", Status::Placed, status);
        scope::metric!("stock.items", stock.len());
        status
    }
}

fn main() -> std::io::Result<()> {
    let (packing, orders) = mpsc::channel::<Order>();
    let packer = thread::Builder::new().name("packer".into()).spawn(move || {
        let mut stock = vec!["tea", "rice"];
        orders.into_iter().map(|order| shop::pack(&order, &mut stock)).collect::<Vec<_>>()
    })?;
    let placed =
        (1..).zip(["tea", "rice", "tea"]).filter(|(number, item)| shop::place(*number, item, &packing)).count();
    drop(packing);
    println!("{placed} orders: {:?}", packer.join().unwrap_or_default());
    println!("The log is the newest file in `scope-logs/`, or where SCOPE_LOG says.");
    println!("Read it: cargo run --release -p scope-dump -- LOG --kind custom,state,metric,sent,received");
    Ok(())
}

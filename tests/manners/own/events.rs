//! Events of the program's own, wherever code may stand.
#![forbid(unsafe_code)]
#![deny(warnings)]

/// The name of an event.
pub const PLACED: &str = "order.placed";

/// An order.
#[derive(Debug, Clone)]
pub struct Order {
    id: u64,
    items: Vec<String>,
}

/// Nothing is known of it.
struct Plain;

impl Order {
    /// An order of so many things.
    #[must_use]
    pub fn new(id: u64, count: usize) -> Self {
        let items = vec![String::from("nut"); count];
        FACADE::event!(PLACED, id, items, first = items.first());
        Self { id, items }
    }

    /// Gives the last thing back.
    pub fn pop(&mut self) -> Option<String> {
        let before = self.items.len();
        let item = self.items.pop()?;
        FACADE::state!("order.items", before, self.items.len());
        FACADE::metric!("items", self.items.len());
        FACADE::event!("popped", self, item = &item, last = self.items.last()?);
        Some(item)
    }
}

/// Of any type.
pub fn generic<T, U: ?Sized + AsRef<str>>(value: &T, text: &U) -> usize {
    FACADE::event!("generic", value, text, length = text.as_ref().len(), plain = Plain,);
    text.as_ref().len()
}

/// Borrows for as long as it needs.
pub fn borrows(text: &mut String) -> &mut String {
    FACADE::sent!("texts", text.len(), text);
    text.push('x');
    FACADE::received!("texts", text.len(), text = text.as_str(), r#type = 'a',);
    text
}

/// Async code.
pub async fn waits(value: u8) -> u8 {
    FACADE::event!("waits");
    let order = Order { id: 1, items: Vec::new() };
    let value = std::future::ready(value).await;
    FACADE::event!("waited", value, later = std::future::ready(order.id).await, order);
    value
}

/// An expression like any other.
///
/// # Errors
/// Never.
pub fn expressions(values: &[u8]) -> Result<u8, std::num::ParseIntError> {
    for value in values {
        match value {
            0 => FACADE::event!("zero"),
            1 => FACADE::metric!("one", 1),
            _ => return Ok(2),
        }
    }
    let tell = |value: u8| FACADE::event!("closure", value);
    tell(1);
    FACADE::event!("parsed", number = "7".parse::<u8>()?, nothing = (), tuple = (1, "a"));
    Ok(1)
}

/// An operation.
pub async fn operation(given: Option<FACADE::utils::CorrelationId>) -> u8 {
    let id = given.or_else(FACADE::correlation).unwrap_or_else(FACADE::utils::CorrelationId::new);
    {
        let _operation = FACADE::correlate(id);
        FACADE::event!("operation", id, order = 1);
    }
    FACADE::correlated(id, waits(1)).await
}

fn takes<T: Send>(_: T) {}

/// The future may move between threads.
pub fn moves() {
    takes(operation(None));
}

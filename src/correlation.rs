//! Operations that cross functions, threads and processes.

use scope_store::core::operation;
use scope_store::core::report::{FunctionInfo, Origin, Place, PlaceKind, Sites};
use scope_store::core::utils::CorrelationId;
use scope_store::core::value::Limits;
use std::future::{Future, poll_fn};
use std::pin::pin;

pub use scope_store::core::operation::{Correlated, correlation};

/// The call in which an operation begins or ends is told by the event: this is no place in the program.
static SITES: Sites = Sites::new(&FunctionInfo {
    module: "",
    name: "scope::correlate",
    file: "",
    line: 0,
    args: &[],
    places: &[Place { kind: PlaceKind::Correlation, line: 0, names: &["id"] }],
    limits: Limits::DEFAULT,
    origin: Origin { start: crate::__private::START, runtime: "" },
});

/// Says that what the current call does from now on, and what it calls, is a part of the operation `id`, until the guard is dropped: then it
/// is a part of the one before again, or of none.
///
/// Each event in the log has the id of the operation that it is a part of. A thread does not inherit the operation of the one that starts it:
/// hand over [`correlation`], as one would to another process.
///
/// ```
/// use scope::utils::CorrelationId;
///
/// # scope::Recorder::builder().log(std::env::temp_dir().join("scope-doc/")).start().unwrap();
/// fn handle(request: Option<CorrelationId>) {
///     let _operation = scope::correlate(request.unwrap_or_else(CorrelationId::new));
///     let id = scope::correlation();
///     std::thread::spawn(move || {
///         let _operation = id.map(scope::correlate);
///         // … a part of the same operation …
///     })
///     .join()
///     .unwrap();
/// }
///
/// handle(None);
/// assert_eq!(scope::correlation(), None);
/// ```
///
/// Keep the guard in the function that made it, and drop guards in reverse order, as their scopes do. A guard is of its thread: where a future waits,
/// other futures run on that thread, and so async code has [`correlated`].
pub fn correlate(id: CorrelationId) -> Correlated {
    operation::correlate(&SITES, id)
}

/// Makes all that `future` does a part of the operation `id`, whatever threads poll it.
///
/// ```
/// use scope::utils::CorrelationId;
///
/// # scope::Recorder::builder().log(std::env::temp_dir().join("scope-doc/")).start().unwrap();
/// async fn pay(order: u32) -> bool {
///     scope::event!("order.paid", order);
///     scope::correlation().is_some()
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// assert!(scope::correlated(CorrelationId::new(), pay(7)).await);
/// # });
/// ```
///
/// A call that began before, outside, stays what it was. An async function begins when it is polled first; where a function does something
/// and then gives back a future, call it inside: `correlated(id, async { start().await })`.
pub async fn correlated<F: Future>(id: CorrelationId, future: F) -> F::Output {
    let mut future = pin!(future);
    poll_fn(|context| {
        let _operation = correlate(id);
        future.as_mut().poll(context)
    })
    .await
}

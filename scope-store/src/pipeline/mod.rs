//! What events pass between the rings and all that takes them: `docs/pipeline.md`.
//!
//! ```text
//!  ring ► correlate ► stage ► stage ► … ┬► log
//!                                       ├► sink, sink, …    the recorder waits for them
//!                                       └► subscriptions    it does not
//! ```
//!
//! Without a stage, a sink and a subscription the correlator writes into the log's own batches, and no event is ever looked at.

#[cfg(feature = "live")]
mod batch;
#[cfg(feature = "live")]
mod collect;
#[cfg(feature = "live")]
mod convert;
#[cfg(feature = "live")]
mod event;
mod figures;
#[cfg(feature = "live")]
mod line;
#[cfg(feature = "live")]
mod live;
#[cfg(feature = "live")]
mod outlets;
#[cfg(feature = "live")]
mod places;
#[cfg(feature = "live")]
mod sink;
#[cfg(feature = "live")]
mod stage;
#[cfg(feature = "live")]
mod subscription;

#[cfg(not(feature = "live"))]
#[path = "without.rs"]
mod live;

pub use figures::{Figures, SinkFigures, StageFigures, SubscriptionFigures};
pub use live::Pipeline;

#[cfg(feature = "live")]
pub use batch::EventBatch;
#[cfg(feature = "live")]
pub use sink::{Memory, Sink, SinkError, sink};
#[cfg(feature = "live")]
pub use stage::{Passing, Stage, enrich, filter, map, text};
#[cfg(feature = "live")]
pub use subscription::{Delivery, NoBatch, Subscription};

#[cfg(feature = "live")]
pub(crate) use collect::Collected;
pub(crate) use live::{Live, LiveStream};
#[cfg(feature = "live")]
pub(crate) use subscription::Hub;

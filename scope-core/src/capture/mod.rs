//! How a value is captured, whatever its type.
//!
//! The first that fits wins: [`Capture`], `serde::Serialize`, the parts of a `Result`, an `Option` or a collection each by what
//! fits it, `Debug`, a number or a text by what its type is, and else the name and size of the type. Woven code asks no bound of anybody's type: [`choose`]
//! finds what fits by method lookup, and [`Pick`] puts that off where a type is not known yet.
//!
//! Whatever a user wrote (`Serialize`, `Debug`, a [`Capture`]) runs where a panic is caught and noted in the value. `Serialize` and `Debug`
//! may also wait for a lock: they are not run where the program may hold one, see [`crate::held`].

mod by;
mod captured;
pub mod choose;
mod collections;
mod compound;
mod foreign;
pub mod halves;
pub mod kinds;
pub mod late;
mod number;
mod panicking;
mod parts;
pub mod pick;
mod residual;
mod scalars;
mod serialize;
mod shared;
mod slow;
mod strategy;
mod wrappers;

pub(crate) use by::{By, Leaves};
pub use choose::Choose;
pub use number::ByNumber;
pub(crate) use number::id_of_type;
pub use parts::Parts;
pub use pick::Pick;
pub use residual::{ByResidual, Leaving, Stays};
pub use strategy::{ByCapture, ByDebug, ByParts, BySerialize, Opaque};

use crate::value::ValueWriter;

/// A type that writes itself into the log.
///
/// The types of the standard library do. Implement it where neither `Serialize` nor `Debug` shows what you want to see:
///
/// ```
/// use scope_core::capture::Capture;
/// use scope_core::value::ValueWriter;
///
/// struct Account { id: u64, notes: Vec<String> }
///
/// impl Capture for Account {
///     fn capture(&self, w: &mut ValueWriter<'_>) {
///         w.structure("Account").field("id", &self.id).field("notes", &self.notes.len()).finish();
///     }
/// }
/// ```
///
/// While a value is captured the thread records nothing else. Never wait for a lock in here: the code that is being
/// recorded may hold it.
pub trait Capture {
    /// Writes this value: exactly one. What is missing is marked as cut, and what is too much is ignored.
    fn capture(&self, w: &mut ValueWriter<'_>);

    /// Writes this value, and catches a panic on the way. Types whose `capture` can't panic save the effort.
    fn capture_guarded(&self, w: &mut ValueWriter<'_>) {
        foreign::calm(&captured::Inside(self), foreign::type_of!(self, Self), w);
    }

    /// Writes a slice of such values: as a sequence, if the type knows nothing better.
    fn capture_slice(items: &[Self], w: &mut ValueWriter<'_>)
    where
        Self: Sized,
    {
        w.seq(Some(items.len())).items(items).finish();
    }
}

/// A way to capture a `T`.
pub trait Strategy<T: ?Sized> {
    /// Writes the value: exactly one. Never panics, whatever the code of the type does.
    fn write(value: &T, w: &mut ValueWriter<'_>);
}

/// A way to look at the operand of a `?`.
pub trait Residual<T: ?Sized> {
    /// Whether `?` leaves with this value.
    fn leaves(value: &T) -> bool;

    /// Writes what `?` leaves with: the error of a `Result`, `None`, the value of a `Break`. Exactly one value.
    fn write(value: &T, w: &mut ValueWriter<'_>);
}

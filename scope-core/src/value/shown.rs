//! Values that are written one by one, whatever their types: what takes them is compiled once, in this crate, and not for each type in
//! that of a user.

use super::ValueWriter;

/// A value that can be written.
pub trait Shown {
    /// Writes it: exactly one value.
    fn write(&self, w: &mut ValueWriter<'_>);
}

//! How a value is captured, whatever its type.

use crate::value::ValueWriter;

/// A type that writes itself.
pub trait Capture {
    /// Writes this value: exactly one.
    fn capture(&self, w: &mut ValueWriter<'_>);
}

/// A way to capture a `T`.
pub trait Strategy<T: ?Sized> {
    /// Writes the value: exactly one.
    fn write(value: &T, w: &mut ValueWriter<'_>);
}

/// A way to look at the operand of a `?`.
pub trait Residual<T: ?Sized> {
    /// Writes what `?` is about to leave with: exactly one value and true, or nothing and false where it does not leave.
    fn residual(value: &T, w: &mut ValueWriter<'_>) -> bool;
}

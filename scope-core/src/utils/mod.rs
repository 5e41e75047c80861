//! Utilities for programs that are recorded, and for those that read what was recorded.
mod text;
pub(crate) use text::bounded_display;

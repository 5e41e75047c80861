//! What is asked of a function that can't be woven as the plan wants it.

use scope_plan::{Capture, Detail, Level, Overrides};

pub(super) fn without_values() -> Overrides {
    let nothing = Some(Detail::None);
    let capture = Capture { args: nothing, return_value: nothing, variables: Some(false), ..Capture::default() };
    Overrides { capture, ..Overrides::default() }
}

pub(super) fn without_variables() -> Overrides {
    let capture = Capture { variables: Some(false), ..Capture::default() };
    Overrides { capture, ..Overrides::default() }
}

/// Without those that the function makes.
pub(super) fn without_own_values() -> Overrides {
    let capture = Capture { return_value: Some(Detail::None), variables: Some(false), ..Capture::default() };
    Overrides { capture, ..Overrides::default() }
}

pub(super) fn boundaries() -> Overrides {
    let values = without_values();
    Overrides { capture: Capture { lines: Some(false), ..values.capture }, ..values }
}

pub(super) fn none() -> Overrides {
    Overrides { level: Some(Level::None), ..Overrides::default() }
}

//! The functions without any recorder.

use crate::states;
use crate::subject::{Bare, Calls, Subject, nowhere};

pub const UNTRACED: Subject = Subject {
    name: "untraced",
    note: "",
    calls: Calls { nothing: states::untraced, ints: Some(states::untraced), text: Some(states::untraced_text) },
    start: |_, _| Box::new(Bare),
    landed: nowhere,
};
